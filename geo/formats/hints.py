"""What the content of a column looks like, from a sample of its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.formats.text import digits, visible
from geo.formats.values.coordinates import LAT_RANGE, LON_RANGE, parse_position
from geo.formats.values.numbers import parse_degrees
from geo.formats.values.problem import ValueProblemError
from geo.formats.values.words import meaning
from geo.model.vocabulary import SiteKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.formats.raw import Cell

_SAMPLE = 200
_MOST = 0.6
_TELEPHONE = re.compile(r"^(?:\+?855|0)[\s.\-]?\d{2}[\s.\-]?\d{3}[\s.\-]?\d{3,4}$")


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [c for c in cells[: 10 * _SAMPLE] if isinstance(c, str)][:_SAMPLE]


def looks_like_telephones(cells: Sequence[Cell]) -> bool:
    """Tell whether most texts of a column are telephone numbers."""
    texts = _texts(cells)
    hits = sum(bool(_TELEPHONE.match(digits(visible(t)))) for t in texts)
    return bool(texts) and hits / len(texts) > _MOST


def looks_like_positions(cells: Sequence[Cell]) -> bool:
    """Tell whether most texts of a column are positions, both axes in one cell."""
    texts = _texts(cells)
    hits = 0
    for text in texts:
        try:
            hits += parse_position(text) is not None
        except ValueProblemError as problem:
            hits += problem.ask
    return bool(texts) and hits / len(texts) > _MOST


def looks_like_kinds(cells: Sequence[Cell]) -> bool:
    """Tell whether most texts of a column are kinds of sites."""
    texts = _texts(cells)
    return bool(texts) and sum(meaning(SiteKind, t) is not None for t in texts) / len(texts) > _MOST


def looks_swapped(lat: Sequence[Cell], lon: Sequence[Cell]) -> bool:
    """Tell whether latitude and longitude stand in each other's column in most rows."""
    both = swapped = 0
    for y, x in zip(lat[: 10 * _SAMPLE], lon[: 10 * _SAMPLE], strict=False):
        try:
            north, east = parse_degrees(y), parse_degrees(x)
        except ValueProblemError:
            continue
        if north is None or east is None:
            continue
        both += 1
        swapped += LON_RANGE[0] <= north <= LON_RANGE[1] and LAT_RANGE[0] <= east <= LAT_RANGE[1]
    return both > 0 and swapped / both > _MOST
