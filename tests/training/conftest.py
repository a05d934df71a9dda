"""What the tests of training share: token stores of any content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tui_llm.text.store import SplitSize, TokensInfo, TokenStore, TokenWriter, write_info

MakeStore = Callable[[np.ndarray, int], TokenStore]


@pytest.fixture
def make_store(tmp_path_factory: pytest.TempPathFactory) -> MakeStore:
    """Make a store of given tokens, in a vocabulary of a given size."""

    def make(tokens: np.ndarray, vocab_size: int) -> TokenStore:
        folder: Path = tmp_path_factory.mktemp("tokens")
        with TokenWriter(folder, "train", np.dtype("uint16")) as writer:
            writer.append(tokens.astype(np.uint16))
        write_info(folder, TokensInfo("char", vocab_size, "uint16", {"train": SplitSize(len(tokens), len(tokens), 1)}))
        return TokenStore(folder, "train")

    return make
