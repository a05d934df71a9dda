"""Which columns of a table there is room for, in the app or in a command's output. Imports rich alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len

#: Spaces between two columns.
_APART = 2


def fitting(columns: Mapping[str, Sequence[str]], spared: Iterable[str], width: int) -> list[str]:
    """The keys of those `columns` that fit into `width` characters; the first of `spared` is left out first.

    A column is all that stands in it, its title among that. What is not `spared` stays, whether it fits or not.
    """
    widths = {key: max(map(cell_len, cells), default=0) for key, cells in columns.items()}
    for key in spared:
        if sum(widths.values()) + _APART * (len(widths) - 1) <= width:
            break
        widths.pop(key, None)
    return list(widths)
