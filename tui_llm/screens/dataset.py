"""The Dataset screen: which texts, what they are, how they are cut into tokens, and preparing them. Imports Textual.

What it does with the text is in `dataset_reading.py`; its parts are in the files `dataset_*.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, OptionList, Static, Tab, Tabs

from tui_llm.errors import UserError
from tui_llm.figures import size
from tui_llm.screens.dataset_choice import absolute, tilde
from tui_llm.screens.dataset_dialogs import KnownDialog, StoriesDialog, TreeDialog
from tui_llm.screens.dataset_found import FoundPane
from tui_llm.screens.dataset_reading import PAUSE, ReadingScreen
from tui_llm.screens.dataset_tokens import TokensPane
from tui_llm.screens.dataset_work import WorkLine
from tui_llm.translation import N_, _, ngettext, sentence
from tui_llm.widgets.base import type_into
from tui_llm.widgets.paths import PathInput

#: The panes, and in each the widget that a key goes to.
PANES = {"found": "#found-scroll", "preview": "#preview", "tokens": "#tokenizer"}


class DatasetScreen(ReadingScreen):
    """Choosing, looking at, and preparing a text."""

    CSS_PATH = "dataset.tcss"
    AUTO_FOCUS = ""  # in the line for a path, the keys that go to other screens would be typed
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - an instance variable in Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012
    HELP = N_(
        """# Dataset

Here you choose the text that your model learns from. Type a path (**a**, **/** or **~** begins one) and enter it,
choose in the **tree**, have **stories** written, or take a text that is **known**, prepared before. Several texts are
read one after the other.

What was found, a preview, and how the text is cut into tokens are shown at once. **Prepare** makes it ready to train
on: it is cleaned, parted into training, validation and test text, and cut into tokens. You may go on to **Config**
without that; the training then does it first."""
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "type", _("add"), id="dataset.add", tooltip=_("type a path")),
        Binding("slash", "type('/')", _("type a path from /"), show=False, id="dataset.add.root"),
        Binding("tilde", "type('~/')", _("type a path from ~"), show=False, id="dataset.add.home"),
        Binding("t", "tree", _("tree"), id="dataset.tree", tooltip=_("choose files and folders")),
        Binding("s", "stories", _("stories"), id="dataset.stories", tooltip=_("have stories written")),
        Binding("o", "known", _("known"), id="dataset.known", tooltip=_("take a text that was prepared before")),
        Binding("p", "prepare", _("prepare"), id="dataset.prepare", tooltip=_("make it ready to train on, or stop it")),
        Binding("c", "onward", _("configure"), id="dataset.onward", tooltip=_("go on to Config with this text")),
        Binding("x,backspace", "remove", _("take the text off the list"), show=False, id="dataset.remove"),
        Binding("f", "pane('found')", _("what was found"), show=False, id="dataset.found"),
        Binding("v", "pane('preview')", _("preview of the text"), show=False, id="dataset.preview"),
        Binding("w", "pane('tokens')", _("how it is cut into tokens"), show=False, id="dataset.tokens"),
        Binding("escape", "back", show=False),
    ]

    def body(self) -> Iterable[Widget]:
        yield PathInput(_("path of a file, a folder or an archive"))
        yield TextList(id="texts", compact=True, markup=False)
        yield Static(
            _(
                "No text yet.\n\n"
                "Type a path: a, / or ~ begins one, tab completes it, enter adds it, esc leaves the line.\n"
                "t shows a tree of files, s has stories written, o takes a text that was prepared before."
            ),
            id="nothing",
        )
        names = {"found": _("found"), "preview": _("preview"), "tokens": _("tokens")}
        yield Tabs(*(Tab(title, id=f"tab-{name}") for name, title in names.items()), id="tabs")
        with Container(id="panes", classes="-found"):
            yield FoundPane(id="found", classes="pane")
            with VerticalScroll(id="preview", classes="pane") as preview:
                preview.border_title = names["preview"]
                yield Static(id="beginning", markup=False)
            yield TokensPane(id="tokens", classes="pane")
        yield WorkLine(id="work")

    def on_mount(self) -> None:
        self.show_choice()

    def subtitle(self) -> str:
        number = len(self.choice.texts)
        if not number:
            return ""
        told = ngettext("{count} text", "{count} texts", number).format(count=number)
        return f"{told}, {size(self.report.bytes)}" if self.report else told

    def show_choice(self) -> None:
        self.set_class(not self.choice.texts, "-empty")
        self.query_one(TextList).show(self.choice.texts)
        self.query_one(FoundPane).show_choice(self.choice)
        self.query_one(TokensPane).show_choice(self.choice)
        self.refresh_bindings()

    def why_not(self, action: str) -> str | None:
        if action in {"tree", "stories", "known", "remove", "onward"} and self.is_preparing:
            return _("the text is being prepared; esc stops that.")
        if action in {"stories", "known", "prepare"} and self.is_writing:
            return _("stories are being written; esc stops that.")
        if action in {"remove", "prepare", "onward"} and not self.choice.texts:
            return _("no text is chosen yet.")
        if action in {"prepare", "onward"} and self.fault is not None:
            return sentence(self.fault.what)
        return None

    # -- Choosing ----------------------------------------------------------------------------------------------------

    @on(PathInput.Chosen)
    def _add_typed(self, event: PathInput.Chosen) -> None:
        try:
            path = absolute(event.path)
        except UserError as error:
            self.work_line.fail(error)
            return
        self.query_one(PathInput).clear()
        self.add([path])
        self.query_one(TextList).focus()

    @on(FoundPane.Changed)
    def _read_otherwise(self) -> None:
        self.choose(self.query_one(FoundPane).chosen(self.choice), pause=PAUSE)

    @on(TokensPane.Changed)
    def _cut_otherwise(self) -> None:
        self.choose(self.query_one(TokensPane).chosen(self.choice), pause=PAUSE)

    @on(Tabs.TabActivated)
    def _show_pane(self, event: Tabs.TabActivated) -> None:
        panes = self.query_one("#panes")
        for name in PANES:
            panes.set_class(event.tab.id == f"tab-{name}", f"-{name}")

    @on(Button.Pressed, "#onward")
    async def _go_on(self) -> None:
        await self.run_action("onward")

    # -- What the keys do --------------------------------------------------------------------------------------------

    def action_type(self, beginning: str = "") -> None:
        """Type a path that begins so."""
        line = self.query_one(PathInput).line
        type_into(line)
        if beginning and not line.value:
            line.go_on_to(beginning)

    @work
    async def action_tree(self) -> None:
        """Choose in a tree of files."""
        last = Path(self.choice.texts[-1]).parent if self.choice.texts else Path.cwd()
        chosen = await self.app.push_screen_wait(TreeDialog(self.choice.texts, last if last.is_dir() else Path.cwd()))
        if chosen is not None:
            self.choose(replace(self.choice, texts=tuple(chosen)))
            self.query_one(TextList).focus()

    @work
    async def action_stories(self) -> None:
        """Have stories written."""
        book = await self.app.push_screen_wait(StoriesDialog())
        if book is not None:
            self.query_one(TextList).focus()
            self.write(book)

    @work
    async def action_known(self) -> None:
        """Take a text that was prepared before."""
        known = await self.app.push_screen_wait(KnownDialog())
        if known is not None:
            self.take_known(known)

    def action_remove(self) -> None:
        """Take the text under the cursor off the list."""
        number = self.query_one(TextList).highlighted or 0
        texts = self.choice.texts[:number] + self.choice.texts[number + 1 :]
        self.choose(replace(self.choice, texts=texts))
        if not texts:
            self.set_focus(None)

    def action_prepare(self) -> None:
        """Prepare the text, or stop that."""
        if self.is_preparing:
            self.action_back()
        else:
            self.prepare()

    def action_onward(self) -> None:
        """Go on to Config with this text, prepared or not."""
        draft = self.tui.draft.with_data(self.choice.data(self.prepared), self.facts())
        self.tui.open_config(draft)

    def action_pane(self, name: str) -> None:
        """Go to a pane, and bring it to the front where there is room for one only."""
        if self.choice.texts:
            self.query_one(Tabs).active = f"tab-{name}"
            self.call_after_refresh(self.query_one(PANES[name]).focus)

    def action_back(self) -> None:
        """Stop what is being done; else leave the line or the form."""
        if self.is_preparing:
            self.stop_preparing()
            self.work_line.say(_("the preparation was stopped."))
        elif self.is_writing:
            self.stop_writing()
            self.work_line.say(_("the writing was stopped; nothing of it is kept."))
        elif self.is_reading:
            self.stop_reading()
            self.work_line.say(_("the reading was stopped; preparing reads the text from its beginning."))
        elif self.choice.texts:
            self.query_one(TextList).focus()
        else:
            self.set_focus(None)


class TextList(OptionList):
    """The texts that are chosen, a line each."""

    HELP = N_("""**Texts**: what was chosen, in the order in which it is read. **x** takes one off the list.""")

    def show(self, texts: tuple[str, ...]) -> None:
        """Show `texts`; the cursor stays where it is, as far as there is such a line."""
        before = self.highlighted or 0
        named = (tilde(text).rpartition(os.sep) for text in texts)
        # The folder comes last: it is what a narrow screen may cut off.
        self.set_options([Content.assemble(name, (f"  {folder or os.sep}", "dim")) for folder, _sep, name in named])
        self.highlighted = min(before, len(texts) - 1) if texts else None
