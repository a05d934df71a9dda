"""Tables and JSON: which field is the text, and every way such files are written."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui_llm.errors import InputError
from tui_llm.text.csv_records import csv_records, sniff_table
from tui_llm.text.report import ReadReport, SourceReport

Read = Callable[..., tuple[list[str], ReadReport]]

TEXTS = [f"El niño número {number} dijo: «sí», y comió\npiñas; {number} en total." for number in range(20)]


def put(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def table(rows: list[list[str]], **how: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, **how).writerows(rows)
    return buffer.getvalue()


ROWS = [[str(number), "es", text] for number, text in enumerate(TEXTS)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_tables_of_every_kind(
    tmp_path: Path, read: Read, delimiter: str, quoting: int, encoding: str, ending: str
) -> None:
    text = table([["id", "lang", "texto"], *ROWS], delimiter=delimiter, quoting=quoting, lineterminator=ending)
    documents, report = read(put(tmp_path / "a.csv", text, encoding))
    assert documents == TEXTS
    source = report.sources[0]
    assert (source.field, source.records, source.documents_by) == ("texto", 20, "record")
    assert sorted(field.name for field in source.fields) == ["id", "lang", "texto"]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 99), st.text(st.sampled_from("abñ ,;|\t\"'\n"), min_size=1), st.sampled_from(["es", "pt"])
        ),
        min_size=6,
        max_size=30,
    ),
    st.sampled_from(",;\t|"),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_quoted_table_comes_back_cell_by_cell(rows: list[tuple[int, str, str]], delimiter: str) -> None:
    written = table(
        [["id", "text", "lang"], *([str(a), b, c] for a, b, c in rows)], delimiter=delimiter, quoting=csv.QUOTE_ALL
    )
    written = written.replace("\r\n", "\n")
    report = SourceReport(path="x", format="csv")
    records = list(csv_records([written], sniff_table(written, None, is_whole=True), "x", report))
    assert records == [[("id", str(a)), ("text", b), ("lang", c)] for a, b, c in rows]
    assert report.uneven_rows == 0


def test_a_table_without_quotes_whose_texts_hold_them(tmp_path: Path, read: Read) -> None:
    texts = ['"Hola", dijo.', 'No sé "qué', '"Nada"', "Uno", 'dos "tres" cuatro'] * 3
    text = "id\tspa\n" + "".join(f"{number}\t{text}\n" for number, text in enumerate(texts))
    assert read(put(tmp_path / "a.tsv", text))[0] == texts


def test_a_table_with_escaped_quotes(tmp_path: Path, read: Read) -> None:
    text = "id,text\n" + "".join(f'{number},"dijo \\"sí\\", y calló"\n' for number in range(10))
    assert read(put(tmp_path / "a.csv", text))[0] == ['dijo "sí", y calló'] * 10


@pytest.mark.parametrize(
    ("rows", "field", "first"),
    [
        ([["emma", "F", "2010"], ["olivia", "F", "2011"], ["liam", "M", "2012"]] * 5, "column1", "emma"),
        (
            [["1", "Una frase larga sobre algo."], ["2", "Otra frase larga sobre nada."]] * 5,
            "column2",
            "Una frase larga sobre algo.",
        ),
        ([["nombre", "edad"], ["Ana", "30"], ["Luis", "40"]] + [["Eva", "50"]] * 5, "nombre", "Ana"),
        (
            [["frase", "n"], ["Una frase larga sobre algo.", "1"], ["Otra frase larga.", "2"]] * 1,
            "frase",
            "Una frase larga sobre algo.",
        ),
        (
            [["quote"], ["Una frase larga sobre algo."], ["Otra frase larga, sobre nada."]] * 1,
            "quote",
            "Una frase larga sobre algo.",
        ),
    ],
)
def test_headers_are_judged(tmp_path: Path, read: Read, rows: list[list[str]], field: str, first: str) -> None:
    documents, report = read(put(tmp_path / "a.csv", table(rows)))
    assert report.sources[0].field == field
    assert documents[0] == first


def test_a_column_of_row_numbers_without_a_name(tmp_path: Path, read: Read) -> None:
    text = ",frase\n" + "".join(f"{number},Frase {number} que es algo larga.\n" for number in range(9))
    documents, report = read(put(tmp_path / "a.csv", text))
    assert documents[0] == "Frase 0 que es algo larga."
    assert [field.name for field in report.sources[0].fields] == ["frase", "column1"]


def test_one_column_with_unquoted_commas(tmp_path: Path, read: Read) -> None:
    lines = ["A Dios rogando, y con el mazo dando.", "Quien calla, otorga.", "Más vale tarde que nunca."] * 5
    documents, _ = read(put(tmp_path / "a.csv", "text\n" + "\n".join(lines) + "\n"))
    assert documents == lines


def test_rows_of_other_lengths_are_counted_and_a_cut_text_joined(tmp_path: Path, read: Read) -> None:
    text = "id,text\n" + "1,hola\n" * 20 + "2,uno, dos, tres\n" + "3\n" + "4,fin\n"
    documents, report = read(put(tmp_path / "a.csv", text))
    assert documents == ["hola"] * 20 + ["uno, dos, tres", "fin"]
    assert report.sources[0].uneven_rows == 2
    assert report.sources[0].records_without_text == 1
    assert len(report.warnings) == 3  # uneven, without text, repeated


def test_a_huge_cell(tmp_path: Path, read: Read) -> None:
    cell = "palabra ñ\n" * 300_000
    documents, _ = read(put(tmp_path / "a.csv", table([["id", "text"], ["1", cell], ["2", "fin"]])))
    assert documents == [cell, "fin"]


JSON_FORMS: dict[str, Callable[[list[dict[str, Any]]], str]] = {
    "array": json.dumps,
    "indented": lambda records: json.dumps(records, indent=2, ensure_ascii=False),
    "lines": lambda records: "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records),
    "together": lambda records: " ".join(json.dumps(record) for record in records),
    "inside": lambda records: json.dumps({"version": 1, "data": records}),
    "keyed": lambda records: json.dumps({str(number): record for number, record in enumerate(records)}),
    "columns": lambda records: json.dumps(
        {key: {str(number): record[key] for number, record in enumerate(records)} for key in records[0]}
    ),
}


@pytest.mark.parametrize("form", JSON_FORMS)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson"])
def test_json_of_every_form(tmp_path: Path, read: Read, form: str, name: str) -> None:
    records = [{"id": number, "text": text, "tags": ["x", "y"]} for number, text in enumerate(TEXTS)]
    documents, report = read(put(tmp_path / name, JSON_FORMS[form](records)))
    assert documents == TEXTS
    assert report.sources[0].field == ("data.text" if form == "inside" else "text")


def test_json_lines_on_standard_input_and_without_a_name(tmp_path: Path, read: Read) -> None:
    assert read(put(tmp_path / "sin_nombre", JSON_FORMS["lines"]([{"text": text} for text in TEXTS])))[0] == TEXTS
    only = put(tmp_path / "b", '{"text": "una"}')
    assert read(only)[0] == ["una"]


def test_a_deep_text_field_does_not_beat_a_fuller_shallow_one(tmp_path: Path, read: Read) -> None:
    document = {
        "data": [{"paragraphs": [{"context": text * 3, "qas": [{"answers": [{"text": "sí"}]}]} for text in TEXTS]}]
    }
    path = put(tmp_path / "a.json", json.dumps(document))
    documents, report = read(path)
    assert documents == [text * 3 for text in TEXTS]
    assert report.sources[0].field == "data.paragraphs.context"
    for wanted in ("text", "data.paragraphs.qas.answers.text"):
        assert read(path, text_field=wanted)[0] == ["sí"] * 20


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"id": "x" * 90, "text": "hola"}, "text"),
        ({"title": "hola qué tal", "Contenido": "sí"}, "Contenido"),
        ({"a": "corto", "b": "mucho más largo"}, "b"),
        ({"meta": {"text": "no"}, "texto": "sí"}, "texto"),
        ({"messages": [{"role": "user", "content": "hola"}, {"role": "bot", "content": "adiós"}]}, "messages.content"),
        ({"text": None, "note": "sí"}, "note"),
    ],
)
def test_which_field_is_the_text(tmp_path: Path, read: Read, record: dict[str, Any], field: str) -> None:
    _, report = read(put(tmp_path / "a.jsonl", json.dumps(record) + "\n" + json.dumps(record) + "\n"))
    assert report.sources[0].field == field


def test_an_unknown_field_is_an_error_that_tells_the_others(tmp_path: Path, read: Read) -> None:
    path = put(tmp_path / "a.jsonl", '{"titulo": "a", "cuerpo": {"texto": "b"}}\n' * 3)
    with pytest.raises(InputError, match="no text field nada") as caught:
        read(path, text_field="nada")
    assert "titulo, cuerpo.texto" in caught.value.hint
    put(tmp_path / "b.jsonl", '{"nada": "sí"}\n')
    documents, report = read(tmp_path, text_field="nada")
    assert documents == ["sí"]
    assert len(report.skipped) == 1


def test_a_field_that_first_comes_late_is_found(tmp_path: Path, read: Read) -> None:
    lines = ['{"a": "x"}\n'] * 12_000 + ['{"tarde": "sí"}\n']
    assert read(put(tmp_path / "a.jsonl", "".join(lines)), text_field="tarde")[0] == ["sí"]


def test_the_text_field_has_no_meaning_for_plain_text(tmp_path: Path, read: Read) -> None:
    _, report = read(put(tmp_path / "a.txt", "hola\n"), text_field="text")
    assert any("--text-field was not used" in warning for warning in report.warnings)


def test_broken_lines_are_skipped_and_told(tmp_path: Path, read: Read) -> None:
    lines = [
        '{"text": "uno"}',
        "{roto",
        "",
        '["lista"]',
        '{"text": 3}',
        '{"text": ""}',
        "\ufeff" + '{"text": "dos"}',
        '{"text": "a\\ud83d"}',
    ]
    lines += ["[" * 100_000, '{"text": "tres"}']
    documents, report = read(put(tmp_path / "a.jsonl", "\n".join(lines)))
    assert documents == ["uno", "dos", "a\ufffd", "tres"]
    source = report.sources[0]
    assert (source.broken_lines, source.first_broken_lines) == (2, [2, 9])
    assert source.records_without_text == 3
    assert (source.records, source.documents) == (7, 4)


@pytest.mark.parametrize("text", ['[{"text": "a"}, {"text"', '{"text": "a"', "[1, 2,, 3]", '{"text" "a"}', "hola"])
def test_json_that_is_not_whole_is_refused(tmp_path: Path, read: Read, text: str) -> None:
    with pytest.raises(InputError, match="not whole and right JSON"):
        read(put(tmp_path / "a.json", text))


def test_records_without_any_text(tmp_path: Path, read: Read) -> None:
    for name, text in [("a.json", "[1, 2, 3]"), ("b.jsonl", '{"a": 1}\n{"a": 2}\n'), ("c.json", '{"a": ""}')]:
        with pytest.raises(InputError, match="holds no text in any field"):
            read(put(tmp_path / name, text))


def test_marks_and_keys_that_are_no_characters(tmp_path: Path, read: Read) -> None:
    documents, report = read(put(tmp_path / "a.jsonl", '{"\\ud800clave": "a\\u0000b\\r\\nc"}\n' * 2))
    assert documents == ["ab\nc"] * 2
    assert report.sources[0].field == "?clave"


def rows_of(texts: list[str]) -> Iterator[dict[str, Any]]:
    yield from ({"id": number, "text": text, "meta": {"lang": "es"}} for number, text in enumerate(texts))


@pytest.mark.parametrize("compression", ["snappy", "zstd", "gzip", "none"])
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_parquet(tmp_path: Path, read: Read, compression: str, kind: pa.DataType) -> None:
    column = (
        pa.array([*TEXTS, None, ""]).cast(kind) if kind != pa.large_string() else pa.array([*TEXTS, None, ""], kind)
    )
    tables = pa.table({"id": list(range(22)), "text": column, "lang": ["es"] * 22})
    pq.write_table(tables, tmp_path / "a.parquet", compression=compression, row_group_size=7)
    documents, report = read(tmp_path / "a.parquet")
    assert documents == TEXTS
    source = report.sources[0]
    assert (source.format, source.field, source.records, source.records_without_text) == ("parquet", "text", 22, 2)
    assert {field.name for field in source.fields} == {"text", "lang"}


def test_parquet_under_another_name_nested_packed_or_broken(tmp_path: Path, read: Read) -> None:
    pq.write_table(pa.Table.from_pylist(list(rows_of(TEXTS))), tmp_path / "a.parquet")
    data = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "datos.txt").write_bytes(data)
    assert read(tmp_path / "datos.txt")[0] == TEXTS
    assert read(tmp_path / "a.parquet", text_field="lang")[0] == ["es"] * 20
    (tmp_path / "a.parquet.gz").write_bytes(gzip.compress(data))
    assert read(tmp_path / "a.parquet.gz")[0] == TEXTS
    (tmp_path / "b.parquet").write_bytes(data[:-20])
    with pytest.raises(InputError, match="damaged Parquet"):
        read(tmp_path / "b.parquet")
