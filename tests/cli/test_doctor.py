"""`tui-llm doctor`: what is found, what is advised, and when it fails."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import types
from pathlib import Path
from typing import Any

import psutil
import pytest
import torch
import typer
from typer.testing import CliRunner, Result

from tui_llm.cli.doctor import doctor

app = typer.Typer()
app.command()(doctor)


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path))


def _call(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def _findings(code: int = 0) -> dict[str, dict[str, Any]]:
    """What --json tells, by name, after the checks that hold for every finding."""
    result = _call("--json")
    assert result.exit_code == code, result.output
    findings = json.loads(result.stdout)
    for finding in findings:
        assert finding["level"] in ("ok", "warning", "problem")
        assert (finding["advice"] is None) == (finding["level"] == "ok")
        assert finding["advice"] is None or finding["advice"].endswith(".")
    return {finding["what"]: finding for finding in findings}


def test_a_machine_is_described() -> None:
    found = _findings()
    assert found["torch"]["found"] == torch.__version__
    assert {"tui-llm", "Python", "numpy", "system", "CPU", "cores", "memory", "device cpu", "torch.compile cpu"} <= set(
        found
    )
    assert "writable" in found["home"]["found"]
    assert found["disk"]["found"].endswith("GiB free")
    assert "GiB" in found["memory"]["found"]


def test_the_table_tells_what_the_json_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXX", "no-such-compiler")
    result = _call()
    assert result.exit_code == 0
    assert "device cpu" in result.stdout
    assert "warning: torch.compile cpu: install no-such-compiler;" in result.stdout


def test_looking_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path / "not" / "yet"))
    assert "will be made" in _findings()["home"]["found"]
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_cannot_be_written_is_a_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("TUI_LLM_HOME", str(tmp_path / "file" / "home"))
    home = _findings(code=1)["home"]
    assert home["level"] == "problem"
    assert "is a file" in home["found"]
    assert "TUI_LLM_HOME" in home["advice"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_home_without_permission_is_a_problem(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "permission" in _findings(code=1)["home"]["found"]


def test_torch_that_does_not_load_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    found = _findings(code=1)
    assert found["torch"]["level"] == "problem"
    assert found["home"]["level"] == "ok"
    assert "device cpu" not in found


def test_little_room_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: types.SimpleNamespace(free=10 * 1024**2))
    monkeypatch.setattr(psutil, "virtual_memory", lambda: types.SimpleNamespace(total=2**33, available=2**28))
    found = _findings()
    assert (found["disk"]["level"], found["disk"]["found"]) == ("warning", "0.0 GiB free")
    assert (found["memory"]["level"], found["memory"]["found"]) == ("warning", "8.0 GiB, 0.2 GiB available")


def test_without_headers_nothing_compiles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CXX", sys.executable)
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(tmp_path))
    assert _findings()["torch.compile cpu"]["level"] == "warning"
    (tmp_path / "Python.h").touch()
    assert _findings()["torch.compile cpu"]["found"] == sys.executable


@pytest.mark.parametrize(("major", "bf16"), [(7, "no"), (9, "yes")])
def test_a_gpu_is_described(monkeypatch: pytest.MonkeyPatch, major: int, bf16: str) -> None:
    """Without a GPU at hand: torch's answers are played, and the tensor that tries it out is made on the CPU."""
    properties = types.SimpleNamespace(name="NVIDIA T-1000", total_memory=16 * 1024**3, major=major)
    ones = torch.ones
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _: properties)
    monkeypatch.setattr(torch, "ones", lambda size, device: ones(size))
    found = _findings()
    assert found["device cuda:0"]["found"] == f"NVIDIA T-1000, 16.0 GiB, bf16: {bf16}"
    assert found["device cuda:1"]["level"] == "ok"
    assert "torch.compile cuda" in found


def test_a_gpu_that_does_not_compute_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(size: int, device: str) -> torch.Tensor:
        raise RuntimeError("CUDA error: no kernel image is available\nmore lines")

    properties = types.SimpleNamespace(name="NVIDIA T-1000", total_memory=2**34, major=3)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _: properties)
    monkeypatch.setattr(torch, "ones", refuse)
    found = _findings(code=1)["device cuda:0"]
    assert found["level"] == "problem"
    assert found["found"].endswith("no kernel image is available")


def test_a_gpu_that_torch_cannot_use_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    which = shutil.which
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/it" if name == "nvidia-smi" else which(name))
    monkeypatch.setattr(torch.version, "cuda", None)
    assert "CUDA build" in _findings()["cuda"]["advice"]
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    assert "driver" in _findings()["cuda"]["advice"]


def test_threads_held_back_by_the_environment_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setattr(torch, "get_num_threads", lambda: 1)
    monkeypatch.setattr(psutil, "cpu_count", lambda logical=True: 8)
    assert "unset OMP_NUM_THREADS (1) to train on all 8 cores." in _findings()["device cpu"]["advice"]


def test_an_encoding_that_lacks_letters_is_a_warning() -> None:
    (encoding,) = (
        one
        for one in json.loads(CliRunner(charset="latin-1").invoke(app, ["--json"]).stdout)
        if one["what"] == "encoding"
    )
    assert (encoding["level"], encoding["found"]) == ("warning", "latin-1")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="pseudo-terminals are POSIX")
def test_a_poor_terminal_is_a_warning() -> None:
    ours, theirs = os.openpty()
    code = "import typer; from tui_llm.cli.doctor import doctor; app = typer.Typer(); app.command()(doctor); app()"
    environment = {**os.environ, "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen([sys.executable, "-c", code], stdout=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)
    assert process.returncode == 0
    assert b"TERM=dumb" in shown
    assert b"warning: terminal: set TERM" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux tells that the other side has closed
        return b""
