"""The lessons' small Markdown for rich: paragraphs, lists with `-`, fenced code, `code`, **bold**, *emphasis*. Imports
rich.

One renderer for the app and for a command's output, done at once: Textual's own is mounted piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_MARK = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*")


def inline(text: str, code: str = "bold") -> Text:
    """One paragraph, wherever its lines are broken in the file; `code` is the style of code."""
    text = text.replace("\n", " ")
    made = Text()
    end = 0
    for match in _MARK.finditer(text):
        made.append(text[end : match.start()])
        kind = match.lastindex or 1
        made.append(match[kind], (code, "bold", "italic")[kind - 1])
        end = match.end()
    return made.append(text[end:])


def prose(text: str, code: str = "bold") -> Group:
    """Blocks with a blank line between them."""
    blocks: list[RenderableType] = []
    for block in _blocks(text.split("\n")):
        if blocks:
            blocks.append(Text())
        blocks.append(_block(block, code))
    return Group(*blocks)


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Runs of lines without a blank one, and fenced code whole."""
    block: list[str] = []
    fenced = False
    for line in lines:
        fence = line.startswith("```")
        if block and not fenced and (not line.strip() or fence):
            yield block
            block = []
        if line.strip() or fenced:
            block.append(line)
        if fence:
            fenced = not fenced
            if not fenced:
                yield block
                block = []
    if block:
        yield block


def _block(lines: list[str], code: str) -> RenderableType:
    if lines[0].startswith("```"):
        return Padding(Text("\n".join(lines[1:-1]), code, no_wrap=True), (0, 0, 0, 2))
    if not lines[0].startswith("- "):
        return inline(" ".join(line.strip() for line in lines), code)
    table = Table.grid(padding=(0, 1))
    items = re.split(r"(?:^|\n)- ", "\n".join(lines))[1:]
    for item in items:
        table.add_row("-", inline(" ".join(item.split()), code))
    return table
