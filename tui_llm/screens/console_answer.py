"""A question to a model and its answer, token by token. Imports msgspec and `text`, no Textual."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import msgspec

from tui_llm.errors import InputError
from tui_llm.text.tokenizers.base import EOT
from tui_llm.translation import N_, _

#: The length that is asked for at most: an answer is a text to look at.
LONGEST = 10_000


class Alternative(msgspec.Struct, frozen=True):
    """A token that could have come: `text` is for the eye, `adds` what it would add to the text."""

    token: int
    text: str
    adds: str
    probability: float

    @property
    def ends_text(self) -> bool:
        return self.text == EOT and not self.adds


class Token(msgspec.Struct, frozen=True):
    """A token of an answer. Its `text` is empty where a character needs more tokens, and where the text ends."""

    token: int
    text: str
    probability: float
    """The model's own, before temperature and cuts."""
    alternatives: tuple[Alternative, ...] = ()
    """The likeliest ones, itself among them if it is one; none if they were not kept."""


class Sampling(msgspec.Struct, frozen=True):
    """How an answer is drawn. The bounds are those of the command line."""

    temperature: float = 0.8
    top_k: int = 40
    """0 cuts nothing."""
    top_p: float = 0.95
    repetition_penalty: float = 1.0
    max_new_tokens: int = 200
    seed: int | None = None
    """None: another one each time."""
    stop: str = ""
    """Empty: no text ends the answer."""

    def __post_init__(self) -> None:
        for wrong, what, hint in (
            (not 0 <= self.temperature < math.inf, _("the temperature cannot be that."), _("it is 0 or more.")),
            (self.top_k < 0, _("top-k cannot be that."), _("it is 1 or more, or 0 to cut nothing.")),
            (not 0 < self.top_p <= 1, _("top-p cannot be that."), _("it is above 0 and at most 1.")),
            (
                not 0 < self.repetition_penalty < math.inf,
                _("the repetition penalty cannot be that."),
                _("it is above 0; 1 changes nothing."),
            ),
            (
                not 1 <= self.max_new_tokens <= LONGEST,
                _("the length cannot be that."),
                _("it is 1 to {most} tokens.").format(most=LONGEST),
            ),
            (
                self.seed is not None and not 0 <= self.seed < 2**63,
                _("the seed cannot be that."),
                _("it is a whole number from 0 on."),
            ),
        ):
            if wrong:
                raise InputError(what, hint)


class Question(msgspec.Struct, frozen=True):
    """What was asked, of whom, and how."""

    run: str
    """The path of the run."""
    checkpoint: str | None
    """As the worker takes it: best, last, a step; None for the best if there is one."""
    prompt: str
    sampling: Sampling
    seed: int
    """The one that was drawn, or asked for."""

    @property
    def run_name(self) -> str:
        return Path(self.run).name

    def fields(self) -> dict[str, Any]:
        """What the worker is asked."""
        how = msgspec.structs.asdict(self.sampling)
        stop = how.pop("stop")
        whom = {"run": self.run, "checkpoint": self.checkpoint, "prompt": self.prompt}
        return {**how, **whom, "seed": self.seed, "stop": (stop,) if stop else ()}


#: How an answer ends.
ENDINGS = {
    "length": N_("length reached"),
    "end": N_("end of text"),
    "stop": N_("stop text"),
    "stopped": N_("stopped"),
    "failed": N_("broken off"),
}


class Answer(msgspec.Struct):
    """An answer as it grows."""

    question: Question
    step: int | None = None
    """Of the checkpoint that wrote it."""
    tokens: list[Token] = []
    finish: str | None = None
    """One of `ENDINGS`, once it has ended."""
    rate: float | None = None
    """Tokens a second."""

    @property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens)

    @property
    def bits_per_token(self) -> float | None:
        """How surprised the model was by its own answer, bits a token on average."""
        if not self.tokens:
            return None
        return sum(surprise(token.probability) for token in self.tokens) / len(self.tokens)

    def document(self) -> dict[str, Any]:
        """All there is to say about it, for a JSON file."""
        return {
            "run": self.question.run_name,
            "checkpoint": self.question.checkpoint,
            "step": self.step,
            "prompt": self.question.prompt,
            "text": self.text,
            "settings": {**msgspec.structs.asdict(self.question.sampling), "seed": self.question.seed},
            "finish": self.finish,
            "bits_per_token": self.bits_per_token,
            "tokens": msgspec.to_builtins(self.tokens),
        }


def surprise(probability: float) -> float:
    """Bits; a probability that was rounded to 0 counts as a millionth."""
    return -math.log2(max(probability, 1e-6))


def quoted(text: str) -> str:
    """A token's text so that spaces, line breaks and control characters can be seen."""
    return json.dumps(text, ensure_ascii=False) if text.isprintable() else json.dumps(text)
