"""The fields of the form, made from the configuration's own schema: what each may hold, how it is typed and shown.
Imports `config`, the errors and the translation; no Textual.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

import msgspec
from msgspec import inspect

from tui_llm.config import RunConfig
from tui_llm.errors import InputError
from tui_llm.translation import N_, _

Kind = Literal["whole", "number", "text", "choice"]

#: No setting of a run is larger; without it a slip of the keyboard would ask for a model that nothing can count.
_LARGEST = 1_000_000_000

#: Fields that are not edited here: the Dataset screen has the texts, and the corpus follows from them.
_ELSEWHERE = {"data.texts", "data.corpus"}

#: The sections of the form, by their names in run.toml.
SECTIONS = {"data": N_("Data"), "model": N_("Model"), "training": N_("Training"), "system": N_("System")}

_FLAG = re.compile(r"--([a-z][a-z-]*)")


@dataclass(frozen=True)
class Field:
    """One setting. Bounds are None where there are none."""

    section: str
    """A key of `SECTIONS`."""
    name: str
    kind: Kind
    description: str
    default: Any
    """The schema's."""
    optional: bool
    """Whether it may be left unset, which has a meaning of its own."""
    choices: tuple[str | bool, ...] = ()
    least: float | None = None
    above: float | None = None
    most: float | None = None
    below: float | None = None
    pattern: str | None = None

    @property
    def key(self) -> str:
        """Its place in the configuration: `model.n_layer`."""
        return f"{self.section}.{self.name}"

    def read(self, text: str) -> Any:
        """What was typed, as the value that it means.

        Raises:
            InputError: it means none that this field may have; the sentence is in the language of the app.
        """
        text = text.strip()
        if self.kind in ("whole", "number"):
            return self._read_number(text)
        if self.pattern is not None and not re.search(self.pattern, text):
            raise InputError(_("there is no {value!r} for it.").format(value=text), _(self.description))
        return text

    def _read_number(self, text: str) -> float:
        whole = self.kind == "whole"
        wrong = InputError(_("it must be {what}.").format(what=self.allowed()), _(self.description))
        try:
            value = int(text) if whole else float(text.replace(",", "."))
        except ValueError:
            raise wrong from None
        if not math.isfinite(value):
            raise wrong
        if value > _LARGEST and self.most is None and self.below is None:
            raise InputError(_("it is larger than anything can be."), _(self.description))
        if (self.least is not None and value < self.least) or (self.above is not None and value <= self.above):
            raise wrong
        if (self.most is not None and value > self.most) or (self.below is not None and value >= self.below):
            raise wrong
        return value

    def allowed(self) -> str:
        """What it may be, in a few words: "a whole number, at least 1"; empty for choices and free text."""
        if self.kind not in ("whole", "number"):
            return ""
        limits = {
            _("at least {limit}"): self.least,
            _("above {limit}"): self.above,
            _("at most {limit}"): self.most,
            _("below {limit}"): self.below,
        }
        told = [words.format(limit=f"{limit:,.10g}") for words, limit in limits.items() if limit is not None]
        return ", ".join([_("a whole number") if self.kind == "whole" else _("a number"), *told])


@cache
def fields() -> dict[str, Field]:
    """Every field of the form by its key, in the schema's order."""
    whole = inspect.type_info(RunConfig)
    assert isinstance(whole, inspect.StructType)
    found = {}
    for section in whole.fields:
        if isinstance(section.type, inspect.StructType):
            hints = get_type_hints(section.type.cls)
            for one in section.type.fields:
                field = _field(section.name, one, get_args(hints[one.name]))
                if field.key not in _ELSEWHERE:
                    found[field.key] = field
    return found


def _field(section: str, one: inspect.Field, choices: tuple[Any, ...]) -> Field:
    """`choices` are those of a literal in the schema's order, which `inspect` does not keep."""
    declared = one.type
    description = ""
    if isinstance(declared, inspect.Metadata):
        description = (declared.extra_json_schema or {}).get("description", "")
        declared = declared.type
    options = declared.types if isinstance(declared, inspect.UnionType) else (declared,)
    optional = any(isinstance(option, inspect.NoneType) for option in options)
    base = next(option for option in options if not isinstance(option, inspect.NoneType))
    default = one.default if one.default is not msgspec.NODEFAULT else None
    field = Field(section, one.name, "text", description, default, optional)
    if isinstance(base, inspect.IntType | inspect.FloatType):
        kind: Kind = "whole" if isinstance(base, inspect.IntType) else "number"
        return replace(field, kind=kind, least=base.ge, above=base.gt, most=base.le, below=base.lt)
    if isinstance(base, inspect.LiteralType):
        return replace(field, kind="choice", choices=choices)
    if isinstance(base, inspect.BoolType):
        return replace(field, kind="choice", choices=(True, False))
    return replace(field, pattern=base.pattern if isinstance(base, inspect.StrType) else None)


def in_words(value: Any) -> str:
    """A value as the form shows it, and as it may be typed again."""
    if value is None:
        return _("not set")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:g}" if isinstance(value, float) else str(value)


def without_flags(sentence: str) -> str:
    """A hint for the command line in the words of the form: `--n-head 4` is `n_head 4`."""
    return _FLAG.sub(lambda match: match.group(1).replace("-", "_"), sentence)
