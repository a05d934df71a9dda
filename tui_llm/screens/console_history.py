"""Earlier questions and answers, kept across sessions in `console-history.jsonl` at home. Imports msgspec, no Textual.

A line an answer, with the probability of every token but not its alternatives, which would weigh ten times as much.
"""

from __future__ import annotations

import time
from pathlib import Path

import msgspec

from tui_llm.errors import UserError
from tui_llm.files import write_atomically
from tui_llm.screens.console_answer import Answer, Question, Token

#: What is kept: so many answers, and so many bytes. Twice of either may lie there before it is tidied up.
KEPT = 200
KEPT_BYTES = 8 << 20


class Entry(msgspec.Struct, frozen=True):
    """An answer that was given."""

    time: float
    """When, unix seconds."""
    question: Question
    step: int | None
    finish: str | None
    tokens: tuple[tuple[int, str, float], ...]
    """Id, text, probability."""

    def answer(self) -> Answer:
        """The answer again, without alternatives."""
        return Answer(self.question, self.step, [Token(*token) for token in self.tokens], self.finish)


class History:
    """The answers of this session behind those of earlier ones, and a walk through their prompts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: list[Entry] = []
        self._place: int | None = None
        self._typed = ""

    def add(self, answer: Answer) -> Entry:
        """Take `answer` as given now; `append` writes the entry to the file."""
        tokens = tuple((token.token, token.text, token.probability) for token in answer.tokens)
        entry = Entry(time.time(), answer.question, answer.step, answer.finish, tokens)
        self.entries.append(entry)
        return entry

    def restart(self) -> None:
        """Have the next `recall` begin with the newest prompt."""
        self._place = None

    def recall(self, by: int, typed: str) -> str:
        """The prompt before (-1) or after (1) the one that is shown; `typed`, what stood there first, is the newest."""
        prompts = list(dict.fromkeys(entry.question.prompt for entry in self.entries if entry.question.prompt))
        if self._place is None:
            self._place, self._typed = len(prompts), typed
        self._place = min(max(0, self._place + by), len(prompts))
        return self._typed if self._place == len(prompts) else prompts[self._place]


def read_history(path: Path) -> list[Entry]:
    """The newest entries, the newest last; lines that cannot be read are passed over. A file grown large is cut short.

    Raises:
        OSError: it cannot be read.
    """
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return []
    kept = _newest(lines)
    if len(lines) > 2 * KEPT or sum(map(len, lines)) > 2 * KEPT_BYTES:
        write_atomically(path, b"".join(kept), durable=False)
    decoder = msgspec.json.Decoder(Entry)
    entries = []
    for line in kept:
        try:
            entries.append(decoder.decode(line))
        except (msgspec.DecodeError, ValueError, UserError):
            continue
    return entries


def append(path: Path, entry: Entry) -> None:
    """Add `entry` to the file.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(msgspec.json.encode(entry) + b"\n")


def _newest(lines: list[bytes]) -> list[bytes]:
    kept: list[bytes] = []
    size = 0
    for line in reversed(lines[-KEPT:]):
        size += len(line)
        if size > KEPT_BYTES and kept:
            break
        kept.append(line)
    return kept[::-1]
