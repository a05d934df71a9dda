"""The form's lines, made from the draft: what is set, what holds otherwise, what is wrong. No Textual but the lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tui_llm.config import Request
from tui_llm.presets import CUSTOM, PRESETS
from tui_llm.screens.configure_dialogs import Choice
from tui_llm.screens.configure_fields import SECTIONS, Field, fields, in_words, without_flags
from tui_llm.screens.configure_meaning import Meaning
from tui_llm.screens.configure_request import Fault, default, given, is_chosen, is_heeded, is_open, preset_of
from tui_llm.translation import _
from tui_llm.widgets.form_rows import Line

PRESET, NAME = "preset", "name"


@dataclass(frozen=True)
class Shown:
    """What the lines are made from."""

    request: Request
    name: str
    """The run's; empty if it is to be named after its text."""
    meaning: Meaning | None
    fault: Fault | None
    folded: frozenset[str] = frozenset()
    """Sections whose fields are put away."""
    sought: str = ""
    """Only lines with this in the name or the explanation are shown."""
    ascii_only: bool = False


def lines_of(shown: Shown) -> list[Line]:
    """The preset, the name, and the sections with those of their fields that the model heeds."""
    preset = preset_of(shown.request)
    first = [
        Line(PRESET, _("preset"), preset, preset_note(preset), given=True, choice=True),
        Line(NAME, _("name of the run"), shown.name or _("from the text"), name_note(), given=bool(shown.name)),
    ]
    lines = [line for line in first if _is_sought(line, shown.sought)]
    for section, title in SECTIONS.items():
        own = [field for field in fields().values() if field.section == section and is_heeded(shown.request, field)]
        inside = [line for line in (_line(shown, field) for field in own) if _is_sought(line, shown.sought)]
        if not inside:
            continue
        folded = section in shown.folded and not shown.sought
        changed = sum(given(shown.request, field) is not None for field in own)
        arrow = ("+" if folded else "-") if shown.ascii_only else ("▸" if folded else "▾")
        told = _("changed: {count}").format(count=changed) if changed else ""
        lines.append(Line(section, f"{arrow} {_(title)}", told, heading=True))
        lines += [] if folded else inside
    return lines


def _line(shown: Shown, field: Field) -> Line:
    value = given(shown.request, field)
    wrong = shown.fault is not None and field.key in shown.fault.keys
    return Line(
        field.key,
        field.name,
        in_words(value) if value is not None else in_words_otherwise(shown, field),
        _(field.description),
        mark="!" if wrong else "*" if value is not None else "",
        given=value is not None,
        wrong=wrong,
        choice=field.kind == "choice",
    )


def in_words_otherwise(shown: Shown, field: Field) -> str:
    """What holds if nothing is said of `field`."""
    if not is_chosen(shown.request, field):
        return in_words(default(shown.request, field))
    if shown.meaning is None:
        return _("auto")
    value = shown.meaning.config.get(field.section, {}).get(field.name)
    return _("{value} (auto)").format(value=in_words(value))


def origin(shown: Shown, field: Field) -> str:
    """Where the value of `field` comes from, in a sentence."""
    otherwise = in_words_otherwise(shown, field)
    if given(shown.request, field) is not None:
        return _("set by you; x goes back to: {value}").format(value=otherwise)
    if is_chosen(shown.request, field):
        return _("auto chooses it for the text, the machine and the time.")
    settings = PRESETS[preset_of(shown.request)].settings if preset_of(shown.request) in PRESETS else {}
    if field.name in settings.get(field.section, {}):
        return _("from the preset {preset}").format(preset=preset_of(shown.request))
    return _("the default, whatever the preset") if default(shown.request, field) is not None else ""


def _is_sought(line: Line, sought: str) -> bool:
    words = sought.casefold().split()
    return all(word in f"{line.key} {line.name} {line.note}".casefold() for word in words)


def preset_note(preset: str) -> str:
    """The line that explains a preset."""
    return (
        without_flags(_(PRESETS[preset].description))
        if preset in PRESETS
        else _("no preset: the defaults of the model")
    )


def name_note() -> str:
    """The line that explains the run's name."""
    return _("what the run is called; the text's name and a number if not set")


def preset_choices(request: Request) -> list[Choice]:
    """The presets, and none if that is what holds."""
    names = [*PRESETS, *([CUSTOM] if preset_of(request) == CUSTOM else [])]
    return [Choice(name, name, preset_note(name)) for name in names]


def values_of(request: Request, field: Field) -> list[str | bool | None]:
    """What a choice may be, unset (None) first if that means something of its own."""
    return [*([None] if is_open(request, field) else []), *field.choices]


def holding(request: Request, field: Field) -> str | bool | None:
    """Which of `values_of` holds."""
    held = given(request, field)
    value: str | bool | None = default(request, field) if held is None and not is_open(request, field) else held
    return value


def stepped(values: Collection[str | bool | None], current: object, by: int) -> str | bool | None:
    """The value before or after `current`, round in a ring."""
    ring = list(values)
    return ring[(ring.index(current) + by) % len(ring)] if current in ring else ring[0]
