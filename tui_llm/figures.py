"""Numbers as people read them: counts, sizes, spans of time. Imports only the standard library."""

from __future__ import annotations

_UNITS = ((86_400 * 365, "y"), (86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def count(number: float) -> str:
    """A count in three or four figures: 950, 10.7k, 124M."""
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if number >= size:
            return f"{number / size:.3g}{unit}" if number < 999.5 * size else f"{number / size:.0f}{unit}"
    return f"{number:.0f}"


def age(seconds: float) -> str:
    """A time span in its largest unit: 40 s, 3 h, 12 d."""
    size, unit = next((one for one in _UNITS if seconds >= one[0]), _UNITS[-1])
    return f"{max(0.0, seconds) // size:.0f} {unit}"


def duration(seconds: float) -> str:
    """A span to the second: 4:07, 1:02:03, 3 d 04:00:00."""
    whole = max(0, round(seconds))
    days, rest = divmod(whole, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, left = divmod(rest, 60)
    if days:
        return f"{days} d {hours:02d}:{minutes:02d}:{left:02d}"
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def size(number: float) -> str:
    """Bytes in three or four figures: 950 B, 12.5 MB, 1.2 GB."""
    shown = count(number)
    return f"{shown[:-1]} {shown[-1].replace('k', 'K')}B" if shown[-1].isalpha() else f"{shown} B"
