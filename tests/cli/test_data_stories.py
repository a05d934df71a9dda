"""`tui-llm data stories`: where the text goes, what is refused, and that nothing half made is left behind."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tui_llm.cli import data_stories
from tui_llm.errors import InputError, RunFailedError, UserError
from tui_llm.text.stories import SEPARATOR

app = typer.Typer()
app.command()(data_stories.stories)
runner = CliRunner()


def write(out: Path | str, *options: str) -> str:
    """Run the command; what it says on stderr comes back, and what it raises is raised."""
    result = runner.invoke(app, ["--language", "es", "--megabytes", "0.02", *options, "--", str(out)])
    if isinstance(result.exception, UserError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stderr


def test_file_is_written_whole_and_the_narration_counts(tmp_path: Path) -> None:
    out = tmp_path / "corpus.txt"
    said = write(out)
    text = out.read_text(encoding="utf-8")
    told = text.count(SEPARATOR) + 1
    assert 20_000 < len(text.encode()) < 25_000
    assert said.startswith(f"{told} stories, ")
    assert "distinct" in said
    assert [path.name for path in tmp_path.iterdir()] == ["corpus.txt"]


def test_stdout_gets_the_same_bytes_as_a_file(tmp_path: Path) -> None:
    out = tmp_path / "corpus.txt"
    write(out, "--seed", "4")
    result = runner.invoke(app, ["--language", "es", "--megabytes", "0.02", "--seed", "4", "-"])
    assert result.stdout_bytes == out.read_bytes()
    assert "stories" in result.stderr


def test_seeds_and_languages_differ(tmp_path: Path) -> None:
    books = set()
    for language in ("es", "pt", "en"):
        for seed in ("0", "1"):
            out = tmp_path / f"{language}{seed}"
            write(out, "--language", language, "--seed", seed)
            books.add(out.read_bytes())
    assert len(books) == 6


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "mine.txt"
    out.write_text("mine")
    with pytest.raises(InputError, match="exists already") as caught:
        write(out)
    assert "--force" in caught.value.hint
    assert out.read_text() == "mine"
    write(out, "--force")
    assert out.stat().st_size > 20_000


@pytest.mark.parametrize("size", ["0", "-1", "nan", "inf"])
def test_sizes_that_are_none(tmp_path: Path, size: str) -> None:
    with pytest.raises(InputError, match="is no size"):
        write(tmp_path / "out", "--megabytes", size)


def test_unknown_language(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no stories in 'fr'") as caught:
        write(tmp_path / "out", "--language", "fr")
    assert "es, pt, en" in caught.value.hint


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a file"):
        write(tmp_path, "--force")
    with pytest.raises(InputError, match="does not exist"):
        write(tmp_path / "nowhere" / "out")


def test_a_failure_half_way_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "mine.txt"
    out.write_text("mine")

    def fail(file: object, *_: object) -> None:
        file.write(b"half")  # type: ignore[attr-defined]
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(data_stories, "write_book", fail)
    with pytest.raises(RunFailedError, match="no space is left"):
        write(out, "--force")
    assert out.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
