"""Short stories from a grammar of the project's own, in several languages: text to train a first model on.

Any amount of it, made on the spot, and the same for the same language and seed on every machine. A language is one file
beside this one. Standard library only.
"""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Iterator
from functools import cache

from tui_llm.text.stories.grammar import Dice, Language
from tui_llm.text.stories.teller import tell

#: The languages that stories can be told in, by code, each with the module that holds it.
LANGUAGES = {"es": "spanish", "pt": "portuguese", "en": "english"}

#: The line that stands between two stories.
SEPARATOR = "<|endoftext|>"


def story(language: str, seed: int, index: int) -> str:
    """Story number `index` (from 0) of the endless book of `seed`, without a final newline.

    Raises:
        KeyError: `language` is none of `LANGUAGES`.
    """
    return tell(load(language), Dice(f"{language}/{seed}/{index}"))


def stories(language: str, seed: int = 0) -> Iterator[str]:
    """The endless book of `seed`, story by story. Its beginning never changes."""
    return (story(language, seed, index) for index in itertools.count())


@cache
def load(language: str) -> Language:
    """The words and beats of a language, read once."""
    module = importlib.import_module(f"{__name__}.{LANGUAGES[language]}")
    loaded = module.LANGUAGE
    assert isinstance(loaded, Language)
    return loaded
