"""Which unit each outline of a file belongs to, and what did not match.

By the code first, if the name does not contradict it; else by the name, Khmer or English, and of
several units of one name by what lies above it or holds it. A name that is only like one counts
within the province that holds the outline, and is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from rapidfuzz import fuzz, process

from geo.boundaries.columns import Columns, columns_of
from geo.gazetteer import Gazetteer
from geo.model.vocabulary import AdminLevel
from geo.names import search_key, without_generic
from geo.progress import NoProgress
from geo.territory import Territory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    # The fields of a dataclass are looked at by tools that read them at run time.
    from shapely import MultiPolygon, Polygon  # noqa: TC004 - see above
    from shapely.geometry.base import BaseGeometry

    from geo.formats.raw import RawTable
    from geo.gazetteer import Unit  # noqa: TC004 - likewise
    from geo.progress import Progress

ALIKE: Final = 82.0
"""Names less alike than this (0 to 100) are different ones."""
CLEARLY: Final = 6.0
"""So much better than the next one, or it could be either."""
CONTRADICTS: Final = 55.0
"""A code whose unit is called so differently is not believed."""
STEP_ROWS: Final = 200


Part = tuple[int, "Unit", "How"]
"""Position of a row, its unit, and what that rests on."""


class How(StrEnum):
    """What a match rests on."""

    CODE = "code"
    NAME = "name"
    SIMILAR = "similar"
    UNION = "union"


_BETTER: Final = (How.CODE, How.NAME, How.SIMILAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The outline of a unit.

    Attributes:
        rows: Rows of the file that it was made of, as a person counts.
        outline: Valid, lon/lat degrees.
        shown: What the file calls it.
    """

    unit: Unit
    outline: Polygon | MultiPolygon
    how: How
    rows: tuple[int, ...]
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """A row that is not imported.

    Attributes:
        shown: What the file calls it.
        code: Message code of the reason.
        params: Its parameters.
    """

    row: int
    shown: str
    code: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A file of boundaries against the code list: rows = those of `boundaries` + `unmatched`.

    Attributes:
        level: Level of its units.
        rows: Data rows in the file.
        boundaries: One for each unit, those of units above that could be joined from them last.
        unmatched: What was not understood.
        absent: Units of this level that the file does not have, of the provinces that it covers.
    """

    level: AdminLevel
    rows: int
    boundaries: tuple[Boundary, ...]
    unmatched: tuple[Unmatched, ...]
    absent: tuple[Unit, ...]

    def count(self, how: How) -> int:
        """Return how many outlines rest on something."""
        return sum(boundary.how is how for boundary in self.boundaries)


def match(
    raw: RawTable, gazetteer: Gazetteer | None = None, progress: Progress | None = None
) -> Matched:
    """Find the unit of each outline.

    Args:
        raw: The rows of one layer, with their areas.
        gazetteer: Names and codes; None takes the one that is shipped.
        progress: Asked whether to go on.

    Raises:
        InputError: Neither codes nor names are those of Cambodia's units.
        CancelledError: The user asked to stop.
    """
    gazetteer = gazetteer or Gazetteer.load()
    progress = progress or NoProgress()
    columns = columns_of(raw, gazetteer)
    outlines = [_outline(blob) for blob in raw.padded().areas]
    finder = _Finder(columns, gazetteer, outlines)
    found: dict[str, list[Part]] = {}
    unmatched: list[Unmatched] = []
    for i in range(len(raw)):
        if i % STEP_ROWS == 0:
            progress.step(i, len(raw), "boundaries.step")
        what = finder.unit_of(i)
        if isinstance(what, Unmatched):
            unmatched.append(_numbered(what, raw.numbers[i]))
        else:
            found.setdefault(what[0].code, []).append((i, *what))
    boundaries = []
    for parts in found.values():
        kept, others = _one_unit(parts, columns)
        boundaries.append(_joined(kept, outlines, raw.numbers, columns.shown))
        first = str(raw.numbers[kept[0][0]])
        unmatched += [
            Unmatched(
                row=raw.numbers[i],
                shown=columns.shown[i],
                code="boundaries.taken",
                params={"unit": unit.name_en, "row": first},
            )
            for i, unit, _ in others
        ]
    provinces = {b.unit.code[:2] for b in boundaries}
    absent = [
        u
        for u in gazetteer.at_level(columns.level)
        if u.code not in found and u.code[:2] in provinces
    ]
    return Matched(
        level=columns.level,
        rows=len(raw),
        boundaries=tuple(boundaries),
        unmatched=tuple(sorted(unmatched, key=lambda u: u.row)),
        absent=tuple(absent),
    )


class _Finder:
    """Finds the unit of a row."""

    def __init__(
        self,
        columns: Columns,
        gazetteer: Gazetteer,
        outlines: Sequence[Polygon | MultiPolygon | None],
    ) -> None:
        self._columns, self._gazetteer = columns, gazetteer
        self._outlines = outlines
        self._units = gazetteer.at_level(columns.level)
        self._by_name: dict[str, list[Unit]] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        for unit in self._units:
            keys = _folded((unit.name_km, unit.name_en, *unit.aliases))
            self._keys[unit.code] = keys
            for key in keys:
                self._by_name.setdefault(key, []).append(unit)
        self._above: dict[str, frozenset[str]] = {}
        self._provinces = _provinces(outlines)

    def unit_of(self, row: int) -> tuple[Unit, How] | Unmatched:
        """Return the unit of a row and how it was found, or why there is none."""
        if self._outlines[row] is None:
            return self._refused(row, "boundaries.no_outline")
        if not self._provinces[row]:
            return self._refused(row, "boundaries.outside")
        code, names = self._columns.codes[row], self._columns.names[row]
        coded = [u for u in self._gazetteer.units(code) if u.level is self._columns.level]
        if len(coded) == 1:
            likeness = self._likeness(coded[0], names)
            if likeness is None or likeness >= CONTRADICTS:
                return coded[0], How.CODE
        return self._by_names(row) or (
            self._refused(row, "boundaries.code_and_name", unit_code=code, listed=coded[0].name_en)
            if coded
            else self._refused(row, "boundaries.unknown")
        )

    def _by_names(self, row: int) -> tuple[Unit, How] | Unmatched | None:
        names = self._columns.names[row]
        of_name = list({u.code: u for name in names for u in self._by_name.get(name, ())}.values())
        chosen = self._of_several(of_name, row)
        if chosen is not None:
            return chosen, How.NAME
        if of_name:
            return self._refused(row, "boundaries.several", n=str(len(of_name)))
        similar = self._similar(names, row)
        return None if similar is None else (similar, How.SIMILAR)

    def _refused(self, row: int, code: str, **params: str) -> Unmatched:
        return Unmatched(row=row, shown=self._columns.shown[row], code=code, params=params)

    def _likeness(self, unit: Unit, names: Sequence[str]) -> float | None:
        keys = self._keys[unit.code]
        scores = [fuzz.ratio(name, key) for name in names for key in keys if _comparable(name, key)]
        return max(scores, default=None)

    def _of_several(self, units: list[Unit], row: int) -> Unit | None:
        """Return the unit that what lies above the row speaks for; the only one without that."""
        if len(units) == 1:
            return units[0]
        hints = self._columns.hints[row]
        scored = [(len(hints & self._names_above(u)), u) for u in units]
        best = max((score for score, _ in scored), default=0)
        leading = [u for score, u in scored if score == best]
        if best and len(leading) == 1:
            return leading[0]
        inside = [u for u in leading if u.code[:2] == self._provinces[row]]
        return inside[0] if len(inside) == 1 else None

    def _similar(self, names: Sequence[str], row: int) -> Unit | None:
        near = [u for u in self._units if u.code[:2] == self._provinces[row]]
        keys = {(u.code, k): key for u in near for k, key in enumerate(self._keys[u.code])}
        scored: dict[str, float] = {}
        for name in names:
            for _, score, (code, _) in process.extract(
                name, keys, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=4
            ):
                scored[code] = max(score, scored.get(code, 0.0))
        ranked = sorted(scored.items(), key=lambda item: -item[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < CLEARLY):
            return None
        return next(u for u in near if u.code == ranked[0][0])

    def _names_above(self, unit: Unit) -> frozenset[str]:
        if unit.code not in self._above:
            parents = self._gazetteer.parents(unit)
            names = [n for p in parents for n in (p.name_km, p.name_en, *p.aliases)]
            self._above[unit.code] = frozenset({*_folded(names), *(p.code for p in parents)})
        return self._above[unit.code]


def _one_unit(parts: Sequence[Part], columns: Columns) -> tuple[list[Part], list[Part]]:
    """Part the rows of a unit's islands from rows that only seemed to be the same unit.

    Since the file was made units were divided: two old ones can look like one of today. The better
    match stands, with whatever row bears the same code or name.
    """
    best = min(parts, key=lambda part: _BETTER.index(part[2]))
    code, names = columns.codes[best[0]], set(columns.names[best[0]])
    kept: list[Part] = []
    others: list[Part] = []
    for part in parts:
        i = part[0]
        same = (code and columns.codes[i] == code) or names & set(columns.names[i])
        (kept if same or part is best else others).append(part)
    return kept, others


def _joined(
    parts: Sequence[Part],
    outlines: Sequence[Polygon | MultiPolygon | None],
    numbers: Sequence[int],
    shown: Sequence[str],
) -> Boundary:
    """Return one boundary of all rows of a unit: islands often come as rows of their own."""
    first, unit, how = parts[0]
    whole = outlines[first]
    if len(parts) > 1:
        whole = _polygons(shapely.union_all([outlines[i] for i, _, _ in parts]))
    assert whole is not None  # noqa: S101 - a row without an outline is not matched
    rows = tuple(numbers[i] for i, _, _ in parts)
    return Boundary(unit=unit, outline=whole, how=how, rows=rows, shown=shown[first])


def _outline(blob: bytes | None) -> Polygon | MultiPolygon | None:
    if not blob:
        return None
    shape = shapely.from_wkb(blob)
    return _polygons(shape if shape.is_valid else shapely.make_valid(shape))


def _polygons(shape: BaseGeometry) -> Polygon | MultiPolygon | None:
    """Return the areas of a geometry: mending one can leave lines and points behind."""
    parts = [p for p in _flat(shape) if isinstance(p, shapely.Polygon) and p.area > 0]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _flat(shape: BaseGeometry) -> Iterable[BaseGeometry]:
    for part in getattr(shape, "geoms", (shape,)):
        if hasattr(part, "geoms"):
            yield from _flat(part)
        else:
            yield part


def _provinces(outlines: Sequence[Polygon | MultiPolygon | None]) -> list[str]:
    """Return the approximate province of each outline, empty outside Cambodia."""
    middles = [None if o is None else o.representative_point() for o in outlines]
    lon = np.array([np.nan if p is None else p.x for p in middles])
    lat = np.array([np.nan if p is None else p.y for p in middles])
    found = [""] * len(outlines)
    known = np.flatnonzero(np.isfinite(lon))
    for i, code in zip(known, Territory.load().provinces_at(lon[known], lat[known]), strict=True):
        found[i] = str(code)
    return found


def _numbered(what: Unmatched, number: int) -> Unmatched:
    return Unmatched(row=number, shown=what.shown, code=what.code, params=what.params)


def _folded(names: Iterable[str]) -> tuple[str, ...]:
    keys = (search_key(without_generic(name)) for name in names if name)
    return tuple(dict.fromkeys(key for key in keys if key))


def _comparable(first: str, second: str) -> bool:
    return first.isascii() == second.isascii()
