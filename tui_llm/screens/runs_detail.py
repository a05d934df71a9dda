"""What the pane below the table of runs says of one of them. Imports rich, the figures, the list as data."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text

from tui_llm.figures import count, duration
from tui_llm.runs.status import Status
from tui_llm.screens.runs_lines import Line, printable, words_of
from tui_llm.translation import N_, _, sentence

#: The words for the stages of preparing a text.
STAGES = {
    "reading": N_("reading the text"),
    "tokenizer": N_("learning the tokenizer"),
    "encoding": N_("cutting the text into tokens"),
}


def detail(line: Line, key_of: Callable[[str], str], rows: int) -> Text:
    """About `rows` lines on a run; `key_of` gives the key of an action. What is wrong comes first."""
    told = [_what_it_is(line), *_news(line, key_of)]
    figures = _how_far(line)
    if line.state == "crashed":
        told += [Text(f"  {word}", style="dim") for word in line.words[-max(1, rows - len(told)) :]]
        told.append(figures)
    else:
        told.insert(1 if not line.summary.problem else len(told), figures)
    return Text("\n").join(text for text in told if text.plain)


def _what_it_is(line: Line) -> Text:
    text = Text(printable(line.name), style="bold")
    status = line.status
    text.append(f"  {words_of(line.state)}", style="not bold")
    if status and status.model:
        text.append(f"  {status.model}", style="not bold")
    if status and status.parameters:
        told = _("{count} parameters").format(count=count(status.parameters))
        text.append(f"  {told}", style="not bold")
    if status and status.preset and status.preset != status.model:
        text.append("  " + _("preset {name}").format(name=status.preset), style="not bold")
    return text


def _how_far(line: Line) -> Text:
    status = line.status
    if status is None or not status.step:
        return Text()
    told = [
        _step(status),
        _("{count} tokens").format(count=count(status.tokens)),
        _("{time} trained").format(time=duration(status.elapsed)),
    ]
    if status.train_loss is not None:
        told.append(_("loss {value}").format(value=f"{status.train_loss:.3f}"))
    if status.val_loss is not None:
        told.append(_("validation {value}").format(value=f"{status.val_loss:.3f}"))
    return Text(", ".join(told))


def _step(status: Status) -> str:
    if status.max_steps:
        return _("step {step} of {total}").format(step=f"{status.step:,}", total=f"{status.max_steps:,}")
    return _("step {step}").format(step=f"{status.step:,}")


def _news(line: Line, key_of: Callable[[str], str]) -> list[Text]:
    """What a person should know or can do now."""
    status = line.status
    if line.state == "preparing" and status and not status.stage:
        return [Text(_("starting"))]
    if line.state == "preparing" and status and status.stage:
        stage = _(STAGES.get(status.stage, status.stage))
        share = "" if status.stage_share is None else f", {int(100 * status.stage_share)}%"
        return [Text(stage + share)]
    if line.state == "queued" and line.place:
        return [Text(_("it waits for the device: place {number}").format(number=line.place))]
    if line.state == "paused":
        return [Text(_("{key} continues it").format(key=key_of("go_on")))]
    if line.state == "stopped":
        return [Text(_("{key} resumes it where it stopped").format(key=key_of("resume")))]
    if line.state == "crashed":
        told = _("Its worker is gone; {key} resumes it from its last checkpoint.").format(key=key_of("resume"))
        return [Text(told, style="bold")]
    if line.state == "failed":
        return [
            _sentences(line.summary.problem, line.summary.hint),
            Text(_("{key} tries it again").format(key=key_of("resume"))),
        ]
    if line.state == "damaged":
        deletes = Text(_("{key} deletes it").format(key=key_of("delete")))
        return [_sentences(line.summary.problem), Text(printable(line.summary.path)), deletes]
    return []


def _sentences(*told: str | None) -> Text:
    """What is wrong and what to do about it, as people begin sentences."""
    sentences = [sentence(each) for each in told if each]
    return Text(printable(" ".join(each[0].upper() + each[1:] for each in sentences)), style="bold")
