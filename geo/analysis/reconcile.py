"""Licences against sites: which belong together, and where the register and the ground disagree.

A link that somebody made is taken as it is. For the others a site is *proposed*, by name and place,
and stays a proposal until a person confirms it. That a site has no licence here is a question for
the authority, not a finding against the site: the register may be a month old.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.similarity import Names
from geo.edit.merging import live_sites
from geo.measure import distances_m
from geo.model.entity import Kind
from geo.model.vocabulary import Activity, Precision
from geo.names import search_key
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray  # noqa: TC004 - the fields of a dataclass

    from geo.edit.reading import PlanRows
    from geo.model.table import Table
    from geo.progress import Progress

COMMUNE_DIGITS: Final = 6
METRES_PER_DEGREE: Final = 111_320.0
SAME_DOOR_M: Final = 30.0
"""So near and of the same kind, a site is proposed whatever its name."""
STEP_ROWS: Final = 500
NAMES_OF_SITE: Final = ("name_en", "name_km", "name_zh")
NAMES_OF_LICENCE: Final = ("business", "holder")
BESIDE: Final = " · "


class Finding(StrEnum):
    """What comparing them can show; one licence may show several."""

    MATCHED = "matched"
    PROPOSED = "proposed"
    EXPIRED = "expired"
    EXPIRING = "expiring"
    NAME_DIFFERS = "name_differs"
    FAR = "far"
    NO_SITE = "no_site"
    NO_LICENCE = "no_licence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What counts as near, alike and soon.

    Attributes:
        today: Day on which licences are looked at.
        soon_days: A licence that ends within so many days is expiring.
        far_m: Farther apart than this, licence and site do not stand in the same place.
        least_name: Names less alike than this differ; 1 is the same name.
    """

    today: date
    soon_days: int = 90
    far_m: float = 250.0
    least_name: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Every licence with its site, and every site without a licence.

    All arrays of licences have shape ``(n,)``, in the order of the licence table.

    Attributes:
        licence_ids: Ids.
        site_ids: Id of the site that each is for, linked or proposed, or empty.
        linked: Somebody made the link.
        distance_m: Metres between the registered point and the site; NaN where one is unknown.
        likeness: Of the names, 0 to 1; NaN where one has none.
        days: Until the licence ends, negative when it did; NaN where it has no end.
        sites_without: Ids of operating sites for which there is no licence at all.
        terms: What it was found with.
    """

    licence_ids: NDArray[np.object_]
    site_ids: NDArray[np.object_]
    linked: NDArray[np.bool_]
    distance_m: NDArray[np.float64]
    likeness: NDArray[np.float64]
    days: NDArray[np.float64]
    sites_without: NDArray[np.object_]
    terms: Terms

    def of(self, finding: Finding) -> NDArray[np.intp]:
        """Return the licences that show a finding, as positions; for NO_LICENCE of sites."""
        if finding is Finding.NO_LICENCE:
            return np.arange(len(self.sites_without))
        return np.flatnonzero(self._mask(finding))

    def count(self, finding: Finding) -> int:
        """Return how many rows show a finding."""
        return len(self.of(finding))

    def findings_of(self, position: int) -> tuple[Finding, ...]:
        """Return what the licence at a position shows."""
        shown = (f for f in Finding if f is not Finding.NO_LICENCE)
        return tuple(f for f in shown if bool(self._mask(f)[position]))

    def _mask(self, finding: Finding) -> NDArray[np.bool_]:
        has_site = self.site_ids != ""
        with np.errstate(invalid="ignore"):
            expired = self.days < 0
            expiring = (self.days >= 0) & (self.days <= self.terms.soon_days)
            differs = has_site & (self.likeness < self.terms.least_name)
            far = has_site & (self.distance_m > self.terms.far_m)
        masks = {
            Finding.MATCHED: has_site & self.linked & ~expired & ~expiring & ~differs & ~far,
            Finding.PROPOSED: has_site & ~self.linked,
            Finding.EXPIRED: expired,
            Finding.EXPIRING: expiring,
            Finding.NAME_DIFFERS: differs,
            Finding.FAR: far,
            Finding.NO_SITE: ~has_site,
        }
        return np.asarray(masks[finding], dtype=bool)


def reconcile(plan: PlanRows, terms: Terms, progress: Progress | None = None) -> Reconciliation:
    """Compare all licences with all sites; nothing is changed.

    Args:
        plan: The plan as it is now; its tables may be read from any thread.
        terms: What counts as near, alike and soon.
        progress: Told of the licences looked at, and asked whether to go on.

    Raises:
        CancelledError: The user asked to stop.
    """
    progress = progress or NoProgress()
    licences, sites = plan.table(Kind.LICENCE), plan.table(Kind.SITE)
    merged = dict(zip(sites.ids, sites["merged_into"], strict=True))
    site_ids = np.array([merged.get(i) or i for i in licences["site_id"]], dtype=object)
    known = np.array([i in sites for i in site_ids], dtype=bool)
    site_ids[~known] = ""
    linked = site_ids != ""
    search = _Search(licences, sites, terms)
    at = np.array([sites.index[i] if i else -1 for i in site_ids], dtype=np.intp)
    for step, position in enumerate(np.flatnonzero(~linked)):
        if step % STEP_ROWS == 0:
            progress.step(int(position), len(licences), "reconcile.step")
        at[position] = search.best(int(position))
    site_ids = np.where(at >= 0, sites.ids[at], "") if len(sites) else site_ids
    return Reconciliation(
        licence_ids=licences.ids,
        site_ids=site_ids,
        linked=linked,
        distance_m=_distances(licences, sites, at),
        likeness=search.likeness(at),
        days=_days(licences, terms.today),
        sites_without=_without(sites, set(site_ids)),
        terms=terms,
    )


class _Search:
    """Proposes a site for a licence: of the same name, next door, or alike in the commune."""

    def __init__(self, licences: Table, sites: Table, terms: Terms) -> None:
        self._licences, self._sites, self._terms = licences, sites, terms
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
            if (metres := self._metres(i, point)) is not None and metres <= self._terms.far_m
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
            if (metres := self._metres(i, point)) is not None and metres <= self._terms.far_m
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
        scores = self._names.scores(first, second, at_least=self._terms.least_name)
        best = int(np.argmax(scores))
        return int(self._owner[second[best]]) if scores[best] >= self._terms.least_name else -1

    def _metres(self, row: int, point: tuple[float, float]) -> float | None:
        if not self._exact[row] or not np.isfinite(point[0]):
            return None
        there = np.array([[self._sites["lon"][row], self._sites["lat"][row]]], dtype=float)
        if not np.isfinite(there).all():
            return None
        return float(distances_m(np.array([point]), there)[0])

    def _cell(self, lon: float, lat: float) -> tuple[int, int]:
        degrees = self._terms.far_m / METRES_PER_DEGREE * 1.05
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


def _distances(licences: Table, sites: Table, at: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return metres; a place known by its commune only has no distance to anything."""
    metres = np.full(len(at), np.nan)
    rows = np.flatnonzero(at >= 0)
    here = np.column_stack((licences["lon"][rows], licences["lat"][rows])).astype(float)
    there = np.column_stack((sites["lon"][at[rows]], sites["lat"][at[rows]])).astype(float)
    exact = np.array([p == Precision.POINT for p in sites["precision"][at[rows]]], dtype=bool)
    both = np.isfinite(here).all(axis=1) & np.isfinite(there).all(axis=1) & exact
    if both.any():
        metres[rows[both]] = distances_m(here[both], there[both])
    return metres


def _days(licences: Table, today: date) -> NDArray[np.float64]:
    ends = licences["expires_on"]
    return np.array(
        [np.nan if e is None else (date.fromisoformat(e) - today).days for e in ends], dtype=float
    )


def _without(sites: Table, licensed: set[object]) -> NDArray[np.object_]:
    shown = [
        not merged and activity in {Activity.OPERATING, Activity.REOPENED} and i not in licensed
        for i, merged, activity in zip(
            sites.ids, sites["merged_into"], sites["activity"], strict=True
        )
    ]
    return np.asarray(sites.ids[np.array(shown, dtype=bool)], dtype=object)
