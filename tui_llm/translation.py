"""The app's language: gettext over `locale/`, with English as the source. Imports only the standard library.

`set_language` is called before a screen is imported, for titles and key names are made with their classes.
"""

from __future__ import annotations

import functools
import gettext
import locale
import os
import re
from collections.abc import Mapping
from pathlib import Path

from tui_llm.errors import InputError, UserError

LANGUAGES: dict[str, str] = {"en": "English", "es": "Español", "pt": "Português"}


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """`text` as it is: marks what is translated later, where it is shown."""
    return text


#: The context of sentences that lower layers make in English: errors, and remarks on texts.
SENTENCE = "sentence"

#: The words for a run's states; translated where they are shown.
STATES = {
    "queued": N_("queued"),
    "preparing": N_("preparing"),
    "running": N_("running"),
    "paused": N_("paused"),
    "stopping": N_("stopping"),
    "finished": N_("finished"),
    "stopped": N_("stopped"),
    "failed": N_("failed"),
    "crashed": N_("crashed"),
    "damaged": N_("damaged"),
    "gone": N_("gone"),
}

_DOMAIN = "tui_llm"
_FOLDER = Path(__file__).parent / "locale"
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def set_language(code: str | None) -> str:
    """Speak `code` (en, es, pt), or what the environment asks for if it is None; give the language spoken.

    Raises:
        InputError: there is no such language.
    """
    global _current, _language
    _patterns.cache_clear()
    language = environment_language(os.environ) if code is None else code
    if language not in LANGUAGES:
        raise InputError(f"there is no language {language!r}.", f"choose one of: {', '.join(LANGUAGES)}.")
    _current = gettext.NullTranslations() if language == "en" else gettext.translation(_DOMAIN, _FOLDER, [language])
    _language = language
    return language


def spoken_language() -> str:
    """The code of the language that is spoken."""
    return _language


def environment_language(environment: Mapping[str, str]) -> str:
    """The language that LANGUAGE, LC_ALL, LC_MESSAGES or LANG ask for, as gettext reads them; else English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in environment.get(name, "").split(":"):
            code = locale.normalize(wanted).split("_")[0].split(".")[0].lower()
            if code in LANGUAGES:
                return code
        if environment.get(name):
            return "en"
    return "en"


def _(text: str) -> str:
    """`text` in the language of the app."""
    return _current.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, whichever suits `count`, in the language of the app."""
    return _current.ngettext(one, many, count)


def spoken(error: UserError) -> str:
    """What is wrong and what to do, in the language of the app."""
    return f"{sentence(error.what)} {sentence(error.hint)}"


def sentence(text: str) -> str:
    """A sentence of a lower layer (an error, a hint, a remark) in the language of the app.

    Lower layers speak English, for logs and scripts. What they can say is in the catalogue with a number in braces for
    each value, "there is no run named {0}."; here the values are found again and put into the translation.
    """
    for pattern, translated in _patterns():
        match = pattern.fullmatch(text)
        if match is not None:
            return translated.format(*map(_value, match.groups()))
    return text


def _value(text: str) -> str:
    """What stands in a sentence: a sentence itself, a state, or data, which stays as it is."""
    return _(STATES[text]) if text in STATES else sentence(text)


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """What sentences look like, the most telling first, each with its translation."""
    if not isinstance(_current, gettext.GNUTranslations):
        return ()
    catalogue: dict[object, str] = getattr(_current, "_catalog", {})
    begin = f"{SENTENCE}\x04"
    known = [
        (key.removeprefix(begin), translated)
        for key, translated in catalogue.items()
        if isinstance(key, str) and key.startswith(begin)
    ]
    known.sort(key=lambda pair: len(re.sub(r"{\d+}", "", pair[0])), reverse=True)
    return tuple((_pattern(source), translated) for source, translated in known)


def _pattern(source: str) -> re.Pattern[str]:
    parts = re.split(r"{\d+}", source)
    pattern = "(.*?)".join(re.escape(part) for part in parts)
    return re.compile(pattern.replace("(.*?)(.*?)", r"(.*?)((?: \(.*\))?)"), re.DOTALL)  # a path in brackets follows
