"""Cleaning text: what no model should learn is removed, and counted. Imports report.

- Removed: control characters (tab and line feed are none), byte order marks inside the text.
- Made a line feed: `\\r`, next line (U+0085), vertical tab, form feed.
- Mended: the other C1 control characters are, in texts, the dashes and quotation marks of Windows' cp1252, as they are
  on web pages; they become these.
- Lone surrogates, which are no text, become U+FFFD.

All else stays as it is, unless NFC is asked for.
"""

from __future__ import annotations

import re
import unicodedata

from tui_llm.text.report import SourceReport

_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
_MENDED = {chr(code): text for code in range(0x80, 0xA0) if (text := bytes([code]).decode("cp1252", "ignore"))}
#: What becomes of an odd character that does not vanish. (A form feed is seen to apart.)
_INSTEAD = {"\f": "\f"} | _MENDED | {"\v": "\n", "\x85": "\n"} | {chr(code): "\ufffd" for code in range(0xD800, 0xE000)}
_MENDABLE = re.compile("[" + "".join(_MENDED.keys() - {"\x85"}) + "]")

#: UTF-8 that was read as a Western encoding and saved again: "Ã¡" for "á", "â€œ" for a quotation mark, "Â¿" for "¿".
_MOJIBAKE = re.compile("Ã[\xa0-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|Â[\xa0-\xbf]|â€[œ™¦“”˜¢]")

#: No character before U+0300, and none of these, joins what stands before it: there a text can be parted for NFC.
_SAFE_START = re.compile("[\x00-\u02ff\u2000-\u206f\u3000-\u3020\u4e00-\u9fff]")
_SEARCHED = 4096


class Cleaner:
    """Cleans the pieces of one text; what comes out, joined, does not depend on how the text was cut into pieces.

    (Only a `\\r\\n` must not be cut: texts come here with their lines ended by `\\n`, values of records in one piece.)
    """

    def __init__(self, report: SourceReport, nfc: bool) -> None:
        self._report = report
        self._nfc = nfc
        self._waiting = ""
        self._after_break = True

    def feed(self, text: str) -> str:
        """The clean text that is ready."""
        if _ODD.search(text):
            text = self._without_odd(text)
        if not text:
            return text
        self._after_break = text.endswith("\n")
        if not text.isascii():
            self._note(text)
        return self._composed(self._waiting + text) if self._nfc else text

    def finish(self) -> str:
        """The rest. The cleaner is then ready for another text."""
        rest = unicodedata.normalize("NFC", self._waiting)
        self._waiting = ""
        self._after_break = True
        return rest

    def _without_odd(self, text: str) -> str:
        report = self._report
        report.mended_characters += len(_MENDABLE.findall(text))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        report.line_ending_counts.other += text.count("\v") + text.count("\x85")
        length = len(text)
        text = _ODD.sub(lambda odd: _INSTEAD.get(odd[0], ""), text)
        if "\f" in text:
            text = self._without_form_feeds(text)
        report.removed_characters += length - len(text)
        return text

    def _without_form_feeds(self, text: str) -> str:
        """A form feed ends a line, but the one that follows a line break, as most do, is no further break."""
        if self._after_break:
            text = text.lstrip("\f")
        text = re.sub(r"(?<=\n)\f+", "", text)
        text, breaks = re.subn(r"\f+", "\n", text)
        self._report.line_ending_counts.other += breaks
        return text

    def _note(self, text: str) -> None:
        report = self._report
        report.replacement_characters += text.count("\ufffd")
        if "Ã" in text or "Â" in text or "â€" in text:
            report.mojibake += len(_MOJIBAKE.findall(text))
        if not (self._nfc or report.not_nfc):
            report.not_nfc = not unicodedata.is_normalized("NFC", text)

    def _composed(self, text: str) -> str:
        """The beginning of `text` in NFC, up to the last place that what follows cannot change."""
        self._waiting = ""
        for end in range(len(text) - 1, max(-1, len(text) - _SEARCHED), -1):
            if _SAFE_START.match(text, end):
                self._waiting = text[end:]
                return unicodedata.normalize("NFC", text[:end])
        if len(text) < _SEARCHED:
            self._waiting = text
            return ""
        return unicodedata.normalize("NFC", text)
