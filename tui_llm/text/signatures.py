"""What a file's first bytes show: compression, an archive, or something that is not text. Standard library only."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Compression = Literal["gzip", "bzip2", "xz", "zstd"]
Archive = Literal["zip", "tar"]

_COMPRESSIONS: dict[Compression, re.Pattern[bytes]] = {
    "gzip": re.compile(rb"\x1f\x8b\x08"),
    "bzip2": re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", re.DOTALL),
    "xz": re.compile(rb"\xfd7zXZ\x00"),
    "zstd": re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", re.DOTALL),
}
_ARCHIVES: dict[Archive, re.Pattern[bytes]] = {
    "zip": re.compile(rb"PK(?:\x03\x04|\x05\x06)"),
    "tar": re.compile(rb".{257}ustar", re.DOTALL),
}
_PARQUET = re.compile(rb"PAR1[\x00-\x1f]")


class Foreign(NamedTuple):
    """Something that is not text: what it is (a noun with its article), and what to do instead (a sentence)."""

    what: str
    advice: str


_OFFICE = "save it as plain text from its program, or convert it: pandoc -t plain -o text.txt FILE."
_SHEET = "save the sheet as CSV from its program, then give that file."
_PICTURE = "recognise the text in the picture first, for instance with tesseract."
_MEDIA = "transcribe it first; only text can be learnt from."
_PROGRAM = "give files that hold text."
_UNPACK = "unpack it first, then give the folder."
_DATA = "export its text to CSV, JSON lines or Parquet first."

_FOREIGN: list[tuple[re.Pattern[bytes], Foreign]] = [
    (re.compile(pattern, re.DOTALL), Foreign(what, advice))
    for pattern, what, advice in [
        (rb"\s{0,16}%PDF-[12]\.", "a PDF", "extract its text first: pdftotext FILE.pdf text.txt."),
        (rb"%!PS", "a PostScript document", "extract its text first: ps2ascii FILE.ps text.txt."),
        (rb"\{\\rtf", "an RTF document", _OFFICE),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document", _OFFICE),
        (rb"ITOLITLS|.{60}BOOKMOBI", "a Kindle or Microsoft e-book", "convert it first: ebook-convert FILE text.txt."),
        (rb"AT&TFORM", "a DjVu document", "extract its text first: djvutxt FILE.djvu text.txt."),
        (rb"\x89PNG\r\n", "a PNG image", _PICTURE),
        (rb"\xff\xd8\xff", "a JPEG image", _PICTURE),
        (rb"GIF8[79]a", "a GIF image", _PICTURE),
        (rb"II\*\x00|MM\x00\*", "a TIFF image", _PICTURE),
        (rb"RIFF.{4}WEBP", "a WebP image", _PICTURE),
        (rb"BM.{4}\x00\x00\x00\x00", "a BMP image", _PICTURE),
        (
            rb"RIFF.{4}(?:WAVE|AVI )|OggS\x00|fLaC\x00|ID3[\x02-\x04]\x00|\xff[\xfb\xf3\xf2][\x10-\xef]",
            "audio or video",
            _MEDIA,
        ),
        (rb"\x00.{3}ftyp|\x1a\x45\xdf\xa3", "audio or video", _MEDIA),
        (rb"\x7fELF", "a program (ELF)", _PROGRAM),
        (rb"MZ.{58}.{4}.{0,512}?PE\x00\x00", "a program (Windows)", _PROGRAM),
        (rb"\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe", "a program", _PROGRAM),
        (rb"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
        (rb"Rar!\x1a\x07", "a RAR archive", _UNPACK),
        (rb"\x04\x22\x4d\x18|\x1f\x9d|LZIP[\x00\x01]", "a compressed file of a kind that is not read here", _UNPACK),
        (rb"SQLite format 3\x00", "an SQLite database", _DATA),
        (rb"ARROW1\x00|ORC[\x00-\x1f]|Obj\x01", "a data file (Arrow, ORC or Avro)", _DATA),
        (rb"\x89HDF\r\n|\x93NUMPY", "a file of numbers", _PROGRAM),
        (rb"GGUF[\x01-\x09]\x00", "a language model (GGUF)", _PROGRAM),
    ]
]

_ZIP_MEMBERS: list[tuple[re.Pattern[str], Foreign]] = [
    (re.compile(r"word/document\.xml"), Foreign("a Word document", _OFFICE)),
    (re.compile(r"xl/workbook\.(?:xml|bin)"), Foreign("an Excel workbook", _SHEET)),
    (re.compile(r"ppt/presentation\.xml"), Foreign("a PowerPoint presentation", _OFFICE)),
    (re.compile(r"META-INF/container\.xml"), Foreign("an EPUB book", _OFFICE)),
    (re.compile(r"META-INF/manifest\.xml"), Foreign("an OpenDocument file", _OFFICE)),
    (re.compile(r"META-INF/MANIFEST\.MF"), Foreign("a Java program", _PROGRAM)),
    (re.compile(r"[^/]+/data\.pkl"), Foreign("a PyTorch checkpoint", _PROGRAM)),
]


def compression_of(head: bytes) -> Compression | None:
    """The compression that `head`, the first bytes of a file, shows."""
    return next((name for name, pattern in _COMPRESSIONS.items() if pattern.match(head)), None)


def archive_of(head: bytes) -> Archive | None:
    """The kind of archive that `head` (512 bytes are enough) shows."""
    return next((name for name, pattern in _ARCHIVES.items() if pattern.match(head)), None)


def is_parquet(head: bytes) -> bool:
    """Whether `head` shows a Parquet file."""
    return _PARQUET.match(head) is not None


def foreign_of(head: bytes) -> Foreign | None:
    """What `head` (2,048 bytes are enough) shows that is not text; None for text and for what is not known."""
    return next((foreign for pattern, foreign in _FOREIGN if pattern.match(head)), None)


def foreign_zip(members: list[str]) -> Foreign | None:
    """The kind of document that hides in a zip archive with these `members`."""
    for pattern, foreign in _ZIP_MEMBERS:
        if any(pattern.fullmatch(member) for member in members):
            return foreign
    return None
