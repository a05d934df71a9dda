"""Every string of the app speaks English, Spanish and Portuguese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.translations import PACKAGE, catalog, collect, collect_sentences, compiled, po_path, translated_languages
from tui_llm.errors import InputError
from tui_llm.translation import SENTENCE, _, environment_language, ngettext, set_language

#: Calls whose first text people see, and the named arguments that they see in any call.
SHOWN_FIRST = {"Label", "Static", "Button", "notify", "Checkbox", "RadioButton", "TabPane", "add_column", "Collapsible"}
SHOWN_NAMED = {"placeholder", "title", "tooltip", "prompt", "label"}
SHOWN_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "placeholder"}


@pytest.mark.parametrize("language", translated_languages())
def test_every_string_is_translated(language: str) -> None:
    known = {message.id: message.string for message in catalog(language) if message.context is None}
    missing = [
        message
        for message in collect()
        if not (all(known.get(message, ("",))) if isinstance(message, tuple) else known.get(message))
    ]
    assert missing == []


@pytest.mark.parametrize("language", translated_languages())
def test_every_sentence_of_the_lower_layers_is_translated(language: str) -> None:
    known = {message.id: message.string for message in catalog(language) if message.context == SENTENCE}
    assert [text for text in collect_sentences() if not known.get(text)] == []


@pytest.mark.parametrize("language", translated_languages())
def test_translations_have_the_same_fields(language: str) -> None:
    for message in catalog(language):
        if not message.id:
            continue
        source = message.id[-1] if isinstance(message.id, tuple) else message.id
        for string in message.string if isinstance(message.string, tuple) else (message.string,):
            assert sorted(set(re.findall(r"{(\w+)", string))) == sorted(set(re.findall(r"{(\w+)", source))), source


@pytest.mark.parametrize("language", translated_languages())
def test_the_compiled_translations_are_those_of_the_source(language: str) -> None:
    assert po_path(language).with_suffix(".mo").read_bytes() == compiled(language), "run ./run.sh translations"


def test_no_string_is_shown_without_being_translated() -> None:
    files = [PACKAGE / "app.py", *(PACKAGE / "screens").glob("*.py"), *(PACKAGE / "widgets").glob("*.py")]
    assert [place for file in files for place in _bare(file)] == []


def _bare(file: Path) -> Iterator[str]:
    """The places in `file` where a text with words in it is shown as it stands in the source."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        texts: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts += node.args[:1] if name in SHOWN_FIRST else []
            texts += node.args[2:3] if name == "Binding" else []
            texts += [keyword.value for keyword in node.keywords if keyword.arg in SHOWN_NAMED]
        elif isinstance(node, ast.Assign):
            names = [target.attr for target in node.targets if isinstance(target, ast.Attribute)]
            texts += [node.value] if SHOWN_ATTRIBUTES & set(names) else []
        for text in texts:
            if any(re.search(r"[a-zA-Z]{3}", part) for part in _literals(text)):
                yield f"{file.name}:{text.lineno}"


def _literals(text: ast.expr) -> list[str]:
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def test_the_language_is_the_environments() -> None:
    assert environment_language({"LANG": "pt_BR.UTF-8"}) == "pt"
    assert environment_language({"LANG": "es_MX.UTF-8", "LC_ALL": "C"}) == "en"
    assert environment_language({"LANGUAGE": "gl:es", "LANG": "en_GB.UTF-8"}) == "es"
    assert environment_language({}) == "en"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InputError, match="'xx'"):
        set_language("xx")


def test_a_language_can_be_chosen() -> None:
    try:
        set_language("es")
        assert _("quit") != "quit"
        assert ngettext("{count} token", "{count} tokens", 2)
    finally:
        set_language("en")
