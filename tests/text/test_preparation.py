"""Preparation from end to end: the tokens are the text's, the work is done once, and nothing half done is left."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from tui_llm.errors import InputError, RunFailedError
from tui_llm.text.corpora import PreparedCorpus, list_corpora
from tui_llm.text.preparation import Progress, prepare
from tui_llm.text.reading import ReadOptions
from tui_llm.text.splitting import SPLITS, SplitName
from tui_llm.text.tokenizers import Kind

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"
KINDS: tuple[Kind, ...] = get_args(Kind)
READ = ReadOptions()
BY_LINE = ReadOptions(documents="line")


def prose(characters: int, seed: int = 0) -> str:
    """Sentences in lines, with accents, of at least so many characters."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("aeioustrnlñáç", k=rng.randint(2, 9))) for _ in range(2_000)]
    lines = []
    while characters > 0:
        line = " ".join(rng.choices(words, k=rng.randint(5, 60))) + ".\n"
        lines.append(line)
        characters -= len(line)
    return "".join(lines)


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def decoded(corpus: PreparedCorpus, split: SplitName) -> str:
    store = corpus.store(split)
    return corpus.tokenizer.decode(store.read(0, len(store)))


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_tokens_are_those_of_the_whole_splits(kind: Kind, tmp_path: Path) -> None:
    text = prose(2_500_000)
    corpus = prepare([write(tmp_path / "text.txt", text)], READ, kind, 600 if kind != "char" else None, tmp_path)
    splits = [decoded(corpus, split) for split in SPLITS]
    assert "".join(splits) == text
    for name, split in zip(SPLITS, splits, strict=True):
        store = corpus.store(name)
        end = [corpus.tokenizer.eot] if name == "test" else []
        assert np.array_equal(store.read(0, len(store)), [*corpus.tokenizer.encode(split), *end])
        assert corpus.stats.splits[name].bytes == len(split.encode())
        assert corpus.stats.splits[name].tokens == len(store)
        assert len(split.encode()) / len(text.encode()) == pytest.approx(0.9 if name == "train" else 0.05, abs=0.005)


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_has_its_end(kind: Kind, tmp_path: Path) -> None:
    names = sorted({word for word in prose(60_000).split() if len(word) > 2})
    corpus = prepare([write(tmp_path / "names.txt", "\n".join(names))], BY_LINE, kind, None, tmp_path)
    found = []
    for split in SPLITS:
        ids = corpus.store(split).read(0, len(corpus.store(split)))
        ends = np.flatnonzero(ids == corpus.tokenizer.eot)
        assert ends[-1] == len(ids) - 1
        assert len(ends) == corpus.stats.splits[split].documents
        found += [corpus.tokenizer.decode(one) for one in np.split(ids, ends + 1)[:-1]]
    assert sorted(found) == names
    assert corpus.info.documents == len(names)


def test_a_text_is_prepared_once(tmp_path: Path) -> None:
    text = prose(30_000)
    stages: list[str] = []
    first = prepare([write(tmp_path / "a" / "El Ñandú.txt", text)], READ, "char", None, tmp_path)
    before = everything(tmp_path / "corpora")
    again = prepare(
        [write(tmp_path / "b" / "other.txt", text)], READ, "char", None, tmp_path, lambda now: stages.append(now.stage)
    )
    assert again.tokens_folder == first.tokens_folder
    assert everything(tmp_path / "corpora") == before
    assert set(stages) == {"reading"}
    assert first.folder.name.startswith("el-nandu-")


def test_another_tokenizer_reuses_the_text(tmp_path: Path) -> None:
    source = write(tmp_path / "text.txt", prose(30_000))
    sizes: dict[Kind, int] = {"char": 265, "sentencepiece": 300, "bpe": 300}
    prepared = [prepare([source], READ, kind, size, tmp_path) for kind in KINDS for size in (None, sizes[kind])]
    assert len({corpus.folder for corpus in prepared}) == 1
    assert len({corpus.tokens_folder for corpus in prepared}) == 6
    assert (
        len({tuple((size.bytes, size.documents) for size in corpus.stats.splits.values()) for corpus in prepared}) == 1
    )
    for kind, corpus in zip(KINDS, prepared[1::2], strict=True):
        assert corpus.stats.vocab_size == corpus.tokenizer.vocab_size == sizes[kind]


def test_other_content_or_options_are_another_corpus(tmp_path: Path) -> None:
    text = prose(5_000)
    folders = {
        prepare([write(tmp_path / "text.txt", text)], READ, "char", None, tmp_path).folder,
        prepare([write(tmp_path / "text.txt", text)], BY_LINE, "char", None, tmp_path).folder,
        prepare([write(tmp_path / "text.txt", text + "x")], READ, "char", None, tmp_path).folder,
    }
    assert len(folders) == 3
    assert {listed.folder for listed in list_corpora(tmp_path)} == folders
    assert {listed.info.characters for listed in list_corpora(tmp_path)} >= {len(text), len(text) + 1}


def test_there_are_no_corpora_in_an_empty_home(tmp_path: Path) -> None:
    assert list_corpora(tmp_path) == []


def test_the_tokenizer_learns_from_the_training_split_alone(tmp_path: Path) -> None:
    source = write(tmp_path / "text.txt", "la casa roja. " * 1_000 + "漢字 " * 200)
    corpus = prepare([source], READ, "char", None, tmp_path)
    assert corpus.stats.vocab_size == 257 + len(set("la casa roja."))
    assert "漢字" in decoded(corpus, "test")


def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[Progress] = []
    prepare([write(tmp_path / "text.txt", prose(3_000_000))], READ, "char", None, tmp_path, told.append)
    assert list(dict.fromkeys(now.stage for now in told)) == ["reading", "tokenizer", "encoding"]
    for stage in ("reading", "tokenizer", "encoding"):
        fractions = [now.fraction for now in told if now.stage == stage]
        assert fractions == sorted(fractions)
        assert fractions[-1] == 1.0
    assert len([now for now in told if now.stage == "encoding"]) > 1


@pytest.mark.parametrize("stage", ["reading", "tokenizer", "encoding"])
def test_an_interrupted_preparation_leaves_nothing_half_done(stage: str, tmp_path: Path) -> None:
    source = write(tmp_path / "text.txt", prose(50_000))

    def interrupt(now: Progress) -> None:
        if now.stage == stage and now.fraction > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare([source], READ, "sentencepiece", None, tmp_path, interrupt)
    assert not [name for name in everything(tmp_path / "corpora") if ".tmp-" in name or ".bin" in name]
    assert not list((tmp_path / "corpora").rglob(".tmp-*"))
    assert decoded(prepare([source], READ, "sentencepiece", None, tmp_path), "train")


@pytest.mark.parametrize("stage", ["reading", "encoding"])
def test_a_killed_preparation_is_begun_anew(stage: str, tmp_path: Path) -> None:
    text = prose(3_000_000)
    source = write(tmp_path / "text.txt", text)
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from tui_llm.text.preparation import prepare\n"
        "from tui_llm.text.reading import ReadOptions\n"
        "def kill(now):\n"
        "    if now.stage == sys.argv[3] and now.fraction > 0.5: os.kill(os.getpid(), signal.SIGKILL)\n"
        "prepare([sys.argv[1]], ReadOptions(), 'char', None, Path(sys.argv[2]), kill)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, source, str(tmp_path), stage], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list((tmp_path / "corpora").rglob(".tmp-*"))) >= 1
    assert len(list_corpora(tmp_path)) == (stage == "encoding")
    corpus = prepare([source], READ, "char", None, tmp_path)
    assert "".join(decoded(corpus, split) for split in SPLITS) == text
    assert not list((tmp_path / "corpora").rglob(".tmp-*"))


@pytest.mark.parametrize(("limit", "stage"), [(100_000, "reading"), (800_000, "encoding")])
def test_a_full_disk_is_told_and_nothing_is_left(limit: int, stage: str, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    assert resource.RLIMIT_FSIZE is not None
    source = write(tmp_path / "text.txt", prose(600_000))
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from tui_llm.errors import RunFailedError\n"
        "from tui_llm.text.preparation import prepare\n"
        "from tui_llm.text.reading import ReadOptions\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)\n"
        "stages, home = [], Path(sys.argv[2])\n"
        "try:\n"
        "    prepare([sys.argv[1]], ReadOptions(), 'char', None, home, lambda now: stages.append(now.stage))\n"
        "except RunFailedError as error:\n"
        "    print(stages[-1], error.what, error.hint)\n"
    )
    arguments = [sys.executable, "-c", program, source, str(tmp_path), str(limit)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("reading" if stage == "reading" else "tokenizer")
    assert "no space is left on the disk" in done.stdout
    assert not list((tmp_path / "corpora").rglob(".tmp-*"))
    assert not list((tmp_path / "corpora").rglob("*.bin"))
    assert decoded(prepare([source], READ, "char", None, tmp_path), "val")


def test_two_at_once_end_with_one(tmp_path: Path) -> None:
    source = write(tmp_path / "text.txt", prose(200_000))
    prepared: list[PreparedCorpus] = []
    barrier = threading.Barrier(2)

    def work() -> None:
        barrier.wait()
        prepared.append(prepare([source], READ, "bpe", None, tmp_path))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert prepared[0].tokens_folder == prepared[1].tokens_folder
    assert len(list((tmp_path / "corpora").iterdir())) == 1
    assert len(list((prepared[0].folder / "tokens").iterdir())) == 1


def test_a_vocabulary_that_does_not_fit_leaves_the_text_prepared(tmp_path: Path) -> None:
    source = write(tmp_path / "text.txt", prose(3_000))
    with pytest.raises(InputError, match="too large"):
        prepare([source], READ, "sentencepiece", 30_000, tmp_path)
    [listed] = list_corpora(tmp_path)
    assert not (listed.folder / "tokens" / "sentencepiece-30000").exists()
    assert prepare([source], READ, "sentencepiece", None, tmp_path).folder == listed.folder


def test_a_short_text_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="too short"):
        prepare([write(tmp_path / "text.txt", "hola, mundo\n")], READ, "char", None, tmp_path)
    assert list((tmp_path / "corpora").iterdir()) == []


@pytest.mark.parametrize("name", ["corpus.json", "text.utf8", "documents.u64"])
def test_a_damaged_corpus_is_told(name: str, tmp_path: Path) -> None:
    source = write(tmp_path / "text.txt", prose(3_000))
    folder = prepare([source], READ, "char", None, tmp_path).folder
    (folder / name).write_bytes(b"[")
    with pytest.raises(RunFailedError, match="damaged"):
        prepare([source], READ, "bpe", None, tmp_path)


def test_a_forbidden_home_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file, not a folder")
    with pytest.raises(RunFailedError, match="preparing the text"):
        prepare([write(tmp_path / "text.txt", prose(3_000))], READ, "char", None, tmp_path / "home")


MEASURE = (
    "import sys\n"
    "from pathlib import Path\n"
    "from tui_llm.text.preparation import prepare\n"
    "from tui_llm.text.reading import ReadOptions\n"
    "options = ReadOptions(documents=sys.argv[3])\n"
    "prepare([sys.argv[1]], options, 'sentencepiece', None, Path(sys.argv[2]))\n"
    "print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1])\n"
)


def peak_megabytes(source: str, home: Path, documents: str = "auto") -> float:
    """The most memory that preparing `source` in a process of its own took."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells a process the most memory that it took")
    arguments = [sys.executable, "-c", MEASURE, source, str(home), documents]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


@pytest.mark.parametrize("documents", ["file", "line"])
def test_memory_is_bounded(documents: str, tmp_path: Path) -> None:
    block = prose(500_000)
    source = write(tmp_path / "text.txt", "".join(f"{number} {block}" for number in range(40)))
    assert peak_megabytes(source, tmp_path, documents) < 450


@pytest.mark.slow
@pytest.mark.parametrize("documents", ["file", "line"])
def test_a_hundred_megabytes_of_novels_take_less_than_a_gibibyte(documents: str, tmp_path: Path) -> None:
    if not CORPORA.exists():
        pytest.skip(f"the texts at {CORPORA} are not here")
    names = ("es/novelas.txt", "pt/machado_contos.txt", "pt/machado_romance.txt")
    sentences = "".join((CORPORA / name).read_text(encoding="utf-8") for name in names).split(". ")
    rng = random.Random(0)
    with (tmp_path / "text.txt").open("w", encoding="utf-8") as file:
        while file.tell() < 100_000_000:
            rng.shuffle(sentences)
            file.write(". ".join(sentences))
    started = time.monotonic()
    assert peak_megabytes(str(tmp_path / "text.txt"), tmp_path, documents) < 1024
    print(f"{documents}: {time.monotonic() - started:.0f} s")
