"""Writing atomically: the old file or the new one, and nothing beside it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tui_llm.errors import InputError, RunFailedError, from_os_error
from tui_llm.files import write_atomically


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_replaced(tmp_path: Path, durable: bool) -> None:
    path = tmp_path / "file"
    write_atomically(path, "uno", durable=durable)
    write_atomically(path, b"dos", durable=durable)
    assert path.read_bytes() == b"dos"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, "uno")
    with pytest.raises(TypeError):
        write_atomically(path, 3)  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "uno"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "word"),
    [(errno.ENOSPC, "space"), (errno.EDQUOT, "space"), (errno.EACCES, "permission"), (errno.EIO, "Input/output")],
)
def test_errors_of_the_system_become_sentences(number: int, word: str) -> None:
    told = from_os_error(OSError(number, "Input/output error", "/a/b"), "writing")
    assert isinstance(told, RunFailedError)
    assert word in told.what
    assert "/a/b" in told.what
    assert told.hint
    assert InputError("a.", "b.").code == 2
    assert told.code == 1
