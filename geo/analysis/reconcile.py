"""Licences against sites: which belong together, and where the register and the ground disagree.

A link that somebody made is taken as it is. For the others a site is *proposed*, by name and place,
and stays a proposal until a person confirms it. That a site has no licence here is a question for
the authority, not a finding against the site: the register may be a month old.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.site_search import SiteSearch
from geo.measure import distances_m
from geo.model.entity import Kind
from geo.model.vocabulary import Activity, Precision
from geo.progress import NoProgress

if TYPE_CHECKING:
    from numpy.typing import NDArray  # noqa: TC004 - the fields of a dataclass

    from geo.edit.reading import PlanRows
    from geo.model.table import Table
    from geo.progress import Progress

STEP_ROWS: Final = 500


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
    search = SiteSearch(licences, sites, far_m=terms.far_m, least_name=terms.least_name)
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
