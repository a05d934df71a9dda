"""Every file of the real texts: read right, or refused with one clear sentence."""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_llm.errors import InputError
from tui_llm.text.report import ReadReport, SourceReport

Read = Callable[..., tuple[list[str], ReadReport]]

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the real texts (../shared/corpora) are not here")

#: Of every file: format, encoding, line endings, documents, how they were found, language.
EXPECTED = {
    "en/names.txt": ("txt", "utf-8", "lf", 32033, "line", "unknown"),
    "en/tinyshakespeare.txt": ("txt", "utf-8", "lf", 1, "file", "en"),
    "es/cuentos.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "es/nombres.txt": ("txt", "utf-8", "lf", 49333, "line", "unknown"),
    "es/novelas.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "es/python_docs_es.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "es/quijote_crlf.txt": ("txt", "utf-8", "crlf", 1, "file", "es"),
    "es/refranes.txt": ("txt", "utf-8", "lf", 2000, "line", "es"),
    "es/sonetos.csv": ("csv", "utf-8", "mixed", 1200, "record", "es"),
    "es/sonetos.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "es/tldr_es.md": ("md", "utf-8", "lf", 1, "file", "es"),
    "es/xquad.es.json": ("json", "utf-8", "lf", 240, "record", "es"),
    "messy/d_docs.csv": ("csv", "utf-8", "mixed", 400, "record", "es"),
    "messy/d_docs.jsonl": ("jsonl", "utf-8", "lf", 600, "record", "es"),
    "messy/d_docs.jsonl.gz": ("jsonl", "utf-8", "lf", 600, "record", "es"),
    "messy/d_docs.tsv": ("tsv", "utf-8", "lf", 400, "record", "es"),
    "messy/d_docs_array.json": ("json", "utf-8", "lf", 200, "record", "es"),
    "messy/d_docs_broken.jsonl": ("jsonl", "utf-8", "lf", 113, "record", "es"),
    "messy/d_docs_semicolon_cp1252.csv": ("csv", "cp1252", "crlf", 400, "record", "es"),
    "messy/d_docs_snappy.parquet": ("parquet", None, "none", 593, "record", "es"),
    "messy/d_docs_zstd.parquet": ("parquet", None, "none", 593, "record", "es"),
    "messy/d_duplicates.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/d_emoji_mix.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/d_es.txt.bz2": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/d_es.txt.gz": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/d_es.txt.xz": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/d_es_cp1252.txt": ("txt", "cp1252", "lf", 1, "file", "es"),
    "messy/d_es_latin1_crlf.txt": ("txt", "cp1252", "crlf", 1, "file", "es"),
    "messy/d_es_nfd.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/d_es_utf16le_bom.txt": ("txt", "utf-16-le", "lf", 1, "file", "es"),
    "messy/d_es_utf8_bom_crlf.txt": ("txt", "utf-8", "crlf", 1, "file", "es"),
    "messy/d_line_endings_mixed.txt": ("txt", "utf-8", "mixed", 1, "file", "es"),
    "messy/d_mixed_utf8_latin1_lines.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/d_mojibake_double_utf8.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/d_no_final_newline.txt": ("txt", "utf-8", "none", 1, "file", "unknown"),
    "messy/d_notas.md": ("md", "utf-8", "lf", 1, "file", "es"),
    "messy/d_nul_and_controls.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/d_old_mac_cr.txt": ("txt", "utf-8", "cr", 1, "file", "es"),
    "messy/d_one_char.txt": ("txt", "utf-8", "none", 1, "file", "unknown"),
    "messy/d_one_long_line.txt": ("txt", "utf-8", "none", 1, "file", "es"),
    "messy/d_pagina.html": ("html", "utf-8", "none", 1, "file", "es"),
    "messy/d_pt_latin1_lf.txt": ("txt", "cp1252", "lf", 1, "file", "pt"),
    "messy/d_pt_utf16be_bom.txt": ("txt", "utf-16-be", "lf", 1, "file", "pt"),
    "messy/d_short_lines.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/d_single_repeated_char.txt": ("txt", "utf-8", "none", 1, "file", "unknown"),
    "messy/d_truncated_utf8.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/emoji_es.jsonl": ("jsonl", "utf-8", "lf", 3979, "record", "unknown"),
    "messy/quijote_gutenberg_latin1_crlf.html": ("html", "cp1252", "crlf", 1, "file", "es"),
    "messy/udhr_Portuguese_Portugues-Latin1.txt": ("txt", "cp1252", "lf", 1, "file", "pt"),
    "messy/udhr_Spanish-Latin1.txt": ("txt", "cp1252", "lf", 1, "file", "es"),
    "messy/udhr_Spanish_Espanol-Latin1.txt": ("txt", "cp1252", "lf", 1, "file", "es"),
    "messy/udhr_eng_utf8.txt": ("txt", "utf-8", "lf", 1, "file", "en"),
    "messy/udhr_por_BR_utf8.txt": ("txt", "utf-8", "lf", 1, "file", "pt"),
    "messy/udhr_spa_utf8.txt": ("txt", "utf-8", "lf", 1, "file", "es"),
    "messy/wiki_es_cp1252.txt": ("txt", "cp1252", "crlf", 1, "file", "es"),
    "pt/lusiadas_crlf.txt": ("txt", "utf-8", "crlf", 1, "file", "pt"),
    "pt/machado_contos.txt": ("txt", "utf-8", "lf", 1, "file", "pt"),
    "pt/machado_poesia.txt": ("txt", "utf-8", "lf", 1, "file", "pt"),
    "pt/machado_romance.txt": ("txt", "utf-8", "lf", 1, "file", "pt"),
    "pt/nomes.txt": ("txt", "utf-8", "lf", 10000, "line", "unknown"),
    "pt/tldr_pt_br.md": ("md", "utf-8", "lf", 1, "file", "pt"),
    "pt/wikipedia_pt.txt": ("txt", "utf-8", "lf", 1, "file", "pt"),
}
REFUSED = {"messy/d_empty.txt": "is empty", "messy/d_whitespace_only.txt": "holds nothing but white space"}
ARCHIVE = "messy/d_libros.zip"

LETTERS_SPANISH = set("áéíóúñ")
LETTERS_PORTUGUESE = set("áéíóúãõâêôç")


def one(read: Read, name: str, **options: object) -> tuple[str, SourceReport]:
    """The one document of a file, and its report."""
    (document,), report = read(CORPORA / name, **options)
    return document, report.sources[0]


def base() -> str:
    """The text that the files named `d_es…` were made of."""
    return gzip.decompress((CORPORA / "messy/d_es.txt.gz").read_bytes()).decode()


def test_every_file_is_expected_here() -> None:
    there = {path.relative_to(CORPORA).as_posix() for path in CORPORA.glob("*/*")}
    assert there == {*EXPECTED, *REFUSED, ARCHIVE}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_file_is_read_as_what_it_is(name: str, read: Read) -> None:
    documents, report = read(CORPORA / name)
    (source,) = report.sources
    found = (
        source.format,
        source.encoding,
        source.line_endings,
        source.documents,
        source.documents_by,
        source.language,
    )
    assert found == EXPECTED[name]
    text = "\n".join(documents)
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\ufeff\r]", text)
    if source.language == "es" and not (source.not_nfc or source.mojibake):
        assert set(text) >= LETTERS_SPANISH
    if source.language == "pt":
        assert set(text) >= LETTERS_PORTUGUESE
    if source.encoding != "utf-8" or source.repaired_lines:
        assert "\ufffd" not in text
        assert not re.search("Ã[\xa0-\xbf]", text)


@pytest.mark.parametrize("name", REFUSED)
def test_what_holds_no_text_is_refused(name: str, read: Read) -> None:
    with pytest.raises(InputError, match=REFUSED[name]) as caught:
        read(CORPORA / name)
    assert caught.value.code == 2


@pytest.mark.parametrize(
    "name",
    ["d_es.txt.gz", "d_es.txt.bz2", "d_es.txt.xz", "d_es_latin1_crlf.txt", "d_es_utf16le_bom.txt"],
)
def test_the_same_text_in_many_clothes(name: str, read: Read) -> None:
    assert one(read, f"messy/{name}")[0] == base()


@pytest.mark.parametrize("name", ["d_es_utf8_bom_crlf.txt", "d_old_mac_cr.txt", "d_truncated_utf8.txt"])
def test_beginnings_of_the_same_text(name: str, read: Read) -> None:
    text, _ = one(read, f"messy/{name}")
    assert len(text) >= 5000
    assert base().startswith(text)


def test_the_text_with_typographic_signs_in_cp1252(read: Read) -> None:
    text, _ = one(read, "messy/d_es_cp1252.txt")
    assert text == (CORPORA / "messy/d_es_cp1252.txt").read_bytes().decode("cp1252")
    assert {"…", "–", "“", "”", "€"} & set(text)


def test_the_decomposed_text(read: Read) -> None:
    apart, source = one(read, "messy/d_es_nfd.txt")
    assert source.not_nfc
    assert len(apart) > 60000
    composed, source = one(read, "messy/d_es_nfd.txt", nfc=True)
    assert composed == unicodedata.normalize("NFC", apart) == base()[:60000]
    assert not source.not_nfc


def test_lines_in_two_encodings(read: Read) -> None:
    text, source = one(read, "messy/d_mixed_utf8_latin1_lines.txt")
    assert text == base()[: len(text)]
    assert 80 < source.repaired_lines < 100
    assert any("another encoding" in warning for warning in source.warnings)


def test_mixed_line_endings_and_odd_characters(read: Read) -> None:
    text, source = one(read, "messy/d_line_endings_mixed.txt")
    counts = source.line_ending_counts
    assert min(counts.lf, counts.crlf, counts.cr, counts.other) > 0
    lines = [line for line in re.split("[\n\u2028]", text) if line]
    assert len(lines) == 300
    assert lines == base().split("\n")[:300]
    text, source = one(read, "messy/d_nul_and_controls.txt")
    assert (source.removed_characters, source.replacement_characters) == (69, 18)
    assert re.sub(r"[\u200b\xad\ufffd\xa0]|\[31m", "", text) in base()


def test_the_cut_character_and_the_garbled_text_are_told(read: Read) -> None:
    assert one(read, "messy/d_truncated_utf8.txt")[1].dropped_bytes == 1
    text, source = one(read, "messy/d_mojibake_double_utf8.txt")
    assert source.mojibake > 1000
    assert "niÃ±a" in text


def test_control_characters_that_were_dashes(read: Read) -> None:
    text, source = one(read, "pt/machado_contos.txt")
    assert source.mended_characters == 17597
    assert "— Se não aparecer o dono, fica" in text


def test_tables_of_the_same_texts(read: Read) -> None:
    lines, _ = read(CORPORA / "messy/d_docs.jsonl")
    packed, _ = read(CORPORA / "messy/d_docs.jsonl.gz")
    assert packed == lines
    for name, count in [("d_docs.tsv", 400), ("d_docs_semicolon_cp1252.csv", 400), ("d_docs_array.json", 200)]:
        assert read(CORPORA / "messy" / name)[0] == lines[:count]
    rows, report = read(CORPORA / "messy/d_docs.csv")
    assert [row.split("\nsegunda línea")[0] for row in rows] == lines[:400]
    assert [field.name for field in report.sources[0].fields] == ["text", "título", "nota", "id"]
    columns, report = read(CORPORA / "messy/d_docs_snappy.parquet")
    assert columns == read(CORPORA / "messy/d_docs_zstd.parquet")[0]
    assert [text for text in lines if text in set(columns)] == columns
    assert report.sources[0].records_without_text == 7


def test_broken_json_lines(read: Read) -> None:
    documents, report = read(CORPORA / "messy/d_docs_broken.jsonl")
    source = report.sources[0]
    assert (source.broken_lines, source.first_broken_lines, source.records_without_text) == (1, [6], 5)
    assert "-La olla de los siete " in documents


def test_the_archive_is_its_files(read: Read) -> None:
    documents, report = read(CORPORA / ARCHIVE)
    assert documents[0] == "# hola\n"
    assert documents[1] == base()
    assert documents[2] == one(read, "messy/d_pt_latin1_lf.txt")[0]
    assert [Path(source.path).name for source in report.sources] == ["leer.md", "a_ñandú.txt", "b.txt"]
    assert [Path(skipped.path).name for skipped in report.skipped] == ["datos.bin"]


def test_web_pages(read: Read) -> None:
    text, _ = one(read, "messy/quijote_gutenberg_latin1_crlf.html")
    for words in ("El ingenioso hidalgo don Quijote de la Mancha", "Dulcinea del Toboso", "corazón", "señor", "¿"):
        assert words in text
    assert not re.search(r"</?\w+[^>]*>|&\w+;", text)
    text, _ = one(read, "messy/d_pagina.html")
    raw = (CORPORA / "messy/d_pagina.html").read_text(encoding="utf-8")
    first = re.search(r"<p>(.*?)<", raw)
    assert first is not None
    assert html.unescape(first[1]) in text
    assert "Capítulo 0\n\n-Pues este retrato no es de la niña" in text
    assert "color:red" not in text
    assert "var x" not in text


def test_nested_json_and_csv_with_lines_in_cells(read: Read) -> None:
    documents, report = read(CORPORA / "es/xquad.es.json")
    assert report.sources[0].field == "data.paragraphs.context"
    data = json.loads((CORPORA / "es/xquad.es.json").read_text(encoding="utf-8"))["data"]
    contexts = [paragraph["context"] for article in data for paragraph in article["paragraphs"]]
    assert documents == [context.replace("\ufeff", "") for context in contexts]
    questions, _ = read(CORPORA / "es/xquad.es.json", text_field="question")
    assert len(questions) == 1190
    with pytest.raises(InputError) as caught:
        read(CORPORA / "es/xquad.es.json", text_field="nada")
    assert "data.paragraphs.qas.question" in caught.value.hint
    poems, _ = read(CORPORA / "es/sonetos.csv")
    with (CORPORA / "es/sonetos.csv").open(encoding="utf-8", newline="") as file:
        assert poems == [row["content"].replace("\r\n", "\n") for row in csv.DictReader(file)]


def test_declarations_in_two_encodings_share_their_words(read: Read) -> None:
    for old, new in [
        ("udhr_Spanish-Latin1.txt", "udhr_spa_utf8.txt"),
        ("udhr_Spanish_Espanol-Latin1.txt", "udhr_spa_utf8.txt"),
        ("udhr_Portuguese_Portugues-Latin1.txt", "udhr_por_BR_utf8.txt"),
    ]:
        words = [{word for word in one(read, f"messy/{name}")[0].split() if not word.isascii()} for name in (old, new)]
        assert len(words[0] & words[1]) >= 0.5 * len(words[0]) >= 50


def test_lists_are_their_lines(read: Read) -> None:
    for name in ("es/refranes.txt", "es/nombres.txt", "en/names.txt", "pt/nomes.txt"):
        documents, _ = read(CORPORA / name)
        assert documents == (CORPORA / name).read_text(encoding="utf-8").split("\n")[: len(documents)]


def test_a_whole_folder(read: Read) -> None:
    documents, report = read(CORPORA / "messy")
    assert report.files == 46
    assert sorted(Path(skipped.path).name for skipped in report.skipped) == [
        "d_empty.txt",
        "d_whitespace_only.txt",
        "datos.bin",
    ]
    assert len(documents) == sum(source.documents for source in report.sources)
