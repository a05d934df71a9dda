"""What a training loses when something else wants a core, under each way for OpenMP's threads to wait for each other.

    .venv/bin/python bench/busy_machine.py [--rounds 3] [--seconds 4]

Every measurement is a process of its own (OpenMP reads its settings when it is loaded), quiet and beside one process
that does nothing but count; interleaved, medians. On a Mac or without GNU OpenMP the settings change nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys

STEPS = """
import sys, time, torch
from tui_llm.config import ModelConfig, TrainingConfig
from tui_llm.models import build_model
from tui_llm.training.devices import choose_device
from tui_llm.config import SystemConfig
from tui_llm.training.optimizers import Optimizers
device = choose_device(SystemConfig(device="cpu"))
model = build_model(ModelConfig(name="modern", n_layer=4, n_head=4, n_embd=128, block_size=64), 322)
optimizers = Optimizers(model, TrainingConfig(optimizer="muon"))
ids = torch.randint(322, (12, 65))
def step():
    with device.precision():
        loss = model.loss(ids[:, :-1], ids[:, 1:])
    loss.backward()
    optimizers.step(1e-3)
for _ in range(3):
    step()
began, steps = time.perf_counter(), 0
while time.perf_counter() - began < float(sys.argv[1]):
    step()
    steps += 1
print((time.perf_counter() - began) / steps)
"""

WAITING = {
    "default": {},
    "GOMP_SPINCOUNT=10000": {"GOMP_SPINCOUNT": "10000"},
    "OMP_WAIT_POLICY=PASSIVE": {"OMP_WAIT_POLICY": "PASSIVE"},
    "OMP_NUM_THREADS=1": {"OMP_NUM_THREADS": "1"},
}


def seconds_a_step(settings: dict[str, str], seconds: float, *, busy: bool) -> float:
    """The time of a step in a process with `settings`, beside a busy one if asked for."""
    other = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if busy else None
    try:
        done = subprocess.run(
            [sys.executable, "-c", STEPS, str(seconds)],
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        if other is not None:
            other.kill()
            other.wait()
    return float(done.stdout)


def main() -> None:
    """Print milliseconds a step, quiet and busy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0)
    arguments = parser.parse_args()
    times: dict[tuple[str, bool], list[float]] = {(name, busy): [] for name in WAITING for busy in (False, True)}
    for _ in range(arguments.rounds):
        for (name, busy), measured in times.items():
            measured.append(seconds_a_step(WAITING[name], arguments.seconds, busy=busy))
    print(f"{'':<26}{'quiet':>12}{'one busy process':>20}")
    for name in WAITING:
        medians = [statistics.median(times[name, busy]) * 1000 for busy in (False, True)]
        print(f"{name:<26}{medians[0]:>9.1f} ms{medians[1]:>17.1f} ms")


if __name__ == "__main__":
    main()
