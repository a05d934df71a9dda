"""What can be done with the picture alone: smoothing, axes, zoom, freezing, saving and copying. Nothing here asks the
run for anything. Imports Textual and the parts of the dashboard.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widgets import Tabs

from tui_llm.errors import InputError, UserError
from tui_llm.screens.training_chart import ChartPanel
from tui_llm.screens.training_head import AlertLine
from tui_llm.screens.training_panes import Panes
from tui_llm.screens.training_view import View
from tui_llm.screens.training_words import numbers
from tui_llm.translation import _
from tui_llm.widgets.base import AppScreen
from tui_llm.widgets.dialogs import TextPrompt

if TYPE_CHECKING:
    from tui_llm.runs.snapshot import RunSnapshot

_CHART_ACTIONS = frozenset(
    {
        "smooth",
        "next_x",
        "log_x",
        "log_y",
        "bits",
        "shown",
        "freeze",
        "zoom_in",
        "zoom_out",
        "reset",
        "cursor",
        "export",
    }
)


class Looking(AppScreen):
    """The dashboard's keys that change how one looks at a run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "freeze", _("freeze"), show=False, id="training.freeze"),
        Binding("t", "smooth(-1)", _("smooth less"), show=False, id="training.smooth.less"),
        Binding("T", "smooth(1)", _("smooth more"), show=False, id="training.smooth.more"),
        Binding("x", "next_x", _("x axis: step, time or tokens"), show=False, id="training.x"),
        Binding("u", "log_y", _("loss axis linear or logarithmic"), show=False, id="training.log.y"),
        Binding("U", "log_x", _("x axis linear or logarithmic"), show=False, id="training.log.x"),
        Binding("b", "bits", _("loss in nats a token or bits per byte"), show=False, id="training.bits"),
        Binding("v", "shown", _("curves: all, smooth, train, val"), show=False, id="training.curves"),
        Binding("plus,equals_sign", "zoom_in", _("zoom in"), show=False, id="training.zoom.in"),
        Binding("minus", "zoom_out", _("zoom out"), show=False, id="training.zoom.out"),
        Binding("0", "reset", _("show all of the chart"), show=False, id="training.reset"),
        Binding("comma", "cursor(-1)", _("cursor left"), show=False, id="training.cursor.left"),
        Binding("full_stop", "cursor(1)", _("cursor right"), show=False, id="training.cursor.right"),
        Binding("left_square_bracket", "pane(-1)", _("pane before"), show=False, id="training.pane.before"),
        Binding("right_square_bracket", "pane(1)", _("next pane"), show=False, id="training.pane.next"),
        Binding("slash", "filter", _("filter the pane"), show=False, id="training.filter"),
        Binding("d", "dismiss_alert", _("dismiss the alert"), show=False, id="training.dismiss"),
        Binding("y", "copy", _("copy what is focused"), show=False, id="training.copy"),
        Binding("w", "export", _("save the curves as CSV and SVG"), show=False, id="training.export"),
        Binding("escape", "back", show=False, id="training.back"),
    ]

    snapshot: RunSnapshot | None = None
    """The newest state of the run."""

    @property
    def chart_panel(self) -> ChartPanel:
        return self.query_one(ChartPanel)

    @property
    def panes(self) -> Panes:
        return self.query_one(Panes)

    def why_not(self, action: str) -> str | None:
        if action in _CHART_ACTIONS and (self.chart_panel.chart is None or not self.chart_panel.chart.display):
            return _("there are no losses to show yet.")
        if action == "filter" and not self.panes.filterable:
            return _("there is nothing to filter here: [ and ] go to the samples and the log.")
        if action == "dismiss_alert" and not self.query_one(AlertLine).pending:
            return _("there is no alert.")
        return super().why_not(action)

    # -- The chart ---------------------------------------------------------------------------------------------------

    def action_smooth(self, by: int) -> None:
        self._look_at(self.chart_panel.view.smoother(by))

    def action_next_x(self) -> None:
        self._look_at(self.chart_panel.view.with_next_x())

    def action_log_y(self) -> None:
        self._look_at(replace(self.chart_panel.view, y_log=not self.chart_panel.view.y_log))

    def action_log_x(self) -> None:
        self._look_at(replace(self.chart_panel.view, x_log=not self.chart_panel.view.x_log))

    def action_bits(self) -> None:
        if self.snapshot is not None and not self.snapshot.evaluations:
            self.notify(_("bits per byte are known after the first evaluation."), severity="warning", markup=False)
            return
        self._look_at(replace(self.chart_panel.view, bits=not self.chart_panel.view.bits))

    def action_shown(self) -> None:
        self._look_at(self.chart_panel.view.with_next_shown())

    def _look_at(self, view: View) -> None:
        self.chart_panel.look_at(view)

    def action_freeze(self) -> None:
        self.chart_panel.freeze()

    def action_zoom_in(self) -> None:
        if self.chart_panel.chart is not None:
            self.chart_panel.chart.action_zoom_in()

    def action_zoom_out(self) -> None:
        if self.chart_panel.chart is not None:
            self.chart_panel.chart.action_zoom_out()

    def action_reset(self) -> None:
        if self.chart_panel.chart is not None:
            self.chart_panel.chart.action_reset_scales()

    def action_cursor(self, cells: int) -> None:
        if self.chart_panel.chart is not None:
            self.chart_panel.chart.move_cursor(cells)

    # -- The panes ---------------------------------------------------------------------------------------------------

    def action_pane(self, by: int) -> None:
        in_pane = self.focused is not None and self.focused.id == self.panes.current
        self.panes.go(by)
        if in_pane:
            self.call_after_refresh(self.panes.focus_pane)

    def on_tabs_tab_activated(self) -> None:
        self.refresh_bindings()

    def action_filter(self) -> None:
        self.panes.begin_filter()

    def action_dismiss_alert(self) -> None:
        self.query_one(AlertLine).dismiss()
        self.show_alerts()

    def show_alerts(self) -> None:
        """Show the alert line as it is now."""
        raise NotImplementedError

    def action_enlarge(self) -> None:
        """Give what is focused the whole screen, or take it back."""
        if self._enlarged:
            self.remove_class("-chart-alone", "-pane-alone")
            return
        in_panes = self.focused is not None and self.panes in self.focused.ancestors
        self.add_class("-pane-alone" if in_panes else "-chart-alone")
        if in_panes and isinstance(self.focused, Tabs):
            self.panes.focus_pane()

    @property
    def _enlarged(self) -> bool:
        return self.has_class("-chart-alone") or self.has_class("-pane-alone")

    def action_back(self) -> None:
        """Out of the filter, the enlarged part, the cursor, the zoom: the innermost first."""
        chart = self.chart_panel.chart
        if self.panes.filtering:
            self.panes.end_filter()
        elif self._enlarged:
            self.action_enlarge()
        elif chart is not None and chart.has_cursor:
            chart.drop_cursor()
        elif chart is not None and chart.zoomed:
            chart.action_reset_scales()
        elif self.chart_panel.frozen:
            self.action_freeze()

    # -- Taking it elsewhere -----------------------------------------------------------------------------------------

    def action_copy(self) -> None:
        if self.focused is not None and self.panes in self.focused.ancestors:
            text = self.panes.text_to_copy()
        else:
            told = numbers(self.snapshot) if self.snapshot else []
            text = "\n".join(f"{name}\t{value}" for name, value in told)
        if text:
            self.tui.copy_text(text)
        else:
            self.notify(_("there is nothing to copy yet."), severity="warning", markup=False)

    @work
    async def action_export(self) -> None:
        from tui_llm.screens.training_export import write_curves

        snapshot = self.snapshot
        if snapshot is None:
            return
        question = _("Save the curves (.csv) and the screen (.svg) as:")
        name = await self.app.push_screen_wait(
            TextPrompt(question, str(Path.cwd() / f"{snapshot.name}-curves"), _named)
        )
        if not name:
            return
        base = Path(name.strip()).expanduser()
        table, picture = base.with_name(f"{base.name}.csv"), base.with_name(f"{base.name}.svg")
        drawn = self.app.export_screenshot(title=snapshot.name)
        try:
            await asyncio.to_thread(write_curves, snapshot, table)
            await asyncio.to_thread(picture.write_text, drawn, encoding="utf-8")
        except (UserError, OSError) as error:
            self.tui.tell(error, _("saving the curves"))
        else:
            self.notify(f"{table}\n{picture}", title=_("saved"), markup=False)


def _named(text: str) -> None:
    """Raises an InputError if `text` names no file in a folder that is there."""
    path = Path(text.strip()).expanduser()
    if not text.strip() or path.is_dir():
        raise InputError(_("that names no file."), _("give a name; .csv and .svg are added."))
    if not path.parent.is_dir():
        raise InputError(_("there is no folder {folder}.").format(folder=path.parent), _("choose another one."))
