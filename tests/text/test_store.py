"""The token store against a plain array: whatever is appended is read back, wherever the shards end."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_llm.errors import RunFailedError
from tui_llm.text.store import SplitSize, TokensInfo, TokenStore, TokenWriter, read_info, write_info

Dtype = Literal["uint16", "uint32"]


def write(folder: Path, parts: list[list[int]], dtype: Dtype, shard_tokens: int = 1 << 27) -> None:
    with TokenWriter(folder, "train", np.dtype(dtype), shard_tokens) as writer:
        for part in parts:
            writer.append(np.array(part, dtype=dtype))
    write_info(folder, TokensInfo("char", 300, dtype, {"train": SplitSize(writer.tokens, 0, 0)}))


@settings(max_examples=150, deadline=None)
@given(data=st.data(), dtype=st.sampled_from(["uint16", "uint32"]), shard_tokens=st.integers(1, 60))
def test_reads_what_was_written(data: st.DataObject, dtype: Dtype, shard_tokens: int) -> None:
    ids = st.integers(0, np.iinfo(dtype).max)
    parts = data.draw(st.lists(st.lists(ids, max_size=40), max_size=6))
    plain = np.array([token for part in parts for token in part], dtype=dtype)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, parts, dtype, shard_tokens)
        store = TokenStore(folder, "train")
        assert len(store) == len(plain)
        assert store.dtype == np.dtype(dtype)
        assert store.read(0, len(plain)).tolist() == plain.tolist()
        assert len(list(folder.glob("train-*.bin"))) == -(-len(plain) // shard_tokens)

        length = data.draw(st.integers(0, len(plain)))
        starts = data.draw(st.lists(st.integers(0, len(plain) - length), max_size=8))
        windows = store.windows(np.array(starts, dtype=np.int64), length)
        assert windows.dtype == np.int64
        assert windows.shape == (len(starts), length)
        for start, window in zip(starts, windows, strict=True):
            assert window.tolist() == plain[start : start + length].tolist()
            assert store.read(start, length).tolist() == plain[start : start + length].tolist()


@pytest.mark.parametrize("shard_tokens", [4, 100])
@pytest.mark.parametrize(("start", "length"), [(-1, 2), (0, 11), (10, 1), (11, 0), (3, -1)])
def test_never_reads_outside(tmp_path: Path, shard_tokens: int, start: int, length: int) -> None:
    write(tmp_path, [list(range(10))], "uint16", shard_tokens)
    store = TokenStore(tmp_path, "train")
    with pytest.raises(IndexError):
        store.read(start, length)
    with pytest.raises(IndexError):
        store.windows(np.array([0, start]), length)


def test_shards_are_flat_little_endian_files(tmp_path: Path) -> None:
    write(tmp_path, [[1, 2, 256], [65535]], "uint16", shard_tokens=3)
    assert (tmp_path / "train-00000.bin").read_bytes() == b"\x01\x00\x02\x00\x00\x01"
    assert (tmp_path / "train-00001.bin").read_bytes() == b"\xff\xff"


def test_much_is_written_as_it_comes(tmp_path: Path) -> None:
    ids = np.random.default_rng(0).integers(0, 60_000, 3_000_000).astype(np.uint16)
    with TokenWriter(tmp_path, "train", ids.dtype, shard_tokens=1_000_003) as writer:
        for start in range(0, len(ids), 7_777):
            writer.append(ids[start : start + 7_777])
        assert writer.tokens > 2_000_000
    write_info(tmp_path, TokensInfo("bpe", 60_000, "uint16", {"train": SplitSize(len(ids), 0, 0)}))
    assert np.array_equal(TokenStore(tmp_path, "train").read(0, len(ids)), ids)


def test_the_info_comes_back(tmp_path: Path) -> None:
    info = TokensInfo("sentencepiece", 70_000, "uint32", {"train": SplitSize(5, 17, 2), "val": SplitSize(1, 2, 3)})
    write_info(tmp_path, info)
    assert read_info(tmp_path) == info
    assert msgspec.json.decode((tmp_path / "tokens.json").read_bytes())["splits"]["val"]["bytes"] == 2


def damage_shorter(folder: Path) -> None:
    path = folder / "train-00000.bin"
    path.write_bytes(path.read_bytes()[:-2])


def damage_odd(folder: Path) -> None:
    path = folder / "train-00000.bin"
    path.write_bytes(path.read_bytes()[:-1])


def damage_empty(folder: Path) -> None:
    (folder / "train-00000.bin").write_bytes(b"")


def damage_missing(folder: Path) -> None:
    (folder / "train-00000.bin").unlink()


def damage_info(folder: Path) -> None:
    (folder / "tokens.json").write_text("{")


def damage_no_info(folder: Path) -> None:
    (folder / "tokens.json").unlink()


@pytest.mark.parametrize(
    "damage", [damage_shorter, damage_odd, damage_empty, damage_missing, damage_info, damage_no_info]
)
def test_damage_is_told(tmp_path: Path, damage: Any) -> None:
    write(tmp_path, [list(range(10))], "uint16", shard_tokens=6)
    damage(tmp_path)
    with pytest.raises(RunFailedError):
        TokenStore(tmp_path, "train")


def test_an_unknown_split_is_told(tmp_path: Path) -> None:
    write(tmp_path, [[1]], "uint16")
    with pytest.raises(RunFailedError):
        TokenStore(tmp_path, "val")
