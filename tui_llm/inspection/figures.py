"""Pictures as files: a figure to draw on, text that it can show, and saving it whole. Imports matplotlib, inside
functions alone; no torch.

No pyplot: it keeps every figure alive and may open a window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from tui_llm.errors import InputError, from_os_error
from tui_llm.files import replacing

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from PIL.Image import Image

#: Pixels an inch, in a PNG.
DPI = 120

#: By a file's suffix: its format, as matplotlib names it.
FORMATS = {".png": "png", ".svg": "svg"}

#: A label in a picture is cut after so many characters.
_LABEL = 14


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of `width` by `height` inches whose parts make room for one another."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)  # pixels in memory, whatever screen there is
    return figure


def save_figure(figure: Figure, path: Path) -> None:
    """Write `figure` to `path`, as PNG or SVG by its suffix; its folder is made where there is none.

    Raises:
        InputError: the suffix is neither.
        RunFailedError: the file cannot be written; what was there before stays.
    """
    form = picture_format(path)
    metadata = {"Date": None} if form == "svg" else None  # the same figure then gives the same file
    with _writing(path) as file:
        figure.savefig(file, format=form, metadata=metadata)


def picture_format(path: Path) -> str:
    """The format of a figure that is to be saved as `path`, as matplotlib names it.

    Raises:
        InputError: the suffix is none that is known.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise InputError(f"a picture cannot be saved as {path.name}.", f"end its name in {' or '.join(FORMATS)}.")
    return form


def rendered(figure: Figure) -> Image:
    """The pixels of `figure`, as they are now."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    assert isinstance(figure.canvas, FigureCanvasAgg)
    figure.canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(figure.canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    return Image.fromarray(pixels).convert("RGB")


def save_image(image: Image, path: Path) -> None:
    """Write `image` to `path` as PNG.

    Raises:
        RunFailedError: as `save_figure`.
    """
    with _writing(path) as file:
        image.save(file, format="PNG")


def save_animation(frames: Sequence[Image], path: Path, milliseconds: int) -> None:
    """Write `frames` to `path` as a GIF that begins again at its end; each stays for `milliseconds`, the last longer.

    The colours are those of the first frame, so that what stands still does not flicker.

    Raises:
        RunFailedError: as `save_figure`.
    """
    from PIL import Image

    colours = frames[0].quantize(256, method=Image.Quantize.FASTOCTREE)  # a hundred times quicker, and as near
    first, *others = (frame.quantize(palette=colours, dither=Image.Dither.NONE) for frame in frames)
    durations = [milliseconds] * len(others) + [4 * milliseconds]
    with _writing(path) as file:
        first.save(file, format="GIF", save_all=True, append_images=others, duration=durations, loop=0)


@contextmanager
def _writing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when it is whole."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, durable=False) as file:
            yield file
    except OSError as error:
        raise from_os_error(error, f"writing the picture {path}") from error


def short_label(text: str) -> str:
    """`text` as a label in a picture: see `drawable`; what is long is cut."""
    return drawable(text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…")


def drawable(text: str) -> str:
    """`text` with the code point in place of each character that the font lacks, and without hidden formulas.

    matplotlib would draw an empty box, and take what stands between two dollars for mathematics.
    """
    known = _characters()
    shown = "".join(one if ord(one) in known else f"U+{ord(one):04X}" for one in text)
    return shown.replace("$", r"\$")


@cache
def _characters() -> frozenset[int]:
    """The code points that matplotlib's own font can draw."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties())).get_charmap())
