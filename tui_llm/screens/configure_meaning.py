"""What a configuration means: its size, its steps and passes over the text, and what may go wrong with it.
Pure functions of what the probe worker tells. No Textual.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from tui_llm.config import MODEL_FIELDS, Request, RunConfig, check
from tui_llm.figures import count, duration, size
from tui_llm.translation import _, ngettext

#: A model with more parameters for each training token learns the text by heart: `docs/decisions/auto.md`.
_PARAMETERS_FOR_A_TOKEN = 4.0

#: From so many passes over the text on `auto` drops activations.
_MANY_PASSES = 4.0

#: A token that occurs fewer times than this in the text has little to be learnt from.
_FEW_OCCURRENCES = 30.0


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """What the worker says of a configuration (`workers/probe.py`); what is not known is None. Sizes are in bytes."""

    config: Request
    """The whole of it, with what `auto` would choose."""
    device: str
    parameters: int
    parameters_embedding: int
    memory_bytes: int
    """An estimate for the training."""
    memory_free: int | None = None
    vocab_size: int
    train_tokens: int | None = None
    assumed: list[str] = []
    """What was not known of the text, but guessed from its size: vocab_size, train_tokens."""
    tokens_per_parameter: float | None = None
    tokens_per_document: float | None = None
    tokens_per_step: int
    largest_block: int | None = None
    steps: int | None = None
    epochs: float | None = None
    seconds: float | None = None
    """A budget in minutes; of other budgets, what was measured."""
    step_seconds: float | None = None
    """Measured."""
    memory_measured: int | None = None

    @property
    def whole(self) -> RunConfig:
        """The configuration as it would be trained."""
        return check(self.config)

    @property
    def refusal(self) -> str | None:
        """Why the worker would refuse to train it, in a sentence; None if nothing is known against it."""
        block, largest = self.whole.model.block_size, self.largest_block
        if largest is None or block <= largest or "smallest_split" in self.assumed:
            return None
        sentence = _("a block of {block} tokens does not fit into the shortest split of the text; {largest} do.")
        return sentence.format(block=block, largest=largest)

    def speed_key(self) -> Any:
        """What the speed depends on: a measurement holds as long as this is the same."""
        config = self.whole
        training = config.training
        return (
            *(config.model, config.system, self.vocab_size),
            *(training.batch_size, training.gradient_accumulation_steps, training.optimizer),
        )

    def measured_as(self, other: Meaning) -> Meaning:
        """The same with the speed that was measured of `other`, where that still holds."""
        pace = other.step_seconds
        if pace is None or self.step_seconds is not None or self.speed_key() != other.speed_key():
            return self
        steps, seconds, epochs = self.steps, self.seconds, self.epochs
        if seconds is not None:
            steps = int(seconds / pace)
            epochs = steps * self.tokens_per_step / self.train_tokens if self.train_tokens else epochs
        elif steps is not None:
            seconds = steps * pace
        return msgspec.structs.replace(
            self, step_seconds=pace, memory_measured=other.memory_measured, steps=steps, epochs=epochs, seconds=seconds
        )


def reach(config: RunConfig) -> int:
    """Tokens that a prediction looks back on."""
    model = config.model
    if model.name == "wavenet":
        return 1 << model.n_layer  # its layers fuse two by two
    return {"bigram-counts": 1, "bigram": 1, "mlp": model.context}.get(model.name, model.block_size)


class Figure(NamedTuple):
    """A line of the panel."""

    name: str
    value: str


def figures(meaning: Meaning) -> list[Figure]:
    """What is known, in the order of its weight. What rests on a guess begins with ~."""
    about = "~" if meaning.assumed else ""
    measured = meaning.step_seconds
    lines = [
        Figure(_("parameters"), about + count(meaning.parameters)),
        Figure(_("of them embeddings"), about + count(meaning.parameters_embedding)),
        Figure(_("memory"), "~" + size(meaning.memory_bytes)),
    ]
    if meaning.memory_measured is not None:
        lines.append(Figure(_("memory measured"), size(meaning.memory_measured)))
    if meaning.tokens_per_parameter is not None:
        lines.append(Figure(_("tokens per parameter"), f"{about}{meaning.tokens_per_parameter:.2g}"))
    if reach(meaning.whole) != meaning.whole.model.block_size:
        seen = reach(meaning.whole)
        lines.append(Figure(_("looks back on"), ngettext("{count} token", "{count} tokens", seen).format(count=seen)))
    lines.append(Figure(_("tokens a step"), count(meaning.tokens_per_step)))
    if measured is not None:
        lines.append(Figure(_("tokens/s measured"), count(meaning.tokens_per_step / measured)))
    if meaning.steps is not None:
        lines.append(Figure(_("steps"), count(meaning.steps)))
    if meaning.seconds is not None:
        lines.append(Figure(_("time"), duration(meaning.seconds)))
    if meaning.epochs is not None:
        lines.append(Figure(_("passes over the text"), f"{about}{meaning.epochs:.3g}"))
    return lines


def warnings(meaning: Meaning) -> list[str]:
    """What may go wrong, each in a sentence with its figure."""
    config = meaning.whole
    checks = (_memory, _parameters, _block, _blanks, _vocabulary, _dropout, _warmup)
    told = [meaning.refusal, *(check_one(meaning, config) for check_one in checks)]
    return [sentence for sentence in told if sentence is not None]


def _memory(meaning: Meaning, _config: RunConfig) -> str | None:
    free = meaning.memory_free
    if free is None or meaning.memory_bytes <= free:
        return None
    sentence = _("it takes about {needed} of memory, and {free} are free on {device}.")
    return sentence.format(needed=size(meaning.memory_bytes), free=size(free), device=meaning.device)


def _parameters(meaning: Meaning, _config: RunConfig) -> str | None:
    ratio = meaning.tokens_per_parameter
    if ratio is None or ratio * _PARAMETERS_FOR_A_TOKEN >= 1:
        return None
    sentence = _(
        "more parameters than the text can feed: {ratio} training tokens for each; it learns the text by heart."
    )
    return sentence.format(ratio=f"{ratio:.2g}")


def _block(meaning: Meaning, config: RunConfig) -> str | None:
    block, typical = config.model.block_size, meaning.tokens_per_document
    if typical is None or block <= typical:
        return None
    sentence = _("a block of {block} tokens is longer than a document, on average {typical}: it holds several.")
    return sentence.format(block=block, typical=round(typical))


def _blanks(_meaning: Meaning, config: RunConfig) -> str | None:
    block, seen = config.model.block_size, reach(config)
    if seen <= block:
        return None
    sentence = _("it looks back on {seen} tokens, but a block has {block}: it will not learn what lies further back.")
    return sentence.format(seen=seen, block=block)


def _vocabulary(meaning: Meaning, _config: RunConfig) -> str | None:
    tokens, vocabulary = meaning.train_tokens, meaning.vocab_size
    if tokens is None or tokens >= _FEW_OCCURRENCES * vocabulary:
        return None
    sentence = _("the vocabulary of {size} is large for this text: a token occurs {times} times on average.")
    return sentence.format(size=vocabulary, times=f"{tokens / vocabulary:.2g}")


def _dropout(meaning: Meaning, config: RunConfig) -> str | None:
    if meaning.epochs is None or meaning.epochs < _MANY_PASSES or config.model.dropout > 0:
        return None
    if "dropout" not in MODEL_FIELDS[config.model.name]:
        return None
    sentence = _("the text is seen {passes} times without dropout; 0.1 or 0.2 works against learning it by heart.")
    return sentence.format(passes=f"{meaning.epochs:.3g}")


def _warmup(meaning: Meaning, config: RunConfig) -> str | None:
    warmup, steps = config.training.warmup_steps, meaning.steps
    # A budget in steps shortens the warm-up to a tenth of itself.
    if steps is None or config.training.max_steps is not None or 2 * warmup <= steps:
        return None
    if config.model.name == "bigram-counts":  # it has no rate
        return None
    sentence = _("warm-up takes {warmup} of {steps} steps: the learning rate hardly gets to work.")
    return sentence.format(warmup=warmup, steps=steps)
