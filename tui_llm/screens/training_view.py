"""How somebody looks at the loss: the axes, the smoothing, what is hidden. Imports the translation alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tui_llm.translation import N_, _

X = Literal["step", "elapsed", "tokens"]

_XS: dict[X, str] = {"step": N_("step"), "elapsed": N_("time"), "tokens": N_("tokens")}

#: The strengths of smoothing that keys go through: the share of the past in each value.
STRENGTHS = (0.0, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995)

Shown = Literal["all", "smooth", "train", "val"]
_SHOWN: tuple[Shown, ...] = ("all", "smooth", "train", "val")


@dataclass(frozen=True)
class View:
    """The choices; each change gives another view."""

    x: X = "step"
    x_log: bool = False
    y_log: bool = False
    bits: bool = False
    """Whether the loss is told in bits per byte rather than nats a token."""
    smoothing: float = 0.9
    shown: Shown = "all"
    """Everything, all but the raw losses, the training's losses alone, or the evaluations alone."""

    @property
    def x_name(self) -> str:
        """What the x axis measures, in the language of the app."""
        return _(_XS[self.x])

    @property
    def shows_smooth(self) -> bool:
        return self.smoothing > 0 and self.shown != "val"

    @property
    def shows_raw(self) -> bool:
        return self.shown in ("all", "train") or (self.shown == "smooth" and self.smoothing == 0)

    @property
    def shows_val(self) -> bool:
        return self.shown != "train"

    def with_next_x(self) -> View:
        """The same over the next of step, time and tokens."""
        xs = list(_XS)
        return replace(self, x=xs[(xs.index(self.x) + 1) % len(xs)])

    def with_next_shown(self) -> View:
        """The same with the next choice of curves."""
        return replace(self, shown=_SHOWN[(_SHOWN.index(self.shown) + 1) % len(_SHOWN)])

    def smoother(self, by: int) -> View:
        """The same, smoothed more (`by` 1) or less (-1)."""
        place = STRENGTHS.index(self.smoothing) + by
        return replace(self, smoothing=STRENGTHS[max(0, min(len(STRENGTHS) - 1, place))])

    def note(self) -> str:
        """The choices that cannot be seen in the picture itself."""
        parts = [_("smoothing {strength}").format(strength=f"{self.smoothing:g}")] if self.shows_smooth else []
        if self.x_log or self.y_log:
            parts.append(_("log {axes}").format(axes="xy" if self.x_log and self.y_log else "x" if self.x_log else "y"))
        return "  ".join(parts)
