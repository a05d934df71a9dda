"""Checkpoints: whole or absent, whatever happens."""

import errno
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_llm.errors import InputError, RunFailedError
from tui_llm.runs.checkpoints import (
    CheckpointInfo,
    best_checkpoint,
    clean_leftovers,
    find_checkpoint,
    last_checkpoint,
    list_checkpoints,
    new_checkpoint_folder,
    prune,
)
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.manifest import MANIFEST, verify, write_manifest

_FILES = ["model.safetensors", "optimizer.safetensors", "state.json"]


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return RunDirectory(tmp_path / "novelas-1")


def _fill(folder: Path, val_loss: float | None = None, weights: bytes = b"weights") -> None:
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "optimizer.safetensors").write_bytes(b"moments" * 3)
    (folder / "state.json").write_text(json.dumps({"step": 1, "val_loss": val_loss}), encoding="utf-8")


def _save(run: RunDirectory, step: int, val_loss: float | None = None, weights: bytes = b"weights") -> Path:
    with new_checkpoint_folder(run, step) as folder:
        _fill(folder, val_loss, weights)
    return run.checkpoints_path / f"step-{step:08d}"


def _names(run: RunDirectory) -> list[str]:
    return sorted(path.name for path in run.checkpoints_path.iterdir())


def test_a_checkpoint_is_listed_with_what_it_is(run: RunDirectory) -> None:
    path = _save(run, 1200, val_loss=1.5)
    assert sorted(file.name for file in path.iterdir()) == sorted([*_FILES, MANIFEST])
    size = sum((path / name).stat().st_size for name in _FILES)
    info = CheckpointInfo(step=1200, path=str(path), val_loss=1.5, bytes=size, fault=None)
    assert list_checkpoints(run) == [info]
    assert info.whole
    assert last_checkpoint(run) == best_checkpoint(run) == info
    verify(path)


def test_steps_beyond_eight_digits_keep_their_order(run: RunDirectory) -> None:
    for step in (123_456_789, 99_999_999, 0):
        _save(run, step)
    assert [info.step for info in list_checkpoints(run)] == [0, 99_999_999, 123_456_789]
    assert _names(run) == ["step-00000000", "step-123456789", "step-99999999"]


def test_there_may_be_none(run: RunDirectory) -> None:
    assert list_checkpoints(run) == []
    assert last_checkpoint(run) is None
    assert best_checkpoint(run) is None
    prune(run)
    clean_leftovers(run)


def test_a_block_that_fails_leaves_nothing(run: RunDirectory) -> None:
    _save(run, 1)

    def fail() -> None:
        with new_checkpoint_folder(run, 2) as folder:
            _fill(folder)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert _names(run) == ["step-00000001"]


def test_a_full_disk_is_a_sentence_and_changes_nothing(run: RunDirectory) -> None:
    _save(run, 1)

    def fill_the_disk() -> None:
        with new_checkpoint_folder(run, 2) as folder:
            raise OSError(errno.ENOSPC, "No space left on device", str(folder / "model.safetensors"))

    with pytest.raises(RunFailedError, match="no space is left on the disk while writing the checkpoint of step 2"):
        fill_the_disk()
    assert _names(run) == ["step-00000001"]


def test_a_step_that_was_saved_before_is_replaced(run: RunDirectory) -> None:
    _save(run, 5, weights=b"old")
    path = _save(run, 5, weights=b"new ones")
    assert (path / "model.safetensors").read_bytes() == b"new ones"
    assert _names(run) == ["step-00000005"]
    verify(path)


@pytest.mark.parametrize("name", [*_FILES, MANIFEST])
@pytest.mark.parametrize("how", ["removed", "cut", "longer"])
def test_a_damaged_checkpoint_is_not_the_last_one(run: RunDirectory, name: str, how: str) -> None:
    _save(run, 1, val_loss=2.0)
    file = _save(run, 2, val_loss=1.0) / name
    content = file.read_bytes()
    file.unlink()
    if how != "removed":
        file.write_bytes(content[:-3] if how == "cut" else content + b"!")
    last = last_checkpoint(run)
    assert last is not None
    assert last == best_checkpoint(run) == find_checkpoint(run, "last")
    assert last.step == 1
    assert [info.whole for info in list_checkpoints(run)] == [True, False]
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        verify(file.parent)
    with pytest.raises(InputError, match="damaged") as caught:
        find_checkpoint(run, "2")
    assert "best, last, 1" in caught.value.hint


@given(name=st.sampled_from(_FILES), place=st.integers(0, 6), bit=st.integers(0, 7))
def test_a_single_wrong_bit_is_found(tmp_path_factory: pytest.TempPathFactory, name: str, place: int, bit: int) -> None:
    folder = tmp_path_factory.mktemp("checkpoint")
    _fill(folder)
    write_manifest(folder)
    verify(folder)
    content = bytearray((folder / name).read_bytes())
    content[place] ^= 1 << bit
    (folder / name).write_bytes(content)
    with pytest.raises(InputError, match=f"{name} of {folder.name} is damaged"):
        verify(folder)


@given(
    losses=st.lists(st.none() | st.sampled_from([1.0, 2.0, 3.0, float("nan")]), max_size=8),
    keep_last=st.integers(0, 4),
)
def test_pruning_keeps_the_last_and_the_best(
    tmp_path_factory: pytest.TempPathFactory, losses: list[float | None], keep_last: int
) -> None:
    run = RunDirectory(tmp_path_factory.mktemp("run"))
    run.checkpoints_path.mkdir()
    for step, loss in enumerate(losses):
        folder = run.checkpoints_path / f"step-{step:08d}"
        folder.mkdir()
        _fill(folder, None if loss != loss else loss)
        write_manifest(folder)
    best = best_checkpoint(run)
    evaluated = [loss for loss in losses if loss is not None and loss == loss]
    assert (best is None) == (not evaluated)
    if best:
        assert best.val_loss == min(evaluated)
        assert best.step == max(step for step, loss in enumerate(losses) if loss == best.val_loss)
    prune(run, keep_last)
    steps = range(len(losses))
    expected = {*list(steps)[len(losses) - min(keep_last, len(losses)) :], *([best.step] if best else [])}
    assert [info.step for info in list_checkpoints(run)] == sorted(expected)
    assert len(_names(run)) == len(expected)


def test_pruning_counts_only_whole_ones(run: RunDirectory) -> None:
    for step in (1, 2, 3):
        _save(run, step)
    (run.checkpoints_path / "step-00000003" / "model.safetensors").unlink()
    prune(run, keep_last=1)
    assert _names(run) == ["step-00000002"]


def test_a_checkpoint_is_found_by_what_people_write(run: RunDirectory) -> None:
    for step, loss in ((100, 2.0), (1200, 1.5), (1300, 1.7)):
        _save(run, step, loss)
    found = {text: find_checkpoint(run, text).step for text in ("best", "last", "1200", "step-00000100", "01300")}
    assert found == {"best": 1200, "last": 1300, "1200": 1200, "step-00000100": 100, "01300": 1300}
    for text in ("7", "x", "", "-1", "step-"):
        with pytest.raises(InputError, match="no checkpoint") as caught:
            find_checkpoint(run, text)
        assert caught.value.hint == "there are: best, last, 100, 1200, 1300."


def test_a_run_without_checkpoints_says_so(run: RunDirectory) -> None:
    for text in ("best", "last", "3"):
        with pytest.raises(InputError, match=r"run novelas-1 has no .*checkpoint"):
            find_checkpoint(run, text)
    _save(run, 3)
    with pytest.raises(InputError, match="no evaluated checkpoint"):
        find_checkpoint(run, "best")


def test_leftovers_of_killed_writers_go(run: RunDirectory) -> None:
    _save(run, 1)
    (run.checkpoints_path / ".tmp-step-00000002-0123").mkdir()
    assert [info.step for info in list_checkpoints(run)] == [1]
    clean_leftovers(run)
    assert _names(run) == ["step-00000001"]


@pytest.mark.parametrize("left", ["only the old one", "both", "a damaged new one"])
def test_a_replacement_that_was_cut_short_loses_nothing(run: RunDirectory, left: str) -> None:
    final = _save(run, 5, weights=b"old")
    aside = final.with_name(".old-step-00000005")
    final.rename(aside)
    if left != "only the old one":
        _save(RunDirectory(run.path), 6, weights=b"new").rename(final)
    if left == "a damaged new one":
        (final / MANIFEST).unlink()
    weights = b"new" if left == "both" else b"old"
    for _ in range(2):
        last = last_checkpoint(run)
        assert last is not None
        assert last.step == 5
        assert (Path(last.path) / "model.safetensors").read_bytes() == weights
        clean_leftovers(run)
    assert _names(run) == ["step-00000005"]
    _save(run, 5, weights=b"newer")
    assert _names(run) == ["step-00000005"]


def _replace_and_prune_until(run: RunDirectory, moment: int) -> bool:
    """Save step 5 again and prune, in a process that dies at its `moment`th touch of the disk; tell if it lived on."""
    child = os.fork()
    if child == 0:
        touches = itertools.count(1)

        def die(event: str, _: object) -> None:
            if event in ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir") and next(touches) == moment:
                os._exit(9)

        sys.addaudithook(die)
        try:
            _save(run, 5, val_loss=2.0, weights=b"new")
            prune(run, keep_last=1)
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9)
    return code == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is POSIX")
def test_dying_between_any_two_touches_of_the_disk_loses_nothing(run: RunDirectory) -> None:
    through, moment = False, 0
    while not through:
        moment += 1
        shutil.rmtree(run.path, ignore_errors=True)
        for step, loss in ((3, 1.0), (4, 1.5), (5, 2.0)):
            _save(run, step, loss, weights=b"old")
        through = _replace_and_prune_until(run, moment)
        for _ in range(2):
            last, best = last_checkpoint(run), best_checkpoint(run)
            assert last is not None
            assert best is not None
            assert (last.step, best.step) == (5, 3)
            for info in (last, best):
                verify(Path(info.path))
            assert (Path(last.path) / "model.safetensors").read_bytes() in (b"old", b"new")
            clean_leftovers(run)
        assert set(_names(run)) <= {"step-00000003", "step-00000004", "step-00000005"}
    assert moment > 20
    assert _names(run) == ["step-00000003", "step-00000005"]


_ENDLESS_WRITER = """
import sys
from pathlib import Path
from tui_llm.runs.checkpoints import clean_leftovers, last_checkpoint, new_checkpoint_folder, prune
from tui_llm.runs.directory import RunDirectory

run = RunDirectory(Path(sys.argv[1]))
clean_leftovers(run)
last = last_checkpoint(run)
step = last.step if last else 0
print("writing", flush=True)
while True:
    for turn in range(2):  # each step twice, so that replacing is interrupted too
        with new_checkpoint_folder(run, step) as folder:
            (folder / "model.safetensors").write_bytes(bytes([step % 256, turn]) * 100_000)
            (folder / "optimizer.safetensors").write_bytes(bytes([turn, step % 256]) * 200_000)
            (folder / "state.json").write_text('{"step": %d, "val_loss": %f}' % (step, 9 - step / 1e6))
        print(step, flush=True)
    prune(run, keep_last=2)
    step += 1
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_writer_killed_at_any_moment_leaves_the_last_checkpoint_whole(run: RunDirectory) -> None:
    chance = random.Random(1337)
    reached = -1
    for _ in range(10):
        arguments = [sys.executable, "-c", _ENDLESS_WRITER, str(run.path)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"writing\n"
            time.sleep(chance.uniform(0.0, 0.2))
            writer.kill()
            reached = max([reached, *(int(line) for line in writer.stdout.read().split())])
        last = last_checkpoint(run)
        assert (last.step if last else -1) >= reached
        for info in list_checkpoints(run):
            assert info.whole
            verify(Path(info.path))
    assert reached > 0
    clean_leftovers(run)
    prune(run)
    assert all(name.startswith("step-") for name in _names(run))
    assert len(_names(run)) <= 3
