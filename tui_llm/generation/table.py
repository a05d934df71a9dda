"""The probabilities behind every generated token, as a file. Imports `generation` and `text`; no torch itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tui_llm.errors import from_os_error
from tui_llm.files import write_atomically
from tui_llm.generation.engine import ALTERNATIVES, Step
from tui_llm.text.tokenizers.base import EOT, Tokenizer


def write_table(path: Path, steps: Iterable[Step], tokenizer: Tokenizer) -> None:
    """Write tab-separated values: a line a token, with the model's own likeliest tokens at that position.

    Tokens are written as JSON strings, so that a space and a line break can be seen.

    Raises:
        RunFailedError: the file cannot be written.
    """
    header = ["sample", "position", "token", "probability"]
    for rank in range(1, ALTERNATIVES + 1):
        header += [f"token_{rank}", f"probability_{rank}"]
    lines = ["\t".join(header)]
    positions: dict[int, int] = {}
    for step in steps:
        positions[step.sample] = positions.get(step.sample, 0) + 1
        cells = [str(step.sample), str(positions[step.sample])]
        for token, probability in ((step.token, step.probability), *step.alternatives):
            cells += [_shown(token, tokenizer), f"{probability:.6f}"]
        lines.append("\t".join(cells))
    try:
        write_atomically(path, "\n".join(lines) + "\n", durable=False)
    except OSError as error:
        raise from_os_error(error, f"writing the table {path}") from error


def _shown(token: int, tokenizer: Tokenizer) -> str:
    if token == tokenizer.eot:
        return EOT
    return json.dumps(tokenizer.decode([token]), ensure_ascii=False)
