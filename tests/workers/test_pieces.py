"""Tokens as people see them: whole characters as they are, parts of them by their bytes."""

from __future__ import annotations

import pytest

from tui_llm.workers.pieces import printable


@pytest.mark.parametrize(
    ("token", "before", "shown"),
    [
        (b"gata", b"", "gata"),
        ("é".encode(), b"", "é"),
        (b"\xc3", b"", "⟨C3⟩"),
        (b" \xe6\x97", b"", " ⟨E6⟩⟨97⟩"),
        (b"\xa9", b"", "⟨A9⟩"),
        (b"\xa9", b"\xc3", "é"),
        (b"\xa9n", b"\xc3", "én"),
        (b"\x97", b"\xe6", "⟨97⟩"),
        (b"\xa5\xe6", b"\xe6\x97", "日⟨E6⟩"),
        (b"n", b"\xc3", "n"),
        (b"\xff", b"", "⟨FF⟩"),
        (b"", b"", ""),
        (b"", b"\xc3", ""),
    ],
)
def test_a_token_is_shown_as_what_it_adds(token: bytes, before: bytes, shown: str) -> None:
    assert printable(token, before) == shown
