"""What the tests of reading share: reading some inputs to their documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui_llm.text.reading import ReadOptions, read_pieces
from tui_llm.text.report import ReadReport
from tui_llm.text.sources import find_sources


@pytest.fixture
def read() -> Callable[..., tuple[list[str], ReadReport]]:
    """Reads inputs with options given by name: the documents, and the report."""

    def read_documents(*inputs: str | Path, **options: object) -> tuple[list[str], ReadReport]:
        report = ReadReport()
        documents: list[str] = []
        parts: list[str] = []
        for piece in read_pieces(find_sources([str(given) for given in inputs]), ReadOptions(**options), report):  # type: ignore[arg-type]
            parts.append(piece.text)
            if piece.ends_document:
                documents.append("".join(parts))
                parts.clear()
        assert not parts, "the last document was not ended"
        assert len(documents) == report.documents
        return documents, report

    return read_documents
