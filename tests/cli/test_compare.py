"""`tui-llm compare`: runs in one table, one chart, one picture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.cli.program import Program
from tests.cli.scored import SECONDS, TOKENS, perplexity, scored_run
from tests.terminal.terminal import Terminal

TINY = ("--max-steps", "8", "--eval-interval", "4", "--batch-size", "4", "--block-size", "16", "--device", "cpu")
COLUMNS = ["run", "preset", "tokenizer", "params", "tokens", "time", "val", "bits/byte", "test", "bits/byte"]


@pytest.fixture
def three(program: Program) -> Program:
    """The program with two finished runs and one under way."""
    scored_run(program.home, "contada", {0: 6.0, 100: 3.5}, final=(3.4, 3.45), preset="bigram-counts")
    scored_run(program.home, "gpt-larga", {0: 6.5, 100: 3.0, 200: 2.5}, final=(2.6, 2.75), preset="pyllm")
    scored_run(program.home, "gpt-en-marcha", {0: 6.4, 100: 2.875}, state="running")
    return program


def cells(line: str) -> list[str]:
    """The cells of a line of the table that has no empty ones."""
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def test_the_best_comes_first_and_a_run_under_way_shows_its_best_so_far(three: Program) -> None:
    answer = three("compare", "contada", "gpt-en-marcha", "gpt-larga")
    assert answer.code == 0, answer.err
    header, *rows = answer.out.splitlines()[:4]
    assert header.split() == [*COLUMNS, "perplexity", "tok/s", "state"]
    assert [row.split()[0] for row in rows] == ["gpt-larga", "gpt-en-marcha", "contada"]
    best = ["gpt-larga", "pyllm", "sentencepiece 96", "421k", "102k", "0:50"]
    assert cells(rows[0]) == [*best, "2.6000", "2.7500", f"{perplexity(2.6):.3f}", "2.05k", "finished"]
    assert cells(rows[1])[6:] == ["2.8750", f"{perplexity(2.875):.3f}", "2.05k", "running"]
    assert "same tokenizer" in answer.err


def test_the_chart_is_over_time_steps_or_tokens(three: Program) -> None:
    charts = {x: three("compare", "gpt-larga", "contada", "--x", x).out for x in ("time", "step", "tokens")}
    ends = {"time": "50s", "step": "200", "tokens": "100k"}
    for x, out in charts.items():
        lines = out.splitlines()
        assert lines[5] == "bits per byte"
        assert lines[-2].strip() == x
        assert ends[x] in lines[-3].split()
        assert lines[-1].split() == ["oo", "gpt-larga", "xx", "contada"]
    assert three("compare", "gpt-larga", "contada").out == charts["time"]


def test_json_has_every_figure_and_the_curves(three: Program) -> None:
    best, worst = three("compare", "contada", "gpt-larga", "--json").json
    assert (best["name"], best["state"], best["preset"], best["model"]) == ("gpt-larga", "finished", "pyllm", "gpt")
    assert (best["tokenizer"], best["vocab_size"], best["text"]) == ("sentencepiece", 96, "novela-0123456789ab")
    assert (best["val_bits_per_byte"], best["test_bits_per_byte"]) == (2.6, 2.75)
    assert (best["best_bits_per_byte"], best["best_step"]) == (2.5, 200)
    assert best["perplexity"] == pytest.approx(perplexity(2.6))
    assert (best["parameters"], best["tokens"], best["elapsed"]) == (421_000, 200 * TOKENS, 200 * SECONDS)
    assert best["curve"] == [
        {"step": step, "tokens": step * TOKENS, "elapsed": step * SECONDS, "bits_per_byte": bits}
        for step, bits in ((0, 6.5), (100, 3.0), (200, 2.5))
    ]
    assert Path(worst["path"]) == three.home / "runs" / "contada"


def test_a_run_is_named_in_any_way_and_counts_once(three: Program) -> None:
    path = three.home / "runs" / "contada"
    listed = three("compare", "cont", "contada", str(path), "gpt-l", f"{path}/", "--json").json
    assert [run["name"] for run in listed] == ["gpt-larga", "contada"]
    last = three("compare", "last", "--json").json
    assert [run["name"] for run in last] == [three("runs", "--json").json[0]["name"]]


def test_runs_of_one_name_are_told_apart_by_their_folders(three: Program, tmp_path: Path) -> None:
    other = scored_run(tmp_path / "other", "contada", {0: 6.0})
    out = three("compare", "contada", str(other.path)).out
    assert str(other.path) in out
    assert str(three.home / "runs" / "contada") in out


def test_runs_without_evaluations_have_empty_cells_and_come_last(three: Program) -> None:
    scored_run(three.home, "vacia", {}, state="queued").metrics_path.unlink()
    damaged = scored_run(three.home, "rota", {})
    damaged.status_path.write_text("?", encoding="utf-8")
    damaged.metrics_path.write_bytes(b"\xff{\n")
    answer = three("compare", "vacia", "rota", "contada")
    assert answer.code == 0, answer.err
    rows = answer.out.splitlines()[1:4]
    assert [row.split()[0] for row in rows] == ["contada", "vacia", "rota"]
    assert cells(rows[2]) == ["rota", "gpt-mini", "char 96", "damaged"]
    alone = three("compare", "vacia")
    assert (alone.code, alone.err) == (0, "None of these runs has been evaluated yet.\n")
    assert len(alone.out.splitlines()) == 2


def test_different_texts_are_told_of(three: Program) -> None:
    scored_run(three.home, "refranes-1", {0: 6.0}, text="refranes-ba9876543210")
    answer = three("compare", "contada", "gpt-larga", "refranes-1")
    assert answer.err.count("\n") == 1
    assert "trained on different texts" in answer.err
    assert "novela: gpt-larga, contada; refranes: refranes-1" in answer.err
    assert "different texts" in three("compare", "contada", "refranes-1", "--json").err
    assert three("compare", "contada").err == ""


def test_what_is_wrong_is_said(three: Program, tmp_path: Path) -> None:
    for arguments, said in (
        ((), "missing argument"),
        (("nadie",), "there is no run named 'nadie'"),
        (("gpt",), "begins the names of 2 runs"),
        (("contada", "--x", "epoch"), "cannot be shown over 'epoch'"),
        (("contada", "--picture", "curvas.jpg"), "curvas.jpg"),
    ):
        answer = three("compare", *arguments)
        assert (answer.code, answer.out) == (2, ""), arguments
        assert said in answer.err
        assert "hint:" in answer.err
    (tmp_path / "file").write_text("", encoding="utf-8")
    answer = three("compare", "contada", "--picture", str(tmp_path / "file" / "curvas.png"))
    assert (answer.code, answer.out) == (1, "")


def test_pictures(three: Program, tmp_path: Path) -> None:
    runs = ("gpt-larga", "contada", "gpt-en-marcha")
    scored_run(three.home, "_a-" + "á" * 50, {0: 6.0})
    png, svg = tmp_path / "new" / "curvas.png", tmp_path / "curvas.svg"
    assert three("compare", *runs, "_a", "--x", "tokens", "--picture", str(png)).code == 0
    with Image.open(png) as image:
        assert image.format == "PNG"
        assert min(image.size) >= 500
        colours = image.convert("RGB").getcolors(1 << 24)
    assert colours is not None
    told = {tuple(rgb) for number, rgb in colours if number > 50}
    assert {(31, 119, 180), (255, 127, 14), (44, 160, 44)} <= told  # a line in each of matplotlib's first colours
    answer = three("compare", "last", "--picture", str(svg), "--json")
    assert len(answer.json) == 1
    assert ElementTree.parse(svg).getroot().tag.endswith("svg")


def test_a_terminal_of_eighty_columns_gets_whole_columns(three: Program) -> None:
    environment = {**three.environment, "COLUMNS": "80", "NO_COLOR": "", "TERM": "xterm-256color"}
    arguments = ("compare", "contada", "gpt-larga", "gpt-en-marcha")
    with Terminal.of_program(*arguments, environment=environment, rows=40) as terminal:
        assert terminal.end() == 0
        text = terminal.text
        coloured = b"\x1b[36m" in terminal.received
    header, *rows = text.splitlines()[:4]
    assert {"run", "val", "test", "perplexity", "state"} <= set(header.split())
    assert [row.split()[0] for row in rows] == ["gpt-larga", "gpt-en-marcha", "contada"]
    assert "…" not in text
    assert coloured
    assert any(0x2800 < ord(character) <= 0x28FF for character in text)


def test_nothing_but_ascii_where_the_output_is_not_utf8(three: Program) -> None:
    done = subprocess.run(
        three.command("compare", "contada", "gpt-larga"),
        capture_output=True,
        env={**three.environment, "PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0", "LC_ALL": "C"},
        check=True,
    )
    assert done.stdout.isascii()
    assert b"?" not in done.stdout
    assert b"xx contada" in done.stdout


def test_it_loads_neither_torch_nor_textual(three: Program) -> None:
    code = (
        "import sys; from tui_llm.cli.main import main\n"
        "sys.argv = ['tui-llm', 'compare', 'contada', '--picture', sys.argv[1]]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print(sorted({'torch', 'textual', 'pyarrow'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(three.home / "curvas.png")],
        env=three.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"


def test_runs_that_were_really_trained(program: Program, text: Path) -> None:
    results = {}
    for name, preset in (("conteo", "bigram-counts"), ("red", "bigram")):
        arguments = ("train", str(text), "--preset", preset, *TINY, "--lr", "1e-6", "--name", name, "--json")
        answer = program(*arguments)
        assert answer.code == 0, answer.err
        results[name] = answer.json
    answer = program("compare", "red", "conteo", "--json")
    assert answer.err == ""
    best, worst = answer.json
    assert (best["name"], worst["name"]) == ("conteo", "red")  # counting learns, a rate of a millionth does not
    for run in (best, worst):
        result = results[run["name"]]
        assert run["val_bits_per_byte"] == result["val"]["bits_per_byte"]
        assert run["test_bits_per_byte"] == result["test"]["bits_per_byte"]
        assert run["perplexity"] == result["val"]["perplexity"]
        assert (run["tokenizer"], run["parameters"]) == ("char", result["parameters"])
        assert [point["step"] for point in run["curve"]] == [0, 4, 8]
        assert [point["tokens"] for point in run["curve"]] == [0, 4 * 4 * 16, 8 * 4 * 16]
    assert best["text"] == worst["text"]
    assert best["text"].startswith("frases-")
