"""Parquet tables, a batch of rows at a time. Imports errors, fields; pyarrow inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from tui_llm.errors import InputError
from tui_llm.text.fields import Record, strings

#: Rows are fetched so many bytes at a time (as the file's own statistics estimate them).
_BATCH_BYTES = 1 << 22
_MOST_ROWS = 1 << 14
_BUFFER = 1 << 20


def parquet_records(file: BinaryIO, name: str, field: str | None = None) -> Iterator[Record]:
    """The strings of every row; with `field` (a dotted name) only those of the column that its first part names.

    Raises:
        InputError: the file is damaged.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
        columns = [column.name for column in table.schema_arrow if _may_hold_text(column.type)]
        if field is not None:
            columns = [column for column in columns if field == column or field.startswith(f"{column}.")]
        for batch in table.iter_batches(batch_size=_batch_rows(table.metadata), columns=columns, use_threads=False):
            for row in batch.to_pylist():
                yield list(strings(row))
    except (pyarrow.ArrowException, UnicodeDecodeError, OSError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise InputError(f"{name} is a damaged Parquet file ({reason}).", "fetch or make the file again.") from error


def _may_hold_text(kind: Any) -> bool:
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    return any(
        is_it(kind)
        for is_it in (
            types.is_string,
            types.is_large_string,
            types.is_string_view,
            types.is_struct,
            types.is_list,
            types.is_large_list,
            types.is_map,
        )
    )


def _batch_rows(metadata: Any) -> int:
    rows: int = metadata.num_rows
    total: int = sum(metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups))
    return min(_MOST_ROWS, max(1, _BATCH_BYTES * rows // max(1, total)))
