"""The units above, joined from those of a file: its communes make its districts and provinces."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Final

from geo.boundaries.columns import DIGITS, LEVELS
from geo.boundaries.match import Boundary, How, Matched
from geo.gazetteer import Gazetteer
from geo.shapes import joined

ENOUGH: Final = 0.8
"""Share of a unit's parts that must be there. Not all: units were divided since many a file was
made, and the old ones cover the same ground."""


def with_unions(matched: Matched, gazetteer: Gazetteer | None = None) -> Matched:
    """Return `matched` with the units above that enough of its outlines make up."""
    gazetteer = gazetteer or Gazetteer.load()
    made = list(matched.boundaries)
    for level in reversed(LEVELS[: LEVELS.index(matched.level)]):
        parts: dict[str, list[Boundary]] = defaultdict(list)
        for boundary in matched.boundaries:
            parts[boundary.unit.code[: DIGITS[level]]].append(boundary)
        for code, mine in parts.items():
            unit = gazetteer.unit(code)
            listed = [u for u in gazetteer.at_level(matched.level) if u.code.startswith(code)]
            if unit is None or len(mine) < ENOUGH * len(listed):
                continue
            made.append(
                Boundary(
                    unit=unit,
                    outline=joined([b.outline for b in mine]),
                    how=How.UNION,
                    rows=tuple(row for b in mine for row in b.rows),
                    shown=unit.name_en,
                )
            )
    return replace(matched, boundaries=tuple(made))
