"""A trained model from its run: configuration, tokenizer and the weights of a checkpoint. Imports torch, `config`,
`models`, `text`, `training`, `runs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tui_llm.config import RunConfig, SystemConfig, read_request
from tui_llm.errors import InputError
from tui_llm.models import build_model
from tui_llm.models.base import LanguageModel
from tui_llm.presets import resolve
from tui_llm.runs.checkpoints import best_checkpoint, find_checkpoint
from tui_llm.runs.directory import RunDirectory
from tui_llm.text.tokenizers import load_tokenizer
from tui_llm.text.tokenizers.base import Tokenizer
from tui_llm.training.checkpoints import load_model_weights
from tui_llm.training.devices import Device, choose_device


@dataclass(frozen=True)
class Trained:
    """A model that can be used, with all that belongs to it."""

    run: RunDirectory
    config: RunConfig
    model: LanguageModel
    tokenizer: Tokenizer
    device: Device
    checkpoint: Path


def load_trained(
    run: RunDirectory, *, checkpoint: str | None = None, folder: Path | None = None, device: str = "auto"
) -> Trained:
    """Load the checkpoint in `folder`, or the one that `checkpoint` names: "best", "last" or a step.

    Neither named, it is the best one that was evaluated, else the newest.

    Raises:
        InputError: the run, the checkpoint or the tokenizer is missing or damaged.
    """
    path = folder if folder is not None else chosen_checkpoint(run, checkpoint)
    config = resolve(read_request(run.config_path))
    tokenizer = load_tokenizer(run.tokenizer_path)
    on = choose_device(SystemConfig(device=device, dtype=config.system.dtype))
    model = build_model(config.model, tokenizer.vocab_size)
    load_model_weights(path, model)
    return Trained(run, config, model.to(on.torch_device).eval(), tokenizer, on, path)


def chosen_checkpoint(run: RunDirectory, checkpoint: str | None) -> Path:
    """The folder of the checkpoint that `checkpoint` names; None is the best one, else the newest.

    Raises:
        InputError: there is none such.
    """
    if checkpoint is not None:
        return Path(find_checkpoint(run, checkpoint).path)
    best = best_checkpoint(run)
    return Path(best.path if best is not None else find_checkpoint(run, "last").path)


def run_of_checkpoint(folder: Path) -> RunDirectory:
    """The run to which the checkpoint in `folder` belongs.

    Raises:
        InputError: the folder is no checkpoint of a run.
    """
    run = RunDirectory(folder.resolve().parent.parent)
    if not folder.is_dir() or not run.config_path.is_file():
        raise InputError(f"{folder} is not a checkpoint of a run.", "it is a folder RUN/checkpoints/step-NNNNNNNN.")
    return run
