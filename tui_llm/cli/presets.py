"""`tui-llm presets`: the named starting points. No torch."""

from __future__ import annotations

from tui_llm.cli.arguments import Json
from tui_llm.cli.output import emit_json, emit_table


def presets(json: Json = False) -> None:
    """List the presets that train --preset takes."""
    from tui_llm.config import to_request
    from tui_llm.presets import PRESETS, resolve

    if json:
        emit_json(
            [
                {"name": name, "description": preset.description, "settings": to_request(resolve({"preset": name}))}
                for name, preset in PRESETS.items()
            ]
        )
    else:
        emit_table(["preset", "what it is"], [[name, preset.description] for name, preset in PRESETS.items()])
