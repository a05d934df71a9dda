"""The lower part of the dashboard: the texts that the model wrote, the checkpoints, the log and the device, one at a
time. Imports Textual and the words of the dashboard.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import ContentSwitcher, DataTable, Input, OptionList, Static, Tab, Tabs
from textual.widgets.option_list import Option

from tui_llm.figures import age, size
from tui_llm.machine import Machine
from tui_llm.runs.checkpoints import CheckpointInfo
from tui_llm.runs.records import SampleRecord
from tui_llm.screens.training_log import LogPane
from tui_llm.translation import N_, _, sentence
from tui_llm.widgets.machine import MachinePanel, machine_line

if TYPE_CHECKING:
    from tui_llm.runs.snapshot import RunSnapshot

PANES = {"samples": N_("Samples"), "checkpoints": N_("Checkpoints"), "log": N_("Log"), "device": N_("Device")}


class SamplesPane(OptionList):
    """The texts that the model writes as it learns, the newest first."""

    HELP: ClassVar[str] = N_(
        """## Samples

At every evaluation the model writes a text; the newest stands first, each with its step. **y** copies the one under the
cursor, **/** shows only those that hold a word, **z** gives them the whole screen.
"""
    )

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, markup=False)
        self._samples: tuple[SampleRecord, ...] = ()
        self._shown: tuple[SampleRecord, ...] = ()
        self._filter = ""

    def show(self, samples: tuple[SampleRecord, ...]) -> None:
        """Show `samples`, which are in order of time."""
        if samples is not self._samples:
            self._samples = samples
            self._fill()

    def filter_by(self, text: str) -> None:
        """Show only the texts that hold `text`, whatever the case."""
        self._filter = text.casefold()
        self._fill()

    def chosen(self) -> str:
        """The text under the cursor, or the newest; nothing if there is none."""
        return self._shown[self.highlighted or 0].text if self._shown else ""

    def _fill(self) -> None:
        before = self._shown[self.highlighted] if self.highlighted is not None and self._shown else None
        was_first = self.highlighted in (None, 0)
        self._shown = tuple(one for one in reversed(self._samples) if self._filter in one.text.casefold())
        self.clear_options()
        self.add_options(Option(_sample_text(one)) for one in self._shown)
        if self._shown:
            place = next((index for index, one in enumerate(self._shown) if one is before), 0)
            self.highlighted = 0 if was_first else place


def _sample_text(sample: SampleRecord) -> Text:
    clean = "".join(character if character.isprintable() or character == "\n" else " " for character in sample.text)
    return Text.assemble((_("step {step}").format(step=f"{sample.step:,}"), "bold"), "  ", clean.strip())


class CheckpointsPane(DataTable[Text]):
    """What is kept of the model: a line each, the newest first."""

    HELP: ClassVar[str] = N_(
        """## Checkpoints

What is kept on the disk: the newest two and the best, which has the lowest loss on text that the model does not see.
**g** generates from the one under the cursor, **f** forks the run from it, **y** copies its path.
"""
    )

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, cursor_type="row", zebra_stripes=False)
        self._infos: dict[str, CheckpointInfo] = {}

    def on_mount(self) -> None:
        for key, title in (
            ("step", _("step")),
            ("loss", _("val loss")),
            ("bits", _("bits/byte")),
            ("size", _("size")),
            ("age", _("age")),
            ("note", ""),
        ):
            self.add_column(Text(title, justify="left" if key == "note" else "right"), key=key)

    def show(self, snapshot: RunSnapshot) -> None:
        """Show the run's checkpoints; only what changed is drawn."""
        infos = {str(one.step): one for one in reversed(snapshot.checkpoints)}
        cells = {key: _checkpoint_cells(one, snapshot) for key, one in infos.items()}
        if list(infos) == list(self._infos):
            for key, row in cells.items():
                for column, cell in row.items():
                    if self.get_cell(key, column) != cell:
                        self.update_cell(key, column, cell, update_width=True)
        else:
            chosen = self.chosen()
            self.clear()
            for key, row in cells.items():
                self.add_row(*row.values(), key=key)
            if chosen is not None and str(chosen.step) in infos:
                self.move_cursor(row=list(infos).index(str(chosen.step)))
        self._infos = infos

    def chosen(self) -> CheckpointInfo | None:
        """The checkpoint under the cursor."""
        infos = list(self._infos.values())
        return infos[self.cursor_row] if 0 <= self.cursor_row < len(infos) else None


def _checkpoint_cells(info: CheckpointInfo, snapshot: RunSnapshot) -> dict[str, Text]:
    bits = next(
        (one.bits_per_byte for one in snapshot.evaluations if one.step == info.step and one.split == "val"), None
    )
    moments = [event.time for event in snapshot.events if event.event == "checkpoint" and event.step == info.step]
    note = _("damaged: {fault}").format(fault=sentence(info.fault)) if info.fault else ""
    if info.step == snapshot.best_step:
        note = _("best")
    told = {
        "step": f"{info.step:,}",
        "loss": "" if info.val_loss is None else f"{info.val_loss:.4f}",
        "bits": "" if bits is None else f"{bits:.3f}",
        "size": size(info.bytes),
        "age": age(time.time() - moments[-1]) if moments and moments[-1] else "",
    }
    return {key: Text(cell, justify="right") for key, cell in told.items()} | {"note": Text(note)}


class Panes(Vertical):
    """A row of names, and below it the pane that is chosen; a line for the filter while it is in use."""

    def __init__(self, *, ascii_only: bool, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._ascii_only = ascii_only

    def compose(self) -> ComposeResult:
        with Horizontal(id="pane-names"):
            yield Tabs(*(Tab(_(title), id=f"tab-{name}") for name, title in PANES.items()), id="tabs")
            yield Static("", id="machine-line", markup=False)
        with ContentSwitcher(initial="samples", id="pane"):
            yield SamplesPane(id="samples")
            yield CheckpointsPane(id="checkpoints")
            yield LogPane(id="log")
            with VerticalScroll(id="device"):
                yield MachinePanel(ascii_only=self._ascii_only)
        yield Input(placeholder=_("show only what holds…"), id="filter", compact=True)

    @property
    def current(self) -> str:
        """The name of the pane that is seen."""
        return str(self.query_one(ContentSwitcher).current)

    def go(self, by: int) -> None:
        """Show the next pane, or the one before."""
        names = list(PANES)
        self.query_one(Tabs).active = f"tab-{names[(names.index(self.current) + by) % len(names)]}"

    @on(Tabs.TabActivated)
    def _choose(self, event: Tabs.TabActivated) -> None:
        if self.filtering:
            self.end_filter()
        self.query_one(ContentSwitcher).current = str(event.tab.id).removeprefix("tab-")

    def clear(self) -> None:
        """Another run is shown."""
        self.end_filter()
        self.query_one(LogPane).forget()

    def show(self, snapshot: RunSnapshot) -> None:
        """Show the newest state of the run."""
        self.query_one(SamplesPane).show(snapshot.samples)
        self.query_one(CheckpointsPane).show(snapshot)
        self.query_one(LogPane).show(snapshot.log, snapshot.alerts)

    def show_machine(self, machine: Machine) -> None:
        """Show a reading of the machine."""
        self.query_one(MachinePanel).show(machine)
        line = self.query_one("#machine-line", Static)
        told = machine_line(machine)
        if str(line.content) != told:
            line.update(told)

    def text_to_copy(self) -> str:
        """What the pane that is seen has to copy: a text, lines, a path."""
        match self.current:
            case "samples":
                return self.query_one(SamplesPane).chosen()
            case "checkpoints":
                chosen = self.query_one(CheckpointsPane).chosen()
                return chosen.path if chosen else ""
            case "log":
                return self.query_one(LogPane).text_shown()
        return str(self.query_one(MachinePanel).content)

    # -- The filter --------------------------------------------------------------------------------------------------

    @property
    def filtering(self) -> bool:
        """Whether the line of the filter is open."""
        return self.has_class("-filtering")

    @property
    def filterable(self) -> bool:
        """Whether there is something to filter in the pane that is seen."""
        return self.current in ("samples", "log")

    def begin_filter(self) -> None:
        """Open the line of the filter."""
        self.add_class("-filtering")
        self.query_one("#filter").focus()

    def end_filter(self) -> None:
        """Close it, and show everything again."""
        line = self.query_one("#filter", Input)
        self.remove_class("-filtering")
        line.value = ""
        self.filter_by("")
        if line.has_focus:
            self.focus_pane()

    def focus_pane(self) -> None:
        """Give the focus to the pane that is seen."""
        self.query_one(f"#{self.current}").focus()

    def filter_by(self, text: str) -> None:
        for pane in (self.query_one(SamplesPane), self.query_one(LogPane)):
            pane.filter_by(text if pane.id == self.current else "")

    @on(Input.Changed, "#filter")
    def _filter_changed(self, event: Input.Changed) -> None:
        if self.filtering:
            self.filter_by(event.value)

    @on(Input.Submitted, "#filter")
    def _filter_left(self) -> None:
        self.focus_pane()
