"""The Inspect screen: what is inside a trained model, and what went on in it while it was trained. Imports Textual.

The models are in a worker process, which is started when the first of them is looked at, and ends some minutes after
the screen was left, or with the app. What the probes recorded is read here, in a thread.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Input, Label, Static

from tui_llm.processes import WorkerProcess
from tui_llm.runs.home import home
from tui_llm.screens.inspect_attention import AttentionView
from tui_llm.screens.inspect_embeddings import EmbeddingsView
from tui_llm.screens.inspect_head import checkpoint_line, probe_line, views_line
from tui_llm.screens.inspect_layers import ActivationsView, GradientsView, ProbesView
from tui_llm.screens.inspect_parameters import ParametersView
from tui_llm.screens.inspect_run import RunScreen
from tui_llm.screens.inspect_updates import UpdatesView
from tui_llm.screens.inspect_view import ModelView, Place, View
from tui_llm.translation import N_, _, spoken
from tui_llm.widgets.base import type_into

#: Seconds between two looks at the run's files.
_LOOK = 2.0

#: Seconds after which the worker is ended when the screen was left; its models may hold much memory.
_IDLE = 300.0

#: What can be typed for a view.
_ASKED = {
    "attention": N_("a text; each of its tokens looks at those before it"),
    "embeddings": N_("a character or a word"),
}


class InspectScreen(RunScreen):
    """The views, one at a time, all of one run."""

    CSS_PATH = "inspect.tcss"
    HELP = N_(
        """# Inspect

What is inside a model, at every checkpoint that is kept of it: its **parameters**, its **attention** for a text of
yours, its **embeddings**; and what was recorded while it was trained with *probe*: the **activations** and
**gradients** of its layers, and how much each step **updates** its parameters.

**tab** or the underlined letters go from view to view, **[** and **]** from checkpoint to checkpoint (or from probed
step to probed step). Whoever stands at the newest goes along with it while the run trains. **r** chooses another run.

The model is computed by a process of its own on the CPU: a training is not disturbed."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_view(1)", _("next view"), id="inspect.next"),
        Binding("i", "text", _("write a text"), id="inspect.text"),
        Binding("c", "checkpoint", _("checkpoint"), id="inspect.checkpoint"),
        Binding("r", "run", _("run"), id="inspect.run"),
        Binding("shift+tab", "next_view(-1)", _("view before"), show=False, id="inspect.previous"),
        Binding("left_square_bracket", "step(-1)", _("step before"), show=False, id="inspect.earlier"),
        Binding("right_square_bracket", "step(1)", _("next step"), show=False, id="inspect.later"),
        Binding("p", "parameters", _("parameters"), show=False, id="inspect.parameters"),
        Binding("a", "attention", _("attention"), show=False, id="inspect.attention"),
        Binding("e", "embeddings", _("embeddings"), show=False, id="inspect.embeddings"),
        Binding("v", "activations", _("activations"), show=False, id="inspect.activations"),
        Binding("g", "gradients", _("gradients"), show=False, id="inspect.gradients"),
        Binding("u", "updates", _("updates"), show=False, id="inspect.updates"),
        Binding("escape", "back", show=False, id="inspect.back"),
    ]
    AUTO_FOCUS = "#parameter-table"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        folder = home()
        log = folder / "inspect.log" if os.access(folder, os.W_OK) else None
        self._worker = WorkerProcess("tui_llm.workers.inspect", log)
        self._idle: Timer | None = None
        poor = self.tui.charts == "ascii"
        views: tuple[View, ...] = (
            ParametersView(self._worker, ascii_only=poor),
            AttentionView(self._worker, ascii_only=poor),
            EmbeddingsView(self._worker, ascii_only=poor),
            ActivationsView(ascii_only=poor),
            GradientsView(ascii_only=poor),
            UpdatesView(ascii_only=poor),
        )
        self.views = {str(view.id): view for view in views}
        self.view: View = views[0]
        """The one in sight."""
        self._head = Static(id="inspect-head", markup=False)
        self._tabs = Static(id="view-names")
        self._told: dict[Static, Text] = {}
        self._off: object = None
        self._had_fault = False

    def body(self) -> Iterable[Widget]:
        yield self._tabs
        yield self._head
        yield ContentSwitcher(*self.views.values(), initial="parameters", id="views")
        with Horizontal(id="text-line"):
            yield Label(">")
            yield Input(compact=True, id="text", select_on_focus=True)

    def on_mount(self) -> None:
        self.poll_every(_LOOK, self.look_at_files)
        self.show_place()

    async def on_unmount(self) -> None:
        self._worker.kill()  # it has nothing to save
        await self._worker.close()

    def look(self) -> None:
        if self._idle is not None:
            self._idle.stop()
            self._idle = None
        super().look()

    def on_screen_suspend(self) -> None:  # beside that of the base class, which Textual calls, too
        if self._idle is None:
            self._idle = self.set_interval(_IDLE, self._worker.close)

    # -- Keys that are off -------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "checkpoint" and isinstance(self.view, ProbesView):
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str | None:
        if action == "attention" and not self.has_attention:
            return _("the model {model} has no attention.").format(model=self.model)
        if action == "text" and not self.view.takes_text:
            return _("a text is for the attention (a) and the embeddings (e).")
        if action in {"checkpoint", "text"} and self.at_checkpoint.step is None:
            return _("there is no checkpoint to look into yet.")
        return None

    def _keys_changed(self) -> None:
        off = [self.view, *(self.why_not(action) for action in ("attention", "text", "checkpoint"))]
        if off != self._off:
            self._off = off
            self.refresh_bindings()

    # -- Views -------------------------------------------------------------------------------------------------------

    def action_next_view(self, by: int) -> None:
        """To the next view that has something to show of this model."""
        names = list(self.views)
        place = names.index(str(self.view.id)) + by
        while self.why_not(names[place % len(names)]) is not None:
            place += by
        self.go_to(names[place % len(names)])

    def action_parameters(self) -> None:
        self.go_to("parameters")

    def action_attention(self) -> None:
        self.go_to("attention")

    def action_embeddings(self) -> None:
        self.go_to("embeddings")

    def action_activations(self) -> None:
        self.go_to("activations")

    def action_gradients(self) -> None:
        self.go_to("gradients")

    def action_updates(self) -> None:
        self.go_to("updates")

    def go_to(self, name: str) -> None:
        """Have the view of this name in sight."""
        self._close_text()
        self.view = self.views[name]
        self.query_one("#views", ContentSwitcher).current = name
        self.show_place(again=True)
        self.set_focus(self.view.main)

    def show_place(self, *, again: bool = False) -> None:
        """Show the run at its step, in the view in sight."""
        if not self.is_mounted:
            return
        if self.view.id == "attention" and not self.has_attention:
            self.go_to("parameters")
            return
        self._tell_head()
        self._keys_changed()
        if self.fault is not None:
            self._had_fault = True
            self.view.remark(spoken(self.fault), error=True)
            return
        if self._had_fault:
            self._had_fault = False
            self.view.remark("")
        if isinstance(self.view, ProbesView):
            self._show_probes(self.view)
        elif isinstance(self.view, ModelView):
            run, step = self.inspected, self.at_checkpoint.step
            place = Place(run, step) if run is not None and step is not None else None
            self.view.look_at(place, again=again)
            if place is None:
                self.view.remark(self._nothing())

    def _show_probes(self, view: ProbesView) -> None:
        view.show_probes(self.probes, self.at_probe.place or 0)
        if self.probes:
            view.remark("")
        elif self.inspected is None or not self.model:
            view.remark(self._nothing())
        else:
            view.remark(
                _(
                    "Nothing was recorded while this run was trained. Train one with probe: in Config (3), or with"
                    " tui-llm train --probe."
                )
            )

    def _nothing(self) -> str:
        """Why there is nothing to show."""
        if self.no_run:
            return _("No model has been trained yet. 2 chooses a text, 3 how to train.")
        if not self.model:
            return _("looking…")
        return _("there is no checkpoint to look into yet.")

    # -- Steps -------------------------------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        """To the checkpoint, or the probed step, before or after."""
        (self.at_probe if isinstance(self.view, ProbesView) else self.at_checkpoint).move(by)
        self.show_place(again=True)

    # -- The lines above ---------------------------------------------------------------------------------------------

    def _tell_head(self) -> None:
        """Name the views and the step, if that has changed."""
        name = str(self.view.id)
        tabs = views_line(name, [one for one in self.views if self.why_not(one)])
        if isinstance(self.view, ProbesView):
            head = probe_line(self.at_probe)
        else:
            head = checkpoint_line(self.at_checkpoint, self.checkpoints)
        for line, text in ((self._tabs, tabs), (self._head, head)):
            if self._told.get(line) != text:
                self._told[line] = text
                line.update(text)

    # -- What is typed -----------------------------------------------------------------------------------------------

    def action_text(self) -> None:
        """Ask for a text, or a token."""
        asked = self.query_one(Input)
        asked.placeholder = _(_ASKED[str(self.view.id)])
        asked.value = self.view.text if isinstance(self.view, AttentionView) else ""
        self.add_class("-asking")
        type_into(asked)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        view = self.view
        self._close_text()
        if event.value and isinstance(view, AttentionView | EmbeddingsView):
            view.read(event.value)

    def action_back(self) -> None:
        """Leave the text as it was."""
        self._close_text()

    def _close_text(self) -> None:
        if self.has_class("-asking"):
            self.remove_class("-asking")
            self.set_focus(self.view.main)
