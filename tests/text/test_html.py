"""HTML to the text that a reader sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.text.html import html_text
from tui_llm.text.report import ReadReport

Read = Callable[..., tuple[list[str], ReadReport]]


def text_of(*chunks: str) -> str:
    return "".join(html_text(chunks))


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<p>Hola <b>mu</b>ndo,\n  <i>sí</i>.</p><p>Dos</p>", "Hola mundo, sí.\n\nDos"),
        ("uno<br>dos<br/>tres<br><br>cuatro", "uno\ndos\ntres\n\ncuatro"),
        ("<div>a</div><div><div>b</div></div>c", "a\nb\nc"),
        ("<h1>T&iacute;tulo</h1>\n\n<p>&lt;a&gt; &amp; &#241;&#xF1;&nbsp;&copy</p>", "Título\n\n<a> & ññ\xa0©"),
        ("<pre>a  b\n  c</pre>d", "a  b\n  c\n\nd"),
        ("<table><tr><td>1</td><td>2</td></tr>\n<tr><th>3</th><td>4</td></tr></table>", "1\t2\n3\t4"),
        ("<ul><li>a</li> <li>b</li></ul>", "a\nb"),
        ("<head><title>no</title><style>p{}</style></head><body>sí</body>", "sí"),
        ("<head><meta charset=x><title>no</title><p>sí", "sí"),
        ("<script>if (a<b) '<p>no</p>'</script>sí<style>no</style>", "sí"),
        ("a<!-- no <p> -->b<?no?>c<!DOCTYPE no>d", "abcd"),
        ("3 < 4 & 5 > 2, a&b; &unknown;", "3 < 4 & 5 > 2, a&b; &unknown;"),
        ("<p>a<p>b<p>c", "a\n\nb\n\nc"),
        ("<P CLASS='x'>a</P>b", "a\n\nb"),
        ("", ""),
    ],
)
def test_pages(page: str, wanted: str) -> None:
    assert text_of(page) == wanted
    assert text_of(*page) == wanted


PARTS = [
    "<p>",
    "</p>",
    "<br>",
    "<pre>",
    "</pre>",
    "<b>",
    "</b>",
    "<script>",
    "</script>",
    "<td>",
    " ",
    "\n",
    "&amp;",
    "&ntilde;",
]


@given(
    st.lists(st.sampled_from([*PARTS, "<title>", "</title>", "<!-- x -->", "hola", "año", "a<b", "&", ";"])),
    st.integers(1, 9),
)
def test_where_a_page_is_cut_does_not_matter(parts: list[str], size: int) -> None:
    page = "".join(parts)
    assert text_of(*(page[start : start + size] for start in range(0, len(page), size))) == text_of(page)


def test_markup_without_end_does_not_fill_the_memory() -> None:
    long = ["x" * (1 << 20)] * 12
    assert text_of("antes<!-- ", *long, "--><p>después</p>") == "antes\n\ndespués"
    assert text_of('antes<img src="data:image/png;base64,', *long, '"><p>después</p>') == "antes\n\ndespués"
    assert text_of("antes<script>", *long, "</script><p>después</p>") == "antes\n\ndespués"


def test_tags_left_open_do_not_take_for_ever() -> None:
    page = "<p>antes</p>" + '<a href="x' * 100_000
    assert text_of(page).startswith("antes\n\n<a href")


def test_html_is_known_by_its_name_or_its_beginning(tmp_path: Path, read: Read) -> None:
    page = "<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>¿Qué?</p></body></html>"
    for name in ("a.html", "b.HTM", "c", "d.xhtml"):
        (tmp_path / name).write_text(page, encoding="utf-8")
        documents, report = read(tmp_path / name)
        assert documents == ["¿Qué?"]
        assert report.sources[0].format == "html"
    (tmp_path / "e.txt").write_text(page, encoding="utf-8")
    assert read(tmp_path / "e.txt")[0] == [page]
