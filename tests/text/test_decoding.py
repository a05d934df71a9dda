"""Encodings, line endings, and texts cut into blocks anywhere."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.errors import InputError
from tui_llm.text.decoding import decoded
from tui_llm.text.encodings import judge_encoding
from tui_llm.text.report import ReadReport, SourceReport

Read = Callable[..., tuple[list[str], ReadReport]]

SPANISH = (
    "En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho tiempo que vivía un hidalgo.\n"
    "¿Qué año? ¡Mañana será otro día!, dijo él: «así» es la canción del pingüino.\n"
    "ÁRBOL, ÑANDÚ, CAFÉ, la 5.ª edición; 20 °C.\n"
)
PORTUGUESE = (
    "Não sei o que é a ação, mas as canções são de São João e da irmã dele.\n"
    "À noite, você põe os pães à mesa? NÃO É ISSO, disse o avô; a avó também não.\n"
)
ENGLISH = "It’s the “quoted” sentence — of the café — and it costs £5, or €6 with the naïve tax…\n"
GERMAN = "Alle Menschen sind frei und gleich an Würde geboren. Größe, Übung, Äpfel, schön.\n"
FRENCH = "Tous les êtres humains naissent libres et égaux. Ça, c’est l’œuvre d’un garçon où déjà.\n"
RUSSIAN = "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом.\n"
GREEK = "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.\n"
CZECH = "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem.\n"
JAPANESE = "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。\n"
CHINESE = "人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。\n"

#: What ends a line on some machine; texts below are written with `\n` alone.
ENDINGS = ["\n", "\r\n", "\r"]


def decode(data: bytes, block_bytes: int = 1 << 18) -> tuple[str, SourceReport]:
    report = SourceReport(path="x", format="txt")
    encoding = judge_encoding(data[: 1 << 18], "x", is_whole=len(data) < 1 << 18)
    text = "".join(decoded(io.BytesIO(data), encoding, report, block_bytes))
    return text, report


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp850", "mac_roman"])
@pytest.mark.parametrize("text", [SPANISH, PORTUGUESE, SPANISH + PORTUGUESE])
def test_western_encodings_in_spanish_and_portuguese(text: str, encoding: str) -> None:
    result, report = decode(text.encode(encoding))
    assert result == text
    assert report.encoding == {"latin-1": "cp1252"}.get(encoding, encoding)
    assert report.repaired_lines == report.dropped_bytes == 0


@pytest.mark.parametrize("text", ["niño\n", "caf\xe9", "¿sí?\n" * 200, "D’accord", "50 €", "à"])
def test_where_there_is_little_evidence_it_is_cp1252(text: str) -> None:
    result, report = decode(text.encode("cp1252"))
    assert result == text
    assert report.encoding == "cp1252"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac_roman"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GREEK, "cp1253"),
        (CZECH, "cp1250"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (CHINESE, "big5"),
    ],
)
def test_other_languages_in_their_older_encodings(text: str, encoding: str) -> None:
    text = text.encode(encoding, "ignore").decode(encoding) * 9
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SPANISH, ENGLISH, RUSSIAN, GREEK, "ab", SPANISH + CHINESE])
def test_utf16_without_a_mark(text: str, encoding: str) -> None:
    result, report = decode(text.encode(encoding))
    assert result == text
    assert report.encoding == encoding
    assert not report.byte_order_mark


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n")), st.sampled_from(ENDINGS))
def test_any_text_in_any_unicode_encoding_with_any_line_ending(text: str, ending: str) -> None:
    for mark, encoding in [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ]:
        if encoding == "utf-16-le" and text.startswith("\0"):
            continue  # the mark of UTF-32
        result, report = decode(mark + text.replace("\n", ending).encode(encoding))
        assert result == text
        assert report.encoding == encoding
        assert report.byte_order_mark
    assert decode(text.replace("\n", ending).encode())[0] == text


@given(
    st.lists(
        st.sampled_from(
            [SPANISH.encode(), SPANISH.encode("cp1252"), b"\r\n", b"\r", b"\xc3", b"\xe1", b"\xff", b"a" * 50]
        )
        | st.binary(max_size=8),
        max_size=8,
    ).map(b"".join),
    st.integers(1, 40),
)
def test_where_blocks_are_cut_does_not_matter(data: bytes, block_bytes: int) -> None:
    try:
        whole, report = decode(data)
    except InputError:
        return
    text, cut_report = decode(data, block_bytes)
    assert text == whole
    assert cut_report.line_ending_counts == report.line_ending_counts
    assert cut_report.dropped_bytes == report.dropped_bytes


@pytest.mark.parametrize("text", ["hola\0 mundo\n", "\0" + SPANISH, SPANISH.replace("hidalgo", "\0\0\0")])
def test_a_few_zeros_do_not_make_utf16(text: str) -> None:
    result, report = decode(text.encode())
    assert (result, report.encoding) == (text, "utf-8")


def test_line_ends_are_counted_by_kind() -> None:
    text, report = decode(b"a\nb\r\nc\r\rd\n\re\r")
    assert text == "a\nb\nc\n\nd\n\ne\n"
    counts = report.line_ending_counts
    assert (counts.lf, counts.crlf, counts.cr, counts.kind) == (2, 1, 4, "mixed")
    assert [decode(data)[1].line_ending_counts.kind for data in (b"a\r\nb\r\n", b"a\rb", b"a")] == [
        "crlf",
        "cr",
        "none",
    ]


def test_each_line_is_read_in_its_own_encoding() -> None:
    lines = SPANISH.splitlines(keepends=True) * 3
    data = b"".join(line.encode("cp1252" if number % 4 == 1 else "utf-8") for number, line in enumerate(lines))
    text, report = decode(data)
    assert text == "".join(lines)
    assert report.encoding == "utf-8"
    assert report.repaired_lines == sum(number % 4 == 1 and not line.isascii() for number, line in enumerate(lines))


def test_a_text_whose_first_part_shows_nothing() -> None:
    text = "plain words\n" * 30_000 + SPANISH
    assert decode(text.encode("cp1252"))[0] == text
    assert decode(text.encode("cp1252"))[1].encoding == "cp1252"
    assert decode(text.encode("utf-8"))[0] == text


def test_one_damaged_byte_does_not_change_the_rest() -> None:
    data = bytearray((SPANISH * 500).encode().replace(b"\n", b" "))
    data[5000:5001] = b"\xff"
    text, report = decode(bytes(data))
    assert report.encoding == "utf-8"
    assert text.count("�") == 1
    assert text[6000:] == (SPANISH * 500).replace("\n", " ")[-len(text[6000:]) :]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_character_cut_off_at_the_end_is_dropped(cut: int) -> None:
    text, report = decode(SPANISH.encode() + "😀".encode()[:cut])
    assert text == SPANISH
    assert report.dropped_bytes == cut
    text, report = decode(codecs.BOM_UTF16_LE + SPANISH.encode("utf-16-le") + b"a")
    assert text == SPANISH
    assert report.dropped_bytes == 1


def test_a_last_letter_in_an_older_encoding_is_no_cut_character() -> None:
    assert decode("Así está".encode("cp1252"))[0] == "Así está"


def test_a_line_longer_than_memory_wants_is_parted() -> None:
    text = (SPANISH.replace("\n", " ")) * 12_000
    assert len(text.encode()) > 2 << 20
    for encoding in ("utf-8", "cp1252"):
        assert decode(text.encode(encoding))[0] == text
        assert decode(text.encode(encoding), 12_345)[0] == text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<html><head><meta charset="{}"></head><body>', "iso-8859-2"),
        ('<meta http-equiv="Content-Type" content="text/html; charset={}"><p>', "windows-1250"),
        ('<?xml version="1.0" encoding="{}"?><html>', "koi8-r"),
        ("<html><meta charset={}>", "iso-8859-1"),
    ],
)
def test_what_html_and_xml_declare_is_evidence(head: str, encoding: str) -> None:
    body = {"koi8-r": "Все", "iso-8859-1": "mañana"}.get(encoding, "Příliš žluťoučký")
    data = (head.format(encoding) + body).encode(encoding)
    assert decode(data)[0].endswith(body)


@pytest.mark.parametrize("declared", ["utf-8", "nonsense", "utf-16", "ascii", "shift_jis"])
def test_a_false_declaration_is_not_believed(declared: str) -> None:
    head = f'<html><meta charset="{declared}">'
    assert decode((head + SPANISH).encode("cp1252"))[0] == head + SPANISH
    assert decode((head + SPANISH).encode("utf-8"))[0] == head + SPANISH


def test_a_file_is_read_in_a_legacy_encoding_through_the_door(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SPANISH.replace("\n", "\r\n").encode("cp1252"))
    documents, report = read(path)
    assert documents == [SPANISH]
    assert (report.sources[0].encoding, report.sources[0].line_endings) == ("cp1252", "crlf")
