"""The program's own manners: global options anywhere, pipes that close, interrupts, terminals that are not UTF-8."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

from tests.cli.program import Program


def test_home_may_stand_before_the_command_and_after_it(program: Program, tmp_path: Path) -> None:
    for number, arguments in enumerate((["--home", "{}", "runs"], ["runs", "--home={}"], ["runs", "--home", "{}"])):
        home = tmp_path / f"other-{number}"
        (home / "runs" / "mine").mkdir(parents=True)
        answer = program(*(argument.format(home) for argument in arguments), "--json")
        assert answer.code == 0, answer.err
        assert [run["name"] for run in answer.json] == ["mine"]


def test_a_reader_that_leaves_is_no_traceback(program: Program) -> None:
    process = program.start("--help")
    assert process.stdout is not None
    process.stdout.close()
    process.wait(timeout=60)
    assert process.stderr is not None
    err = process.stderr.read()
    assert b"Traceback" not in err
    assert b"BrokenPipe" not in err


def test_an_interrupted_preparation_ends_with_130_and_leaves_nothing(program: Program, tmp_path: Path) -> None:
    text = tmp_path / "long.txt"
    text.write_text("Una frase que se repite, pero no mucho: {}.\n" * 200_000, encoding="utf-8")
    process = program.start("train", str(text), "--device", "cpu")
    ends = time.monotonic() + 60
    while not list(program.home.glob("corpora/.tmp*")):
        assert process.poll() is None
        assert time.monotonic() < ends
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"error: interrupted." in err
    assert b"Traceback" not in err
    assert not out
    assert not list(program.home.glob("corpora/.tmp*"))
    assert not list(program.home.glob("runs/*"))


def test_a_terminal_that_is_not_utf8_gets_question_marks(program: Program, tmp_path: Path) -> None:
    (tmp_path / "ñandú.txt").write_text("Un texto. " * 300, encoding="utf-8")
    done = subprocess.run(
        program.command("data", "inspect", str(tmp_path / "ñandú.txt")),
        capture_output=True,
        env={**program.environment, "PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0", "LC_ALL": "C"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


def test_no_colour_and_no_escapes_in_a_pipe(program: Program) -> None:
    answer = program("presets")
    assert answer.code == 0
    assert "\x1b" not in answer.out + answer.err
    assert not answer.err
