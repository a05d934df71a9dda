"""How the Inspect screen writes what it shows: tokens, numbers, sentences. Imports rich, and the cells of tokens."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from tui_llm.translation import _
from tui_llm.widgets.tokens import cells

#: Tokens that are named of those that one looks at, and the least share that is worth naming.
NAMED, LEAST = 6, 0.01

#: Cells of the longest figure.
FIGURE = 8

#: In ASCII, for the signs by which labels show what cannot be seen.
_PLAIN = {"␣": "_", "↵": "\\n", "⇥": "\\t", "⟨": "<", "⟩": ">", "∅": "(blank)"}


def visible(label: str, *, ascii_only: bool = False) -> str:
    """A token's label on this terminal. The worker has made spaces and the like visible, with signs that some lack."""
    label = label.replace("\n", "↵")
    if ascii_only:
        for sign, plain in _PLAIN.items():
            label = label.replace(sign, plain)
    return "".join(part if width else f"◌{part}" for part, width in cells(label, ascii_only=ascii_only)) or "''"


def fitted(text: str, width: int, ascii_only: bool) -> str:
    """`text` in at most `width` cells, with a mark if it is cut."""
    return text if cell_len(text) <= width else set_cell_size(text, width - 1) + ("~" if ascii_only else "…")


def figure(value: float | None) -> str:
    """A float32 in three digits, two if it is long; - for one that is not finite."""
    if value is None or not math.isfinite(value):
        return "-"
    told = _short(f"{value:.2e}" if 0 < abs(value) < 1e-3 else f"{value:.3g}")
    return told if len(told) <= FIGURE else _short(f"{value:.1e}")


def _short(number: str) -> str:
    return number.replace("e-0", "e-").replace("e+0", "e+")


def share(value: float | None) -> str:
    """A share in percent; nothing where there is none."""
    if value is None:
        return ""
    return f"{100 * value:.1f} %" if value < 0.0995 else f"{100 * value:.0f} %"


def shape(sizes: Sequence[int]) -> str:
    """340x128; one number is `1`."""
    return "x".join(map(str, sizes)) or "1"


def looks_at(
    tokens: Sequence[str], row: int, weights: Sequence[float | None], *, ascii_only: bool = False
) -> list[str]:
    """What the token at `row` looks at, the most first: `"e" looks at:`, `"d" 41 %,`, `itself 22 %`; not to be cut."""
    names = [f'"{visible(token, ascii_only=ascii_only)}"' for token in tokens]
    ranked = sorted(
        ((weight or 0.0, place) for place, weight in enumerate(weights[: row + 1])),
        key=lambda pair: (-pair[0], -pair[1]),
    )
    others = [f"{_name(names, place, row)} {share(weight)}" for weight, place in ranked[:NAMED] if weight >= LEAST]
    told = _("{token} looks at:").format(token=_name(names, row, None))
    return [told, *(f"{one}," for one in others[:-1]), *others[-1:]]


def _name(names: Sequence[str], place: int, row: int | None) -> str:
    """A token's name; with its place where the same stands elsewhere, too."""
    if place == row:
        return _("itself")
    return f"{names[place]} ({place + 1})" if names.count(names[place]) > 1 else names[place]


def flow(parts: Sequence[Text], width: int, between: str = " ") -> Text:
    """`parts` in lines of at most `width` cells, each part whole."""
    lines: list[Text] = []
    for part in parts:
        if lines and lines[-1].cell_len + len(between) + part.cell_len <= width:
            lines[-1].append(between).append_text(part)
        else:
            lines.append(Text().append_text(part))  # not the part itself: its style would be the line's
    return Text("\n").join(lines)
