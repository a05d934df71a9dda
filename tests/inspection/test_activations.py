"""What was probed of a training, as pictures and a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tui_llm.inspection.activations import write_activations
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.probes import Histogram, LayerProbe, ParameterProbe, ProbeRecord, ProbeWriter

BELL = Histogram(-2.0, 2.0, [1, 4, 9, 4, 1])


def layer(name: str, kind: str, **changes: object) -> LayerProbe:
    held = {
        "mean": 0.125,
        "std": 0.5,
        "saturated": None,
        "dead": None,
        "activation": BELL,
        "gradient": BELL,
        "gradient_std": 2e-5,
        **changes,
    }
    return LayerProbe(name=name, kind=kind, **held)  # type: ignore[arg-type]


def probed(folder: Path, *layers: LayerProbe, steps: int = 3, update: float | None = 1e-3) -> RunDirectory:
    """A run of which `layers` were probed every ten steps."""
    folder.mkdir(exist_ok=True)
    run = RunDirectory(folder)
    matrix = ParameterProbe("h.0.weight", [8, 4], 0.02, 3e-4, update)
    vector = ParameterProbe("h.0.bias", [8], 0.0, 1e-4, None)
    with ProbeWriter(run.probes_path) as writer:
        for step in range(steps):
            writer.write(ProbeRecord(10 * step, list(layers), [matrix, vector]))
    return run


def written(run: RunDirectory) -> tuple[list[str], list[str]]:
    """The names of the files that were written, each of them whole, and what was said."""
    said: list[str] = []
    files = write_activations(run, run.path, said.append)
    for path in files:
        if path.suffix == ".png":
            with Image.open(path) as image:
                image.load()
    return [path.name for path in files], said


def test_a_run_that_was_not_probed_says_how_to_have_it_probed(tmp_path: Path) -> None:
    files, said = written(RunDirectory(tmp_path))
    assert files == []
    assert len(said) == 1
    assert "--probe" in said[0]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("steps", [1, 2, 3, 50])
def test_there_is_a_picture_for_each_measure(steps: int, tmp_path: Path) -> None:
    run = probed(tmp_path / "run", layer("h.0.tanh", "Tanh", saturated=0.25), layer("h.0", "Linear"), steps=steps)
    files, said = written(run)
    assert files == ["activations.png", "gradients.png", "saturation.png", "updates.png", "activations.txt"]
    assert not said


def test_what_was_not_measured_is_not_drawn(tmp_path: Path) -> None:
    # A model without gradients, without tanh or ReLU, whose values are all alike.
    nothing = Histogram(0.0, 0.0, [])
    alike = Histogram(1.0, 1.0, [0, 7, 0])
    layers = [layer("a", "Linear", gradient=None, gradient_std=None, activation=alike)]
    run = probed(tmp_path / "run", *layers, layer("b", "Linear", gradient=None, activation=nothing), update=None)
    assert written(run)[0] == ["activations.png", "activations.txt"]


def test_very_many_layers_are_drawn(tmp_path: Path) -> None:
    layers = [layer(f"h.{number}.act", "GELU", dead=number / 100) for number in range(60)]
    assert "saturation.png" in written(probed(tmp_path / "run", *layers))[0]


def test_the_table_has_the_figures_of_the_last_step(tmp_path: Path) -> None:
    run = probed(tmp_path / "run", layer("h.0.tanh", "Tanh", saturated=0.25), layer("act", "ReLU", dead=0.5))
    written(run)
    lines = (run.path / "activations.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "step 20"
    assert [line.split() for line in lines[3:5]] == [
        ["h.0.tanh", "Tanh", "0.125", "0.5", "25.0", "%", "2e-05"],
        ["act", "ReLU", "0.125", "0.5", "50.0", "%", "2e-05"],
    ]
    assert lines[3].index("25.0 %") < lines[4].index("50.0 %")  # under saturated, and under dead
    assert [line.split() for line in lines[7:9]] == [
        ["h.0.weight", "8", "×", "4", "0.02", "0.0003", "0.001", "-3"],
        ["h.0.bias", "8", "0", "0.0001"],
    ]
