"""What a run's data says in words: its alerts, its events, its progress. Draws nothing. Imports `runs`, the figures,
the translation and the words of the widgets.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tui_llm.figures import age, count, duration, size
from tui_llm.runs.log import LogEntry
from tui_llm.runs.status import Status
from tui_llm.translation import N_, STATES, _, sentence

if TYPE_CHECKING:
    from tui_llm.runs.alerts import Alert
    from tui_llm.runs.snapshot import RunSnapshot

#: What each kind of alert says; its fields, its step and "{what}" are filled in.
_ALERTS = {
    "worker_gone": N_("the worker is gone without a word"),
    "out_of_memory": N_("out of memory"),
    "disk_full": N_("the disk is full"),
    "stalled": N_("no step for {seconds}; usually one is recorded every {usual}"),
    "non_finite_loss": N_("the loss is not a finite number at step {step}"),
    "loss_spike": N_("the loss jumped to {loss} at step {step}; it was about {usual}"),
    "checkpoint_failed": N_("the checkpoint of step {step} could not be saved"),
    "checkpoint_damaged": N_("the checkpoint of step {step} is damaged"),
    "config_damaged": N_("run.toml cannot be read"),
    "files_unreadable": N_("the run's files cannot be read"),
    "records_skipped": N_("{count} damaged lines of the metrics are skipped"),
}

#: The kinds after which the run does not go on well by itself.
GRAVE = frozenset(
    {"worker_gone", "out_of_memory", "disk_full", "non_finite_loss", "checkpoint_failed", "files_unreadable"}
)

_REQUESTS = {
    "pause": N_("pause"),
    "continue": N_("continue"),
    "stop": N_("stop"),
    "checkpoint": N_("save a checkpoint"),
    "evaluate": N_("evaluate"),
    "set_lr": N_("change the learning rate"),
}

_STAGES = {
    "reading": N_("reading the text"),
    "tokenizer": N_("training the tokenizer"),
    "encoding": N_("cutting the text into tokens"),
}


def state_word(state: str) -> str:
    """The state in the language of the app."""
    return _(STATES.get(state, state))


def stage_word(status: Status) -> str:
    """What a worker that prepares is at; nothing if it does not say."""
    return _(_STAGES[status.stage]) if status.stage in _STAGES else ""


def request_words(kind: str) -> str:
    """A request as what it asks for."""
    return _(_REQUESTS.get(kind, kind))


def alert_words(alert: Alert) -> str:
    """An alert in one sentence."""
    told: dict[str, Any] = {"step": f"{alert.step:,}" if alert.step is not None else "?"}
    for name, value in alert.fields.items():
        if name == "seconds" or (name == "usual" and alert.kind == "stalled"):
            told[name] = age(float(value)) if float(value) >= 10 else f"{value:.1f} s"
        elif isinstance(value, float):
            told[name] = f"{value:.4g}"
        else:
            told[name] = value
    words = _(_ALERTS[alert.kind]).format_map(_Known(told))
    why = sentence(str(alert.fields.get("reason") or "")) or alert.fields.get("last_words")
    if "free" in alert.fields:
        why = _("{size} are left").format(size=size(float(alert.fields["free"])))
    return f"{words}: {why}" if why else f"{words}."


class _Known(dict[str, Any]):
    """Fields of a sentence; one that is not known is a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"


def event_words(name: str, fields: Mapping[str, Any]) -> str:
    """An event in words; one that is not known, by its name and fields."""
    step = f"{fields['step']:,}" if isinstance(fields.get("step"), int) else "?"
    reason = sentence(fields.get("reason") or "")
    match name:
        case "checkpoint":
            loss = fields.get("val_loss")
            words = _("checkpoint saved at step {step}").format(step=step)
            return f"{words}, val {loss:.4f}" if isinstance(loss, float) else words
        case "checkpoint_failed":
            return _("checkpoint of step {step} failed: {reason}").format(step=step, reason=reason)
        case "checkpoint_damaged":
            return _("checkpoint of step {step} is passed over: {reason}").format(step=step, reason=reason)
        case "resumed" if fields.get("step") == -1:
            return _("begun anew: there was no checkpoint")
        case "resumed":
            return _("resumed at step {step}").format(step=step)
        case "forked":
            return _("forked from {run} at step {step}").format(run=fields.get("from", "?"), step=step)
        case "not_compiled":
            return _("not compiled: {reason}").format(reason=reason)
        case "request":
            return _request_event(step, fields)
    rest = " ".join(f"{key}={value}" for key, value in fields.items())
    return f"{name} {rest}".rstrip()


def _request_event(step: str, fields: Mapping[str, Any]) -> str:
    asked = request_words(str(fields.get("request", "?")))
    rate = (fields.get("arguments") or {}).get("lr")
    if rate is not None:
        asked = f"{asked}: {rate:g}"
    if fields.get("reason"):
        return _("refused at step {step}: {reason}").format(step=step, reason=sentence(fields["reason"]))
    return _("taken up at step {step}: {asked}").format(step=step, asked=asked)


def log_line(entry: LogEntry) -> str:
    """A line of the log: when, and what, marked `!` if it went wrong, `*` if not; the worker's lines stand plain."""
    if entry.source == "worker":
        return f"           {entry.text}"
    moment = time.strftime("%H:%M:%S", time.localtime(entry.time)) if entry.time else " " * 8
    mark = "!" if entry.name.endswith(("_failed", "_damaged")) else "*"
    return f"{moment} {mark} {event_words(entry.name, entry.fields)}"


def share_done(snapshot: RunSnapshot) -> float | None:
    """How much of the budget is spent, 0 to 1; while the text is prepared, how much of that stage is done."""
    status = snapshot.status
    if status is None:
        return None
    if snapshot.state == "finished":
        return 1.0
    if snapshot.state == "preparing":
        return status.stage_share
    if status.max_steps:
        return min(1.0, status.step / status.max_steps)
    return min(1.0, status.elapsed / status.budget_seconds) if status.budget_seconds else None


def bar(share: float, width: int, ascii_only: bool) -> str:
    """`share` as a bar in so many characters."""
    done = round(share * width)
    full, empty = "#." if ascii_only else "━─"
    return full * done + empty * (width - done)


def numbers(snapshot: RunSnapshot) -> list[tuple[str, str]]:
    """The newest numbers, each with its name."""
    status = snapshot.status
    if status is None:
        return []
    told: list[tuple[str, str]] = []
    if status.train_loss is not None:
        told.append((_("train"), f"{status.train_loss:.4f}"))
    if status.val_loss is not None:
        told.append((_("val"), f"{status.val_loss:.4f}"))
    if status.val_bits_per_byte is not None:
        told.append((_("bits/byte"), f"{status.val_bits_per_byte:.3f}"))
    best = best_bits(snapshot)
    if best is not None and status.val_bits_per_byte is not None and best < status.val_bits_per_byte:
        told.append((_("best"), f"{best:.3f}"))
    if status.tokens:
        told.append((_("tokens"), count(status.tokens)))
    if status.tokens_per_second and snapshot.state in ("running", "paused", "stopping"):
        told.append((_("tokens/s"), count(status.tokens_per_second)))
        if status.utilisation is not None:
            told.append((_("MFU"), f"{status.utilisation:.0%}"))
    if status.parameters:
        told.append((_("parameters"), count(status.parameters)))
    return told


def best_bits(snapshot: RunSnapshot) -> float | None:
    """The fewest bits per byte of any evaluation on the validation split."""
    bits = [one.bits_per_byte for one in snapshot.evaluations if one.split == "val" and one.bits_per_byte is not None]
    return min((one for one in bits if math.isfinite(one)), default=None)


def progress_words(snapshot: RunSnapshot) -> str:
    """Step, time spent and time left."""
    status = snapshot.status
    if status is None:
        return ""
    if snapshot.state == "preparing" and not status.step:
        return stage_word(status)
    parts = [
        f"{status.step:,}/{status.max_steps:,}" if status.max_steps else f"{status.step:,}",
        duration(status.elapsed),
    ]
    if status.time_left is not None and snapshot.state in ("running", "paused"):
        parts.append(_("{time} left").format(time=duration(status.time_left)))
    return "  ".join([_("step {step}").format(step=parts[0]), *parts[1:]])
