"""Pictures are whole or absent, and show the texts of others as they are."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from PIL import Image

from tui_llm.errors import InputError, RunFailedError
from tui_llm.inspection.figures import DPI, drawable, new_figure, rendered, save_animation, save_figure, short_label


def test_a_png_has_the_pixels_that_were_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.png"
    save_figure(new_figure(4, 2.5), path)
    with Image.open(path) as image:
        image.load()
        assert (image.format, image.size) == ("PNG", (4 * DPI, 2.5 * DPI))
    assert [one.name for one in path.parent.iterdir()] == ["a.png"]


def test_an_svg_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    for name in ("a.svg", "B.SVG"):
        save_figure(new_figure(4, 3), tmp_path / name)
        assert "<svg" in (tmp_path / name).read_text(encoding="utf-8")
        assert "<dc:date>" not in (tmp_path / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["a.gif", "a", "a.jpg"])
def test_other_formats_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=name) as refused:
        save_figure(new_figure(4, 3), tmp_path / name)
    assert ".png or .svg" in refused.value.hint
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RunFailedError, match="writing the picture"):
        save_figure(new_figure(4, 3), tmp_path / "file" / "a.png")
    (tmp_path / "a.png").mkdir()
    with pytest.raises(RunFailedError, match="writing the picture"):
        save_figure(new_figure(4, 3), tmp_path / "a.png")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.png", "file"]


def test_an_animation_has_every_frame(tmp_path: Path) -> None:
    colours = [(255, 0, 0), (0, 0, 255), (255, 255, 255)]
    stripes = Image.new("RGB", (30, 20), "black")
    for place, colour in enumerate(colours):
        stripes.paste(colour, (10 * place, 0, 10 * place + 10, 10))
    frames = [stripes, *(Image.new("RGB", (30, 20), colour) for colour in colours)]
    save_animation(frames, tmp_path / "a.gif", 300)
    with Image.open(tmp_path / "a.gif") as image:
        assert image.n_frames == len(frames)
        for number, colour in enumerate(colours, 1):
            image.seek(number)
            assert image.convert("RGB").getpixel((5, 5)) == pytest.approx(colour, abs=8)
            assert image.info["duration"] == (300 if number < len(colours) else 1200)


@pytest.mark.parametrize(
    ("text", "shown"),
    [("ñandú «¿?» €", "ñandú «¿?» €"), ("a🚀漢", "aU+1F680U+6F22"), ("$x$", r"\$x\$"), ("", "")],
)
def test_what_the_font_lacks_is_told_by_its_number(text: str, shown: str) -> None:
    assert drawable(text) == shown


@pytest.mark.parametrize("text", ["🚀漢字", r"$\frac{$ and $x$", "␣↵⇥⟨C3⟩∅◌́", "\\", "_^{", "$$", "a" * 100])
def test_any_text_can_be_drawn(text: str) -> None:
    figure = new_figure(4, 3)
    figure.suptitle(short_label(text))
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of glyphs that its font lacks
        image = rendered(figure)
    assert image.getextrema()[0][0] < 100  # there is ink


def test_a_long_label_is_cut() -> None:
    assert short_label("una palabra larguísima") == "una palabra l…"
