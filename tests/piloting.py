"""What makes tests of the app short: Textual's pilot without its waits, and each stylesheet parsed once.

Textual has a test wait after every key until the process has been idle for twice 20 ms, and as long as it is not, up to
twice a second. Here a test goes on as soon as nothing is left to do: no callback of the event loop, no drawing that is
due, no thread. And every app of a test parses the same stylesheets anew for every screen it comes to: here the rules of
a stylesheet, which nobody changes, are kept for the apps after it.
"""

from __future__ import annotations

import asyncio
import math
import time
from asyncio import BaseEventLoop
from typing import Any
from weakref import WeakSet

import pytest
import textual.app
import textual.pilot
import textual.screen
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

#: Seconds between two drawings of a screen at least, in place of a sixtieth of one. A drawing may wait for two of them.
_DRAWING = 0.005

#: Seconds within which a timer is waited for.
_SOON = 0.02

#: Seconds that are spent on waiting for timers at most: what Textual waits at least.
_PATIENCE = 0.04

_jobs: WeakSet[asyncio.Future[Any]] = WeakSet()
"""What was given to threads."""

_parsed: dict[tuple[Any, ...], list[RuleSet]] = {}


def quicken(patch: pytest.MonkeyPatch) -> None:
    """Have it so until `patch` is undone."""
    in_thread, parse_rules = BaseEventLoop.run_in_executor, Stylesheet._parse_rules

    def run_in_executor(loop: BaseEventLoop, *given: Any) -> asyncio.Future[Any]:
        job = in_thread(loop, *given)
        _jobs.add(job)
        return job

    def parse_once(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
        key = (*given, *named.items(), frozenset(sheet._variables.items()))
        if key not in _parsed:
            _parsed[key] = parse_rules(sheet, *given, **named)
        return _parsed[key]

    patch.setattr(BaseEventLoop, "run_in_executor", run_in_executor)
    patch.setattr(Stylesheet, "_parse_rules", parse_once)
    patch.setattr(textual.screen, "UPDATE_PERIOD", _DRAWING)
    for module in (textual.app, textual.pilot):
        patch.setattr(module, "wait_for_idle", wait_for_idle)


async def wait_for_idle(_least: float = 0.0, most: float = 1.0) -> None:
    """Wait, `most` seconds at most, until there is no callback to call, no thread at work and no timer due soon."""
    loop = asyncio.get_running_loop()
    ends, patience = loop.time() + most, _PATIENCE
    while loop.time() < ends:
        await asyncio.sleep(0)
        if loop._ready:  # type: ignore[attr-defined]
            continue
        if any(not job.done() for job in list(_jobs)) and not await _threads_rest():
            continue
        timers = [timer.when() for timer in loop._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
        wait = max(0.0, min(timers, default=math.inf) - loop.time())
        if wait > min(_SOON, patience):
            return
        patience -= wait
        await asyncio.sleep(wait)


async def _threads_rest() -> bool:
    """Give the threads 20 ms; whether they wait for something themselves, for they were at work for less than one."""
    worked, ends = time.process_time(), time.monotonic() + 0.02
    while time.monotonic() < ends:
        await asyncio.sleep(0.002)
        if all(job.done() for job in list(_jobs)):
            return False
    return time.process_time() - worked < 0.001
