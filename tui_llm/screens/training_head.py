"""The upper lines of the dashboard: how the run stands, its newest numbers, what one should know at once, and the small
curves. Imports Textual, the words of the dashboard and the sparklines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widgets import Static

from tui_llm.screens.training_words import GRAVE, alert_words, bar, numbers, progress_words, share_done, state_word
from tui_llm.translation import N_, _, sentence
from tui_llm.widgets.base import STATE_STYLES
from tui_llm.widgets.sparks import spark

if TYPE_CHECKING:
    from tui_llm.runs.alerts import Alert
    from tui_llm.runs.snapshot import RunSnapshot


#: A spike is news until so much of the run lies before it.
_RECENT = 0.9


class QuietStatic(Static):
    """A text that is drawn again only if it has changed."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__("", id=id, markup=False)
        self._told: Content | None = None

    def tell(self, told: Content) -> None:
        """Show `told`."""
        before = self._told
        if before is None or before.plain != told.plain or before.spans != told.spans:
            self._told = told
            self.update(told)


class RunHead(QuietStatic):
    """Two lines: state and progress; the newest numbers."""

    HELP: ClassVar[str] = N_(
        """## The two lines at the top

The state of the run, how much of its budget is spent, the step, the time spent and the time left; below, the loss on
the training text, the loss and the bits per byte on text that the model does not see, and the speed.
"""
    )

    _shown: tuple[RunSnapshot, str, bool] | None = None

    def tell_reading(self) -> None:
        """Nothing is known of the run yet."""
        self._shown = None
        self.tell(Content(_("reading…")))

    def on_resize(self) -> None:
        if self._shown is not None:
            self.show(*self._shown)

    def show(self, snapshot: RunSnapshot, asked: str, ascii_only: bool) -> None:
        """`asked` is what the worker was asked for and has not answered yet."""
        self._shown = snapshot, asked, ascii_only
        width = max(20, self.size.width)
        colour = STATE_STYLES.get(snapshot.state, "").replace("$", "$text-")
        parts: list[tuple[str, str]] = [(state_word(snapshot.state), f"bold {colour}".strip())]
        if asked:
            parts.append(("  " + _("asked: {asked}").format(asked=asked), "italic"))
        if snapshot.read_share < 1.0:
            parts.append(("  " + _("reading… {share}").format(share=f"{snapshot.read_share:.0%}"), "italic"))
        share = share_done(snapshot)
        words = progress_words(snapshot)
        if share is not None:
            room = width - sum(len(text) for text, _style in parts) - len(words) - 10
            if room >= 6:
                parts.append((f"  {bar(share, min(room, 40), ascii_only)}", "$primary"))
            parts.append((f" {int(100 * share)}%", ""))
        if words:
            parts.append((f"  {words}", ""))
        self.tell(Content.assemble(*parts, "\n", *_fitting(numbers(snapshot), width)))


def _fitting(told: Sequence[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """As many numbers as there is room for, each with its name."""
    parts: list[tuple[str, str]] = []
    used = 0
    for name, value in told:
        used += len(name) + len(value) + 1 + (2 if parts else 0)
        if used > width:
            break
        parts += [("  " if parts else "", ""), (f"{name} ", "$text-muted"), (value, "bold")]
    return parts


class AlertLine(QuietStatic):
    """What somebody should know at once, until it is dismissed."""

    HELP: ClassVar[str] = N_(
        """## The alert line

It tells what went wrong, the most pressing first: a loss that is not a number or jumps, a run that records nothing any
more, no memory, a full disk, a worker that is gone. **d** dismisses it; the log keeps it.
"""
    )

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._dismissed: set[tuple[str, int | None]] = set()
        self._alerts: tuple[Alert, ...] = ()
        self._step = 0

    def clear(self) -> None:
        """Another run is shown: nothing is dismissed."""
        self._dismissed.clear()

    @property
    def pending(self) -> list[Alert]:
        """The alerts that nobody dismissed, but for spikes that are long over."""
        return [
            alert
            for alert in self._alerts
            if (alert.kind, alert.step) not in self._dismissed
            and (alert.kind != "loss_spike" or (alert.step or 0) >= _RECENT * self._step)
        ]

    def dismiss(self) -> None:
        """Take the first alert away."""
        if self.pending:
            self._dismissed.add((self.pending[0].kind, self.pending[0].step))

    def show(self, snapshot: RunSnapshot, *, can_resume: bool) -> None:
        """Show the most pressing alert, or why the run has ended."""
        self._alerts = snapshot.alerts
        self._step = snapshot.status.step if snapshot.status else 0
        pending = self.pending
        parts: list[tuple[str, str]] = []
        if snapshot.problem and snapshot.state in ("failed", "crashed", "damaged", "gone"):
            words = f"! {_sentence(snapshot.problem)}"
            if snapshot.state == "crashed" and snapshot.last_words:
                words += " " + _("Its last words: {words}").format(words=snapshot.last_words[-1])
            elif snapshot.hint:
                words += f" {_sentence(snapshot.hint)}"
            parts.append((words, "bold $text-error"))
            if can_resume:
                parts.append(("  " + _("enter resumes it"), "bold reverse"))
        elif pending:
            grave = pending[0].kind in GRAVE
            parts.append((f"! {alert_words(pending[0])}", "bold $text-error" if grave else "bold $text-warning"))
            rest = _("d dismisses it") if len(pending) == 1 else _("d dismisses it, {count} more follow")
            parts.append(("  " + rest.format(count=len(pending) - 1), "$text-muted"))
        self.display = bool(parts)
        self.tell(Content.assemble(*parts))


def _sentence(text: str) -> str:
    """A sentence of the lower layers in the language of the app, as people begin sentences."""
    text = sentence(text)
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Small:
    """A small curve with its newest number."""

    name: str
    value: str
    points: tuple[float, ...]


class SmallCurves(QuietStatic):
    """Learning rate, gradient norm and speed as sparklines, in one line or, where there is room, below each other."""

    HELP: ClassVar[str] = N_(
        """## The small curves

The newest half of the run: the learning rate, the norm of the gradient (before it is clipped) and the tokens trained on
per second, each between its own least and greatest value.
"""
    )

    def __init__(self, *, id: str, stacked: bool, ascii_only: bool) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._stacked, self._ascii_only = stacked, ascii_only
        self._curves: Sequence[Small] = ()

    def on_resize(self) -> None:
        self.show(self._curves)

    def show(self, curves: Sequence[Small]) -> None:
        """Draw them, if this form of them is in sight."""
        self._curves = curves
        width = self.size.width
        if not self.display or width < 10:
            return
        parts: list[tuple[str, str]] = []
        if self._stacked:
            for one in curves:
                gap = " " * max(1, width - len(one.name) - len(one.value))
                parts += [
                    (one.name, "$text-muted"),
                    (f"{gap}{one.value}\n", "bold"),
                    (f"{self._spark(one, width)}\n", "$primary"),
                ]
        else:
            taken = sum(len(one.name) + len(one.value) + 4 for one in curves)
            room = max(0, (width - taken) // max(1, len(curves)))
            for one in curves:
                drawn = f"{self._spark(one, room)} " if room >= 4 else ""
                parts += [(f"{one.name} ", "$text-muted"), (drawn, "$primary"), (f"{one.value}  ", "bold")]
        self.tell(Content.assemble(*parts))

    def _spark(self, one: Small, width: int) -> str:
        return spark(one.points, width, ascii_only=self._ascii_only)
