"""What a person should know about a text that was read, in sentences. Imports encodings and report."""

from __future__ import annotations

from collections.abc import Iterator

from tui_llm.text.encodings import WESTERN
from tui_llm.text.report import SourceReport

#: Fewer garbled pairs than this can be a text about garbled text.
_LEAST_MOJIBAKE = 10
_LEAST_REPEATED_LINES = 0.3
_LEAST_DUPLICATES = 0.01
_TOLD_FIELDS = 5


def counted(count: int, noun: str) -> str:
    """For instance `1 line` or `1,234 lines`."""
    return f"{count:,} {noun if count == 1 else noun + 's'}"


def remarks_on(source: SourceReport) -> list[str]:
    """The warnings about a source that has been read."""
    return [*_on_encoding(source), *_on_characters(source), *_on_records(source), *_on_repeats(source)]


def _on_encoding(source: SourceReport) -> Iterator[str]:
    if source.repaired_lines:
        lines = counted(source.repaired_lines, "line")
        yield f"{lines} in another encoding than {source.encoding}, each read in its own."
    if source.dropped_bytes:
        yield f"it breaks off inside a character: {counted(source.dropped_bytes, 'byte')} dropped at its end."
    if source.line_endings == "mixed" and source.documents_by != "record":  # a table has its own within its cells
        counts = {
            kind: getattr(source.line_ending_counts, kind) for kind in source.line_ending_counts.__struct_fields__
        }
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)
        yield f"its line endings are mixed ({kinds}); all were made lf."


def _on_characters(source: SourceReport) -> Iterator[str]:
    if source.mended_characters:
        characters = counted(source.mended_characters, "control character")
        yield f"{characters} read as the dashes and quotation marks of {WESTERN} that they were meant to be."
    if source.removed_characters:
        yield f"{counted(source.removed_characters, 'control character')} or byte order marks removed."
    if source.replacement_characters:
        yield f"{counted(source.replacement_characters, 'character')} lost (U+FFFD stands for each)."
    if source.mojibake >= _LEAST_MOJIBAKE:
        yield (
            f"it looks garbled ({source.mojibake:,} pairs like Ã¡, which should be á): UTF-8 was once read in another "
            "encoding and saved again; it was left as it is."
        )
    if source.not_nfc:
        yield "some characters are not in their composed form (an accent apart from its letter); --nfc composes them."


def _on_records(source: SourceReport) -> Iterator[str]:
    if source.broken_lines:
        numbers = ", ".join(f"{number:,}" for number in source.first_broken_lines)
        yield f"{counted(source.broken_lines, 'line')} skipped that cannot be read as JSON (the first: {numbers})."
    if source.records_without_text:
        records = counted(source.records_without_text, "record")
        yield f"{records} of {source.records:,} without text in the field {source.field}."
    if source.uneven_rows:
        yield f"{counted(source.uneven_rows, 'row')} with more or fewer cells than there are columns."
    if source.empty_documents:
        yield f"{counted(source.empty_documents, 'empty document')} left out."
    others = [field for field in source.fields if field.name != source.field]
    if sum(field.characters for field in others) > sum(field.characters for field in source.fields) / 2:
        names = ", ".join(field.name for field in others[:_TOLD_FIELDS])
        yield f"most of its text is in other fields ({names}); --text-field takes one of them."


def _on_repeats(source: SourceReport) -> Iterator[str]:
    if source.duplicate_documents > source.documents * _LEAST_DUPLICATES:
        times = _at_least(counted(source.duplicate_documents, "document"), source)
        yield f"{times} of {source.documents:,} occurred before."
    if source.repeated_lines > source.lines * _LEAST_REPEATED_LINES:
        times = _at_least(counted(source.repeated_lines, "line"), source)
        yield f"{times} of {source.lines:,} repeat an earlier one."


def _at_least(found: str, source: SourceReport) -> str:
    """`found`, as far as repetitions could be remembered."""
    times = f"at least {found}" if source.duplicates_capped else found
    return times
