"""The lines at the top of the Inspect screen: the views, and the step that is looked at. Imports rich and `runs`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from rich.style import Style
from rich.text import Text

from tui_llm.runs.checkpoints import CheckpointInfo, best_of
from tui_llm.translation import N_, _

#: The views in their order: their names, and the keys that lead there, which are letters of the names.
VIEWS = {
    "parameters": (N_("Parameters"), "p"),
    "attention": (N_("Attention"), "a"),
    "embeddings": (N_("Embeddings"), "e"),
    "activations": (N_("Activations"), "v"),
    "gradients": (N_("Gradients"), "g"),
    "updates": (N_("Updates"), "u"),
}


@dataclass
class Steps:
    """The steps that can be looked at, and where one stands. Whoever stands at the newest goes along with it."""

    there: list[int] = field(default_factory=list)
    step: int | None = None
    follows: bool = True

    def know(self, there: list[int]) -> None:
        """These are there now. The one that is looked at stays, even if it is gone."""
        self.there = there
        if there and (self.follows or self.step is None):
            self.step = there[-1]

    def choose(self, step: int) -> None:
        """Stand at `step`."""
        self.step = step
        self.follows = not self.there or step >= self.there[-1]

    def move(self, by: int) -> None:
        """To the step before or after."""
        beyond = [one for one in self.there if self.step is None or (one - self.step) * by > 0]
        if beyond:
            self.choose(beyond[0] if by > 0 else beyond[-1])

    @property
    def place(self) -> int | None:
        """Where the step is among them; None if it is gone."""
        return self.there.index(self.step) if self.step in self.there else None


def views_line(here: str, off: Collection[str]) -> Text:
    """The names of the views with their keys underlined; those that are `off` are dim. A click goes there."""
    line = Text(no_wrap=True, overflow="ellipsis")
    for name, (title, key) in VIEWS.items():
        shown = _(title)
        part = Text(shown, "bold reverse" if name == here else "dim" if name in off else "")
        place = shown.lower().find(key)
        if place >= 0:
            part.stylize("underline", place, place + 1)
        part.stylize(Style(meta={"@click": f"screen.{name}"}))
        line.append_text(part)
        line.append("  ")
    return line


def checkpoint_line(steps: Steps, checkpoints: Sequence[CheckpointInfo]) -> Text:
    """Which checkpoint is looked at, and what is known of it."""
    info = next((one for one in checkpoints if one.step == steps.step), None)
    if info is None or steps.place is None:
        return _line(steps, [_("this checkpoint is gone")])
    words = [_("checkpoint {number} of {count}").format(number=steps.place + 1, count=len(steps.there))]
    best = best_of(list(checkpoints))
    if best is not None and best.step == info.step:
        words.append(_("best"))
    if info.val_loss is not None:
        words.append(_("validation loss {loss}").format(loss=f"{info.val_loss:.4f}"))
    return _line(steps, words)


def probe_line(steps: Steps) -> Text:
    """Which probed step is looked at."""
    number = (steps.place or 0) + 1
    return _line(steps, [_("probe {number} of {count}").format(number=number, count=len(steps.there))])


def _line(steps: Steps, words: list[str]) -> Text:
    """The step between the keys that change it, and `words`; nothing where there is no step."""
    if steps.step is None:
        return Text()
    step = _("step {step}").format(step=f"{steps.step:,}")
    return Text.assemble("[ ", (step, "bold"), " ]  ", ", ".join(words))
