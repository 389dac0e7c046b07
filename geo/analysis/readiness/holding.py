"""What each zone of an operation holds: sites and allegations, in it and perhaps in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.readiness.doubt import may_lie
from geo.analysis.readiness.inside import Inside, exact_rows, inside
from geo.edit.merging import kept_ids, live_sites
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationStatus, LegalStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.command import Zone
    from geo.model.table import Table
    from geo.progress import Progress


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows in each zone, in the order of the zones.

    Attributes:
        sites: Sites whose point is in it.
        unclassified: Those of them on which nobody decided: unverified or under review.
        sites_perhaps: Unclassified sites known by a unit that touches it.
        allegations: Allegations whose point, or whose linked site, is in it.
        untriaged: Those of them that nobody has triaged.
        untriaged_perhaps: Allegations that nobody has triaged, known by a unit that touches it.
    """

    sites: Inside
    unclassified: Inside
    sites_perhaps: Inside
    allegations: Inside
    untriaged: Inside
    untriaged_perhaps: Inside


def holding_of(plan: PlanRows, zones: Sequence[Zone], progress: Progress) -> Holding:
    """Return what each zone holds.

    Args:
        plan: The plan; its tables never change, so that a worker thread may read them.
        zones: Zones of one operation.
        progress: Told of each step, and asked whether to go on.

    Raises:
        CancelledError: The user asked to stop.
    """
    outlines = [z.outline for z in zones]
    sites, allegations = plan.table(Kind.SITE), plan.table(Kind.ALLEGATION)
    exact = exact_rows(sites)
    open_sites = _unclassified(sites)
    within = inside(sites, outlines, exact, progress)
    known = exact_rows(allegations)
    linked = _linked(allegations, sites)
    placed = inside(allegations, outlines, known, progress)
    all_in = Inside(
        tuple(
            np.union1d(rows, _of_sites(linked, of_zone, len(sites)))
            for rows, of_zone in zip(placed.rows, within.rows, strict=True)
        )
    )
    waiting = np.asarray(allegations["status"] == AllegationStatus.RECEIVED.value, dtype=np.bool_)
    # Where the site is known exactly, the allegation is there and nowhere else.
    at_site = (linked >= 0) & np.append(exact, False)[linked]
    vague_sites = np.flatnonzero(live_sites(sites) & open_sites & ~exact)
    vague = np.flatnonzero(waiting & ~known & ~at_site)
    return Holding(
        sites=within,
        unclassified=within.chosen(open_sites),
        sites_perhaps=_perhaps(plan, sites, vague_sites, zones),
        allegations=all_in,
        untriaged=all_in.chosen(waiting),
        untriaged_perhaps=_perhaps(plan, allegations, vague, zones),
    )


def _unclassified(sites: Table) -> NDArray[np.bool_]:
    status = sites["legal_status"]
    found = status == LegalStatus.UNVERIFIED.value
    return np.asarray(found | (status == LegalStatus.UNDER_REVIEW.value), dtype=np.bool_)


def _linked(allegations: Table, sites: Table) -> NDArray[np.intp]:
    """Return the position of each allegation's site, -1 without one, shape ``(n,)``."""
    linked = np.full(len(allegations), -1, dtype=np.intp)
    rows = np.flatnonzero(allegations["site_id"].astype(np.bool_))
    kept, index = kept_ids(sites), sites.index
    ids = allegations["site_id"][rows]
    linked[rows] = np.fromiter(
        (index.get(kept.get(i, i), -1) for i in ids), dtype=np.intp, count=len(ids)
    )
    return linked


def _of_sites(linked: NDArray[np.intp], sites: NDArray[np.intp], n: int) -> NDArray[np.intp]:
    """Return the allegations that are linked to one of some sites."""
    chosen = np.zeros(n + 1, dtype=np.bool_)  # the last one is that of no site
    chosen[sites] = True
    return np.flatnonzero(chosen[linked])


def _perhaps(plan: PlanRows, table: Table, rows: NDArray[np.intp], zones: Sequence[Zone]) -> Inside:
    if not len(zones) or not len(rows):
        return Inside(tuple(np.zeros(0, dtype=np.intp) for _ in zones))
    zone, touched = may_lie(plan, table, rows, [z.outline for z in zones])
    order = np.argsort(zone, kind="stable")
    splits = np.searchsorted(zone[order], np.arange(1, len(zones)))
    return Inside(tuple(np.unique(part) for part in np.split(touched[order], splits)))
