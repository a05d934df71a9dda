"""Text out of a model, token by token. Imports torch, `models`, `text`.

The engine works on one prompt and any number of samples at once. Its output is the same with a cache and without:
past the block size, both go on from the same newest part of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from tui_llm.errors import InputError
from tui_llm.generation.cpu import CpuDecoder, CpuDecoding
from tui_llm.generation.cuda import CudaDecoder, CudaDecoding
from tui_llm.generation.sampling import Sampling, draw, penalised, shortlist
from tui_llm.models.base import LanguageModel
from tui_llm.text.tokenizers.base import StreamDecoder, Tokenizer

#: How many of the likeliest tokens a step tells about.
ALTERNATIVES = 5


@dataclass(frozen=True)
class Request:
    """What to generate. A stop text ends a sample and is not in it.

    `forced` are ids that every sample goes on with after the prompt; they are no steps, and `max_new_tokens` does not
    count them. The steps after them are those of the unbroken text, if it chose these ids itself.
    """

    prompt: str = ""
    forced: Sequence[int] = ()
    max_new_tokens: int = 200
    num_samples: int = 1
    seed: int = 1337
    stop: Sequence[str] = ()
    sampling: Sampling = field(default_factory=Sampling)

    def __post_init__(self) -> None:
        for name in ("max_new_tokens", "num_samples"):
            if getattr(self, name) < 1:
                raise InputError(f"--{name.replace('_', '-')} cannot be {getattr(self, name)}.", "it is 1 or more.")
        if "" in self.stop:
            raise InputError("an empty --stop text would end every sample at once.", "give a text, or leave it out.")


@dataclass(frozen=True)
class Step:
    """One generated token of one sample.

    `text` is what can be shown now (a token may end within a character, or may begin a stop text). `probability` and
    `alternatives`, (id, probability) with the likeliest first, are the model's own: temperature 1, nothing cut.
    """

    sample: int
    token: int
    text: str
    probability: float
    alternatives: tuple[tuple[int, float], ...]
    finish: Literal["stop", "end", "length"] | None


class Engine:
    """Generates with one model; keep it to generate again."""

    def __init__(self, model: LanguageModel, tokenizer: Tokenizer, *, use_cache: bool = True) -> None:
        self.model = model.eval()
        self.tokenizer = tokenizer
        self._use_cache = use_cache
        self._decoding: CpuDecoding | CudaDecoding = (
            CudaDecoding(model) if model.device.type == "cuda" else CpuDecoding(model)
        )

    def prepare(self) -> None:
        """Get ready now whatever makes tokens come quickest; else that waits until it pays."""
        self._decoding.prepare()

    def generate(self, request: Request) -> Iterator[Step]:
        """Yield every token of every sample as it comes; samples that are finished fall silent.

        Raises:
            InputError: a forced id is none of the vocabulary.
        """
        prompt = self.tokenizer.encode(request.prompt).astype(np.int64)
        if not len(prompt):
            prompt = np.array([self.tokenizer.eot], dtype=np.int64)
        ids = torch.from_numpy(prompt).expand(request.num_samples, -1).to(self.model.device)
        uniform = self._uniform(request).to(self.model.device)
        writers = [_Writer(self.tokenizer, request.stop) for _ in range(request.num_samples)]
        context = _Context(self.model, ids, self._decoding if self._use_cache else None, request.sampling)
        for token in request.forced:
            if not 0 <= token < self.model.vocab_size:
                raise InputError(
                    f"there is no token {token}.", f"the vocabulary has the tokens 0 to {self.model.vocab_size - 1}."
                )
            context.append(torch.full_like(ids[:, 0], token))
            for writer in writers:
                writer.force(token)
        for place in range(request.max_new_tokens):
            # Not around the whole loop: inference mode would leak into the caller while this generator is suspended.
            with torch.inference_mode():
                logits = context.logits(request.max_new_tokens - place).float()
                chosen, told = _choose(logits, context.seen, request.sampling, uniform[:, len(request.forced) + place])
                context.append(chosen)
            last = place == request.max_new_tokens - 1
            yield from _steps(told, writers, last)
            if all(writer.finished for writer in writers):
                return

    @staticmethod
    def _uniform(request: Request) -> Tensor:
        """(samples, tokens) random numbers; sample i draws from seed + i, so it is itself in any company."""
        tokens = len(request.forced) + request.max_new_tokens
        rows = [
            torch.rand(tokens, generator=torch.Generator().manual_seed(request.seed + sample))
            for sample in range(request.num_samples)
        ]
        return torch.stack(rows)


#: Of every sample: the token, its probability, the likeliest tokens, their probabilities.
_Told = list[tuple[int, float, list[int], list[float]]]


def _choose(logits: Tensor, seen: Tensor | None, sampling: Sampling, uniform: Tensor) -> tuple[Tensor, _Told]:
    """The next token of every sample, (B,), and what is told of it, from (B, V) logits and (B,) random numbers."""
    V = logits.shape[1]
    values, ids = logits.topk(min(max(ALTERNATIVES, sampling.top_k or 0), V), dim=1)
    candidates, probabilities = shortlist(
        penalised(logits, seen, sampling), sampling, (values, ids) if seen is None and sampling.top_k else None
    )
    chosen = candidates.gather(1, draw(probabilities, uniform)[:, None])
    likeliest = ids[:, :ALTERNATIVES]
    asked = torch.cat((chosen, likeliest), dim=1)
    shares = logits.softmax(dim=1).gather(1, asked)
    told = [
        (tokens[0], row[0], tokens[1:], row[1:]) for tokens, row in zip(asked.tolist(), shares.tolist(), strict=True)
    ]
    return chosen[:, 0], told


def _steps(told: _Told, writers: list[_Writer], last: bool) -> Iterator[Step]:
    """What the position's tokens mean to the samples that still go on."""
    for sample, (writer, (token, probability, likeliest, shares)) in enumerate(zip(writers, told, strict=True)):
        if writer.finished:
            continue
        text, finish = writer.write(token, last)
        yield Step(sample, token, text, probability, tuple(zip(likeliest, shares, strict=True)), finish)


class _Context:
    """The tokens so far, the newest ones of them that the model sees, and those that the cache does not hold yet.

    When the block is full, its oldest quarter is dropped: learnt positions count from the block's first token, so a
    window that slid by one token would have to be computed anew for each of them.
    """

    def __init__(
        self, model: LanguageModel, ids: Tensor, decoding: CpuDecoding | CudaDecoding | None, sampling: Sampling
    ) -> None:
        self._model = model
        self._decoding = decoding
        self._decoder: CpuDecoder | CudaDecoder | None = None
        self._cache = model.new_cache(len(ids)) if decoding is not None else None
        self._visible = ids[:, -model.block_size :]
        self._pending = self._visible
        self.seen: Tensor | None = None
        if sampling.repetition_penalty != 1.0:
            seen = torch.zeros(len(ids), model.vocab_size, dtype=torch.bool, device=ids.device)
            self.seen = seen.scatter_(1, ids, True)

    def logits(self, tokens: int) -> Tensor:
        """(B, V) logits for the token after the newest; `tokens` are wanted in all, this one included."""
        if self._cache is None or self._decoding is None:
            return self._model(self._visible)[:, -1]  # type: ignore[no-any-return]
        pending, self._pending = self._pending, self._pending[:, :0]
        if pending.shape[1] > 1:
            return self._model(pending, self._cache)[:, -1]  # type: ignore[no-any-return]
        if self._decoder is None:
            self._decoder = self._decoding.decoder(self._cache, tokens)
        decode = self._decoder or self._decoding.plain
        return decode(pending, self._cache)

    def append(self, chosen: Tensor) -> None:
        """Take (B,) `chosen` as the newest tokens."""
        newest = chosen[:, None]
        if self.seen is not None:
            self.seen.scatter_(1, newest, True)
        self._pending = torch.cat((self._pending, newest), dim=1) if self._pending.shape[1] else newest
        self._visible = torch.cat((self._visible, newest), dim=1)
        if self._visible.shape[1] > self._model.block_size:
            keep = max(1, self._model.block_size * 3 // 4)
            self._visible = self._pending = self._visible[:, -keep:]
            if self._cache is not None:
                self._cache.clear()


class _Writer:
    """Turns one sample's tokens into text that can be shown, and knows when the sample ends."""

    def __init__(self, tokenizer: Tokenizer, stop: Sequence[str]) -> None:
        self._eot = tokenizer.eot
        self._decoder = StreamDecoder(tokenizer)
        self._stop = stop
        self._held = ""
        self.finished = False

    def write(self, token: int, last: bool) -> tuple[str, Literal["stop", "end", "length"] | None]:
        """The text that `token` makes ready, and why the sample ends if it does."""
        ended = token == self._eot
        self._held += self._decoder.flush() if ended else self._decoder.feed(token)
        if last and not ended:
            self._held += self._decoder.flush()
        at = min((place for stop in self._stop if (place := self._held.find(stop)) >= 0), default=None)
        self.finished = ended or last or at is not None
        if at is not None:
            return self._held[:at], "stop"
        keep = 0 if self.finished else self._may_begin_stop()
        ready, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        return ready, "end" if ended else "length" if last else None

    def force(self, token: int) -> None:
        """Take `token` as written already; it ends nothing."""
        self.write(token, last=False)
        if self.finished:
            self._held, self.finished = "", False

    def _may_begin_stop(self) -> int:
        """How many characters at the end of the held text may be the beginning of a stop text."""
        longest = max((len(stop) for stop in self._stop), default=1) - 1
        for length in range(min(longest, len(self._held)), 0, -1):
            if any(stop.startswith(self._held[-length:]) for stop in self._stop):
                return length
        return 0
