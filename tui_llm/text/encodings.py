"""Judging a text's encoding from its first bytes. Imports errors and language; charset-normalizer inside.

The order of the evidence: a byte order mark; the zeros of UTF-16; bytes that are UTF-8; what the document declares; for
the rest, whether the bytes read as Western European text (more readily where the words are Spanish, Portuguese or
English: statistics of bytes alone often take their few accents for Central European ones), and last charset-normalizer.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from tui_llm.errors import InputError
from tui_llm.text.language import guess_language

#: One byte, one character, ASCII below: a file in UTF-8 may hold lines of these.
WESTERN = "cp1252"
_WESTERN_CANDIDATES = (WESTERN, "cp850", "mac_roman")

_MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]

#: A declared encoding stands for the larger one that browsers, too, read instead of it.
_LARGER = {
    "ascii": WESTERN,
    "iso8859-1": WESTERN,
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_DECLARATION = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)|<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
_DECLARATION_BYTES = 4096

#: What may stand in a text file, besides letters: tab, line ends, backspace (old printouts) and escape (colours).
_CONTROLS = bytes({*range(32), 0x7F} - {8, 9, 10, 11, 12, 13, 27})
_MOST_CONTROLS = 0.05
#: Nearly all characters of a text in an alphabet are from so many blocks of 256.
_ALPHABETS = 3
#: Statistics need no more than this of a text's telling lines.
_TELLING_BYTES = 1 << 16
_ASCII = bytes(range(128))
#: In a text that is in ASCII but for so few bytes, these may be read as well as they can.
_STRAY = 0.02

_FAMILIES = (
    "áéíóúàâêôãõçüñèòï",  # Spanish, Portuguese, Galician, Catalan
    "éèàùâêîôûçëïüœæáíóñ",  # French, and English with its foreign words
    "àèéìòùîóç",  # Italian
    "äöüßåøæéèàáóñç",  # German and the Nordic languages
)
_SIGNS = "¿¡«»“”‘’‚„…–—•·°ºª€£§©®™´¨½¼¾²³×±µ\xa0\xad"
_EXPECTED_CHARACTERS = [frozenset(letters + letters.upper() + _SIGNS) for letters in _FAMILIES]
#: A capital between small letters, and an õ that is not Portuguese (Hungarian's ő has its byte).
_OUT_OF_PLACE = re.compile(r"(?<=[a-z])[À-ÖØ-ÞŠŽŒŸ](?=[a-z])|õ(?!e)")
_PLAIN_LETTER = re.compile(r"[a-zA-Z]")
_ACCENTED_RUN = re.compile(r"[^\W\d_a-zA-Zªº]{3,}")
#: From this share of expected characters on a text is Western European.
_EXPECTED = 0.95
_EXPECTED_IN_KNOWN_LANGUAGE = 0.8


@dataclass(frozen=True, slots=True)
class Encoding:
    """`name` is Python's; `mark` the length of the byte order mark; `fallback` reads the lines that are not UTF-8."""

    name: str
    mark: int = 0
    fallback: str | None = None


def judge_encoding(head: bytes, name: str, *, is_whole: bool) -> Encoding:
    """The encoding of the text that begins with `head`; `is_whole`: and ends with it. `name` is for the error.

    Raises:
        InputError: this is no text, or in an encoding that nothing shows.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            if encoding == "utf-8":
                return Encoding(encoding, len(mark), _fallback(head))
            _refuse_unless_text(head[len(mark) :].decode(encoding, "replace"), name)
            return Encoding(encoding, len(mark))
    if wide := _wide(head):
        return Encoding(wide)
    if len(head) - len(head.translate(None, _CONTROLS)) > _tolerated(len(head)):
        raise _not_text(name)
    head = head if is_whole else _whole_characters(head)
    if _is_mostly_utf8(head):
        return Encoding("utf-8", fallback=_fallback(head))
    if declared := _declared(head):
        return Encoding("utf-8", fallback=WESTERN) if declared == WESTERN else Encoding(declared)
    legacy = _legacy(head, name)
    if legacy in _WESTERN_CANDIDATES:
        return Encoding("utf-8", fallback=legacy)
    return Encoding(legacy)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: wherever words are spaced there are zeros, all of them at even or all at odd places.

    There the other bytes, too, are few and the same: they say of which alphabet a letter is.
    """
    length = len(head) // 2 * 2
    even, odd = head[0:length:2], head[1:length:2]
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high.count(0) >= max(1, len(high) // 10) and low.count(0) <= len(low) // 100:
            commonest = sum(count for _, count in Counter(high).most_common(_ALPHABETS))
            if commonest >= len(high) * 0.8 and _looks_like_text(head[:length].decode(encoding, "replace")):
                return encoding
    return None


def _looks_like_text(text: str) -> bool:
    odd = sum(text.count(chr(control)) for control in _CONTROLS) + text.count("\ufffd")
    return odd <= _tolerated(len(text))


def _tolerated(length: int) -> float:
    """How many control characters a text of this length may have, be it as short as it will."""
    return 1 + length * _MOST_CONTROLS


def _refuse_unless_text(text: str, name: str) -> None:
    if not _looks_like_text(text):
        raise _not_text(name)


def _not_text(name: str) -> InputError:
    return InputError(f"{name} holds binary data, not text.", "export its text first, or leave it out.")


def _whole_characters(head: bytes) -> bytes:
    """`head` without a UTF-8 character that its end cuts."""
    for back in range(1, min(4, len(head)) + 1):
        if head[-back] >= 0xC0:
            return head[:-back]
        if head[-back] < 0x80:
            break
    return head


def _is_mostly_utf8(head: bytes) -> bool:
    """Whether `head` is UTF-8, or UTF-8 with damage, or at least a tenth of its lines beyond ASCII are.

    By chance a line of another encoding is hardly ever UTF-8 from end to end, though pieces of it often are.
    """
    if head.isascii():
        return True
    right, wrong = utf8_balance(head)
    if right >= 4 * wrong:
        return True
    lines = [line for line in head.splitlines() if not line.isascii()]
    return sum(map(_is_utf8, lines)) * 10 >= len(lines)


def utf8_balance(data: bytes) -> tuple[int, int]:
    """How many characters beyond ASCII are right UTF-8, and how many pieces are not."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return beyond - wrong, wrong


def _fallback(head: bytes) -> str:
    """What the lines of a UTF-8 file that are not UTF-8 are written in."""
    odd = _odd_lines(head)
    return (_western(head, odd) if odd else None) or WESTERN


def _western(head: bytes, telling: bytes) -> str | None:
    """The Western European encoding of `telling`, lines of `head`, or None where it is none."""
    best = max(_WESTERN_CANDIDATES, key=lambda encoding: _western_share(telling, encoding))
    least = _EXPECTED_IN_KNOWN_LANGUAGE if _in_known_language(head[:_TELLING_BYTES], best) else _EXPECTED
    return best if _western_share(telling, best) >= least else None


def _in_known_language(data: bytes, encoding: str) -> bool:
    """Whether most letters are plain ones and the words Spanish, Portuguese or English."""
    text = data.decode(encoding, "replace")
    plain = len(_PLAIN_LETTER.findall(text))
    return plain * 4 >= sum(map(str.isalpha, text)) * 3 and guess_language(text) != "unknown"


def _odd_lines(data: bytes) -> bytes:
    """The lines that are not UTF-8."""
    return b"\n".join(line for line in data.splitlines() if not _is_utf8(line))[:_TELLING_BYTES]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared(head: bytes) -> str | None:
    """What an XML or HTML head says, if it is a known encoding that does read these bytes."""
    found = _DECLARATION.search(head[:_DECLARATION_BYTES])
    if found is None:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode("ascii")).name
        name = _LARGER.get(name, name)
        head.decode(name, "replace" if name == WESTERN else "strict")
    except (LookupError, UnicodeError):
        return None
    return None if name.startswith("utf") else name


def _legacy(head: bytes, name: str) -> str:
    """The encoding of bytes that are not UTF-8."""
    telling = _odd_lines(head)
    if western := _western(head, telling):
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(telling).best()
    if best is None:
        if len(head.translate(None, _ASCII)) <= len(head) * _STRAY:
            return WESTERN
        raise InputError(f"the encoding of {name} is not recognised.", "save it as UTF-8: iconv -f ENCODING -t UTF-8.")
    guess = codecs.lookup(best.encoding).name
    return _LARGER.get(guess, guess)


def _western_share(data: bytes, encoding: str) -> float:
    """Which share of the characters beyond ASCII, read in `encoding`, belongs into a Western European language.

    A capital between small letters does not, nor does a run of accented letters: those are how the bytes of other
    encodings and scripts read.
    """
    text = data.decode(encoding, "replace")
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return 0.0
    odd = len(_OUT_OF_PLACE.findall(text)) + sum(len(run) for run in _ACCENTED_RUN.findall(text))
    expected = max(sum(character in family for character in beyond) for family in _EXPECTED_CHARACTERS)
    return (expected - odd) / len(beyond)
