"""The learning-rate range test of a request: for the app, by the worker `probe`, and for `tui-llm find-lr`.
May import all but the faces; leaves nothing but the prepared text.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import torch

from tui_llm.config import Request, merge
from tui_llm.errors import InputError
from tui_llm.models import build_model
from tui_llm.presets import resolve
from tui_llm.training.batches import Batches
from tui_llm.training.footprint import footprint
from tui_llm.training.lr_finder import STEPS, RangeTest, check_test
from tui_llm.workers.probe_plan import Describe, check_memory
from tui_llm.workers.service import Job, Slices
from tui_llm.workers.settle import settle_request


class FindLr(Describe, frozen=True):
    """The model and its text, which is prepared if it is not yet; and how many steps."""

    steps: int = STEPS


def find_lr(asked: FindLr, job: Job) -> Slices:
    """Take the steps, telling the `points` so far, each [lr, loss, smoothed]; "done" has the fields of an `LrCurve`."""
    yield
    request = asked.request
    if asked.corpus is not None:
        request = merge(request, {"data": {"corpus": asked.corpus}})
    test = range_test(request, asked.steps, lambda _: None, job.progress)
    yield
    try:
        while test.step():
            job.progress("testing", test.share, points=test.points)
            yield
    finally:
        if torch.cuda.is_available():  # a training may want it
            torch.cuda.empty_cache()
    return msgspec.structs.asdict(test.curve())


def range_test(
    request: Request, steps: int, say: Callable[[str], None], on_progress: Callable[[str, float], None]
) -> RangeTest:
    """A test of `steps` steps of what training `request` would be, not compiled; its text is prepared first.

    Args:
        say: told what `auto` chose.
        on_progress: told the stages of the preparation, and how much of each is done.

    Raises:
        UserError: there is no text, it does not go with the configuration, or the test could tell nothing.
    """
    config = resolve(request)
    if not config.data.texts and config.data.corpus is None:
        raise InputError("a learning rate is found on a text, and there is none yet.", "choose a text.")
    check_test(config.model, steps)
    config, corpus, device = settle_request(request, say, on_progress)
    vocab_size, seed = corpus.tokenizer.vocab_size, config.training.seed
    check_memory(footprint(config, vocab_size, device), device)
    torch.manual_seed(seed)
    model = build_model(config.model, vocab_size).to(device.torch_device)
    batches = Batches(corpus.store("train"), model.block_size, config.training.batch_size, seed)
    return RangeTest(model, batches, config.training, device, steps)
