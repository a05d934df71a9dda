"""A small and honest guess at a text's language: Spanish, Portuguese, English, or unknown. Standard library only.

It counts function words that only one of the three uses. Neighbours that share some of them stand by as decoys: a text
that reads most like one of these, or where such words are rare or mixed, stays unknown.
"""

from __future__ import annotations

import re
from collections import Counter

#: So many characters from the beginning of a text are enough.
SAMPLE_CHARACTERS = 1 << 17

_WORD = re.compile(r"[^\W\d_]+")
#: Below this share of telling words nothing is said.
_LEAST_SHARE = 0.08
_LEAST_WORDS = 5
#: The best language's words must be this many times as frequent as those of the other two.
_MARGIN = 1.5

_FUNCTION_WORDS = {
    "es": """
        el los las y en del con una por pero su sus lo al más es ha le les sin sobre este esta hay muy hasta ya yo
        cuando donde él ella unos unas también fue ni nos sí eso esto qué dijo era había son está porque
    """,
    "pt": """
        o os e é em do da dos das no na nos nas um uma uns umas não com ao aos à às mas mais muito seu sua seus suas ele
        ela isso isto foi são está pelo pela também já até quando só lhe num numa ou eu era havia depois disse bem
    """,
    "en": """
        the of and to in is that it was for with as his he be on not this are but from at by had they you which or have
        we she her an were there been their will would what so when who if my thou thy
    """,
}
_DECOYS = {
    "fr": "le les des du et est dans au aux qui ne pas sont il elle ce cette pour sur avec nous vous ses leur",
    "it": "il di che della delle dei degli gli nel nella è per non sono ad ed alla dal si lo un più come",
    "ca": "els les i amb és seva seu dels per què molt aquesta aquest són hi",
    "gl": "o os e non dos das do da unha cos como súa seu ao é á máis na no nun",
    "nl": "de het een van en is niet in dat op te met voor zijn zij aan hij die er wat we of was",
    "de": "der die und ist nicht mit zu den dem ein eine von auf im sich war er so an was am",
}
_WORDS = {language: frozenset(words.split()) for language, words in (_FUNCTION_WORDS | _DECOYS).items()}


def guess_language(text: str) -> str:
    """`es`, `pt`, `en` or `unknown`."""
    counts = Counter(_WORD.findall(text[:SAMPLE_CHARACTERS].lower()))
    scores = {language: sum(counts[word] for word in words) for language, words in _WORDS.items()}
    best = max(scores, key=scores.__getitem__)
    rivals = [scores[language] for language in _FUNCTION_WORDS if language != best]
    least = max(_LEAST_WORDS, counts.total() * _LEAST_SHARE, max(rivals) * _MARGIN)
    return best if best in _FUNCTION_WORDS and scores[best] >= least else "unknown"
