"""What lesson 16 computes: bytes, merges step by step on the learner's text, new words cut, and what three tokenizers
cost. Imports the network, the stories, the kit, and for the comparison the program's own tokenizers.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import islice, pairwise
from math import log

from tui_llm.lessons.bpe import Merge, Pair, Word, costs, encode, join, merges_of, token_bytes
from tui_llm.lessons.course.drawings import Beside, Curve, Drawing, Lines, Pieces, Plot, Table
from tui_llm.lessons.course.kit import TEXT, Knob, Words, choice, figure, number, span
from tui_llm.text.stories import SEPARATOR, stories
from tui_llm.text.tokenizers.base import Tokenizer
from tui_llm.text.tokenizers.byte_bpe import train_byte_bpe
from tui_llm.text.tokenizers.char import train_char
from tui_llm.text.tokenizers.sentencepiece_bpe import train_sentencepiece

#: Bytes of a text that tokens are learnt from, and merges at most: done in about a second.
LEARNT = 40_000
MOST = 1000

#: Characters of the text that are shown cut; fewer where a question stands above them.
SHOWN, FEWER = 230, 140

#: The two words whose merges are done by hand: all three that there are.
TOY = "banana bandana"

#: The numbers of the last question: what two models lose, in nats a token, and the bytes that their tokens have.
LETTERS = (1.3, 1.0)
LONGER = (3.2, 3.5)

#: Numbers that a token is made of in the smaller models of this program, and the tokens that such a model sees at once.
WIDTH, CONTEXT = 256, 256

VOCABULARIES = (400, 512, 1024, 2048)


@lru_cache(maxsize=4)
def learnt(text: str, most: int) -> list[Merge]:
    """Up to `most` merges of a text, made once."""
    return list(merges_of(text, most))


def _own(text: str) -> tuple[str, list[Merge]]:
    """The part of the learner's text that is learnt from, and its merges."""
    part = text.encode()[:LEARNT].decode(errors="ignore") or TOY
    return part, learnt(part, MOST)


@lru_cache(maxsize=1)
def tale() -> str:
    """English stories: what the questions are about, so that their answers are the same for everybody."""
    return f"\n{SEPARATOR}\n".join(islice(stories("en"), 50))


def _text(token: bytes, most: int = 60) -> str:
    """A token as it can be shown, in so many columns: `�` is half a character, `□` one that cannot be seen."""
    text = "".join(one if one.isprintable() or one == "\n" else "□" for one in token.decode(errors="replace"))
    while sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text) > most:
        text = f"{text[:-2]}…"
    return text


def _seen(token: bytes, most: int = 60) -> str:
    """A token as it is written in a table, where `·` is a space."""
    return _text(token, most).replace(" ", "·").replace("\n", "↵")


def _pieces(text: str, merges: list[Merge]) -> Pieces:
    tokens = token_bytes(merges)
    return Pieces(pieces=[_text(tokens[index]) for index in encode(text, merges)])


def _joined(word: str, merges: list[Merge]) -> list[Word]:
    """A word while it is being cut: its bytes, and then after each merge."""
    new = {merge.pair: merge.id for merge in merges}
    states: list[Word] = [tuple(word.encode())]
    while possible := [new[pair] for pair in pairwise(states[-1]) if pair in new]:
        first = min(possible)
        states.append(join(states[-1], merges[first - 256].pair, first))
    return states


@figure(merges=Knob((0, 1, 3, 10, 30, 100, 300, 1000), 30), text=TEXT)
def cut(words: Words, merges: int, text: str) -> list[Drawing]:
    """The beginning of the learner's text, cut by so many merges of it."""
    part, made = _own(text)
    drawn = _pieces(part[:SHOWN], made[:merges])
    told = words("tokens", count=len(drawn.pieces), characters=len(part[:SHOWN]))
    return [drawn, Lines(lines=[told])]


@number(tolerance=0)
def how_many_bytes() -> float:
    return len("mañana ☕".encode())


@figure(word=Knob(("coffee", "accent", "greek", "chinese", "emoji"), "coffee"))
def in_bytes(words: Words, word: str) -> Drawing:
    """Each character of a word, and the bytes it has in UTF-8."""
    rows = [
        (_seen(one.encode()), str(ord(one)), " ".join(f"{byte:3}" for byte in one.encode()), str(len(one.encode())))
        for one in words(word)
    ]
    return Table(columns=(words("character"), words("point"), words("bytes"), words("count")), rows=rows)


def toy_pairs(done: int) -> list[tuple[Pair, int]]:
    """The pairs of the toy text after so many merges, the one to be joined next first."""
    merges = learnt(TOY, MOST)[:done]
    counts: dict[Pair, int] = {}
    for word in ("banana", " bandana"):
        for pair in pairwise(encode(word, merges)):
            counts[pair] = counts.get(pair, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


@choice
def first_pair() -> str:
    tokens = token_bytes([])
    (left, right), _ = toy_pairs(0)[0]
    return (tokens[left] + tokens[right]).decode()


@figure(merges=Knob(span(0, 3, 1), 0))
def toy(words: Words, merges: int) -> Drawing:
    """The toy text after some merges, and its pairs as they are counted then."""
    made = learnt(TOY, MOST)
    tokens = token_bytes(made)
    pairs = toy_pairs(merges)
    rows = [(f"{_seen(tokens[left])} + {_seen(tokens[right])}", str(seen)) for (left, right), seen in pairs[:6]]
    next_one = [0] if pairs[0][1] > 1 else []
    table = Table(columns=(words("pair"), words("seen")), rows=rows, marked=next_one)
    state = " ".join(_seen(tokens[index]) for index in encode(TOY, made[:merges]))
    names = ", ".join(_seen(merge.token) for merge in made[:merges]) or "–"
    return Beside(parts=[table, Lines(lines=["", state, "", words("new", tokens=names)])])


@figure(first=Knob((1, 11, 31, 101, 301, 601, 993), 1), text=TEXT)
def vocabulary(words: Words, first: int, text: str) -> Drawing:
    """Eight merges of the learner's text, from number `first` on; of a short text the last ones."""
    _, made = _own(text)
    tokens = token_bytes(made)
    start = max(0, min(int(first) - 1, len(made) - 8))
    rows = [
        (
            str(merge.id - 255),
            f"{_seen(tokens[merge.pair[0]], 11)} + {_seen(tokens[merge.pair[1]], 11)}",
            _seen(merge.token, 11),
            str(merge.seen),
            str(merge.tokens),
        )
        for merge in made[start : start + 8]
    ]
    columns = (words("number"), words("pair"), words("token"), words("seen"), words("tokens"))
    return Table(columns=columns, rows=rows)


@choice
def next_hundred() -> str:
    """Whether merges 101 to 200 take more tokens away from the stories than the first 100 did."""
    made = learnt(tale(), MOST)
    start, first, second = len(tale().encode()), made[99].tokens, made[199].tokens
    if second - first == first - start:
        return "same"
    return "less" if first - second < start - first else "more"


@figure(text=TEXT)
def shorter(words: Words, text: str) -> Drawing:
    """How long the learner's text is, in tokens, after each merge."""
    part, made = _own(text)
    lengths = [len(part.encode()), *(merge.tokens for merge in made)]
    return Plot(
        x=words("merges"),
        y=words("tokens"),
        curves=[Curve("", list(range(len(lengths))), [float(length) for length in lengths])],
        y_range=(0, lengths[0]),
    )


@choice
def new_word() -> str:
    """What becomes of a word that the stories do not have."""
    word = " candlelight"
    assert word not in tale()
    count = len(encode(word, learnt(tale(), MOST)))
    return "pieces" if 1 < count < len(word) else "one" if count == 1 else "letters"


@figure(word=Knob(("common", "rare", "typo", "emoji"), "rare"), text=TEXT)
def unknown(words: Words, word: str, text: str) -> Drawing:
    """A word cut by the merges of the learner's text, merge after merge."""
    _, made = _own(text)
    tokens = token_bytes(made)
    states = _joined(f" {words(word)}", made)
    lines = ["  ".join(_seen(tokens[index]) for index in state) for state in states]
    if len(lines) > 7:
        lines = [*lines[:3], "…", *lines[-3:]]
    lines[-1] += f"   ({words('count', count=len(states[-1]))})"
    return Lines(lines=lines, marked=[len(lines) - 1])


@lru_cache(maxsize=16)
def tokenizer(kind: str, text: str, size: int) -> Tokenizer:
    """One of the program's own tokenizers, learnt from `text`. Characters take as many tokens as they need."""
    if kind == "char":
        return train_char([text], None)
    if kind == "bpe":
        return train_byte_bpe([text], size)
    return train_sentencepiece([text], size, grow=True)


@figure(kind=Knob(("char", "bpe", "sentencepiece"), "sentencepiece"), size=Knob(VOCABULARIES, 512), text=TEXT)
def three(words: Words, kind: str, size: int, text: str) -> list[Drawing]:
    """The beginning of the learner's text as each of the three tokenizers cuts it."""
    part, _ = _own(text)
    made = tokenizer(kind, part, int(size))
    pieces = [_text(made.token_bytes[index]) for index in made.encode(part[:FEWER]).tolist()]
    return [Pieces(pieces=pieces), Lines(lines=[words("tokens", count=len(pieces), size=made.vocab_size)])]


@choice
def fewer() -> str:
    """With 512 tokens each, which needs fewer for the stories."""
    counts = {kind: len(tokenizer(kind, tale(), 512).encode(tale())) for kind in ("bpe", "sentencepiece", "char")}
    return min(counts, key=counts.__getitem__)


@figure(size=Knob(VOCABULARIES, 512), text=TEXT)
def price(words: Words, size: int, text: str) -> Drawing:
    """What each tokenizer costs on the learner's text."""
    part, _ = _own(text)
    rows = []
    for kind in ("char", "bpe", "sentencepiece"):
        made = tokenizer(kind, part, int(size))
        count = len(made.encode(part))
        each = len(part.encode()) / count
        rows.append(
            (
                words(kind),
                str(made.vocab_size),
                str(count),
                f"{each:.2f}",
                f"{CONTEXT * each:.0f}",
                f"{made.vocab_size * WIDTH:,}".replace(",", " "),
            )
        )
    columns = ("", *(words(name) for name in ("vocabulary", "tokens", "each", "sight", "parameters")))
    return Table(columns=columns, rows=rows)


@lru_cache(maxsize=4)
def halves(text: str) -> list[tuple[int, float, float]]:
    """Merges of the first half of a text, and bytes a token then on that half and on the other one."""
    middle = len(text) // 2
    made = learnt(text[:middle], MOST)
    steps = sorted({min(step, len(made)) for step in (0, 25, 50, 100, 200, 400, 700, MOST)})
    return [
        (
            step,
            costs(text[:middle], made[:step]).bytes_per_token,
            costs(text[middle:], made[:step]).bytes_per_token,
        )
        for step in steps
    ]


@choice
def other_text() -> str:
    _, own, other = halves(tale())[-1]
    return "same" if own == other else "longer" if other > own else "shorter"


@figure(text=TEXT)
def half(words: Words, text: str) -> Drawing:
    """Bytes a token on the half that was learnt from, and on the half that was not."""
    part, _ = _own(text)
    found = halves(part if len(part) > 1 else TOY)
    steps = [step for step, _, _ in found]
    return Plot(
        x=words("merges"),
        y=words("each"),
        curves=[
            Curve(words("own"), steps, [own for _, own, _ in found]),
            Curve(words("other"), steps, [other for _, _, other in found]),
        ],
    )


def bits_per_byte(loss: float, each: float) -> float:
    """A loss in nats a token as bits a byte of text, for tokens of `each` bytes."""
    return loss / log(2) / each


@choice
def better() -> str:
    return "letters" if bits_per_byte(*LETTERS) < bits_per_byte(*LONGER) else "longer"


@figure(loss=Knob(span(1.0, 6.0, 0.2), LONGER[0]), each=Knob(span(1.0, 5.0, 0.5), LONGER[1]))
def bits(words: Words, loss: float, each: float) -> Drawing:
    """Both models in bits a byte; the better one is marked."""
    models = [(words("letters"), *LETTERS), (words("longer"), loss, each)]
    measured = [bits_per_byte(one[1], one[2]) for one in models]
    rows = [
        (name, f"{lost:.1f}", f"{long:.1f}", f"{bit:.2f}")
        for (name, lost, long), bit in zip(models, measured, strict=True)
    ]
    columns = (words("model"), words("loss"), words("each"), words("bits"))
    return Table(columns=columns, rows=rows, marked=[measured.index(min(measured))])
