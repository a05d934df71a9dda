"""The quick way through a Transformer on the CPU, one token at a time: when it pays, and a model's weights laid out for
it. Imports torch, numpy, `models`; numba, by way of `kernels`, once it pays.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor

from tui_llm.models.base import LanguageModel
from tui_llm.models.cache import KVCache
from tui_llm.models.gpt import GPT, Block
from tui_llm.models.kernels import kernels_folder, load_kernels
from tui_llm.models.modern import Layer, Modern

#: The module of the kernels, which imports numba.
KERNELS = "tui_llm.generation.kernels"

#: Seconds: to load kernels that an earlier process compiled, and to compile them, on a slow day of a 2-core Zen 4.
LOADING, COMPILING = 1.0, 5.0

#: How many times as long as so far a text is expected to go on at most: it may end long before its last token.
_GOES_ON = 3

#: With more sequences at once, PyTorch's matrix products are the quicker ones.
MOST_SEQUENCES = 16

#: Layers whose kernels this process has already.
_ready: set[str] = set()

Array = np.ndarray[Any, np.dtype[np.float32]]


class CpuDecoding:
    """Decides, for one model, whether to go on with compiled kernels.

    They are loaded, or even compiled, as soon as that takes less time than what PyTorch is expected to spend still, or
    has spent on single tokens. So nobody waits for a compiler who wants few tokens, and who keeps asking is served.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._possible = _can_decode(model)
        self._cost = LOADING if self._possible and _is_compiled(_layer_name(model)) else COMPILING
        self._tokens, self._spent = 0, 0.0

    def plain(self, ids: Tensor, cache: KVCache) -> Tensor:
        """PyTorch's (B, V) logits after `ids` (B, 1), and the account of its time."""
        began = time.perf_counter()
        logits: Tensor = self._model(ids, cache)[:, -1]
        self._tokens, self._spent = self._tokens + 1, self._spent + time.perf_counter() - began
        return logits

    def decoder(self, cache: KVCache, tokens: int) -> CpuDecoder | None:
        """What gives the sequences in `cache` their next logits, if it pays for `tokens` more; None is `plain`."""
        batch = cache.keys.shape[1]
        if not self._possible or batch > MOST_SEQUENCES:
            return None
        if _layer_name(self._model) not in _ready:
            ahead = min(tokens, _GOES_ON * self._tokens) / max(self._tokens, 1) * self._spent
            if max(self._spent, ahead) < self._cost:
                return None
            self.prepare()
        return CpuDecoder(self._model, batch) if self._possible else None

    def prepare(self) -> None:
        """Have the kernels ready, whatever it costs; without numba there are none, and the plain path says the same."""
        if not self._possible or _layer_name(self._model) in _ready:
            return
        try:
            decoder = CpuDecoder(self._model, 1)
        except ImportError:
            # Not installed, or at odds with a newer numpy.
            self._possible = False
            return
        cache = self._model.new_cache(1)
        assert cache is not None
        decoder(torch.zeros(1, 1, dtype=torch.int64), cache)
        _ready.add(_layer_name(self._model))


class CpuDecoder:
    """Logits of the next token for a batch of sequences whose cache has everything before the newest token.

    It looks at the model's own weights and the cache's own tensors: nothing is copied, so it costs no memory and cannot
    grow stale while the weights are changed in place.
    """

    def __init__(self, model: LanguageModel, batch: int) -> None:
        """Raises ImportError where numba is missing or will not work."""
        assert isinstance(model, GPT | Modern), "there are kernels for these alone"
        self._kernels = load_kernels(KERNELS)
        self._model = model
        self._name = _layer_name(model)
        self._layer: Callable[..., None] = getattr(self._kernels, self._name)
        self._layers = [tuple(_array(weight) for weight in weights) for weights in _layers(model)]
        self._embedding = _array(model.token_embedding())
        self._places = (
            [_array(model.cos), _array(model.sin)] if isinstance(model, Modern) else [_array(model.wpe.weight)]
        )
        config = model.config
        inner = len(self._layers[0][8])
        kv_width = len(self._layers[0][2]) if isinstance(model, Modern) else config.n_embd
        shapes = [(batch, width) for width in (config.n_embd, config.n_embd, kv_width, kv_width, config.n_embd)]
        shapes += [(batch * config.n_head, model.block_size), (batch, inner)]
        self._room = tuple(np.empty(shape, np.float32) for shape in shapes)

    def __call__(self, ids: Tensor, cache: KVCache) -> Tensor:
        """(B, V) logits after `ids` (B, 1), which the cache then has."""
        kernels, model, h, at = self._kernels, self._model, self._room[0], cache.length
        numba = kernels.numba
        numba.set_num_threads(min(torch.get_num_threads(), numba.config.NUMBA_NUM_THREADS))
        x = self._embedding[ids[:, 0].numpy()]
        places = [table[at] for table in self._places]
        if isinstance(model, GPT):
            x += places.pop()
        keys, values = cache.keys.numpy(), cache.values.numpy()
        for layer, weights in enumerate(self._layers):
            self._layer(x, at, weights, keys[layer], values[layer], self._room, *places)
        if isinstance(model, GPT):
            kernels.layer_norm(x, _array(model.ln_f.weight), _array(model.ln_f.bias), h)
        else:
            kernels.rms_norm(x, _array(model.norm.weight), h)
        logits = torch.empty(len(x), model.vocab_size)
        kernels.rows(self._embedding, h[0, :0], h, logits.numpy(), kernels.STORE)
        cache.advance(1)
        return logits


def _is_compiled(name: str) -> bool:
    """Whether an earlier process has left the kernels of this very source for the layer `name`."""
    source = Path(__file__).with_name("kernels.py").stat().st_mtime
    python = f"py{sys.version_info.major}{sys.version_info.minor}"
    left = kernels_folder().rglob(f"kernels.{name}-*.{python}*.nbi")
    return any(index.stat().st_mtime >= source for index in left)


def _can_decode(model: LanguageModel) -> bool:
    """Whether there are kernels for this architecture, and for weights as it has them."""
    if type(model) not in (GPT, Modern) or model.device.type != "cpu":
        return False
    return all(weight.dtype == torch.float32 and weight.is_contiguous() for weight in model.parameters())


def _layer_name(model: LanguageModel) -> str:
    return "gpt_layer" if isinstance(model, GPT) else "modern_layer"


def _layers(model: GPT | Modern) -> Iterator[tuple[Tensor | None, ...]]:
    """Every layer's weights in the order in which its kernel takes them."""
    if isinstance(model, GPT):
        for block in cast("Iterable[Block]", model.h):
            parts = block.ln_1, block.attn.c_attn, block.attn.c_proj, block.ln_2, block.mlp.c_fc, block.mlp.c_proj
            yield tuple(weight for part in parts for weight in (part.weight, part.bias))
        return
    for layer in cast("Iterable[Layer]", model.layers):
        attention, mlp = layer.self_attn, layer.mlp
        projections = attention.q_proj, attention.k_proj, attention.v_proj, attention.q_norm, attention.k_norm
        before, after = (layer.input_layernorm, *projections, attention.o_proj), layer.post_attention_layernorm
        yield tuple(part.weight for part in (*before, after, mlp.gate_proj, mlp.up_proj, mlp.down_proj))


def _array(weight: Tensor | None) -> Array:
    """A view of a weight, without a copy; empty where there is none."""
    return np.empty(0, np.float32) if weight is None else weight.detach().numpy()
