"""A chart as SVG, for a page of HTML: vectors, with every word as text that can be read aloud."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from layers.export.chart_shapes import Dot, Fill, Item, Stroke, Word, shapes

if TYPE_CHECKING:
    from layers.export.charts import Chart

FONTS: Final = "Noto Sans, Noto Sans Khmer, sans-serif"


def chart_svg(chart: Chart, width: float = 720.0, height: float = 320.0) -> str:
    """Return a chart as one ``<svg>`` element; it names nothing outside itself.

    Args:
        chart: What to draw.
        width: Of its view box; a page may show it at any size.
        height: The same.
    """
    about = " ".join((chart.title, *chart.notes))
    body = "\n".join(_element(item) for item in shapes(chart, width, height))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' role="img" aria-label="{escape(about)}" lang="{chart.language}"'
        f' font-family="{FONTS}">\n<title>{escape(chart.title)}</title>\n{body}\n</svg>'
    )


def _element(item: Item) -> str:
    if isinstance(item, Stroke):
        dash = f' stroke-dasharray="{" ".join(f"{d:g}" for d in item.dash)}"' if item.dash else ""
        return (
            f'<polyline points="{_points(item.points)}" fill="none" stroke="{item.colour}"'
            f' stroke-width="{item.width:g}" stroke-linejoin="round"{dash}/>'
        )
    if isinstance(item, Fill):
        return (
            f'<polygon points="{_points(item.points)}" fill="{item.colour}"'
            f' fill-opacity="{item.alpha:g}"/>'
        )
    if isinstance(item, Dot):
        return (
            f'<circle cx="{item.x:.2f}" cy="{item.y:.2f}" r="{item.radius:g}"'
            f' fill="{item.colour}"/>'
        )
    return _text(item)


def _text(word: Word) -> str:
    weight = ' font-weight="600"' if word.bold else ""
    return (
        f'<text x="{word.x:.2f}" y="{word.y:.2f}" font-size="{word.size:g}" fill="{word.colour}"'
        f' text-anchor="{word.anchor}"{weight}>{escape(word.text)}</text>'
    )


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
