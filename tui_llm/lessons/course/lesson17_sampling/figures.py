"""What lesson 17 computes: which word may come next in the learner's text, and how temperature, top-k and top-p change
that. Imports numpy, the network, the stories and the kit.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from tui_llm.lessons.course.drawings import Bars, Curve, Drawing, Lines, Plot, Table
from tui_llm.lessons.course.kit import TEXT, Knob, Words, choice, figure, number, span
from tui_llm.lessons.sampling import distribution, draw, entropy, top_k, top_p, with_temperature
from tui_llm.text.stories import SEPARATOR, stories

Array = NDArray[np.float64]

#: What is drawn from where nothing of the learner's is needed: bread, cheese, cake, the moon.
LUNCH = np.array([0.5, 0.3, 0.15, 0.05])
NAMES = ("bread", "cheese", "cake", "moon")

#: Characters of a text that are counted, words that stand in a chart, words that are written.
COUNTED = 100_000
SHOWN = 6
WRITTEN = 50

#: Columns of a text, and of the line from 0 to 1.
_COLUMNS, _LINE = 72, 64

#: Words with what hangs on them by an apostrophe; every sign by itself. A text without spaces is cut somewhere.
_WORDS = re.compile(r"\w{1,24}(?:['’]\w{1,9})*|[^\w\s]")

PLACES = ("sure", "middle", "open")

#: What can be set where all three are used together.
TEMPERATURES = (0.0, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0)
KS = (0, 1, 3, 10, 40)
PS = (0.5, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True)
class Followers:
    """Which word follows which in a text: lesson 9's counting, with words in place of characters."""

    names: list[str]
    """(V,) the words, the most frequent first."""
    shares: Array
    """(V,) how much of the text each one is."""
    after: dict[int, Counter[int]]
    """How often each word came after a word."""

    def logits(self, word: int) -> Array:
        """(V,) of the words after `word`. As much as one more sight is given to all words, by their shares: what was
        never seen there is unlikely, not impossible.
        """
        counts = self.shares.copy()
        seen = self.after.get(word, Counter())
        counts[list(seen)] += np.array(list(seen.values()))
        return np.log(counts / (1 + seen.total()))

    @cached_property
    def places(self) -> dict[str, int]:
        """Frequent words: one after which the next is sure, one after which it is open, one between the two."""
        often = [word for word in range(min(500, len(self.names))) if self.names[word].isalpha() and word in self.after]
        frequent = [word for word in often if self.after[word].total() >= 10] or often or [0]
        openness, best = {}, {}
        for word in frequent:
            chances = np.exp(self.logits(word))
            openness[word], best[word] = entropy(chances), chances.max()
        return {
            "sure": min(frequent, key=openness.__getitem__),
            "middle": min(frequent, key=lambda word: abs(best[word] - 0.4)),
            "open": max(frequent, key=openness.__getitem__),
        }

    def likeliest(self, word: int) -> int:
        """The word that comes after `word` most probably; one never seen there is none but the most frequent of all."""
        seen = self.after.get(word, Counter())
        return max({0, *seen}, key=lambda other: (seen[other] + self.shares[other], -other))


@lru_cache(maxsize=3)
def counted(text: str) -> Followers:
    """The table of a text, made once."""
    found = [one for one in _WORDS.findall(text[:COUNTED].replace(SEPARATOR, "")) if one.isprintable()] or ["…"]
    often = Counter(found).most_common()
    ids = {name: place for place, (name, _) in enumerate(often)}
    after: dict[int, Counter[int]] = {}
    for one, other in pairwise(found):
        after.setdefault(ids[one], Counter())[ids[other]] += 1
    return Followers([name for name, _ in often], np.array([count for _, count in often]) / len(found), after)


@lru_cache(maxsize=1)
def tale() -> str:
    """English stories: what the questions are about, so that their answers are the same for everybody."""
    return f"\n{SEPARATOR}\n".join(islice(stories("en"), 100))


def written(table: Followers, start: int, count: int, seed: int, **how: float) -> list[int]:
    """`start` and the words after it, each drawn from the distribution after the one before."""
    rng = np.random.default_rng(seed)
    ids = [start]
    while len(ids) < count:
        chances = distribution(table.logits(ids[-1]), how["temperature"], int(how["k"]), how["p"])
        ids.append(int(draw(chances, 1, rng)[0]))
    return ids


def circle_of(table: Followers, start: int) -> tuple[list[int], int]:
    """The likeliest words from `start` on until one comes back, and how many words run in a circle from there on."""
    ids, place = [start], {start: 0}
    while (word := table.likeliest(ids[-1])) not in place:
        place[word] = len(ids)
        ids.append(word)
    return ids, len(ids) - place[word]


def _lines(table: Followers, ids: list[int]) -> list[str]:
    """Words as a text: no space before most signs, none after an opening one."""
    text = " ".join(table.names[word] for word in ids)
    text = re.sub(r" ([.,;:!?»”)\]…])", r"\1", text)
    columns = _COLUMNS if _columns(text) == len(text) else _COLUMNS // 2
    return textwrap.wrap(re.sub(r"([¿¡«“(\[]) ", r"\1", text), columns) or [text]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _gap(word: str) -> str:
    """A word, and that the next one is looked for."""
    while _columns(word) > 16:
        word = f"{word[:-2]}…"
    return f"… {word} ___"


def _chart(table: Followers, word: int, chances: Array, told: str = "", base: Array | None = None) -> Bars:
    """The likeliest words and their chances, and all others together. What is cut away from `base` has no mark."""
    order = np.argsort(-(chances if base is None else base), kind="stable")
    best, rest = order[:SHOWN], order[SHOWN:]
    labels = [table.names[place] for place in best]
    values = chances[best].tolist()
    if len(rest):
        labels.append(f"(+{(chances[rest] > 0).sum()})")
        values.append(float(chances[rest].sum()))
    marked = [] if base is None else [place for place, value in enumerate(values) if value > 0]
    title = f"{_gap(table.names[word])}   {told}".rstrip()
    return Bars(title=title, labels=labels, values=values, reach=1.0, digits=3, marked=marked)


@figure(place=Knob(PLACES, "middle"), text=TEXT)
def next_word(words: Words, place: str, text: str) -> Drawing:
    """What may come after a word of the learner's text."""
    table = counted(text)
    word = table.places[place]
    return _chart(table, word, np.exp(table.logits(word)), words("known", count=len(table.names)))


@choice
def always() -> str:
    table = counted(tale())
    walked, circle = circle_of(table, 0)
    return "loop" if len(walked) < 100 and circle < 100 else "varied"


@figure(place=Knob(PLACES, "middle"), text=TEXT)
def greedy(words: Words, place: str, text: str) -> Drawing:
    """Always the likeliest word of the learner's text."""
    table = counted(text)
    ids, circle = circle_of(table, table.places[place])
    while len(ids) < WRITTEN:
        ids.append(ids[-circle])
    return Lines(title=words("circle", count=circle), lines=_lines(table, ids[:WRITTEN]))


def falls_on(chances: Array, uniform: float) -> int:
    """The token on whose stretch a number in [0, 1) falls."""
    return int(np.searchsorted(np.cumsum(chances), uniform, side="right"))


@choice
def falls() -> str:
    return NAMES[falls_on(LUNCH, 0.83)]


@figure(uniform=Knob(span(0.03, 0.99, 0.08), 0.83))
def stretches(words: Words, uniform: float) -> Drawing:
    """The stretch of each token on the line from 0 to 1, and where the number falls."""
    ends = [0.0, *np.cumsum(LUNCH).tolist()]
    line, names, numbers = ["─"] * (_LINE + 1), "", ""
    for end, name, mark in zip(ends, (*NAMES, ""), "├┼┼┼┤", strict=True):
        column, number = round(end * _LINE), f"{end:g}"
        line[column] = mark
        names = names.ljust(column + 1) + (words(name) if name else "")
        numbers = numbers.ljust(column - len(number) // 2) + number
    column, token = round(uniform * _LINE), words(NAMES[falls_on(LUNCH, uniform)])
    left, right = f"{token}: {uniform:g} ▲", f"▲ {uniform:g}: {token}"
    pointer = left.rjust(column + 1) if column > _LINE / 2 else " " * column + right
    return Lines(lines=[names, "".join(line), numbers, pointer])


@number(tolerance=0.015)
def halved() -> float:
    return float(with_temperature(np.log([0.8, 0.2]), 0.5)[0])


@figure(temperature=Knob(span(0, 2, 0.1), 1.0), place=Knob(PLACES, "middle"), text=TEXT)
def heat(words: Words, temperature: float, place: str, text: str) -> Drawing:
    """The next word of the learner's text at a temperature."""
    table = counted(text)
    word = table.places[place]
    chances = with_temperature(table.logits(word), temperature)
    return _chart(table, word, chances, words("open_as", count=f"{2 ** entropy(chances):.1f}"))


@number(tolerance=1.0)
def unbroken() -> float:
    return 100 * 0.98**200


@figure(share=Knob((0.5, 1, 2, 5, 10), 2))
def chain(words: Words, share: float) -> Drawing:
    """How likely it is that no draw has fallen on the tail, after so many."""
    lengths = list(range(0, 401, 5))
    return Plot(
        x=words("words"),
        y=words("percent"),
        curves=[Curve("", lengths, [100 * (1 - share / 100) ** length for length in lengths])],
        y_range=(0, 100),
    )


@figure(k=Knob((1, 2, 3, 5, 10, 40), 3), place=Knob(PLACES, "open"), text=TEXT)
def cut_k(words: Words, k: int, place: str, text: str) -> Drawing:
    """The k likeliest words."""
    table = counted(text)
    word = table.places[place]
    chances = np.exp(table.logits(word))
    left = top_k(chances, int(k))
    return _chart(table, word, left, words("lost", share=_lost(chances, left)), chances)


@number(tolerance=0)
def kept() -> float:
    return int((top_p(LUNCH, 0.9) > 0).sum())


@figure(p=Knob((0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0), 0.9), place=Knob(PLACES, "open"), text=TEXT)
def cut_p(words: Words, p: float, place: str, text: str) -> Drawing:
    """The fewest words that together reach p."""
    table = counted(text)
    word = table.places[place]
    chances = np.exp(table.logits(word))
    left = top_p(chances, p)
    return _chart(table, word, left, words("stay", count=int((left > 0).sum())), chances)


def _lost(chances: Array, left: Array) -> str:
    """How much of the whole was cut away, in percent."""
    return f"{100 * chances[left == 0].sum():.0f}"


@figure(k=Knob((1, 3, 10, 40), 10), p=Knob((0.5, 0.8, 0.9, 0.95), 0.9), text=TEXT)
def both(words: Words, k: int, p: float, text: str) -> Drawing:
    """What top-k and top-p keep after each of three words, and what they cut away."""
    table = counted(text)
    rows = []
    for place in PLACES:
        word = table.places[place]
        chances = np.exp(table.logits(word))
        fixed, fitting = top_k(chances, int(k)), top_p(chances, p)
        rows.append(
            (
                _gap(table.names[word]),
                f"{chances.max():.2f}",
                str((fixed > 0).sum()),
                f"{_lost(chances, fixed)} %",
                str((fitting > 0).sum()),
                f"{_lost(chances, fitting)} %",
            )
        )
    columns = ("", *(words(name) for name in ("best", "by_k", "gone", "by_p", "gone")))
    return Table(columns=columns, rows=rows)


def stay(table: Followers, word: int, temperature: float, p: float) -> int:
    """How many words top-p leaves at a temperature."""
    return int((distribution(table.logits(word), temperature, 0, p) > 0).sum())


@choice
def hotter() -> str:
    table = counted(tale())
    cool, hot = (stay(table, table.places["open"], temperature, 0.9) for temperature in (0.7, 1.5))
    return "same" if cool == hot else "more" if hot > cool else "fewer"


@figure(temperature=Knob(TEMPERATURES, 0.7), k=Knob(KS, 0), p=Knob(PS, 0.9), place=Knob(PLACES, "open"), text=TEXT)
def order(words: Words, temperature: float, k: int, p: float, place: str, text: str) -> Drawing:
    """The next word of the learner's text at a temperature, cut by top-k and then by top-p."""
    table = counted(text)
    word = table.places[place]
    logits = table.logits(word)
    left = distribution(logits, temperature, int(k), p)
    told = words("stay", count=int((left > 0).sum()))
    return _chart(table, word, left, told, with_temperature(logits, temperature))


@figure(
    temperature=Knob(TEMPERATURES, 1.0),
    k=Knob(KS, 0),
    p=Knob(PS, 1.0),
    seed=Knob(span(1, 9, 1), 1),
    text=TEXT,
)
def write(words: Words, temperature: float, k: int, p: float, seed: int, text: str) -> Drawing:
    """A text by the table of the learner's text."""
    table = counted(text)
    ids = written(table, table.places["open"], WRITTEN, int(seed), temperature=temperature, k=k, p=p)
    return Lines(title=words("different", count=len(set(ids)), all=len(ids)), lines=_lines(table, ids))
