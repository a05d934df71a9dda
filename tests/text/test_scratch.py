"""Folders that are whole or not there: what a failed or killed process leaves, and who wins a race."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui_llm.text.scratch import publish, scratch


def test_a_published_folder_stays_and_others_vanish(tmp_path: Path) -> None:
    with scratch(tmp_path / "new") as folder:
        (folder / "deep").mkdir()
        (folder / "deep" / "file").write_text("whole")
        publish(folder, tmp_path / "new" / "target")
    with scratch(tmp_path / "new") as other:
        (other / "file").write_text("half")
    assert sorted(path.name for path in (tmp_path / "new").rglob("*")) == ["deep", "file", "target"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, ValueError])
def test_nothing_is_left_after_an_error(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error):
        fail_half_way(tmp_path, error)
    assert list(tmp_path.iterdir()) == []


def fail_half_way(parent: Path, error: type[BaseException]) -> None:
    with scratch(parent) as folder:
        (folder / "file").write_text("half")
        raise error


def test_the_first_to_publish_wins(tmp_path: Path) -> None:
    with scratch(tmp_path) as late, scratch(tmp_path) as early:
        (late / "file").write_text("late")
        (early / "file").write_text("early")
        publish(early, tmp_path / "target")
        publish(late, tmp_path / "target")
    assert [path.name for path in tmp_path.iterdir()] == ["target"]
    assert (tmp_path / "target" / "file").read_text() == "early"


def test_a_target_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("mine")
    with pytest.raises(OSError, match="target"), scratch(tmp_path) as folder:
        publish(folder, tmp_path / "target")


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, signal, sys\n"
        "from tui_llm.text.scratch import scratch\n"
        "with scratch(pathlib.Path(sys.argv[1])) as folder:\n"
        "    (folder / 'file').write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    [left] = tmp_path.iterdir()
    assert (left / "file").exists()
    with scratch(tmp_path):
        assert not left.exists()


def test_what_others_are_working_on_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    with scratch(tmp_path) as other:
        elsewhere = tmp_path / other.name.replace(str(os.getpid()), "999999999").replace("-", "-another", 2)
        elsewhere.mkdir()
        with scratch(tmp_path):
            assert other.exists()
            assert elsewhere.exists()
            assert mine.exists()


def test_a_number_that_now_belongs_to_another_process_is_no_maker(tmp_path: Path) -> None:
    with scratch(tmp_path) as folder:
        os.utime(folder, (0, 0))
        with scratch(tmp_path):
            assert not folder.exists()
