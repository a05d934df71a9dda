"""The files of a run, each under its one name. Imports only the standard library; who writes what is in `runs`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RunDirectory:
    """The places in a run's folder; nothing here touches the disk, except `exists`."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def config_path(self) -> Path:
        """`run.toml`: the whole configuration; written once, by the launcher."""
        return self.path / "run.toml"

    @property
    def tokenizer_path(self) -> Path:
        """A folder with the tokenizer's files; written by the worker."""
        return self.path / "tokenizer"

    @property
    def metrics_path(self) -> Path:
        """`metrics.jsonl`: what happened, a JSON object a line; appended to by the worker alone."""
        return self.path / "metrics.jsonl"

    @property
    def probes_path(self) -> Path:
        """`probes.jsonl`: what probes saw inside the model, a JSON object a line; appended to by the worker alone."""
        return self.path / "probes.jsonl"

    @property
    def status_path(self) -> Path:
        """`status.json`: how the run stands; replaced by the worker."""
        return self.path / "status.json"

    @property
    def control_path(self) -> Path:
        """A folder where faces put requests, and the worker takes them."""
        return self.path / "control"

    @property
    def checkpoints_path(self) -> Path:
        """A folder with a folder for each checkpoint; written by the worker."""
        return self.path / "checkpoints"

    @property
    def log_path(self) -> Path:
        """`worker.log`: what the worker's process printed."""
        return self.path / "worker.log"

    def exists(self) -> bool:
        """Whether the folder is a run's: nothing else is ever renamed, deleted or resumed."""
        return self.status_path.is_file() or self.config_path.is_file()
