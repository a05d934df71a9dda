"""How the form edits a draft: values given, taken back, adopted from a file, and what is wrong with the whole.
Imports `config`, `presets` and `draft`; no Textual.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tui_llm.config import BUDGETS, MODEL_FIELDS, Request
from tui_llm.draft import Draft
from tui_llm.errors import InputError
from tui_llm.presets import CUSTOM, DEFAULT_MINUTES, PRESETS, base_of, resolve
from tui_llm.screens.configure_fields import Field, fields, without_flags
from tui_llm.translation import sentence

MODEL = "model.name"

_BUDGETS = {f"training.{name}" for name in BUDGETS}

#: What the preset `auto` chooses for the text, the machine and the time, where nobody says otherwise.
CHOSEN_BY_AUTO = {
    *("data.tokenizer", "model.n_layer", "model.n_head", "model.n_embd", "model.block_size", "model.dropout"),
    *("training.batch_size", "training.lr", "training.warmup_steps"),
}

#: What counting makes nothing of: it has no parameters, and no gradient.
_OF_GRADIENTS = {
    f"training.{name}"
    for name in (
        *("optimizer", "lr", "schedule", "warmup_steps", "min_lr_ratio", "decay_fraction", "weight_decay"),
        *("beta1", "beta2", "grad_clip", "probe"),
    )
}

#: Models for which a preset of either suits the other.
_ALIKE = {"gpt", "modern"}

#: Data fields that cut the text into tokens; the others say how it is read.
_CUTTING = {"tokenizer", "vocab_size"}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a configuration, and the keys of the fields that the sentence names."""

    what: str
    hint: str
    keys: frozenset[str]


def preset_of(request: Mapping[str, Any]) -> str:
    """The name of the preset that `request` starts from."""
    return str(request.get("preset") or (CUSTOM if "name" in _section(request, "model") else "auto"))


def texts_of(request: Mapping[str, Any]) -> list[str]:
    """The texts to train on; none in a draft that has not got any yet."""
    texts = _section(request, "data").get("texts")
    return list(texts) if isinstance(texts, list) else []


def given(request: Mapping[str, Any], field: Field) -> Any:
    """What the request says of `field`; None if nothing."""
    return _section(request, field.section).get(field.name)


def default(request: Mapping[str, Any], field: Field) -> Any:
    """What holds where the request says nothing of `field`: its preset's value, else the schema's."""
    try:
        base = base_of(request)
    except InputError:  # an unknown preset; `fault` tells of it
        base = {}
    own = base.get(field.section, {})
    if field.key in _BUDGETS:
        if any(name in _section(request, "training") for name in BUDGETS if name != field.name):
            return None
        if field.name == "minutes" and not any(name in own for name in BUDGETS):
            return DEFAULT_MINUTES
    return own.get(field.name, field.default)


def model_of(request: Mapping[str, Any]) -> str:
    """The name of the model that the request comes to."""
    return str(_holds(request, fields()[MODEL]))


def is_heeded(request: Mapping[str, Any], field: Field) -> bool:
    """Whether the request's model makes anything of `field`."""
    model = model_of(request)
    if field.section == "model" and field.key != MODEL:
        return field.name in MODEL_FIELDS.get(model, ())
    return model != "bigram-counts" or field.key not in _OF_GRADIENTS


def is_open(request: Mapping[str, Any], field: Field) -> bool:
    """Whether `field` has a meaning of its own when it is left unset."""
    return is_chosen(request, field) or (field.optional and default(request, field) is None)


def is_chosen(request: Mapping[str, Any], field: Field) -> bool:
    """Whether `auto` chooses `field` where the request says nothing of it."""
    return preset_of(request) == "auto" and field.key in CHOSEN_BY_AUTO


def with_preset(draft: Draft, preset: str) -> Draft:
    """The draft on another preset, and its model; what else was given stays given."""
    request = {**draft.request, "preset": preset}
    if preset not in (CUSTOM, preset_of(draft.request)):
        request["model"] = {name: held for name, held in _section(request, "model").items() if name != "name"}
    return _settled(draft, request)


def with_model(draft: Draft, model: str | None, preset: str) -> Draft:
    """The draft with another model, that of `preset` if None is named; what else was given stays given.

    `preset` holds if it suits the model; else the first one that is made for it, so that sizes and rates do.
    """
    wanted = model or model_of(draft.request if preset == CUSTOM else {"preset": preset})
    if not _suits(preset, wanted):
        preset = next(name for name in PRESETS if name != "auto" and model_of({"preset": name}) == wanted)
    return with_value(with_preset(draft, preset), fields()[MODEL], wanted)


def _suits(preset: str, model: str) -> bool:
    own = model_of({"preset": preset})
    return preset == CUSTOM or own == model or {own, model} <= _ALIKE


def with_value(draft: Draft, field: Field, value: Any) -> Draft:
    """The draft with `field` set to `value`, or unset where it is None. One budget takes the place of another.

    A value that holds anyway is not kept. What was given before it is, also where it is the preset's own by now: with
    another preset it would not be.
    """
    # The preset is written down: a model's name without one would mean another preset.
    request = {**draft.request, "preset": preset_of(draft.request)}
    section = dict(_section(request, field.section))
    section.pop(field.name, None)
    if field.name in BUDGETS and value is not None:
        section = {name: held for name, held in section.items() if name not in BUDGETS}
    if value is not None:
        section[field.name] = value
    request[field.section] = section
    return _settled(draft, _without_what_holds(request, [field]))


def adopt(draft: Draft, loaded: Request) -> Draft:
    """The settings of `loaded`, a whole or partial configuration; the draft's text stays if it has one.

    Raises:
        InputError: `loaded` is not a configuration.
    """
    resolve(loaded)
    data = {name: held for name, held in _section(loaded, "data").items() if name != "corpus"}
    request = {**loaded, "preset": preset_of(loaded), "data": data}
    if not texts_of(draft.request):
        return _settled(Draft(request), _without_what_holds(request, fields().values()))
    own = _section(draft.request, "data")
    request["data"] = {**data, **{name: own[name] for name in ("texts", "corpus") if name in own}}
    return _settled(draft, _without_what_holds(request, fields().values()))


def portable(request: Request) -> Request:
    """The request without what only this machine's home folder knows."""
    data = {name: held for name, held in _section(request, "data").items() if name != "corpus"}
    return {key: held for key, held in {**request, "data": data}.items() if held != {}}


def fault(request: Request) -> Fault | None:
    """What is wrong with the configuration as a whole; None if it can be trained, once it has a text."""
    try:
        resolve(request)
    except InputError as error:
        hint = without_flags(error.hint)
        return Fault(sentence(error.what), without_flags(sentence(error.hint)), _named(error.what) or _named(hint))
    return None


def _named(sentence: str) -> frozenset[str]:
    """The keys of the fields that `sentence` names, as `training.lr` or as `n_head`."""
    words = set(re.findall(r"[a-z][a-z0-9_.]*[a-z0-9]", sentence))
    whole = {key for key in fields() if key in words}
    return frozenset(whole or {key for key, field in fields().items() if "_" in field.name and field.name in words})


def _settled(draft: Draft, request: Request) -> Draft:
    """The draft with `request` in its place, and without the facts that hold no longer."""
    kept = dict(request)
    changed = {
        field.name
        for field in fields().values()
        if field.section == "data" and _holds(draft.request, field) != _holds(kept, field)
    }
    facts = draft.facts
    if changed:
        kept["data"] = {name: value for name, value in _section(kept, "data").items() if name != "corpus"}
        facts = replace(facts, corpus=None, train_tokens=None, vocab_size=None, smallest_split=None)
    if changed - _CUTTING:
        facts = replace(facts, bytes=None, documents=None)
    return Draft({key: held for key, held in kept.items() if held != {}}, facts)


def _without_what_holds(request: Request, changed: Iterable[Field]) -> Request:
    """The request without those of the values in `changed` that would hold if nothing were said of them."""
    kept = dict(request)
    for field in changed:
        held = given(kept, field)
        if held is None or is_chosen(kept, field) or (field.key == MODEL and preset_of(kept) == CUSTOM):
            continue
        if held == default(kept, field):
            section = {name: value for name, value in _section(kept, field.section).items() if name != field.name}
            kept[field.section] = section
    return kept


def _holds(request: Mapping[str, Any], field: Field) -> Any:
    held = given(request, field)
    return default(request, field) if held is None else held


def _section(request: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = request.get(name)
    return section if isinstance(section, Mapping) else {}
