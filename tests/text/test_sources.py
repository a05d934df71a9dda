"""Finding files, and the key of their contents."""

from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path

import pytest

from tui_llm.errors import InputError
from tui_llm.text.sources import ending_of, find_sources, fingerprint


def write(path: Path, text: str = "hola\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(*inputs: str | Path) -> list[str]:
    return [source.name for source in find_sources([str(given) for given in inputs])]


def test_a_folder_is_searched_to_the_bottom_sorted_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/ñ/x.md", "c.csv", ".hidden.txt", ".git/config", "a/.cache/y.txt"):
        write(tmp_path / name)
    assert names(tmp_path) == [str(tmp_path / name) for name in ("a/z.txt", "a/ñ/x.md", "b.txt", "c.csv")]


def test_only_what_was_named_itself_is_named(tmp_path: Path) -> None:
    file = write(tmp_path / "folder" / "a.txt")
    assert [source.named for source in find_sources([str(file)])] == [True]
    assert [source.named for source in find_sources([str(tmp_path / "folder")])] == [False]


def test_inputs_keep_their_order_and_a_file_comes_once(tmp_path: Path) -> None:
    first, second = write(tmp_path / "1.txt"), write(tmp_path / "2.txt")
    assert names(second, first, second) == [str(second), str(first)]
    both = find_sources([str(tmp_path), str(second)])
    assert [(source.path, source.named) for source in both] == [(first, False), (second, True)]


def test_patterns_that_no_shell_expanded(tmp_path: Path) -> None:
    wanted = [write(tmp_path / "x" / "b.txt"), write(tmp_path / "x" / "y" / "c.txt"), write(tmp_path / "a.txt")]
    write(tmp_path / "a.csv")
    assert names(tmp_path / "**" / "*.txt") == sorted(str(path) for path in wanted)
    assert names(tmp_path / "*.txt") == [str(tmp_path / "a.txt")]
    assert names(tmp_path / "x*") == sorted(str(path) for path in wanted[:2])


def test_a_name_with_pattern_characters_is_a_name_first(tmp_path: Path) -> None:
    file = write(tmp_path / "capítulo [1].txt")
    assert names(file) == [str(file)]


@pytest.mark.parametrize("wrong", ["nowhere.txt", "no*.txt", "x" * 5000, "a\0b", "~nobody-at-all/x"])
def test_what_does_not_exist_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"\.$") as caught:
        find_sources([wrong])
    assert len(caught.value.what) < 300


def test_nothing_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no text was given"):
        find_sources([])
    with pytest.raises(InputError, match="holds no files"):
        find_sources([str(tmp_path)])


def test_standard_input_is_copied_to_the_spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("año\n".encode())))
    (source,) = find_sources(["-", "-"], tmp_path)
    assert source.path.parent == tmp_path
    assert source.path.read_bytes() == "año\n".encode()
    assert (source.name, source.size, source.named) == ("standard input", 5, True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no names here")
def test_a_pipe_with_a_name_is_copied_too(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"uno\ndos\n",))
    writer.start()
    (source,) = find_sources([str(pipe)])
    writer.join()
    assert source.path != pipe
    assert source.path.read_bytes() == b"uno\ndos\n"


def test_a_device_is_refused() -> None:
    with pytest.raises(InputError, match="not a file"):
        find_sources([os.devnull])


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_a_name_that_is_no_text_can_be_told(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"ni\xf1o.txt")).write_bytes(b"hola\n")
    (source,) = find_sources([str(tmp_path)])
    assert source.name.encode("utf-8").endswith("ni�o.txt".encode())
    assert source.path.read_bytes() == b"hola\n"


def test_the_fingerprint_is_of_content_and_ending(tmp_path: Path) -> None:
    def key(*paths: Path) -> str:
        return fingerprint(find_sources([str(path) for path in paths]))

    one = write(tmp_path / "a" / "uno.txt", "hola")
    other = write(tmp_path / "b" / "dos.txt", "hola")
    os.utime(other, (1, 1))
    assert key(one) == key(other)
    assert key(one) != key(write(tmp_path / "hola.csv", "hola"))
    assert key(one) != key(write(tmp_path / "otra.txt", "otra"))
    left, right = write(tmp_path / "l.txt", "ab"), write(tmp_path / "r.txt", "c")
    split = write(tmp_path / "l2.txt", "a"), write(tmp_path / "r2.txt", "bc")
    assert key(left, right) != key(*split)
    assert key(left, right) != key(right, left)
    assert len(key(left)) == 64


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.TXT", ".txt"), ("x/a.csv.gz", ".csv"), ("a.zst", ""), ("a", ""), ("a.tar.gz", ".tar"), (".gz", "")],
)
def test_endings(name: str, ending: str) -> None:
    assert ending_of(name) == ending
