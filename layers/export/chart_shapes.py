"""A chart laid out in a rectangle: lines, areas, dots and words, for any painter.

SVG and print draw the same shapes, so that a report looks alike on paper and on a screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.localise import format_number
from layers.export.charts import runs, steps_to
from layers.labels import estimate
from layers.style import TextStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.export.charts import Chart, Series

Points = tuple[tuple[float, float], ...]

INK: Final = "#1F2937"
MUTED: Final = "#5B6768"
LINE: Final = "#DDE3E3"
HATCH: Final = "#9DAAAB"
TEXT: Final = 11.0
SMALL: Final = 9.5
LEADING: Final = 1.5
RIGHT, UNDER, KEY_GAP = 14.0, 22.0, 18.0
BAND_ALPHA: Final = 0.16
HATCH_EVERY: Final = 6.0
DOTS_UP_TO: Final = 60
"""More positions than these are a line without a dot for each."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line."""

    points: Points
    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Fill:
    """An area without an edge."""

    points: Points
    colour: str
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc."""

    x: float
    y: float
    radius: float
    colour: str


@dataclass(frozen=True, slots=True)
class Word:
    """A text at its baseline; `anchor` is ``start``, ``middle`` or ``end``."""

    x: float
    y: float
    text: str
    size: float = TEXT
    colour: str = INK
    anchor: str = "start"
    bold: bool = False


Item = Stroke | Fill | Dot | Word


@dataclass(frozen=True, slots=True)
class _Plot:
    left: float
    top: float
    right: float
    bottom: float
    count: int
    highest: float

    def x(self, place: float) -> float:
        return self.left + (place + 0.5) / max(self.count, 1) * (self.right - self.left)

    def y(self, value: float) -> float:
        return self.bottom - value / self.highest * (self.bottom - self.top)


def shapes(chart: Chart, width: float, height: float) -> tuple[Item, ...]:
    """Return what is drawn of a chart, in order, back to front.

    Args:
        chart: What to draw; its notes are not drawn, they are text of the page.
        width: Of the rectangle, in points or pixels.
        height: The same; y grows downwards.
    """
    steps = steps_to(chart.top)
    numbers = [format_number(v, chart.language) for v in steps]
    left = max(_width(n, SMALL) for n in numbers) + 10.0
    key, below = _key(chart, left, TEXT * LEADING, width)
    top = below + TEXT * LEADING + 4.0
    plot = _Plot(left, top, width - RIGHT, height - UNDER, len(chart.labels), steps[-1])
    return (
        Word(0.0, TEXT + 1.0, chart.title, TEXT + 1.0, bold=True),
        *key,
        Word(0.0, top - 7.0, chart.unit, SMALL, MUTED),
        *_unknown(chart, plot),
        *_grid(plot, steps, numbers),
        *_ticks(chart, plot),
        *(item for s in chart.series for item in _band(s, plot)),
        *(item for s in chart.series for item in _line(s, plot)),
    )


def _width(text: str, size: float) -> float:
    return estimate(text, TextStyle(size, INK, ""))[0]


def _key(chart: Chart, left: float, top: float, width: float) -> tuple[tuple[Item, ...], float]:
    """Return the key in as many rows as it needs, and where it ends."""
    items: list[Item] = []
    x, y = left, top + TEXT
    for series in chart.series:
        long = 26.0 + _width(series.name, SMALL)
        if x > left and x + long > width - RIGHT:
            x, y = left, y + SMALL * LEADING
        middle = y - SMALL * 0.35
        items += [
            Stroke(((x, middle), (x + 20.0, middle)), series.colour, 2.0, series.dash),
            Word(x + 25.0, y, series.name, SMALL),
        ]
        x += long + KEY_GAP
    return tuple(items), y + 6.0


def _unknown(chart: Chart, plot: _Plot) -> Iterator[Item]:
    """Yield the stretches of which nothing is known: hatched, never a line at zero."""
    for first, last in chart.unknown:
        a, b = plot.x(first - 0.5), plot.x(last + 0.5)
        box = ((a, plot.top), (b, plot.top), (b, plot.bottom), (a, plot.bottom))
        yield Fill(box, HATCH, 0.14)
        tall = plot.bottom - plot.top
        x = a - tall
        while x < b:
            # A hatch at 45 degrees, cut to the box.
            start, end = max(x, a), min(x + tall, b)
            if end > start:
                y = plot.bottom
                yield Stroke(((start, y - (start - x)), (end, y - (end - x))), HATCH, 0.5)
            x += HATCH_EVERY
        if chart.unknown_word and b - a > _width(chart.unknown_word, SMALL) + 4:
            middle = (a + b) / 2
            yield Word(middle, plot.top + TEXT, chart.unknown_word, SMALL, MUTED, "middle")


def _grid(plot: _Plot, steps: tuple[float, ...], numbers: list[str]) -> Iterator[Item]:
    for value, number in zip(steps, numbers, strict=True):
        y = plot.y(value)
        colour = MUTED if value == 0 else LINE
        yield Stroke(((plot.left, y), (plot.right, y)), colour, 0.7)
        yield Word(plot.left - 5.0, y + SMALL * 0.35, number, SMALL, MUTED, "end")


def _ticks(chart: Chart, plot: _Plot) -> Iterator[Item]:
    free = plot.left - 4.0
    for place, words in chart.ticks:
        x, half = plot.x(place), _width(words, SMALL) / 2
        yield Stroke(((x, plot.bottom), (x, plot.bottom + 4.0)), MUTED, 0.7)
        if x - half >= free:
            yield Word(x, plot.bottom + 16.0, words, SMALL, MUTED, "middle")
            free = x + half + 6.0


def _band(series: Series, plot: _Plot) -> Iterator[Item]:
    if not series.low:
        return
    for run in runs(series.low):
        # A single position has a band too: as wide as the position.
        ends = (run[0] - 0.35, run[0] + 0.35) if len(run) == 1 else tuple(map(float, run))
        at = [run[0]] * 2 if len(run) == 1 else list(run)
        upper = [(plot.x(x), plot.y(series.high[i] or 0.0)) for x, i in zip(ends, at, strict=True)]
        lower = [(plot.x(x), plot.y(series.low[i] or 0.0)) for x, i in zip(ends, at, strict=True)]
        yield Fill((*upper, *reversed(lower)), series.colour, BAND_ALPHA)


def _line(series: Series, plot: _Plot) -> Iterator[Item]:
    dots = len(series.values) <= DOTS_UP_TO
    for run in runs(series.values):
        points = tuple((plot.x(i), plot.y(series.values[i] or 0.0)) for i in run)
        if len(points) > 1:
            yield Stroke(points, series.colour, 1.8, series.dash)
        if dots or len(points) == 1:
            yield from (Dot(x, y, 2.2, series.colour) for x, y in points)
