"""A chart as data: what the window draws, a report prints and a page of HTML shows.

Pure values: no Qt. Words stand in it as they are read, in one language; numbers are worded when it
is drawn. Nothing known is None and a gap in the line, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import floor, log10
from typing import TYPE_CHECKING, Final

from geo.catalogue import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

Values = tuple[float | None, ...]

SERIES_COLOURS: Final = (
    "#0072B2", "#D55E00", "#009E73", "#882E72", "#E69F00", "#56B4E9", "#CC79A7", "#6B7280",
)  # fmt: skip
"""Okabe and Ito's colours, for series in their order; dashes are the second sign."""
DASHES: Final[tuple[tuple[float, ...], ...]] = ((), (7, 3), (2, 3), (9, 3, 2, 3))
NICE: Final = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line.

    Attributes:
        name: As it stands in the key.
        colour: ``#rrggbb``.
        values: One for each position; None where nothing is known.
        low: Lower end of the band, as long as `values`; empty has none.
        high: Upper end of the band.
        dash: Lengths of strokes and gaps; empty is a whole line.
    """

    name: str
    colour: str
    values: Values
    low: Values = ()
    high: Values = ()
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Lines over positions that lie evenly side by side, such as months.

    Attributes:
        title: What is shown.
        unit: Of the values, beside the upright axis.
        labels: Every position in full, such as ``Sept 2022``.
        ticks: Position and short words of those that are named below the axis.
        series: The lines, in the order of the key.
        unknown: Positions, from and to and both included, of which nothing is known.
        unknown_word: What such a stretch is called.
        notes: Method, n and what else must be said, below the chart.
        language: Of all words and of the digits.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    ticks: tuple[tuple[int, str], ...]
    series: tuple[Series, ...]
    unknown: tuple[tuple[int, int], ...] = ()
    unknown_word: str = ""
    notes: tuple[str, ...] = ()
    language: Language = "en"

    @property
    def top(self) -> float:
        """The highest value that is drawn, bands included; at least 1."""
        found = (v for s in self.series for v in (*s.values, *s.high) if v is not None)
        return max(found, default=1.0) or 1.0


def look(place: int) -> tuple[str, tuple[float, ...]]:
    """Return colour and dash of the series at a place; no two of the first 32 are alike."""
    colours = len(SERIES_COLOURS)
    return SERIES_COLOURS[place % colours], DASHES[(place + place // colours) % len(DASHES)]


def runs(values: Sequence[float | None]) -> tuple[range, ...]:
    """Return the stretches in which every value is known."""
    found = []
    for known, group in groupby(enumerate(values), key=lambda pair: pair[1] is not None):
        places = [place for place, _ in group]
        if known:
            found.append(range(places[0], places[-1] + 1))
    return tuple(found)


def steps_to(top: float, most: int = 5) -> tuple[float, ...]:
    """Return the values of the grid from 0 to at least `top`, each 1, 2 or 5 times a power of ten.

    Counts have no halves: no step is below 1.

    Args:
        top: Highest value, above 0.
        most: Steps at most.
    """
    power = 10.0 ** floor(log10(max(top / most, 1.0)))
    step = next(n * power for n in NICE if n * power * most >= top)
    count = max(1, -int(-top // step))
    return tuple(step * i for i in range(count + 1))
