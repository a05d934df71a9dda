"""The line above an answer of the Console: which checkpoint writes it, and how. Imports Textual and `runs`."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Static

from tui_llm.runs.checkpoints import CheckpointInfo, best_of
from tui_llm.screens.console_answer import Sampling
from tui_llm.translation import _

Form = tuple[str, str]
"""The left part, about the model, and the right one, about the settings."""


class HeadLine(Static):
    """Shows as much as there is room for. A click on it asks for another model, or other settings."""

    DEFAULT_CSS = "HeadLine { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    class Clicked(Message):
        """The part about the model was clicked, or the one about the settings."""

        def __init__(self, *, model: bool) -> None:
            super().__init__()
            self.model = model

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._forms: list[Form] = []

    def tell(self, forms: list[Form]) -> None:
        """Show the first of `forms` that there is room for."""
        if forms != self._forms:
            self._forms = forms
            self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        room = self.content_size.width
        fitting = (form for form in self._forms if sum(map(len, form)) + 2 <= room)
        left, right = next(fitting, self._forms[-1] if self._forms else ("", ""))
        self.update(left + " " * max(2, room - len(left) - len(right)) + right)

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(model=event.x < self.size.width // 2))


def head_forms(letter: str, run: str, whom: str, step: str, one: Sampling) -> list[Form]:
    """What can be told, from all of it to the least. `letter` and `run` are empty where they go without saying."""
    factor = one.repetition_penalty
    penalty = _("   penalty {factor:g}").format(factor=factor) if factor != 1 else ""
    stop = _("   stop {text}").format(text=repr(one.stop)) if one.stop else ""
    seed = _("drawn") if one.seed is None else str(one.seed)
    length = _("{count} tokens").format(count=one.max_new_tokens)
    whole = _("temperature {t:g}   top-k {k}   top-p {p:g}   {length}   seed {seed}").format(
        t=one.temperature, k=one.top_k, p=one.top_p, length=length, seed=seed
    )
    cuts = _("T {t:g}  k {k}  p {p:g}").format(t=one.temperature, k=one.top_k, p=one.top_p)
    least = f"T {one.temperature:g}"
    name, all_of_it = f"{letter}{run}", f"{letter}{run}{whom}{step}"
    return [
        (all_of_it, whole + penalty + stop),
        (all_of_it, whole),
        (all_of_it, f"{cuts}  {length}"),
        (all_of_it, cuts),
        (all_of_it, least),
        (name + whom, least),
        (letter + whom + step, least),
        (letter + whom, least),
    ]


def told_checkpoint(named: str | None, there: list[CheckpointInfo]) -> tuple[str, str]:
    """How to call the checkpoint that `named` (best, last, a step, None) means, and the step that it stands for now."""
    if named is not None and named.isdecimal():
        return _("step {step}").format(step=named), ""
    best = best_of(there)
    is_best = named == "best" or (named is None and best is not None)
    meant = best if is_best else next((info for info in reversed(there) if info.whole), None)
    step = _(", step {step}").format(step=meant.step) if meant is not None else ""
    return _("best") if is_best else _("last"), step
