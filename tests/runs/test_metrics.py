"""Appending metrics, reading them, following them."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.runs.metrics import KINDS, MetricsTail, MetricsWriter, read_metrics

_RECORDS = st.fixed_dictionaries(
    {"kind": st.sampled_from(sorted(KINDS)), "time": st.floats(0, 2e9)},
    optional={"step": st.integers(0, 2**40), "text": st.text(), "losses": st.lists(st.floats(0, 20))},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "metrics.jsonl"


def _write(path: Path, *records: dict[str, Any]) -> None:
    with MetricsWriter(path) as writer:
        for record in records:
            writer.write(record)


@given(st.lists(_RECORDS, max_size=8))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]) -> None:
    path = tmp_path_factory.mktemp("run") / "metrics.jsonl"
    _write(path, *records)
    assert list(read_metrics(path)) == records
    assert path.read_bytes().count(b"\n") == len(records)


class _Eval(msgspec.Struct, tag_field="kind", tag="eval"):
    step: int
    val_loss: float


def test_records_are_timed_and_may_be_structs(path: Path) -> None:
    before = time.time()
    with MetricsWriter(path) as writer:
        writer.write(_Eval(step=5, val_loss=float("nan")))
    (record,) = read_metrics(path)
    assert before <= record.pop("time") <= time.time()
    assert record == {"kind": "eval", "step": 5, "val_loss": None}


def test_an_unknown_kind_is_a_mistake_of_the_program(path: Path) -> None:
    with MetricsWriter(path) as writer, pytest.raises(ValueError, match="kind"):
        writer.write({"kind": "gossip"})
    assert path.read_bytes() == b""


def test_only_the_kinds_asked_for(path: Path) -> None:
    _write(path, {"kind": "train"}, {"kind": "eval"}, {"kind": "event"})
    assert [record["kind"] for record in read_metrics(path, {"train", "event"})] == ["train", "event"]


def test_there_may_be_no_file_yet(path: Path) -> None:
    assert list(read_metrics(path)) == []
    assert MetricsTail(path).poll() == []


@given(cut=st.integers(1, 200))
def test_a_torn_last_line_is_skipped_and_never_glued(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    """Whatever a kill leaves of the last line, the records before and after it are whole."""
    path = tmp_path_factory.mktemp("run") / "metrics.jsonl"
    _write(path, {"kind": "train", "step": 1}, {"kind": "sample", "step": 2, "text": "así\n" * 9})
    whole = path.read_bytes()
    path.write_bytes(whole[: max(0, len(whole) - cut)])
    _write(path, {"kind": "train", "step": 3})
    steps = [record["step"] for record in read_metrics(path)]
    assert steps[-1] == 3
    assert steps[:-1] == [1, 2][: len(steps) - 1]


def test_what_is_not_a_record_is_skipped(path: Path) -> None:
    path.write_bytes(b'\n[]\n3\n{"step": 1}\n{"kind": "gossip"}\n\xff\xfe\n{"kind": []}\n{"kind":"train","step":2}\n')
    assert list(read_metrics(path)) == [{"kind": "train", "step": 2}]
    assert MetricsTail(path).poll() == [{"kind": "train", "step": 2}]


def test_lines_of_several_writers_never_interleave(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tui_llm.runs.metrics import MetricsWriter\n"
        "with MetricsWriter(Path(sys.argv[1])) as writer:\n"
        "    for step in range(300): writer.write({'kind': 'sample', 'step': step, 'text': sys.argv[2] * 5000})"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code, str(path), letter]) for letter in "abc"]
    assert [process.wait() for process in processes] == [0, 0, 0]
    # A writer that begins while another is in mid-line puts a line break first; readers skip the empty line.
    assert sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line) == 900
    records = list(read_metrics(path))
    assert len(records) == 900
    for letter in "abc":
        assert [one["step"] for one in records if one["text"] == letter * 5000] == list(range(300))


@pytest.mark.skipif(os.name == "nt", reason="file size limits are POSIX")
def test_a_full_disk_is_told_and_costs_one_line(path: Path) -> None:
    """A limit on the file's size stands for the full disk: the write is cut short, then refused."""
    code = f"""
import resource, signal
from pathlib import Path
from tui_llm.runs.metrics import MetricsWriter
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with MetricsWriter(Path({str(path)!r})) as writer:
    writer.write({{"kind": "train", "step": 1}})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        writer.write({{"kind": "sample", "step": 2, "text": "x" * 1000}})
    except OSError as error:
        print(error.errno)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    writer.write({{"kind": "train", "step": 3}})
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().isdigit()
    assert [record["step"] for record in read_metrics(path)] == [1, 3]


@given(st.lists(_RECORDS, min_size=1, max_size=8), st.lists(st.integers(1, 80), max_size=12))
def test_a_tail_gives_each_record_once_however_the_bytes_arrive(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]], pieces: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("run")
    _write(folder / "whole", *records)
    content = (folder / "whole").read_bytes()
    path = folder / "metrics.jsonl"
    tail = MetricsTail(path)
    seen: list[dict[str, Any]] = []
    for piece in [*pieces, len(content)]:
        with path.open("ab") as file:
            file.write(content[:piece])
        content = content[piece:]
        seen += tail.poll()
        assert not tail.restarted
    assert seen == records
    assert tail.poll() == []


@pytest.mark.parametrize("how", ["truncated", "replaced", "replaced by a longer one", "removed"])
def test_a_tail_notices_that_the_file_is_another(path: Path, how: str) -> None:
    _write(path, *({"kind": "train", "step": step} for step in range(3)))
    tail = MetricsTail(path)
    assert len(tail.poll()) == 3
    if how == "truncated":
        path.write_bytes(b"")
    else:
        path.unlink()
    assert how != "removed" or (tail.poll() == [] and tail.restarted)
    length = 9 if how == "replaced by a longer one" else 2
    _write(path, *({"kind": "eval", "step": step} for step in range(length)))
    assert [record["kind"] for record in tail.poll()] == ["eval"] * length
    assert tail.restarted == (how != "removed")
    assert tail.poll() == []
    assert not tail.restarted
