"""Which field of a table or of JSON records holds the text. Imports errors and report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tui_llm.errors import InputError
from tui_llm.text.report import Field

#: One record: its strings, each with the dotted name of its field. A name may occur more than once (lists).
Record = list[tuple[str, str]]

#: Names that say that a field is the text, the likeliest first.
_TEXT_NAMES = ("text", "content", "texto", "contenido", "conteudo", "conteúdo", "body", "cuerpo", "corpo")
#: The name of strings that stand in no object.
NAMELESS = "value"
#: The first records, which decide: until so many, or so many characters.
_RECORDS = 10_000
_CHARACTERS = 1 << 22
#: More fields than this are not told, nor counted.
_FIELDS = 200


def strings(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a JSON `value` with its dotted path, without positions in lists and keys that are numbers."""
    if isinstance(value, str):
        yield path or NAMELESS, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):  # the usual case; a generator less
                yield joined(path, key) or NAMELESS, inner
            elif isinstance(inner, dict | list):
                yield from strings(inner, joined(path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, path)


def joined(path: str, key: str) -> str:
    """The path of `key` within `path`."""
    if key.isdecimal():
        return path
    if not key.isascii():
        key = key.encode("utf-8", "replace").decode("utf-8")  # JSON can spell what is no character
    return f"{path}.{key}" if path else key


def survey(records: Iterable[Record], *, everything: bool = False) -> list[Field]:
    """The fields that hold text in the first records (in all of them with `everything`), the fullest first."""
    characters: Counter[str] = Counter()
    total = 0
    for number, record in enumerate(records):
        if not everything and (number >= _RECORDS or total >= _CHARACTERS):
            break
        for name, text in record:
            if name in characters or len(characters) < _FIELDS:
                characters[name] += len(text)
                total += len(text)
    return [Field(name, count) for name, count in characters.most_common()]


def default_field(fields: list[Field]) -> str | None:
    """The field that likely is the text: one so named, unless it lies deeper than the fullest; else the fullest."""
    full = [field.name for field in fields if field.characters]
    if not full:
        return None
    named = [name for name in full if _last(name).lower() in _TEXT_NAMES and _depth(name) <= _depth(full[0])]
    return min(named, key=lambda name: (_depth(name), _TEXT_NAMES.index(_last(name).lower()))) if named else full[0]


def find_field(wanted: str, fields: list[Field]) -> str | None:
    """The field that is called `wanted`: its whole dotted name, else its last part (of several the fullest)."""
    names = [field.name for field in fields]
    return wanted if wanted in names else next((name for name in names if _last(name) == wanted), None)


def unknown_field(wanted: str, fields: list[Field], name: str) -> InputError:
    """The error for a field that `name`, a file, does not have."""
    there = ", ".join(field.name for field in fields) or "none"
    return InputError(f"{name} has no text field {wanted}.", f"its fields with text are: {there}.")


def _last(name: str) -> str:
    return name.rsplit(".", 1)[-1]


def _depth(name: str) -> int:
    return name.count(".")
