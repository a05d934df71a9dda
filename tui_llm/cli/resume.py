"""`tui-llm resume`: go on with a run where its last checkpoint stands. No torch at the top."""

from __future__ import annotations

from tui_llm.cli.arguments import Detach, Json, Run


def resume(run: Run, detach: Detach = False, json: Json = False) -> None:
    """Go on with a run that was stopped, killed or failed, exactly where its last checkpoint stands."""
    from tui_llm.cli.foreground import run_detached, run_here
    from tui_llm.errors import InputError
    from tui_llm.runs.catalogue import find_run
    from tui_llm.runs.lifecycle import check_idle
    from tui_llm.runs.status import read_status

    found = find_run(run)
    check_idle(found, "resumed")
    if read_status(found).state == "finished":
        raise InputError(
            f"run {found.name} is finished; nothing is left of its budget.",
            f"give it a larger one: tui-llm fork {found.name} --from last --name NEW --max-steps N.",
        )
    if detach:
        run_detached(found, json=json)
    else:
        run_here(found, created=False, json=json)
