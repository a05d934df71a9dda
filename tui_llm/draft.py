"""The run to come, while it is put together: the Dataset screen gives it its text, the Config screen the rest.
Imports `config`; no Textual, no torch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tui_llm.config import Request, merge


@dataclass(frozen=True)
class Facts:
    """What is known of the prepared text; a question that is not answered is None."""

    corpus: str | None = None
    """The prepared text, below corpora/."""
    name: str = ""
    train_tokens: int | None = None
    bytes: int | None = None
    """UTF-8, of the whole cleaned text."""
    documents: int | None = None
    vocab_size: int | None = None
    smallest_split: int | None = None
    """Tokens of the shortest of train, val and test."""


@dataclass(frozen=True)
class Draft:
    """A request under construction, and what is known of its text."""

    request: Request
    facts: Facts = Facts()

    def with_data(self, data: dict[str, Any], facts: Facts) -> Draft:
        """The same draft with another text: settings of the text before it do not stay."""
        return Draft(merge({**self.request, "data": {}}, {"data": data}), facts)

    def with_request(self, request: Request) -> Draft:
        """The same text with other settings."""
        return replace(self, request=request)


#: What a fresh start begins with: `auto`, and no text yet.
EMPTY = Draft({})
