"""`tui-llm find-lr`: a table, a chart, a rate; a picture where one is asked for, and no run left behind."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.cli.program import Program

TINY = [
    *("--model", "gpt", "--tokenizer", "char", "--n-layer", "1", "--n-head", "2", "--n-embd", "16"),
    *("--block-size", "8", "--batch-size", "4", "--device", "cpu"),
]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_rate_is_found(program: Program, text: Path) -> None:
    answer = program("find-lr", str(text), *TINY)
    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    assert lines[0].split() == ["lr", "loss", "smoothed"]
    rates = [float(line.split()[0]) for line in lines[1:21]]
    assert rates == sorted(rates)
    assert "learning rate" in answer.out
    assert "suggested" in answer.out
    words = lines[-1].split()
    assert words[:2] == ["suggested:", "--lr"]
    assert rates[0] < float(words[2]) < rates[-1]
    assert names(program.home) == ["corpora"]
    # What was suggested can be typed as it stands; the prepared text is found again.
    trained = program("train", str(text), *TINY, "--max-steps", "2", *words[1:])
    assert trained.code == 0, trained.err
    assert len(names(program.home / "corpora")) == 1


def test_json_tells_everything(program: Program, text: Path) -> None:
    answer = program("find-lr", str(text), *TINY, "--steps", "30", "--seed", "5", "--json")
    told = answer.json
    assert told["suggestion"] < told["lowest"]
    assert told["steepest"] <= told["lowest"]
    assert told["diverged_at"] is None or told["diverged_at"] == pytest.approx(told["points"][-1]["lr"])
    assert all(set(point) == {"lr", "loss", "smoothed"} for point in told["points"])
    assert len(told["points"]) == 30 or told["diverged_at"] is not None
    assert program("find-lr", str(text), *TINY, "--steps", "30", "--seed", "5", "--json").json == told
    other = program("find-lr", str(text), *TINY, "--steps", "30", "--seed", "6", "--json").json
    assert other["points"] != told["points"]


def test_auto_says_what_it_chose(program: Program, text: Path) -> None:
    answer = program("find-lr", str(text), "--block-size", "8", "--batch-size", "2", "--steps", "10", "--device", "cpu")
    assert answer.code == 0, answer.err
    assert "auto: 3 layers" in answer.err


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_a_picture_is_drawn(program: Program, text: Path, suffix: str) -> None:
    picture = text.parent / "pictures" / f"curve.{suffix}"
    answer = program("find-lr", str(text), *TINY, "--steps", "20", "--picture", str(picture))
    assert answer.code == 0, answer.err
    if suffix == "png":
        assert picture.read_bytes().startswith(b"\x89PNG\r\n")
    else:
        assert ElementTree.parse(picture).getroot().tag.endswith("svg")
    assert names(picture.parent) == [picture.name]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["no text", "find-lr TEXT..."]),
        (["{text}", "--model", "bigram-counts"], ["bigram-counts learns without a learning rate", "tui-llm presets"]),
        (["{text}", "--steps", "2"], ["2 steps are too few", "10 or more"]),
        (["{text}", "--picture", "curve.bmp"], ["curve.bmp", ".png or .svg"]),
        (["{text}", "--lr", "0.1"], ["--lr"]),
        (["{folder}/nothing.txt"], ["nothing.txt"]),
        (["{text}", *TINY, "--block-size", "5000"], ["5000", "--block-size"]),
        (["{text}", "--device", "cuda:77"], ["device"]),
    ],
)
def test_what_cannot_be_is_a_sentence(program: Program, text: Path, arguments: list[str], words: list[str]) -> None:
    answer = program("find-lr", *(word.format(text=text, folder=text.parent) for word in arguments))
    assert answer.code == 2
    assert answer.out == ""
    assert "error: " in answer.err
    assert "hint: " in answer.err
    assert "Traceback" not in answer.err
    for word in words:
        assert word in answer.err


def test_a_picture_that_cannot_be_written_is_a_sentence(program: Program, text: Path) -> None:
    answer = program("find-lr", str(text), *TINY, "--steps", "10", "--picture", str(text / "curve.png"))
    assert answer.code == 1
    assert "writing the picture" in answer.err
    assert "Traceback" not in answer.err
