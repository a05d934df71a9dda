"""One training from its `run.toml` to its scores: settle, build, train, evaluate the best checkpoint.
May import all but the faces.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import torch

from tui_llm.config import TrainingConfig
from tui_llm.generation.engine import Engine, Request
from tui_llm.models import build_model
from tui_llm.models.base import LanguageModel
from tui_llm.runs.checkpoints import best_checkpoint
from tui_llm.runs.control import is_pending
from tui_llm.runs.directory import RunDirectory
from tui_llm.text.corpora import PreparedCorpus
from tui_llm.text.tokenizers.base import Tokenizer
from tui_llm.training.batches import Batches
from tui_llm.training.checkpoints import load_model_weights
from tui_llm.training.compiling import compiled_loss
from tui_llm.training.devices import dtype_name, keep_freed_memory
from tui_llm.training.evaluation import evaluate
from tui_llm.training.examiner import Examiner
from tui_llm.training.loop import Trainer
from tui_llm.training.probing import can_probe
from tui_llm.training.recorder import Recorder
from tui_llm.training.utilisation import peak_flops
from tui_llm.workers.result import Result, Scores
from tui_llm.workers.settle import settle

#: The text that the model writes at each evaluation has at most so many tokens.
SAMPLE_TOKENS = 128

#: Of a budget in time, what comes before the first step (loading, preparing the text, compiling) takes this share at
#: most; a text that needs longer lengthens the run.
MOST_SPENT_BEFORE = 0.5


def run_training(
    run: RunDirectory,
    recorder: Recorder,
    on_progress: Callable[[str, float], None],
    interrupted: Callable[[], bool],
    began: float,
) -> Result:
    """Train `run` to its end, from its newest checkpoint if it has one.

    `began` is when the work on it began, by `time.monotonic`: a budget in time counts from there.

    Raises:
        UserError: it could not be done.
        KeyboardInterrupt: a signal came before there was anything to save.
    """

    def on_progress_unless_interrupted(stage: str, share: float) -> None:
        if interrupted() or (recorder.preparing(stage, share) and is_pending(run, "stop")):
            raise KeyboardInterrupt
        on_progress(stage, share)

    config, corpus, device = settle(run, recorder.say, on_progress_unless_interrupted)
    if device.torch_device.type == "cpu":
        keep_freed_memory()
    torch.manual_seed(config.training.seed)
    model = build_model(config.model, corpus.tokenizer.vocab_size).to(device.torch_device)
    parameters = model.parameter_count()
    recorder.update(
        preset=config.preset,
        model=config.model.name,
        parameters=parameters,
        flops_per_token=model.flops_per_token(),
        peak_flops=peak_flops(device),
        stage=None,
        stage_share=None,
    )
    recorder.say(f"{run.name}: {parameters:,} parameters, on {device.name}, in {dtype_name(device.dtype)}.")
    batch_size = config.training.batch_size
    loss_of, complaint = compiled_loss(model, config.system.compile, device, batch_size)
    if complaint:
        recorder.say(complaint)
        recorder.event("not_compiled", reason=complaint)
    if config.training.probe and not can_probe(model):
        recorder.say(f"{config.model.name} does not learn by gradient: there is nothing to probe.")
    examiner = Examiner(
        model,
        corpus.store("val"),
        corpus.tokenizer.byte_lengths,
        device,
        config.training,
        recorder,
        write_sample=lambda seconds: _sample(model, corpus.tokenizer, seconds),
    )
    batches = Batches(corpus.store("train"), model.block_size, batch_size, config.training.seed)
    trainer = Trainer(
        run,
        config.training,
        model,
        loss_of,
        batches,
        examiner,
        device,
        recorder,
        interrupted,
        _spent(config.training, began),
    )
    outcome = trainer.train()
    result = Result(
        run=run.name,
        path=str(run.path),
        state=outcome,
        step=trainer.step,
        tokens=trainer.tokens,
        seconds=trainer.clock.elapsed(),
        parameters=parameters,
        utilisation=recorder.status.utilisation,
    )
    if outcome == "finished":
        scored = _score(result, trainer, corpus)
        result = msgspec.structs.replace(scored, seconds=trainer.clock.elapsed())
    recorder.update(state="finished" if outcome == "finished" else "stopped", time_left=None)
    return result


def _spent(training: TrainingConfig, began: float) -> float:
    """Seconds that count as used when the first step begins."""
    spent = time.monotonic() - began
    return spent if training.minutes is None else min(spent, MOST_SPENT_BEFORE * 60.0 * training.minutes)


def _sample(model: LanguageModel, tokenizer: Tokenizer, seconds: float) -> str:
    """A text by the model as it is now, as long as `seconds` allow."""
    ends = time.monotonic() + seconds
    steps = Engine(model, tokenizer).generate(Request(max_new_tokens=SAMPLE_TOKENS))
    return "".join(step.text for step in itertools.takewhile(lambda _: time.monotonic() < ends, steps))


def _score(result: Result, trainer: Trainer, corpus: PreparedCorpus) -> Result:
    """Evaluate the best checkpoint on val, on more of it than during training, and on test."""
    best = best_checkpoint(trainer.run)
    assert best is not None, "a finished run has evaluated and saved its last step"
    load_model_weights(Path(best.path), trainer.model)
    tokens = trainer.examiner.final_tokens(trainer.budget.seconds_left(trainer.clock.elapsed()))
    scores = {}
    for split in ("val", "test"):
        measured = evaluate(
            trainer.model,
            corpus.store(split),
            corpus.tokenizer.byte_lengths,
            trainer.device,
            trainer.config.batch_size,
            limit=tokens,
        )
        scores[split] = Scores(measured.loss, measured.perplexity, measured.bits_per_byte, measured.tokens)
        final = {"step": best.step, "split": split, "final": True, **msgspec.structs.asdict(scores[split])}
        trainer.recorder.record("eval", final)
    return msgspec.structs.replace(result, checkpoint=best.step, **scores)
