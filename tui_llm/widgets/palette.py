"""The command palette: every action of the screen in front and of the app, with its key. Imports Textual alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.binding import ActiveBinding, Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider


def is_ours(binding: Binding) -> bool:
    """Whether a key is one of the app's own; Textual's moves and edits have no name, and speak English."""
    return bool(binding.description) and not binding.system and "." in (binding.id or "")


class Actions(Provider):
    """What the keys do, by name. Those that are off are not offered."""

    async def discover(self) -> Hits:
        for text, bound in self._actions():
            yield DiscoveryHit(text, partial(self._do, bound), help=bound.tooltip or None)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for text, bound in self._actions():
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, matcher.highlight(text), partial(self._do, bound), help=bound.tooltip or None)

    def _actions(self) -> Iterator[tuple[str, ActiveBinding]]:
        told = set()
        for bound in self.screen.active_bindings.values():
            binding = bound.binding
            if not is_ours(binding) or not bound.enabled or binding.action in told:
                continue
            told.add(binding.action)
            yield f"{binding.description}  ({self.app.get_key_display(binding)})", bound

    async def _do(self, bound: ActiveBinding) -> None:
        await self.app.run_action(bound.binding.action, bound.node)
