"""What a user can get wrong: one sentence, one hint, the right exit code, and nothing half made."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import Answer, Program
from tests.cli.test_train_resume import TINY


def assert_told(answer: Answer, code: int, *words: str) -> None:
    """The answer is an error as errors are: a sentence, a hint, no traceback."""
    assert answer.code == code, answer.err
    lines = answer.err.splitlines()
    told = [line for line in lines if line.startswith(("error: ", "hint: "))]
    assert [line.partition(":")[0] for line in told] == ["error", "hint"], answer.err
    assert "Traceback" not in answer.err
    for word in words:
        assert word in "\n".join(told), answer.err
    assert not answer.out


def assert_nothing_left(home: Path) -> None:
    """No run, and no corpus that is not whole."""
    assert not [path for path in home.glob("runs/*") if not path.name.startswith(".deleted")]
    assert all((path / "corpus.json").exists() for path in home.glob("corpora/*"))
    assert not list(home.glob("corpora/.tmp*"))
    assert not list(home.glob("corpora/*/tokens/.tmp*"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["{folder}/nope.txt"], ["nope.txt"]),
        (["{folder}/*.nope"], ["nope"]),
        (["{empty}"], ["empty"]),
        (["{blank}"], []),
        (["{binary}"], []),
        ([], ["no text"]),
        (["{text}", "--preset", "gtp2"], ["'gtp2'", "gpt2"]),
        (["{text}", "--model", "gpt4"], ["'gpt4'", "gpt, mlp, modern"]),
        (["{text}", "--tokenizer", "bp"], ["'bp'", "sentencepiece"]),
        (["{text}", "--tokenizer", "sentencepiece", "--vocab-size", "50000"], ["50000", "or less"]),
        (["{text}", "--tokenizer", "bpe", "--vocab-size", "50000"], ["50000", "or less"]),
        (["{text}", "--tokenizer", "char", "--vocab-size", "10"], ["10", "or more"]),
        (["{text}", "--tokenizer", "char", "--model", "gpt", "--block-size", "5000"], ["5000", "--block-size"]),
        (["{tiny}", "--tokenizer", "char", "--preset", "gpt-mini"], []),
        (["{text}", "--minutes", "1", "--max-steps", "3"], ["max_steps", "minutes"]),
        (["{text}", "--preset", "pyllm", "--model", "gpt"], ["--preset", "--model"]),
        (["{text}", "--n-embd", "100", "--n-head", "7", "--model", "gpt"], ["100", "7"]),
        (["{text}", "--n-layer", "0", "--model", "gpt"], ["n_layer", "--n-layer"]),
        (["{text}", "--dropout", "1.5"], ["dropout"]),
        (["{text}", "--n-laier", "3"], ["--n-laier", "--n-layer"]),
        (["{text}", "--max-steps", "many"], ["--max-steps"]),
        (["{text}", "--config", "{folder}/nope.toml"], ["nope.toml"]),
        (["{text}", "--config", "{misspelt}"], ["'n_layr'", "n_layer"]),
        (["{text}", "--config", "{broken}"], ["broken.toml"]),
        (["{text}", "--name", "a/b"], ["a/b"]),
        (["{text}", "--device", "cudda"], ["device"]),
        (["-", "--detach"], ["standard input"]),
        (["-"], []),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_train_refuses_what_cannot_be(program: Program, text: Path, arguments: list[str], words: list[str]) -> None:
    folder = text.parent
    files = {"folder": folder, "text": text}
    contents = {
        "empty": b"",
        "blank": b" \n\t\n  ",
        "binary": bytes(range(256)) * 40,
        "tiny": "Tres líneas.\nNada más.\nFin.\n".encode(),
        "misspelt": b"[model]\nn_layr = 3\n",
        "broken": b"[model\n",
    }
    for name, content in contents.items():
        suffix = "toml" if name in ("misspelt", "broken") else "txt"
        files[name] = folder / f"{name}.{suffix}"
        files[name].write_bytes(content)
    answer = program("train", *(argument.format(**files) for argument in arguments))
    assert_told(answer, 2, *words)
    assert_nothing_left(program.home)


def test_a_device_that_is_not_there_is_refused(program: Program, text: Path) -> None:
    torch = pytest.importorskip("torch")
    if torch.cuda.is_available():
        pytest.skip("this machine has a CUDA device")
    assert_told(program("train", str(text), "--device", "cuda"), 2, "CUDA", "--device cpu")
    assert_nothing_left(program.home)


def limited(program: Program, arguments: list[str], largest_file: int) -> Answer:
    """Run the program where no file may grow beyond `largest_file` bytes: to a program, a disk that is full."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    done = subprocess.run(
        program.command(*arguments),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=program.environment,
        preexec_fn=limit,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on files is Unix's")
def test_a_full_disk_while_preparing_leaves_nothing(program: Program, text: Path) -> None:
    assert_told(limited(program, ["train", str(text), *TINY], 4000), 1, "no space", "--home")
    assert_nothing_left(program.home)


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on files is Unix's")
def test_a_full_disk_at_the_last_checkpoint_fails_and_can_be_mended(program: Program, text: Path) -> None:
    # The prepared text and the tokenizer fit, the weights do not.
    arguments = ["train", str(text), "--model", "gpt", *TINY, "--n-embd", "64", "--max-steps", "30", "--name", "full"]
    answer = limited(program, arguments, 100_000)
    assert_told(answer, 1, "no space")
    assert program("runs", "--json").json[0]["state"] == "failed"
    assert not list((program.home / "runs" / "full" / "checkpoints").iterdir())
    assert program("resume", "full").code == 0


def without_privilege() -> list[str]:
    """What to put before a command so that permissions hold for it; for root every door is open."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions are Unix's")
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root cannot give up its privilege here: there is no setpriv")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


def test_no_permission_for_the_home_folder_is_told(program: Program, text: Path) -> None:
    locked = text.parent / "locked"
    locked.mkdir(mode=0o555)
    done = subprocess.run(
        [*without_privilege(), *program.command("--home", str(locked), "train", str(text), *TINY)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=program.environment,
        check=False,
    )
    assert_told(Answer(done.returncode, done.stdout, done.stderr), 1, "permission", "--home")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["generate", "nobody"], ["'nobody'"]),
        (["generate"], ["needs a run"]),
        (["resume", "nobody"], ["'nobody'"]),
        (["evaluate", "nobody"], ["'nobody'"]),
        (["runs", "stop", "nobody"], ["'nobody'"]),
        (["generate", "--ckpt", "nowhere"], ["nowhere"]),
        (["trian"], ["trian"]),
        ([], ["app"]),
    ],
    ids=" ".join,
)
def test_commands_refuse_what_is_not_there(program: Program, arguments: list[str], words: list[str]) -> None:
    assert_told(program(*arguments), 2, *words)


def test_generate_says_what_is_wrong_with_a_checkpoint(program: Program, text: Path) -> None:
    run = ["train", str(text), "--model", "gpt", *TINY, "--max-steps", "4", "--name", "small"]
    assert program(*run).code == 0
    assert_told(program(*run), 2, "small")
    assert_told(program("generate", "small", "--checkpoint", "99"), 2, "'99'", "4")
    assert_told(program("generate", "small", "--temperature", "-1"), 2, "temperature")
    assert_told(program("generate", "small", "--max-new-tokens", "0"), 2, "max-new-tokens")
    assert_told(program("resume", "small"), 2, "finished")
    weights = program.home / "runs" / "small" / "checkpoints" / "step-00000004" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(bytes(content))
    assert_told(program("generate", "small", "--checkpoint", "4"), 2, "model.safetensors")


def test_debug_shows_the_traceback(program: Program) -> None:
    answer = program("generate", "nobody", "--debug")
    assert answer.code == 2
    assert "Traceback" in answer.err
    assert "error: " in answer.err
