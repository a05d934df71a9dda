"""Which columns of a table there is room for."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table

from tui_llm.widgets.columns import fitting

TABLE = {"name": ["name", "novela"], "loss": ["loss", "1.25"], "note": ["note", "词词"]}


def test_columns_are_spared_in_their_order_until_the_rest_fits() -> None:
    whole = 6 + 2 + 4 + 2 + 4
    assert fitting(TABLE, ["loss", "note"], whole) == ["name", "loss", "note"]
    assert fitting(TABLE, ["loss", "note"], whole - 1) == ["name", "note"]
    assert fitting(TABLE, ["note", "loss"], whole - 1) == ["name", "loss"]
    assert fitting(TABLE, ["note", "loss"], 3) == ["name"]
    assert fitting(TABLE, [], 3) == ["name", "loss", "note"]


words = st.text("ab词é", max_size=6)


@given(cells=st.lists(st.tuples(words, words), min_size=1, max_size=6), width=st.integers(1, 40))
def test_what_fits_is_shown_whole_by_rich(cells: list[tuple[str, str]], width: int) -> None:
    columns = {str(place): list(pair) for place, pair in enumerate(cells)}
    shown = fitting(columns, list(columns)[1:], width)
    if len(shown) > 1:
        table = Table(box=None, pad_edge=False, show_header=False)
        for _ in shown:
            table.add_column(no_wrap=True)
        for row in zip(*(columns[key] for key in shown), strict=True):
            table.add_row(*row)
        console = Console(file=io.StringIO(), width=width, color_system=None)
        with console.capture() as captured:
            console.print(table)
        lines = captured.get().splitlines()
        for place, line in enumerate(lines):
            assert line.split() == [word for key in shown for word in columns[key][place].split()]
