"""What probes saw inside a model while it was trained: `probes.jsonl`, a JSON object for each probed step.
May import the standard library, msgspec and `runs`.

A record tells of the model after `step` steps: of the forward and backward pass of the step that follows, and of the
change that this step makes. `training.probing` measures; values that are not finite are left out of every figure.
"""

from __future__ import annotations

import msgspec

from tui_llm.runs.directory import RunDirectory
from tui_llm.runs.lines import LineWriter


class Histogram(msgspec.Struct, frozen=True):
    """How many values lie in each of equal bins from `low` to `high`; no counts where there were no values."""

    low: float
    high: float
    counts: list[int]


class LayerProbe(msgspec.Struct, frozen=True):
    """The output of one layer for one batch, and the gradient of the step's loss with regard to it."""

    name: str
    """As in `named_modules`."""
    kind: str
    """The class of the layer: Linear, Tanh, LayerNorm, for some."""
    mean: float
    std: float
    saturated: float | None
    """The share of the values beyond ±0.97; only of a Tanh."""
    dead: float | None
    """The share of the units that were never above zero in the batch; only of a ReLU, GELU or SiLU."""
    activation: Histogram
    gradient: Histogram | None
    """None where the loss does not depend on the layer."""
    gradient_std: float | None


class ParameterProbe(msgspec.Struct, frozen=True):
    """One parameter before a step: its values, their gradient before clipping, and what the step changed."""

    name: str
    """As in `named_parameters`."""
    shape: list[int]
    std: float
    gradient_std: float
    update_ratio: float | None
    """Standard deviation of the change over that of the values; None while the values are all alike."""


class ProbeRecord(msgspec.Struct, frozen=True):
    """One probed step: the layers in the order in which they were called, the parameters in the model's."""

    step: int
    layers: list[LayerProbe]
    parameters: list[ParameterProbe]


class ProbeWriter(LineWriter):
    """Appends records to `probes.jsonl`."""

    def write(self, record: ProbeRecord) -> None:
        """Append `record`.

        Raises:
            OSError: the disk is full, for one; writing may be tried again.
        """
        self.append(msgspec.json.encode(record))


def read_probes(run: RunDirectory) -> list[ProbeRecord]:
    """What was probed, by step; nothing if nothing was.

    Where a resumed run did steps again, what was probed of them before no longer counts. Torn lines are skipped.

    Raises:
        OSError: the file is there but cannot be read.
    """
    records: list[ProbeRecord] = []
    decode = msgspec.json.Decoder(ProbeRecord).decode
    try:
        file = run.probes_path.open("rb")
    except FileNotFoundError:
        return records
    with file:
        for line in file:
            try:
                record = decode(line)
            except msgspec.DecodeError:
                continue
            while records and records[-1].step >= record.step:
                records.pop()
            records.append(record)
    return records


def copy_probes(run: RunDirectory, other: RunDirectory, step: int) -> None:
    """Give `other`, which has none, what was probed of `run` in its first `step` steps.

    Raises:
        OSError: a file cannot be read or written.
    """
    records = [record for record in read_probes(run) if record.step < step]
    if records:
        with ProbeWriter(other.probes_path) as writer:
            for record in records:
                writer.write(record)
