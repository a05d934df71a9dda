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
from tui_llm.training.evaluation import FINAL_EVALUATION, evaluate
from tui_llm.training.examiner import Examiner
from tui_llm.training.loop import Trainer
from tui_llm.training.probing import can_probe
from tui_llm.training.recorder import Recorder
from tui_llm.workers.result import Result, Scores
from tui_llm.workers.settle import settle

#: The text that the model writes at each evaluation: at most so many tokens, and so many seconds.
SAMPLE_TOKENS = 128
SAMPLE_SECONDS = 3.0


def run_training(
    run: RunDirectory,
    recorder: Recorder,
    on_progress: Callable[[str, float], None],
    interrupted: Callable[[], bool],
) -> Result:
    """Train `run` to its end, from its newest checkpoint if it has one.

    Raises:
        UserError: it could not be done.
        KeyboardInterrupt: a signal came before there was anything to save.
    """

    def on_progress_unless_interrupted(stage: str, share: float) -> None:
        if interrupted() or (recorder.preparing(stage, share) and is_pending(run, "stop")):
            raise KeyboardInterrupt
        on_progress(stage, share)

    config, corpus, device = settle(run, recorder.say, on_progress_unless_interrupted)
    torch.manual_seed(config.training.seed)
    model = build_model(config.model, corpus.tokenizer.vocab_size).to(device.torch_device)
    parameters = model.parameter_count()
    recorder.update(preset=config.preset, model=config.model.name, parameters=parameters, stage=None, stage_share=None)
    precision = str(device.dtype).removeprefix("torch.")
    recorder.say(f"{run.name}: {parameters:,} parameters, on {device.name}, in {precision}.")
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
        write_sample=lambda: _sample(model, corpus.tokenizer),
    )
    batches = Batches(corpus.store("train"), model.block_size, batch_size, config.training.seed)
    trainer = Trainer(run, config.training, model, loss_of, batches, examiner, device, recorder, interrupted)
    outcome = trainer.train()
    result = Result(
        run=run.name,
        path=str(run.path),
        state=outcome,
        step=trainer.step,
        tokens=trainer.tokens,
        seconds=trainer.clock.elapsed(),
        parameters=parameters,
    )
    if outcome == "finished":
        result = _score(result, trainer, corpus)
    recorder.update(state="finished" if outcome == "finished" else "stopped", time_left=None)
    return result


def _sample(model: LanguageModel, tokenizer: Tokenizer) -> str:
    """A text by the model as it is now; short where it is slow."""
    steps = Engine(model, tokenizer).generate(Request(max_new_tokens=SAMPLE_TOKENS))
    ends = time.monotonic() + SAMPLE_SECONDS
    return "".join(step.text for step in itertools.takewhile(lambda _: time.monotonic() < ends, steps))


def _score(result: Result, trainer: Trainer, corpus: PreparedCorpus) -> Result:
    """Evaluate the best checkpoint on val, on more of it than during training, and on test."""
    best = best_checkpoint(trainer.run)
    assert best is not None, "a finished run has evaluated and saved its last step"
    load_model_weights(Path(best.path), trainer.model)
    scores = {}
    for split in ("val", "test"):
        measured = evaluate(
            trainer.model,
            corpus.store(split),
            corpus.tokenizer.byte_lengths,
            trainer.device,
            trainer.config.batch_size,
            limit=FINAL_EVALUATION * trainer.examiner.eval_tokens,
        )
        scores[split] = Scores(measured.loss, measured.perplexity, measured.bits_per_byte, measured.tokens)
        final = {"step": best.step, "split": split, "final": True, **msgspec.structs.asdict(scores[split])}
        trainer.recorder.record("eval", final)
    return msgspec.structs.replace(result, checkpoint=best.step, **scores)
