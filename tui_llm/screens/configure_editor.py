"""The form of the Config screen with its filter and the lines that explain: it edits a draft and tells of each change.
Imports Textual and what the app may.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui_llm.draft import EMPTY, Draft
from tui_llm.errors import InputError, UserError
from tui_llm.runs.home import runs_folder
from tui_llm.runs.naming import check_name
from tui_llm.screens.configure_dialogs import Choice, Pick
from tui_llm.screens.configure_fields import Field, fields, in_words
from tui_llm.screens.configure_lines import (
    NAME,
    PRESET,
    Shown,
    holding,
    in_words_otherwise,
    lines_of,
    name_note,
    origin,
    preset_choices,
    preset_note,
    stepped,
    values_of,
)
from tui_llm.screens.configure_meaning import Meaning
from tui_llm.screens.configure_request import MODEL, Fault, fault, given, preset_of, with_model, with_preset, with_value
from tui_llm.translation import _
from tui_llm.widgets.base import type_into
from tui_llm.widgets.form import Form
from tui_llm.widgets.form_rows import FormRows, Line

if TYPE_CHECKING:
    from tui_llm.app import TuiApp


class DraftForm(Vertical):
    """Shows a draft and edits it. What it holds is `draft` and `run_name`; what is wrong with it is `fault`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "reset", _("reset"), id="config.reset"),
        Binding("slash", "filter", _("filter"), show=False, id="config.filter"),
        Binding("escape", "back", show=False),
    ]

    @dataclass
    class Changed(Message):
        """The draft has been edited here."""

        draft: Draft

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self.draft = EMPTY
        self.run_name = ""
        """Empty if the run is to be named after its text."""
        self.fault: Fault | None = None
        self._meaning: Meaning | None = None
        self._typed_fault: UserError | None = None
        self._before = (EMPTY, "")
        """The draft and the name before the value that is being typed."""
        self._preset = "auto"
        """The preset that was chosen last; the model's name may lead to others and back to it."""
        self._folded: frozenset[str] = frozenset()
        self._sought = ""

    def compose(self) -> ComposeResult:
        yield Input(placeholder=_("part of a name or an explanation"), compact=True, id="filter")
        yield self.form
        yield Static(id="about", markup=False)

    # -- Showing -----------------------------------------------------------------------------------------------------

    def show(self, draft: Draft, run_name: str = "") -> None:
        """Show another draft."""
        self.form.close()
        self._typed_fault = None
        self.draft, self.run_name = draft, run_name
        self.fault = fault(draft.request)
        self._preset = preset_of(draft.request)
        self._refresh_lines()

    def learn(self, meaning: Meaning | None) -> None:
        """Show what `auto` would choose."""
        self._meaning = meaning
        self._refresh_lines()

    def _shown(self) -> Shown:
        ascii_only = cast("TuiApp", self.app).charts == "ascii"
        return Shown(
            self.draft.request, self.run_name, self._meaning, self.fault, self._folded, self._sought, ascii_only
        )

    def _refresh_lines(self) -> None:
        lines, rows = lines_of(self._shown()), self.form.rows
        kept = {line.key for line in lines}
        if rows.current is not None and rows.current.key not in kept and not self._sought:  # stay near
            above = [index for index, line in enumerate(rows.lines[: rows.cursor]) if line.key in kept]
            rows.go_to(above[-1] if above else 0)
        rows.show(lines)
        self._explain()

    @on(FormRows.Moved)
    def _explain(self) -> None:
        """Say what the line under the cursor is, where its value comes from, and what is wrong."""
        line = self.form.rows.current
        told = Content(_("nothing has this in its name or explanation: esc shows all."))
        if line is not None:
            told = Content.assemble(("" if line.heading else f"{line.key}  ", "bold"), self._explanation(line))
        if problem := self.problem():
            told += Content.styled(f"\n! {problem}", "bold $text-error")
        elif line is not None and line.key in fields():
            told += Content.styled(f"\n{origin(self._shown(), fields()[line.key])}", "$text-muted")
        self.query_one("#about", Static).update(told, layout=False)

    def _explanation(self, line: Line) -> str:
        if line.key == PRESET:
            return preset_note(preset_of(self.draft.request))
        if line.key == NAME:
            return name_note()
        field = fields().get(line.key)
        if field is None:
            return _("enter folds these settings away, and brings them back")
        allowed = field.allowed()
        return f"{_(field.description)} ({allowed})" if allowed else _(field.description)

    def problem(self) -> str:
        """What is wrong with what is typed, or with the whole; empty if nothing is."""
        wrong = self._typed_fault or self.fault
        if wrong is None:
            return ""
        is_explained = wrong is self._typed_fault and self.form.editing in fields()
        return wrong.what if is_explained else f"{wrong.what} {wrong.hint}"

    # -- Editing -----------------------------------------------------------------------------------------------------

    def put(self, key: str, value: Any) -> None:
        """Give the field `key` a value, and go to where it is shown."""
        self._set(fields()[key], value)
        shown = [line.key for line in self.form.rows.lines]
        if key in shown:
            self.form.rows.go_to(shown.index(key))

    def _take_preset(self, preset: str) -> None:
        self._preset = preset
        self._change(with_preset(self.draft, preset))

    def _set(self, field: Field, value: Any) -> None:
        """Give `field` a value, or unset it."""
        if field.key == MODEL:
            self._change(with_model(self.draft, value, self._preset))
        else:
            self._change(with_value(self.draft, field, value))

    def _change(self, draft: Draft) -> None:
        self.draft = draft
        self.fault = fault(draft.request)
        self._refresh_lines()
        self.post_message(self.Changed(draft))

    @on(FormRows.Asked)
    def _asked(self, event: FormRows.Asked) -> None:
        key = event.line.key
        if event.line.heading:
            self._fold(key)
        elif event.line.choice:
            self._choose(key)
        else:
            self._before = (self.draft, self.run_name)
            held, otherwise = self.run_name, _("from the text")
            if key in fields():
                value = given(self.draft.request, fields()[key])
                held = "" if value is None else in_words(value)
                otherwise = in_words_otherwise(self._shown(), fields()[key])
            self.form.edit(held, otherwise, lambda text: self._read(key, text))

    @on(FormRows.Stepped)
    def _stepped(self, event: FormRows.Stepped) -> None:
        key, request = event.line.key, self.draft.request
        if event.line.heading:
            if (key in self._folded) == (event.by > 0):
                self._fold(key)
        elif key == PRESET:
            names = [choice.key for choice in preset_choices(request)]
            self._take_preset(str(stepped(names, preset_of(request), event.by)))
        else:
            field = fields()[key]
            self._set(field, stepped(values_of(request, field), holding(request, field), event.by))

    @work
    async def _choose(self, key: str) -> None:
        """Ask for one of the values that a choice may have."""
        request = self.draft.request
        if key == PRESET:
            preset = await self.app.push_screen_wait(Pick(_("preset"), preset_choices(request), preset_of(request)))
            if preset is not None:
                self._take_preset(preset)
            return
        field = fields()[key]
        values = values_of(request, field)
        otherwise = in_words_otherwise(self._shown(), field)
        choices = [
            Choice(str(index), otherwise if value is None else in_words(value)) for index, value in enumerate(values)
        ]
        current = str(values.index(holding(request, field)))
        answer = await self.app.push_screen_wait(Pick(f"{key}: {_(field.description)}", choices, current))
        if answer is not None:
            self._set(field, values[int(answer)])

    def _fold(self, section: str) -> None:
        self._folded = self._folded ^ {section}
        self._refresh_lines()

    def _read(self, key: str, text: str) -> object:
        """What was typed for `key`, as a value; None for nothing.

        Raises:
            InputError: it cannot be.
        """
        if not text.strip():
            return None
        if key in fields():
            return fields()[key].read(text)
        name = check_name(text.strip())
        if (runs_folder() / name).exists():
            raise InputError(_("there is a run named {name} already.").format(name=name), _("take another name."))
        return name

    @on(Form.Typed)
    def _typed(self, event: Form.Typed) -> None:
        self._typed_fault = event.fault
        if event.fault is not None:
            self._explain()
        elif event.key == NAME:
            self.run_name = str(self._read(NAME, event.text) or "")
            self._refresh_lines()
        else:
            self._set(fields()[event.key], self._read(event.key, event.text))

    @on(Form.GivenUp)
    def _given_up(self) -> None:
        self._typed_fault = None
        draft, self.run_name = self._before
        self._change(draft)

    def action_reset(self) -> None:
        """Unset the value under the cursor."""
        line = self.form.rows.current
        if line is None or line.heading or (line.key != PRESET and not line.given):
            self.app.notify(_("this is as it was: there is nothing to reset."), markup=False)
        elif line.key == PRESET:
            self._take_preset("auto")
        elif line.key == NAME:
            self.run_name = ""
            self._refresh_lines()
        else:
            self._set(fields()[line.key], None)

    # -- The filter --------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Look for settings."""
        type_into(self.query_one("#filter").add_class("-shown"))

    @on(Input.Changed, "#filter")
    def _seek(self, event: Input.Changed) -> None:
        self._sought = event.value
        self._refresh_lines()

    @on(Input.Submitted, "#filter")
    def _found(self) -> None:
        self.query_one("#filter").set_class(bool(self._sought), "-shown")
        self.form.rows.focus()

    def action_back(self) -> None:
        """Show all settings again; where they are shown, esc is somebody else's."""
        seeker = self.query_one("#filter", Input)
        if not seeker.has_class("-shown"):
            raise SkipAction
        seeker.remove_class("-shown")
        seeker.value = ""
        self.form.rows.focus()
