"""The app's strings in other languages: collects them from the source, and keeps `locale/` up to date.

    python -m tests.translations [LANGUAGE...]   (./run.sh translations) updates the .po files and compiles them

English is the source. What is collected: `_()`, `N_()`, `ngettext()`; and what the configuration's schema and the
presets say of themselves, since the Config screen shows it.
"""

from __future__ import annotations

import ast
import io
import itertools
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import tui_llm
from tui_llm.config import RunConfig
from tui_llm.presets import PRESETS
from tui_llm.translation import LANGUAGES, SENTENCE

PACKAGE = Path(tui_llm.__file__).parent
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "ngettext": (1, 2)}

#: Variables that hold such sentences.
NAMES = {"hint", "problem", "reason", "documents_why", "times", "_SEPARATED"} | {
    # what to do with what is not text
    *("_OFFICE", "_SHEET", "_PICTURE", "_MEDIA", "_PROGRAM", "_UNPACK", "_DATA"),
}

#: So many letters beside its values make a text a sentence.
LETTERS = 6

Message = str | tuple[str, str]
"""A text, or its singular and plural."""


def collect() -> dict[Message, list[str]]:
    """Every text that the app shows, with the files that have it."""
    found: dict[Message, list[str]] = {}
    methods = [("**.py", "python")]
    for file, _line, message, _comments, _context in extract_from_dir(PACKAGE, methods, keywords=KEYWORDS):
        found.setdefault(message, []).append(f"tui_llm/{file}")
    for description in schema_descriptions():
        found.setdefault(description, []).append("tui_llm/config.py")
    for preset in PRESETS.values():
        found.setdefault(preset.description, []).append("tui_llm/presets.py")
    return found


def collect_sentences() -> dict[str, list[str]]:
    """What lower layers may say in English (errors with their hints, remarks on texts), numbers for the values."""
    found: dict[str, list[str]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        if "lessons" in file.parts and file.parent.name != "course":  # they tell people nothing but what a lesson says
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for text in _said(node):
                template = _template(text)
                least = (
                    LETTERS if isinstance(text, ast.JoinedStr) else 3
                )  # without values, it is taken for nothing else
                if template and len(re.findall(r"[a-z]", re.sub(r"{\d+}", "", template))) >= least:
                    found.setdefault(template, []).append(str(file.relative_to(PACKAGE.parent)))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "counted":
                noun = ast.literal_eval(node.args[1])
                for counted in (f"1 {noun}", f"{{0}} {noun}s"):
                    found.setdefault(counted, []).append(str(file.relative_to(PACKAGE.parent)))
    return found


def _said(node: ast.AST) -> Iterator[ast.expr]:
    """The texts in `node` that people may get to read: the arguments of an error, what a remark returns or yields."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"InputError", "RunFailedError", "Skipped"}:
        for argument in node.args:
            yield from _branches(argument)
    if isinstance(node, ast.Assign):
        target = node.targets[0]
        if (getattr(target, "id", None) or getattr(target, "attr", None)) in NAMES:
            yield from _branches(node.value)
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = zip(target.elts, node.value.elts, strict=True)
            yield from (value for part, value in pairs if getattr(part, "attr", "") in NAMES)
    if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "_OBJECTIONS":
        assert isinstance(node.value, ast.List | ast.Tuple)
        yield from (pair.elts[0] for pair in node.value.elts if isinstance(pair, ast.Tuple))
    if isinstance(node, ast.FunctionDef) and node.name == "_fault":
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return) and inner.value is not None:
                yield from _branches(inner.value)
    if isinstance(node, ast.Call) and "warnings.append" in ast.unparse(node.func):
        yield from node.args
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"from_os_error", "check_idle"}:
        yield node.args[1]
    if isinstance(node, ast.Tuple) and len(node.elts) == 3 and isinstance(getattr(node.elts[0], "value", None), bytes):
        yield from node.elts[1:]  # what is no text: how it begins, what it is, what to do
    if isinstance(node, ast.keyword) and node.arg == "doing":
        yield node.value
    if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and node.value.elts:
        yield node.value.elts[-1]
    if isinstance(node, ast.Yield) and node.value is not None:
        yield from _branches(node.value)


def _branches(text: ast.expr) -> Iterator[ast.expr]:
    if isinstance(text, ast.IfExp):
        yield from _branches(text.body)
        yield from _branches(text.orelse)
    else:
        yield text


def _template(text: ast.expr) -> str | None:
    """A literal with `{0}`, `{1}`... in the place of its values; None if it is no literal."""
    if isinstance(text, ast.Constant) and isinstance(text.value, str):
        return text.value.replace("{", "{{").replace("}", "}}")
    if not isinstance(text, ast.JoinedStr):
        return None
    numbers = itertools.count()
    return "".join(
        str(part.value).replace("{", "{{").replace("}", "}}")
        if isinstance(part, ast.Constant)
        else f"{{{next(numbers)}}}"
        for part in text.values
    )


def schema_descriptions() -> Iterator[str]:
    """The one-line explanations of all settings."""
    for section in msgspec.structs.fields(RunConfig):
        if isinstance(section.type, type) and issubclass(section.type, msgspec.Struct):
            for field in msgspec.structs.fields(section.type):
                yield from _descriptions(field.type)


def _descriptions(annotation: Any) -> Iterator[str]:
    for extra in getattr(annotation, "__metadata__", ()):
        if isinstance(extra, msgspec.Meta) and extra.description:
            yield extra.description
    if get_origin(annotation) is not None:
        for part in get_args(annotation):
            yield from _descriptions(part)


def po_path(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "tui_llm.po"


def catalog(language: str) -> Catalog:
    """The translations into `language` as the .po file has them."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(language: str) -> bytes:
    """What the .mo file must hold."""
    made = io.BytesIO()
    write_mo(made, catalog(language))
    return made.getvalue()


def translated_languages() -> list[str]:
    """All but the source."""
    return [language for language in LANGUAGES if language != "en"]


def update(language: str) -> None:
    """Add what is new to the .po file, drop what is gone, and compile it."""
    known = {message.id: message for message in catalog(language) if message.id and message.context is None}
    fresh = Catalog(locale=language, project="tui-llm", version=tui_llm.__version__, fuzzy=False)
    for message, files in sorted(collect().items(), key=lambda item: str(item[0])):
        string = known[message].string if message in known else ""
        flags = {"python-brace-format"} if "{" in str(message) else set()
        fresh.add(message, string, locations=[(file, 1) for file in sorted(set(files))], flags=flags)
    said = {message.id: message.string for message in catalog(language) if message.context == SENTENCE}
    for text, files in sorted(collect_sentences().items()):
        places = [(file, 1) for file in sorted(set(files))]
        fresh.add(text, said.get(text, ""), locations=places, context=SENTENCE)
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, fresh, width=120, include_lineno=False, omit_header=False, ignore_obsolete=True)
    path.with_suffix(".mo").write_bytes(compiled(language))


if __name__ == "__main__":
    for one in sys.argv[1:] or translated_languages():
        update(one)
        missing = [message.id for message in catalog(one) if message.id and not message.string]
        print(f"{one}: {len(catalog(one))} texts, {len(missing)} without a translation")
        for text in missing:
            print(f"  {text!r}")
