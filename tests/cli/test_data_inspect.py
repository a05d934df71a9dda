"""`tui-llm data inspect`, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.program import Program

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"

needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="the real texts (../shared/corpora) are not here")


def put(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_one_file_is_summed_up(program: Program, tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "El niño y la niña no están en la casa del río.\r\n" * 3, "cp1252")
    answer = program("data", "inspect", str(path))
    assert answer.code == 0
    assert answer.err == ""
    for words in (str(path), "plain text, cp1252, CRLF line endings", "Spanish", "El niño y la niña"):
        assert words in answer.out


def test_several_files_are_a_table_with_totals_remarks_and_what_was_left_out(program: Program, tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "hola\0 mundo\n")
    put(tmp_path / "b.jsonl", '{"text": "uno"}\n{"text": "dos"}\n')
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    answer = program("data", "inspect", str(tmp_path))
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].split() == ["file", "format", "encoding", "language", "documents", "characters", "bytes"]
    assert lines[3].split() == ["all", "2", "files", "unknown", "3", "17", "17"]
    assert "1 control character or byte order marks removed" in answer.out
    assert "c.png is a PNG image, not text." in answer.out


def test_json_is_one_document(program: Program, tmp_path: Path) -> None:
    answer = program("data", "inspect", "--json", str(put(tmp_path / "a.csv", "id,texto\n1,hola\n2,adiós\n")))
    assert answer.code == 0
    source = answer.json["sources"][0]
    assert (source["format"], source["field"], source["documents"], source["preview"]) == (
        "csv",
        "texto",
        2,
        "hola\nadiós",
    )
    assert answer.json["characters"] == 9


def test_options(program: Program, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", '{"text": "no", "otro": "e\\u0301"}\n')
    answer = program("data", "inspect", "--json", "--text-field", "otro", "--nfc", str(path))
    assert answer.json["sources"][0]["preview"] == "é"
    path = put(tmp_path / "b.txt", "uno\ndos\n")
    assert program("data", "inspect", "--json", "--documents", "line", str(path)).json["documents"] == 2
    assert program("data", "inspect", "--json", "-", stdin="uno\n").json["sources"][0]["path"] == "standard input"


def test_what_holds_no_text_is_one_error(program: Program, tmp_path: Path) -> None:
    cases = {
        str(put(tmp_path / "vacio.txt", "")): "is empty.",
        str(put(tmp_path / "blanco.txt", " \n\n")): "holds nothing but white space.",
        str(put(tmp_path / "a.pdf", "%PDF-1.7\n")): "is a PDF, not text.",
        str(tmp_path / "falta.txt"): "there is no file or folder",
        "-": "standard input is empty.",
    }
    for given, what in cases.items():
        answer = program("data", "inspect", given, "--json")
        assert (answer.code, answer.out) == (2, "")
        error, hint = answer.err.splitlines()
        assert error.startswith("error: ")
        assert what in error
        assert hint.startswith("hint: ")


@needs_corpora
def test_all_the_real_texts_at_once(program: Program) -> None:
    answer = program("data", "inspect", str(CORPORA), "--json")
    assert answer.code == 0
    assert answer.err == ""
    report = json.loads(answer.out)
    assert report["files"] == len(report["sources"]) > 60
    assert [Path(skipped["path"]).name for skipped in report["skipped"]] == [
        "d_empty.txt",
        "datos.bin",
        "d_whitespace_only.txt",
    ]
    assert all(source["characters"] and source["preview"] for source in report["sources"])
    assert report["documents"] > 90_000


@needs_corpora
@pytest.mark.parametrize(
    "name", ["messy/d_es_cp1252.txt", "messy/d_libros.zip", "es/refranes.txt", "messy/d_docs_zstd.parquet"]
)
def test_real_texts_one_by_one(program: Program, name: str) -> None:
    answer = program("data", "inspect", str(CORPORA / name))
    assert answer.code == 0
    assert "Traceback" not in answer.err
    assert "documents" in answer.out
