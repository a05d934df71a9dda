"""The worker that writes with trained models: `python -m tui_llm.workers.generate`, asked over pipes (`service.py`).
May import all but the faces.

    load      {run, checkpoint, device}   "loaded"
    generate  {run, checkpoint, device, prompt, continuation, ...}   "loaded", then a "token" for each
    tokenize  {run, text}

Models stay loaded, the two that were used last. Generations that were asked for together take turns token by token.
"""

from __future__ import annotations

import codecs
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui_llm.errors import InputError
from tui_llm.generation.engine import Engine, Request, Step
from tui_llm.generation.loading import chosen_checkpoint, load_trained
from tui_llm.generation.sampling import Sampling
from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.manifest import MANIFEST
from tui_llm.text.tokenizers import load_tokenizer
from tui_llm.text.tokenizers.base import EOT, Tokenizer
from tui_llm.training.checkpoints import load_state
from tui_llm.workers.pieces import printable
from tui_llm.workers.service import Asked, Fields, Job, Operation, Slices, serve

#: Models that are kept.
_KEPT = 2


class Load(Asked, frozen=True):
    """Load a model; `run` is a path, `checkpoint` "best", "last", a step, or None for the best if there is one."""

    run: str
    checkpoint: str | None = None
    device: str = "auto"


class Generate(Load, frozen=True):
    """Write `max_new_tokens` after `prompt` and the tokens of `continuation`, which are taken as they are."""

    prompt: str = ""
    continuation: tuple[int, ...] = ()
    max_new_tokens: int = 200
    temperature: float = 0.8
    top_k: int | None = 40
    top_p: float | None = 0.95
    repetition_penalty: float = 1.0
    seed: int = 1337
    stop: tuple[str, ...] = ()


class Tokenize(Asked, frozen=True):
    """Cut `text` into the tokens of a run; `run` is a path."""

    run: str
    text: str


@dataclass(frozen=True)
class _Loaded:
    engine: Engine
    told: Fields


class Writer:
    """The operations, and the models that are kept between them."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], _Loaded] = OrderedDict()

    def load(self, asked: Load, job: Job) -> Slices:
        """Load a model so that the first token comes at once; tells what it is."""
        job.send("loaded", **self._model(asked).told)
        yield
        return {}

    def generate(self, asked: Generate, job: Job) -> Slices:
        """Write; "done" says how it ended (stop, end, length), and how long it took in seconds."""
        sampling = Sampling(asked.temperature, asked.top_k or None, asked.top_p, asked.repetition_penalty)
        request = Request(
            prompt=_checked(asked.prompt),
            forced=asked.continuation,
            max_new_tokens=asked.max_new_tokens,
            seed=asked.seed,
            stop=asked.stop,
            sampling=sampling,
        )
        loaded = self._model(asked)
        job.send("loaded", **loaded.told)
        yield
        began = time.perf_counter()
        unfinished = _Unfinished(loaded.engine.tokenizer, asked.continuation)
        tokens, finish = 0, None
        for step in loaded.engine.generate(request):
            index = len(asked.continuation) + tokens
            job.send("token", may_wait=True, index=index, **_told(step, unfinished))
            unfinished.feed(step.token)
            tokens, finish = tokens + 1, step.finish
            yield
        seconds = time.perf_counter() - began
        return {"finish": finish, "tokens": tokens, "seconds": seconds, "tokens_per_second": tokens / seconds}

    def tokenize(self, asked: Tokenize, _job: Job) -> Slices:
        """Cut a text; "done" has its tokens, each with the text that it stands for."""
        tokenizer = load_tokenizer(_run(asked.run).tokenizer_path)
        yield
        ids = tokenizer.encode(_checked(asked.text)).tolist()
        return {"tokens": [{"token": token, "text": printable(tokenizer.token_bytes[token])} for token in ids]}

    def _model(self, asked: Load) -> _Loaded:
        """The model that is asked for, kept or loaded now."""
        run = _run(asked.run)
        folder = chosen_checkpoint(run, asked.checkpoint)
        try:
            return self._kept_or_loaded(run, folder, asked.device)
        except (InputError, FileNotFoundError):
            if folder.is_dir():
                raise
            # A training that goes on has replaced it by a newer one meanwhile.
            return self._kept_or_loaded(run, chosen_checkpoint(run, asked.checkpoint), asked.device)

    def _kept_or_loaded(self, run: RunDirectory, folder: Path, device: str) -> _Loaded:
        manifest = (folder / MANIFEST).stat()
        # A run that was deleted and made anew has the same paths.
        key = (folder, manifest.st_ino, manifest.st_mtime_ns, device)
        if key not in self._kept:
            while len(self._kept) >= _KEPT:
                self._kept.popitem(last=False)
            self._kept[key] = _load(run, folder, device)
        self._kept.move_to_end(key)
        return self._kept[key]


def _load(run: RunDirectory, folder: Path, device: str) -> _Loaded:
    began = time.perf_counter()
    trained = load_trained(run, folder=folder, device=device)
    told = {
        "run": run.name,
        "step": load_state(folder).step,
        "parameters": trained.model.parameter_count(),
        "vocab_size": trained.tokenizer.vocab_size,
        "block_size": trained.model.block_size,
        "device": trained.device.name,
        "seconds": time.perf_counter() - began,
    }
    return _Loaded(Engine(trained.model, trained.tokenizer), told)


def _run(path: str) -> RunDirectory:
    run = RunDirectory(Path(path))
    if not run.exists():
        raise InputError(f"there is no run {run.name}.", "it may have been renamed or deleted.")
    return run


def _checked(text: str) -> str:
    """`text`, if it is Unicode: half a surrogate pair comes from file names and broken terminals."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError("the text has a character that is none.", "take it out, or type it again.") from error
    return text


class _Unfinished:
    """The bytes at the end of the text so far that are no whole character yet."""

    def __init__(self, tokenizer: Tokenizer, tokens: tuple[int, ...]) -> None:
        self.tokenizer = tokenizer
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        for token in tokens:
            self.feed(token)

    def feed(self, token: int) -> None:
        """Add a token. Ids that are none are for the engine to refuse."""
        if 0 <= token < self.tokenizer.vocab_size:
            self._decoder.decode(self.tokenizer.token_bytes[token], final=token == self.tokenizer.eot)

    @property
    def tail(self) -> bytes:
        return self._decoder.getstate()[0]


def _told(step: Step, unfinished: _Unfinished) -> Fields:
    return {
        "token": step.token,
        "text": step.text,
        "probability": round(step.probability, 6),
        "alternatives": [_alternative(token, probability, unfinished) for token, probability in step.alternatives],
    }


def _alternative(token: int, probability: float, unfinished: _Unfinished) -> dict[str, Any]:
    """A token that could have come: `text` is for the eye, `adds` what it would add to the text."""
    told = {"token": token, "probability": round(probability, 6)}
    if token == unfinished.tokenizer.eot:
        return {**told, "text": EOT, "adds": ""}
    before, added = unfinished.tail, unfinished.tokenizer.token_bytes[token]
    adds = codecs.getincrementaldecoder("utf-8")(errors="replace").decode(before + added)
    return {**told, "text": printable(added, before), "adds": adds}


def main() -> None:
    """Answer until the input ends."""
    writer = Writer()
    serve(
        {
            "load": Operation(Load, writer.load, "loading the model"),
            "generate": Operation(Generate, writer.generate, "generating"),
            "tokenize": Operation(Tokenize, writer.tokenize, "cutting the text"),
        }
    )


if __name__ == "__main__":
    main()
