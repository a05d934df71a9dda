"""Tells a story: casts a scene, takes a shape, and speaks each of its beats in one of the ways the language has.

Knows the plots and the grammar, and no language. Standard library only.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui_llm.text.stories.grammar import Dice, Language, Word
from tui_llm.text.stories.plots import CHOICES, SHAPES, WAYS, Paragraph


def tell(language: Language, dice: Dice) -> str:
    """One story: its title, an empty line, and its paragraphs and speeches, each on a line of its own."""
    title, *paragraphs = dice.pick(SHAPES)
    chosen = {name: dice.pick(choices) for name, choices in CHOICES.items()}
    chosen["way"] = WAYS[chosen["trait"]]
    speaker = _Speaker(language, dice, chosen)
    return "\n".join((speaker.say(title), "", *filter(None, map(speaker.say, paragraphs))))


def _cast(language: Language, dice: Dice, chosen: dict[str, str]) -> dict[str, Word]:
    """The words of one scene, by the letters that the beats call them by.

    `h` the hero, `c` the companion, `k` and `l` strangers, `e` one of the family, `p` the place, `day` a day, `q` the
    hero's trait, `g` what the hero sells, `o`, `x`, `y`, `z` objects; `b` agrees with hero and companion, `d` with hero
    and first stranger.
    """
    if dice.pick((True, False, False)):  # one hero in three is called by a trade, the others by their kind of animal
        kind = language.trades[chosen["trade"]][dice.pick("mf")]
    else:
        kind = dice.pick(language.walkers)
    kinds, names = [kind], [dice.pick(language.names[kind.form("gender")])]
    for pool in (language.walkers, language.strangers, language.strangers):
        kind = dice.pick_other(pool, lambda kind: any(kind.form("the") == other.form("the") for other in kinds))
        kinds.append(kind)
        names.append(dice.pick_other(language.names[kind.form("gender")], names.__contains__))
    hero, companion, stranger, other = (kind.named(name) for kind, name in zip(kinds, names, strict=True))
    return {
        "h": hero,
        "c": companion,
        "k": stranger,
        "l": other,
        "e": dice.pick(language.kin),
        "p": dice.pick(language.places),
        "day": dice.pick(language.days[chosen["season"]]),
        "q": language.traits[chosen["trait"]][hero.form("gender")],
        "g": language.products[chosen["trade"]],
        "b": _pair(language, hero, companion),
        "d": _pair(language, hero, stranger),
        **dict(zip("oxyz", map(dice.pick, _some_things(language, dice, 4)), strict=True)),
    }


def _pair(language: Language, one: Word, other: Word) -> Word:
    both_female = one.form("gender") == other.form("gender") == "f"
    return language.pairs["f" if both_female else "m"]


def _some_things(language: Language, dice: Dice, number: int) -> list[Sequence[Word]]:
    things: list[Sequence[Word]] = []
    for _ in range(number):
        things.append(dice.pick_other(language.things, things.__contains__))
    return things


class _Speaker:
    """Speaks the beats of one story; a beat that comes back is told in another way."""

    def __init__(self, language: Language, dice: Dice, chosen: dict[str, str]) -> None:
        self._beats = language.beats
        self._dice = dice
        self._chosen = chosen
        self._scene = _cast(language, dice, chosen)
        self._last: dict[str, int] = {}

    def say(self, paragraph: Paragraph) -> str:
        steps = (step for step in paragraph if not (step.may_lack and self._dice.chance()))
        text = " ".join(self._tell(self._dice.pick(step.beats)) for step in steps)
        return text.replace("\n \n", "\n").replace("\n ", "\n").replace(" \n", "\n").strip()

    def _tell(self, beat: str) -> str:
        name = beat.format_map(self._chosen)
        variants = self._beats[name]
        last = self._last.get(name)
        self._last[name] = index = self._dice.pick(range(len(variants))) if last is None else (last + 1) % len(variants)
        return self._dice.pick(variants[index]).format_map(self._scene)
