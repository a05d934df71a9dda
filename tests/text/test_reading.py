"""The one door: what is told, what is refused, how far it is, and how much memory it takes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tui_llm.errors import InputError
from tui_llm.text.reading import ReadOptions, read_pieces
from tui_llm.text.report import DETAILS, ReadReport
from tui_llm.text.sources import find_sources

Read = Callable[..., tuple[list[str], ReadReport]]

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_what_the_report_tells_of_a_file(tmp_path: Path, read: Read) -> None:
    path = put(tmp_path / "a.txt", "\ufeffEl niño y la niña\r\nno están aquí, pero sí en el río.\r\n" * 3)
    documents, report = read(path)
    source = report.sources[0]
    assert (source.path, source.format, source.compression, source.encoding) == (str(path), "txt", None, "utf-8")
    assert source.byte_order_mark
    assert (source.line_endings, source.line_ending_counts.crlf) == ("crlf", 6)
    assert (source.characters, source.bytes) == (len(documents[0]), len(documents[0].encode()))
    assert source.lines == 6
    assert source.distinct_characters == len(set(documents[0]))
    assert source.language == report.language == "es"
    assert source.preview == documents[0].rstrip()
    assert source.repeated_lines == 4
    assert source.removed_characters == 2  # the marks inside
    assert msgspec.json.decode(msgspec.json.encode(report), type=ReadReport) == report


def test_totals_over_files(tmp_path: Path, read: Read) -> None:
    put(tmp_path / "a.txt", "hola ñ\n")
    put(tmp_path / "b.md", "hola ñ\n")
    put(tmp_path / "c.jsonl", '{"text": "uno"}\n{"text": "dos"}\n{"text": "uno"}\n')
    documents, report = read(tmp_path)
    assert documents == ["hola ñ\n", "hola ñ\n", "uno", "dos", "uno"]
    assert (report.files, report.documents, report.duplicate_documents) == (3, 5, 2)
    assert report.characters == sum(map(len, documents))
    assert report.bytes == sum(len(document.encode()) for document in documents)
    assert report.lines == 5
    assert report.distinct_characters == len(set("".join(documents)))
    assert [source.duplicate_documents for source in report.sources] == [0, 1, 1]
    assert any("1 document of 3 occurred before" in warning for warning in report.warnings)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", "", r"a\.txt is empty\."),
        ("a.txt", " \n\t\n\u00a0", r"a\.txt holds nothing but white space\."),
        ("a.txt", "\ufeff", r"a\.txt holds nothing but white space\."),
        ("a.txt", "<|endoftext|>\n<|endoftext|>\n", r"a\.txt holds nothing but white space\."),
        ("a.html", "<html><head><title>x</title></head></html>", r"a\.html holds nothing but white space\."),
        ("a.csv", "id,text\n", r"a\.csv holds no text in any field\."),
    ],
)
def test_no_text_is_an_error(tmp_path: Path, read: Read, name: str, content: str, what: str) -> None:
    path = put(tmp_path / name, content)
    with pytest.raises(InputError, match=what):
        read(path)
    with pytest.raises(InputError, match=what):
        read(tmp_path)
    documents, report = read(tmp_path, put(tmp_path / "x" / "b.txt", "hola"))
    assert documents == ["hola"]
    assert [skipped.path for skipped in report.skipped] == [str(path)]


def test_many_files_without_text(tmp_path: Path, read: Read) -> None:
    for number in range(3):
        (tmp_path / f"{number}.bin").write_bytes(bytes(99))
    with pytest.raises(InputError, match=r"no text was found in 3 files, for instance: .*0\.bin holds binary data"):
        read(tmp_path)


def test_a_named_file_that_is_no_text_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    good, bad = put(tmp_path / "a.txt", "hola\n"), tmp_path / "b.txt"
    bad.write_bytes(b"%PDF-1.4\n")
    pieces = read_pieces(find_sources([str(good), str(bad)]), ReadOptions(), ReadReport())
    with pytest.raises(InputError, match="is a PDF"):
        next(pieces)


def test_of_very_many_files_the_first_are_told_and_all_counted(tmp_path: Path, read: Read) -> None:
    for number in range(DETAILS + 5):
        put(tmp_path / f"{number:05}.txt", f"número {number}\n")
        put(tmp_path / f"{number:05}.vacio", "")
    documents, report = read(tmp_path)
    assert len(documents) == report.files == report.files_skipped == DETAILS + 5
    assert len(report.sources) == len(report.skipped) == DETAILS


def test_progress_goes_up_to_the_whole_size(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "palabra y más\n" * 100_000)
    put(tmp_path / "b.csv", "id,text\n" + "1,hola\n" * 100_000)
    put(tmp_path / "c.json", '["' + "palabra " * 10_000 + '"]')
    seen: list[tuple[int, int]] = []
    sources = find_sources([str(tmp_path)])
    for _ in read_pieces(sources, ReadOptions(), ReadReport(), lambda done, total: seen.append((done, total))):
        pass
    total = sum(source.size for source in sources)
    assert {whole for _, whole in seen} == {total}
    done = [so_far for so_far, _ in seen]
    assert done == sorted(done)
    assert done[-1] == total


def test_a_report_of_an_unfinished_reading_is_no_trap(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", '{"text": "uno"}\n' * 3)
    pieces = read_pieces(find_sources([str(tmp_path)]), ReadOptions(), ReadReport())
    assert next(pieces).text == "uno"
    pieces.close()  # type: ignore[attr-defined]


MEMORY = """
import sys
from tui_llm.text.reading import ReadOptions, read_pieces
from tui_llm.text.report import ReadReport
from tui_llm.text.sources import find_sources

report = ReadReport()
for piece in read_pieces(find_sources(sys.argv[1:]), ReadOptions(), report):
    pass
with open("/proc/self/status") as status:  # unlike getrusage it does not count what the parent had before the fork
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(report.characters, report.documents, peak // 1024)
"""

linux_only = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read in /proc")


def measured(path: Path) -> tuple[int, int, int]:
    """Characters, documents, and the peak of memory in MiB, of a process that reads `path`."""
    done = subprocess.run([sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True)
    characters, documents, peak = map(int, done.stdout.split())
    return characters, documents, peak


@linux_only
def test_a_large_file_of_one_line_needs_little_memory(tmp_path: Path) -> None:
    line = "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, vivía un hidalgo. " * 1000
    path = tmp_path / "grande.txt"
    with path.open("w", encoding="utf-8") as file:
        for _ in range(1900):
            file.write(line)
    assert path.stat().st_size > 150_000_000
    characters, documents, peak = measured(path)
    assert (characters, documents) == (1900 * len(line), 1)
    assert peak < 150


@linux_only
@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "html"])
def test_many_records_need_little_memory(tmp_path: Path, ending: str) -> None:
    text = "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, vivía un hidalgo. " * 100
    forms = {
        "json": ("[", f'{{"text": "{text}"}},\n', '{"text": "fin"}]'),
        "jsonl": ("", f'{{"text": "{text}"}}\n', '{"text": "fin"}'),
        "csv": ("id,text\n", f'1,"{text}"\n', "2,fin\n"),
        "html": ("<html><body>", f"<p>{text}</p>\n", "<p>fin</body></html>"),
    }
    begin, repeated, end = forms[ending]
    path = tmp_path / f"grande.{ending}"
    with path.open("w", encoding="utf-8") as file:
        file.write(begin)
        for _ in range(2_500):
            file.write(repeated)
        file.write(end)
    characters, _, peak = measured(path)
    assert characters >= 2_500 * (len(text) - 1)
    assert peak < 150
