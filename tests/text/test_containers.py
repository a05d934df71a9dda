"""Compressed files, archives, and what only pretends to be text."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from tui_llm.errors import InputError
from tui_llm.text.report import ReadReport

Read = Callable[..., tuple[list[str], ReadReport]]

TEXT = "El niño comió piñas.\nMañana será otro día.\n" * 200
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}
LABELS = {"gz": "gzip", "bz2": "bzip2", "xz": "xz", "zst": "zstd"}


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)  # dated 1980: always the same bytes
    return buffer.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w:") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("ending", COMPRESS)
@pytest.mark.parametrize("name", ["libro.txt.{}", "libro.{}", "libro.txt"])
def test_compression_is_seen_by_content(tmp_path: Path, read: Read, ending: str, name: str) -> None:
    data = COMPRESS[ending](TEXT.encode())
    documents, report = read(put(tmp_path / name.format(ending), data))
    assert documents == [TEXT]
    assert report.sources[0].compression == LABELS[ending]
    documents, _ = read(put(tmp_path / name.format(ending), data + data))  # as `cat a.gz b.gz` makes it
    assert documents == [TEXT + TEXT]


def test_compressed_more_than_once(tmp_path: Path, read: Read) -> None:
    documents, report = read(put(tmp_path / "a.txt.gz", gzip.compress(bz2.compress(gzip.compress(TEXT.encode())))))
    assert documents == [TEXT]
    assert report.sources[0].compression == "gzip+bzip2+gzip"


@pytest.mark.parametrize("ending", COMPRESS)
def test_a_name_that_says_compressed_of_plain_text(tmp_path: Path, read: Read, ending: str) -> None:
    documents, report = read(put(tmp_path / f"libro.txt.{ending}", TEXT.encode()))
    assert documents == [TEXT]
    assert report.sources[0].compression is None


@pytest.mark.parametrize("ending", COMPRESS)
def test_compressed_data_that_breaks_off_is_an_error(tmp_path: Path, read: Read, ending: str) -> None:
    noise = "".join(chr(33 + (number * number * 7919) % 90) for number in range(300_000))
    data = COMPRESS[ending](noise.encode())
    with pytest.raises(InputError, match="damaged or incomplete"):
        read(put(tmp_path / f"libro.txt.{ending}", data[: len(data) * 2 // 3]))
    broken = bytearray(data)
    broken[len(data) // 2 : len(data) // 2 + 40] = bytes(40)
    with pytest.raises(InputError, match="damaged or incomplete"):
        read(put(tmp_path / f"roto.txt.{ending}", bytes(broken)))


def test_in_a_folder_what_broke_off_is_kept_and_told(tmp_path: Path, read: Read) -> None:
    text = "".join(f"{number} es el número {number * number}\n" for number in range(100_000))
    data = gzip.compress(text.encode())
    put(tmp_path / "a.txt.gz", data[: len(data) * 2 // 3])
    put(tmp_path / "b.txt", b"entero\n")
    documents, report = read(tmp_path, documents="file")
    assert len(documents) == 2
    assert text.startswith(documents[0])
    assert len(documents[0]) > 100_000
    assert "only its beginning was read" in report.sources[0].warnings[0]


def test_the_members_of_a_zip_are_read_by_name_and_others_told(tmp_path: Path, read: Read) -> None:
    members = {
        "z.txt": b"zeta\n",
        "a/ñandú.txt": "ñandú\n".encode("cp1252"),
        "a/datos.csv": b"id,text\n1,fila\n",
        "a/b.txt.gz": gzip.compress(b"dentro\n"),
        "foto.txt": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "vacio.txt": b"",
        "__MACOSX/a/._b.txt": b"basura",
        ".DS_Store": b"\x00\x01",
    }
    documents, report = read(put(tmp_path / "libros.zip", zipped(members)))
    assert documents == ["dentro\n", "fila", "ñandú\n", "zeta\n"]
    assert [source.path for source in report.sources] == [
        f"{tmp_path}/libros.zip/{name}" for name in ("a/b.txt.gz", "a/datos.csv", "a/ñandú.txt", "z.txt")
    ]
    assert [Path(skipped.path).name for skipped in report.skipped] == ["foto.txt", "vacio.txt"]


@pytest.mark.parametrize(
    ("name", "mode"), [("x.tar", "w:"), ("x.tar.gz", "w:gz"), ("x.tgz", "w:gz"), ("x.txt", "w:xz")]
)
def test_tar_archives(tmp_path: Path, read: Read, name: str, mode: str) -> None:
    data = tarred({"b/ñ.txt": "ñ\n".encode(), "a.md": b"# a\n", "c.bin": bytes(100)}, mode)
    documents, report = read(put(tmp_path / name, data))
    assert documents == ["# a\n", "ñ\n"]
    assert len(report.skipped) == 1


def test_a_zip_in_gzip_is_unpacked_and_a_zip_in_a_zip_told(tmp_path: Path, read: Read) -> None:
    inner = zipped({"a.txt": b"dentro\n"})
    assert read(put(tmp_path / "a.zip.gz", gzip.compress(inner)))[0] == ["dentro\n"]
    _, report = read(put(tmp_path / "b.zip", zipped({"a.zip": inner, "b.txt": b"fuera\n"})))
    assert "archive inside an archive" in report.skipped[0].reason


def test_member_names_that_are_not_marked_or_not_utf8(tmp_path: Path, read: Read) -> None:
    data = zipped({"XXXXX.txt": b"hola\n"})
    documents, report = read(
        put(tmp_path / "a.zip", data.replace(b"XXXXX", b"a\xf1o\xa4\x82"))
    )  # code page 850 and such
    assert documents == ["hola\n"]
    assert report.sources[0].path.encode("utf-8")
    _, report = read(put(tmp_path / "b.zip", data.replace(b"XXXXX", "ñoño"[:3].encode())))  # UTF-8 without its mark
    assert report.sources[0].path.endswith("/ñoñ.txt")
    marked = zipped({"año.txt": b"hola\n"})
    with pytest.raises(InputError, match="damaged"):
        read(put(tmp_path / "c.zip", marked.replace("ñ".encode(), b"\xf1\xf1")))  # marked as UTF-8, and is not


def test_a_locked_member_is_told(tmp_path: Path, read: Read) -> None:
    data = bytearray(zipped({"a.txt": b"hola\n"}))
    data[6] |= 1  # the local header's flags, and those of the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="locked with a password"):
        read(put(tmp_path / "a.zip", bytes(data)))


def test_damaged_archives_and_empty_ones(tmp_path: Path, read: Read) -> None:
    data = zipped({"a.txt": TEXT.encode()})
    with pytest.raises(InputError, match="damaged or incomplete"):
        read(put(tmp_path / "a.zip", data[:-30]))
    with pytest.raises(InputError, match="no text"):
        read(put(tmp_path / "b.zip", zipped({})))


@pytest.mark.parametrize(
    ("head", "what", "advice"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "a PDF", "pdftotext"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG image", "tesseract"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image", "tesseract"),
        (b"\x7fELF\x02\x01\x01" + bytes(9), "a program", "text"),
        (b"{\\rtf1\\ansi hola}", "an RTF document", "pandoc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(30), "an old Microsoft Office document", "pandoc"),
        (b"SQLite format 3\x00" + bytes(30), "an SQLite database", "CSV"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(30), "a 7-Zip archive", "unpack"),
        (b"ID3\x04\x00" + bytes(30), "audio or video", "transcribe"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a Word document", "pandoc"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "an Excel workbook", "CSV"),
        (zipped({"META-INF/container.xml": b"<x/>"}), "an EPUB book", "pandoc"),
    ],
)
def test_what_is_not_text_is_named_with_what_to_do(
    tmp_path: Path, read: Read, head: bytes, what: str, advice: str
) -> None:
    path = put(tmp_path / "carpeta" / "libro.txt", head)
    with pytest.raises(InputError) as caught:
        read(path)
    assert f"{path} is {what}" in caught.value.what
    assert caught.value.what.endswith("not text.")
    assert advice in caught.value.hint
    put(tmp_path / "carpeta" / "bueno.txt", b"hola\n")
    documents, report = read(tmp_path / "carpeta")
    assert documents == ["hola\n"]
    assert [skipped.path for skipped in report.skipped] == [str(path)]


@pytest.mark.parametrize(
    "text",
    ["ORCAS en el mar", "BMX y MZ", "GGUF es un formato", "%PDF no es", "MZ es una abreviatura", "Rar! RIFF PAR1"],
)
def test_text_that_begins_like_something_else_is_text(tmp_path: Path, read: Read, text: str) -> None:
    assert read(put(tmp_path / "a.txt", text.encode()))[0] == [text]


def test_binary_data_of_no_known_kind_is_refused(tmp_path: Path, read: Read) -> None:
    with pytest.raises(InputError, match="binary data, not text"):
        read(put(tmp_path / "a.txt", bytes(range(256)) * 20))
    with pytest.raises(InputError, match="not a Parquet file"):
        read(put(tmp_path / "a.parquet", b"version https://git-lfs.github.com/spec/v1\n"))
