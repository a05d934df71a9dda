"""Generation: the same text with a cache and without, the same text from the same seed, and every way to end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from tests.generation.whole import distribution
from tui_llm.config import ModelConfig
from tui_llm.errors import InputError
from tui_llm.generation.engine import Engine, Request, Step
from tui_llm.generation.sampling import Sampling
from tui_llm.models import MODELS, build_model
from tui_llm.models.base import LanguageModel
from tui_llm.models.bigram import Bigram, BigramCounts
from tui_llm.text.tokenizers import Tokenizer, train_tokenizer

TEXT = "el perro y la gata van al río; ¿y la niña? también va. "


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return train_tokenizer("char", None, [TEXT], len(TEXT))


@pytest.fixture(params=sorted(MODELS))
def model(request: pytest.FixtureRequest, tokenizer: Tokenizer) -> LanguageModel:
    torch.manual_seed(3)
    config = ModelConfig(name=request.param, n_layer=2, n_head=2, n_embd=16, block_size=12)
    model = build_model(config, tokenizer.vocab_size)
    with torch.no_grad():  # sharper than a fresh model, so that texts differ for a reason
        for parameter in model.parameters():
            parameter.mul_(3.0)
        if isinstance(model, Bigram):
            torch.nn.init.normal_(model.table.weight)[:, tokenizer.eot] = -10.0
        if isinstance(model, BigramCounts):
            model.counts.random_(10**9)[:, tokenizer.eot] = 0
    return model


def texts(steps: Iterator[Step], samples: int = 1) -> list[str]:
    written = [""] * samples
    for step in steps:
        written[step.sample] += step.text
    return written


def test_the_cache_changes_nothing_even_past_the_block(model: LanguageModel, tokenizer: Tokenizer) -> None:
    request = Request(prompt="la gata", max_new_tokens=50, sampling=Sampling(temperature=0.0))
    with_cache = [step.token for step in Engine(model, tokenizer).generate(request)]
    without = [step.token for step in Engine(model, tokenizer, use_cache=False).generate(request)]
    assert len(with_cache) == 50
    assert with_cache == without


def test_a_prompt_longer_than_the_block_is_read_from_its_end(model: LanguageModel, tokenizer: Tokenizer) -> None:
    greedy = Sampling(temperature=0.0)
    long = texts(Engine(model, tokenizer).generate(Request(TEXT, max_new_tokens=1, sampling=greedy)))
    short = texts(Engine(model, tokenizer).generate(Request(TEXT[-12:], max_new_tokens=1, sampling=greedy)))
    assert long == short


def test_greedy_takes_the_likeliest_and_tells_its_probability(model: LanguageModel, tokenizer: Tokenizer) -> None:
    prompt = "el perro"
    step = next(Engine(model, tokenizer).generate(Request(prompt, sampling=Sampling(temperature=0.0))))
    with torch.no_grad():
        ids = torch.from_numpy(tokenizer.encode(prompt).astype("int64"))[None]
        probabilities = model(ids)[0, -1].softmax(dim=0)
    best = probabilities.topk(5)
    assert step.token == int(best.indices[0])
    assert [token for token, _ in step.alternatives] == best.indices.tolist()
    assert [share for _, share in step.alternatives] == pytest.approx(best.values.tolist(), abs=1e-5)
    assert step.probability == pytest.approx(float(best.values[0]), abs=1e-5)


def test_the_same_seed_gives_the_same_text_in_any_company(model: LanguageModel, tokenizer: Tokenizer) -> None:
    engine = Engine(model, tokenizer)
    alone = texts(engine.generate(Request("la", max_new_tokens=30, seed=5)))
    three = texts(engine.generate(Request("la", max_new_tokens=30, seed=5, num_samples=3)), 3)
    assert three[0] == alone[0]
    assert texts(engine.generate(Request("la", max_new_tokens=30, seed=6)))[0] == three[1]
    assert len(set(three)) == 3


@pytest.mark.parametrize("use_cache", [True, False])
def test_forced_tokens_give_the_unbroken_text(model: LanguageModel, tokenizer: Tokenizer, use_cache: bool) -> None:
    # The prompt, the forced tokens and the new ones each cross the block of 12 somewhere.
    engine = Engine(model, tokenizer, use_cache=use_cache)
    for prompt in ("", "la gata", TEXT):
        unbroken = list(engine.generate(Request(prompt, max_new_tokens=40, num_samples=1, seed=9)))
        ids = [step.token for step in unbroken]
        for place in (1, 4, 5, 6, 12, 13, 30, len(ids) - 1):
            rest = engine.generate(Request(prompt, tuple(ids[:place]), max_new_tokens=40 - place, seed=9))
            assert [step.token for step in rest] == ids[place:]


def test_forced_tokens_that_are_none_are_refused(model: LanguageModel, tokenizer: Tokenizer) -> None:
    for token in (-1, tokenizer.vocab_size):
        with pytest.raises(InputError):
            next(Engine(model, tokenizer).generate(Request("la", (token,))))


def test_any_character_may_be_prompted(model: LanguageModel, tokenizer: Tokenizer) -> None:
    assert list(Engine(model, tokenizer).generate(Request("日本 🙂 \x00", max_new_tokens=3)))


def test_without_a_prompt_it_begins_after_an_end_of_text(model: LanguageModel, tokenizer: Tokenizer) -> None:
    step = next(Engine(model, tokenizer).generate(Request(sampling=Sampling(temperature=0.0))))
    with torch.no_grad():
        assert step.token == int(model(torch.tensor([[tokenizer.eot]]))[0, -1].argmax())


class Scripted(LanguageModel):
    """A model that says one text, whatever it reads, and then ends it."""

    def __init__(self, tokenizer: Tokenizer, text: str) -> None:
        super().__init__(ModelConfig(block_size=64), tokenizer.vocab_size)
        self.script = torch.tensor([*tokenizer.encode(text).tolist(), tokenizer.eot])
        self.unused = torch.nn.Parameter(torch.zeros(1))
        self.said = 0

    def forward(self, ids: torch.Tensor, cache: object = None) -> torch.Tensor:
        logits = torch.full((*ids.shape, self.vocab_size), -50.0)
        logits[:, -1, self.script[min(self.said, len(self.script) - 1)]] = 50.0
        self.said += 1
        return logits

    def token_embedding(self) -> torch.Tensor:
        return torch.eye(self.vocab_size)


def said(tokenizer: Tokenizer, script: str, **changes: object) -> tuple[str, str | None]:
    request = Request(prompt="la", **changes)  # type: ignore[arg-type]
    steps = list(Engine(Scripted(tokenizer, script), tokenizer).generate(request))
    return "".join(step.text for step in steps), steps[-1].finish


def test_it_ends_at_the_end_of_text(tokenizer: Tokenizer) -> None:
    assert said(tokenizer, "la gata va") == ("la gata va", "end")


def test_it_ends_at_the_length(tokenizer: Tokenizer) -> None:
    assert said(tokenizer, "la gata va", max_new_tokens=4) == ("la g", "length")


def test_it_ends_before_a_stop_text_and_shows_none_of_it(tokenizer: Tokenizer) -> None:
    assert said(tokenizer, "la gata va al río", stop=["va al"]) == ("la gata ", "stop")
    assert said(tokenizer, "la gata va al río", stop=["río", "gata"]) == ("la ", "stop")
    # What looks like the beginning of a stop text is shown once it turns out to be none.
    assert said(tokenizer, "la gata va", stop=["gatos", "vamos"]) == ("la gata va", "end")


def test_a_character_is_shown_when_its_last_byte_has_come(tokenizer: Tokenizer) -> None:
    steps = list(Engine(Scripted(tokenizer, "日"), tokenizer).generate(Request("la")))
    assert [step.text for step in steps] == ["", "", "日", ""]
    assert said(tokenizer, "日", max_new_tokens=2) == ("\ufffd", "length")


def test_what_forced_tokens_began_is_ended(tokenizer: Tokenizer) -> None:
    half, rest = tokenizer.encode("日").tolist()[:2], "日".encode()[2:]
    assert said(tokenizer, "la", forced=half) == ("\ufffdla", "end")
    script = Scripted(tokenizer, "")
    script.script = torch.tensor([tokenizer.token_bytes.index(rest), tokenizer.eot])
    steps = list(Engine(script, tokenizer).generate(Request("la", tuple(half))))
    assert [step.text for step in steps] == ["日", ""]
    # A stop text that was forced upon it ends nothing; one that was begun is ended.
    forced = tokenizer.encode("la ga").tolist()
    assert said(tokenizer, "ta va", forced=forced, stop=["gata"]) == ("", "stop")
    assert said(tokenizer, "ta va", forced=forced, stop=["la"]) == ("ta va", "end")
    assert said(tokenizer, "va", forced=[tokenizer.eot]) == ("va", "end")


@pytest.mark.parametrize("wrong", [{"max_new_tokens": 0}, {"num_samples": 0}, {"stop": [""]}])
def test_bad_requests_say_what_is_wrong(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Request(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "sampling",
    [Sampling(), Sampling(1.2, None, 0.9), Sampling(0.9, 4, None, 1.7), Sampling(1.0, 2, 0.6), Sampling(0.0)],
)
def test_tokens_are_drawn_from_the_distribution(tokenizer: Tokenizer, sampling: Sampling) -> None:
    torch.manual_seed(4)
    config = ModelConfig(name="gpt", n_layer=1, n_head=2, n_embd=16, block_size=64)
    model = build_model(config, tokenizer.vocab_size).eval()
    with torch.no_grad():
        model.token_embedding().mul_(20.0)
    request = Request("la gata", max_new_tokens=40, num_samples=2, seed=8, sampling=sampling)
    written: list[list[int]] = [[], []]
    for step in Engine(model, tokenizer).generate(request):
        written[step.sample].append(step.token)
    for sample, tokens in enumerate(written):
        uniform = torch.rand(40, generator=torch.Generator().manual_seed(8 + sample))
        ids = tokenizer.encode("la gata").astype("int64").tolist()
        for place, token in enumerate(tokens):
            seen = torch.zeros(1, tokenizer.vocab_size, dtype=torch.bool)
            seen[0, ids] = True
            with torch.no_grad():
                shares = distribution(model(torch.tensor([ids]))[:, -1], seen, sampling)[0].double()
            below = float(shares[:token].sum())
            assert below - 1e-4 <= float(uniform[place]) <= below + float(shares[token]) + 1e-4
            ids.append(token)
