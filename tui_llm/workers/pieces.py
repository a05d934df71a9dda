"""Tokens as people see them, one by one, whole characters or not. Standard library only."""

from __future__ import annotations

import codecs


def printable(token: bytes, before: bytes = b"") -> str:
    """What `token` adds to a text that ends with the beginning of a character, `before`: a byte that is no whole
    character (yet) is shown as ⟨C3⟩.
    """
    joined = before + token
    try:
        text, used = codecs.utf_8_decode(joined, "strict", False)
    except UnicodeDecodeError:
        return token.decode("utf-8", errors=_HEXADECIMAL)
    return text + _hexadecimal(joined[max(used, len(before)) :])


def _hexadecimal(data: bytes) -> str:
    return "".join(f"⟨{byte:02X}⟩" for byte in data)


def _replace(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return _hexadecimal(error.object[error.start : error.end]), error.end


_HEXADECIMAL = "tui_llm.hexadecimal"
codecs.register_error(_HEXADECIMAL, _replace)
