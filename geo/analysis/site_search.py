"""The site that a licence may be for: of the same name, next door, or alike in the commune."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.similarity import Names
from geo.edit.merging import live_sites
from geo.measure import distances_m
from geo.model.entity import Kind
from geo.model.vocabulary import Precision
from geo.names import search_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.model.table import Table

COMMUNE_DIGITS: Final = 6
METRES_PER_DEGREE: Final = 111_320.0
SAME_DOOR_M: Final = 30.0
"""So near and of the same kind, a site is proposed whatever its name."""
NAMES_OF_SITE: Final = ("name_en", "name_km", "name_zh")
NAMES_OF_LICENCE: Final = ("business", "holder")
BESIDE: Final = " · "


class SiteSearch:
    """Proposes a site for a licence: of the same name, next door, or alike in the commune."""

    def __init__(self, licences: Table, sites: Table, *, far_m: float, least_name: float) -> None:
        """Sort the sites by name, place and commune.

        Args:
            licences: The licences.
            sites: The sites.
            far_m: Beyond this a site is not the licence's place.
            least_name: Names less alike than this are two names.
        """
        self._licences, self._sites = licences, sites
        self._far_m, self._least_name = far_m, least_name
        self._exact = np.array([p == Precision.POINT for p in sites["precision"]], dtype=bool)
        texts: list[str] = []
        self._mine = [_added(texts, _names(licences, i)) for i in range(len(licences))]
        # The business stands first among a licence's names, where it has one.
        named = zip(self._mine, licences["business"], strict=True)
        self._business = [mine[: len(_parts(business))] for mine, business in named]
        self._theirs = [_added(texts, _names(sites, i)) for i in range(len(sites))]
        self._names = Names.of(texts)
        self._keys = [search_key(text) for text in texts]
        self._owner = np.full(len(texts), -1, dtype=np.int64)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_cell: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._by_commune: dict[str, list[int]] = defaultdict(list)
        for row in np.flatnonzero(live_sites(sites)):
            i = int(row)
            for name in self._theirs[i]:
                self._owner[name] = i
                self._by_name[self._keys[name]].append(i)
            self._by_commune[sites["admin_code"][i][:COMMUNE_DIGITS]] += self._theirs[i]
            if self._exact[i] and np.isfinite(sites["lon"][i]):
                self._by_cell[self._cell(sites["lon"][i], sites["lat"][i])].append(i)

    def best(self, position: int) -> int:
        """Return the row of the site to propose, or -1: rather none than a wild guess."""
        licences = self._licences
        point = (float(licences["lon"][position]), float(licences["lat"][position]))
        code = licences["admin_code"][position][:COMMUNE_DIGITS]
        mine = self._mine[position]
        same = {i for name in mine for i in self._by_name.get(self._keys[name], ())}
        found = self._nearest(same, point, code)
        if found < 0:
            found = self._next_door(mine, point, licences["activity_kind"][position])
        if found < 0 and len(code) == COMMUNE_DIGITS:
            found = self._alike(mine, self._by_commune.get(code, ()))
        return found

    def likeness(self, at: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return how alike the business' name on each licence is to its site's, in any script.

        A holder is often a company of another name: it helps to find the site, but that it is
        called otherwise means nothing.
        """
        found = np.full(len(at), np.nan)
        pairs = [
            (row, a, b)
            for row in np.flatnonzero(at >= 0)
            for a in self._business[row]
            for b in self._theirs[at[row]]
            if self._names.script[a] == self._names.script[b]
        ]
        if pairs:
            rows, first, second = np.array(pairs, dtype=np.int64).T
            found[rows] = 0.0
            np.maximum.at(found, rows, self._names.scores(first, second))
        return found

    def _nearest(self, rows: set[int], point: tuple[float, float], code: str) -> int:
        """Return the row of one name: in the licence's place, or the only one of that name."""
        in_place = sorted(
            (metres, i)
            for i in rows
            if (metres := self._metres(i, point)) is not None and metres <= self._far_m
        )
        if in_place:
            return in_place[0][1]
        in_commune = [i for i in rows if code and self._sites["admin_code"][i].startswith(code)]
        if len(in_commune) == 1:
            return in_commune[0]
        return next(iter(rows)) if len(rows) == 1 else -1

    def _next_door(self, mine: Sequence[int], point: tuple[float, float], kind: str) -> int:
        if not np.isfinite(point[0]):
            return -1
        column, row = self._cell(*point)
        cells = [(column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        near = [
            (metres, i)
            for cell in cells
            for i in self._by_cell.get(cell, ())
            if (metres := self._metres(i, point)) is not None and metres <= self._far_m
        ]
        alike = self._alike(mine, [name for _, i in near for name in self._theirs[i]])
        if alike >= 0:
            return alike
        doors = [(m, i) for m, i in near if m <= SAME_DOOR_M and self._sites["kind"][i] == kind]
        return min(doors)[1] if doors else -1

    def _alike(self, mine: Sequence[int], theirs: Sequence[int]) -> int:
        """Return the row of whose name one of `mine` is most like, if it is like it at all."""
        if not mine or not theirs:
            return -1
        first, second = np.repeat(mine, len(theirs)), np.tile(theirs, len(mine))
        scores = self._names.scores(first, second, at_least=self._least_name)
        best = int(np.argmax(scores))
        return int(self._owner[second[best]]) if scores[best] >= self._least_name else -1

    def _metres(self, row: int, point: tuple[float, float]) -> float | None:
        if not self._exact[row] or not np.isfinite(point[0]):
            return None
        there = np.array([[self._sites["lon"][row], self._sites["lat"][row]]], dtype=float)
        if not np.isfinite(there).all():
            return None
        return float(distances_m(np.array([point]), there)[0])

    def _cell(self, lon: float, lat: float) -> tuple[int, int]:
        degrees = self._far_m / METRES_PER_DEGREE * 1.05
        return int(lon // degrees), int(lat // degrees)


def _names(table: Table, row: int) -> tuple[str, ...]:
    fields = NAMES_OF_SITE if table.kind is Kind.SITE else NAMES_OF_LICENCE
    return tuple(dict.fromkeys(p for field in fields for p in _parts(table[field][row])))


def _parts(name: str) -> list[str]:
    """Return a name in each script: an import writes those of one licence beside each other."""
    return list(dict.fromkeys(part for part in name.split(BESIDE) if part))


def _added(texts: list[str], names: Sequence[str]) -> list[int]:
    """Add names to all texts and return where they stand there."""
    first = len(texts)
    texts += names
    return list(range(first, len(texts)))
