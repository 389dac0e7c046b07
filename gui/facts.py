"""What the panels say about a plan: counts and relations read from its columns. No Qt."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.edit.assign import OVER
from geo.edit.merging import live_sites
from geo.model.entity import Kind
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Answer,
    Credibility,
    LegalStatus,
    Precision,
    Reliability,
)
from layers.coded import coded, flags_of
from layers.read_only import ShownPlan

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.command import Assignment, Zone
    from geo.model.entity import Area
    from geo.model.table import Table


SETTLED = (AllegationStatus.DUPLICATE.value, AllegationStatus.CLOSED.value)
"""Looked after under another number, or closed. An unsubstantiated one is listed all the same: that
nothing was found does not free anybody."""


def local_now() -> datetime:
    """Return the time of this machine's clock, local and naive as the plan's own times are."""
    return datetime.now(UTC).astimezone().replace(tzinfo=None)


def day_of(plan: PlanRows) -> date:
    """Return of which day a plan is shown: today, or the past day that the window looks at."""
    return plan.day if isinstance(plan, ShownPlan) else local_now().date()


def status_counts(plan: PlanRows) -> dict[LegalStatus, int]:
    """Return how many sites have each legal status; all statuses are named."""
    sites = plan.table(Kind.SITE)
    known = coded(sites["legal_status"])  # kept with the column: asked for with every change
    own = flags_of(sites["merged_into"], "live", lambda: live_sites(sites))
    counts = np.bincount(known.codes[own], minlength=len(known.values))
    found = dict(zip(known.values, counts.tolist(), strict=True))
    return {status: found.get(status.value, 0) for status in LegalStatus}


def kinds_of(encoded: object) -> tuple[AllegationKind, ...]:
    """Return the kinds of an allegation's row, which holds them as JSON text."""
    if not isinstance(encoded, str) or not encoded:
        return ()
    return tuple(AllegationKind(k) for k in json.loads(encoded))


def grade_of(reliability: object, credibility: object) -> str:
    """Return an Admiralty grade as it is written, e.g. ``B2``."""
    return f"{reliability}{credibility}"


@dataclass(frozen=True, slots=True)
class AllegationFigures:
    """Counts of allegations, each with its n.

    Attributes:
        n: How many allegations were counted.
        kinds: By kind; one allegation may have several.
        grades: By reliability and credibility.
        precision: By how exactly the place is known.
        held_now: How many speak of people held now.
        unplaced: How many of the plan have no position and so are never "in view".
    """

    n: int
    kinds: dict[AllegationKind, int]
    grades: dict[tuple[Reliability, Credibility], int]
    precision: dict[Precision, int]
    held_now: int
    unplaced: int


def allegation_figures(
    plan: PlanRows, bounds: tuple[float, float, float, float] | None
) -> AllegationFigures:
    """Count the plan's allegations, all of them or those within `bounds` (degrees)."""
    table = plan.table(Kind.ALLEGATION)
    lon, lat = table["lon"], table["lat"]
    unplaced = int(np.isnan(lon).sum())
    if bounds is None:
        chosen = np.arange(len(table))
    else:
        west, south, east, north = bounds
        chosen = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    kinds = Counter(k for text in table["kinds"][chosen] for k in kinds_of(text))
    grades = Counter(
        zip(
            map(Reliability, table["reliability"][chosen]),
            map(Credibility, table["credibility"][chosen]),
            strict=True,
        )
    )
    precision = Counter(table["precision"][chosen].tolist())
    return AllegationFigures(
        n=len(chosen),
        kinds={k: kinds[k] for k in AllegationKind if kinds[k]},
        grades=dict(grades),
        precision={p: precision[p.value] for p in Precision},
        held_now=int((table["held_now"][chosen] == Answer.YES.value).sum()),
        unplaced=unplaced,
    )


def held_now_positions(plan: PlanRows) -> NDArray[np.int64]:
    """Return the positions of allegations of people held now, the longest waiting first.

    One that repeats another is left out, so that nobody is counted twice, and so is what is over.
    """
    table = plan.table(Kind.ALLEGATION)
    held = np.flatnonzero(_held_now(table))
    days = [
        str(table["received_on"][i] or "9999") + str(table["received_at"][i] or "") for i in held
    ]
    return held[np.argsort(np.array(days, dtype=str), kind="stable")] if len(held) else held


def held_now_count(plan: PlanRows) -> int:
    """Return how many allegations of people held now there are; see `held_now_positions`."""
    return int(_held_now(plan.table(Kind.ALLEGATION)).sum())


def _held_now(table: Table) -> NDArray[np.bool_]:
    held = coded(table["held_now"]).where(lambda v: v == Answer.YES.value)
    found: NDArray[np.bool_] = held & ~coded(table["status"]).where(lambda v: v in SETTLED)
    return found


def hours_since(received_on: object, received_at: object, now: datetime) -> float | None:
    """Return the hours since an allegation's receipt, both given as ISO text; None if unknown."""
    if not received_on:
        return None
    at = datetime.fromisoformat(f"{received_on}T{received_at or '00:00'}")
    return (now - at).total_seconds() / 3600


def _inside(table: Table, outline: Area) -> int:
    west, south, east, north = shapely.bounds(outline)
    lon, lat = table["lon"], table["lat"]
    near = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    if table.kind is Kind.SITE:
        near &= live_sites(table)
    shapely.prepare(outline)
    return int(shapely.contains_xy(outline, lon[near], lat[near]).sum())


def count_inside(plan: PlanRows, kind: Kind, outline: Area) -> int:
    """Return how many points of a kind lie within an outline (degrees)."""
    table = plan.table(kind)
    count = table.kept("inside", (), lambda: lru_cache(maxsize=256)(partial(_inside, table)))
    return count(outline)


def current_assignments(plan: PlanRows) -> dict[str, list[Assignment]]:
    """Return zone id → its assignments that are planned or under way."""
    from geo.model.command import Assignment

    found: dict[str, list[Assignment]] = {}
    for assignment in plan.all(Assignment):
        if assignment.state not in OVER:
            found.setdefault(assignment.zone_id, []).append(assignment)
    return found


def bounds_of(plan: PlanRows, kind: Kind, ids: tuple[str, ...]) -> tuple[float, ...] | None:
    """Return west, south, east, north (degrees) of some rows, or None if they have no place."""
    table = plan.table(kind)
    rows = [table.index[i] for i in ids if i in table]
    if "lon" in table.columns:
        lon, lat = table["lon"][rows], table["lat"][rows]
        known = ~np.isnan(lon)
        if not known.any():
            return None
        lon, lat = lon[known], lat[known]
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())
    if "geom" in table.columns:
        shapes = shapely.from_wkb([table["geom"][i] for i in rows if table["geom"][i]])
        return tuple(map(float, shapely.total_bounds(shapes))) if len(shapes) else None
    return None


def linked_allegations(plan: PlanRows, site_id: str) -> list[str]:
    """Return the ids of the allegations that are linked to a site."""
    table = plan.table(Kind.ALLEGATION)
    return [str(i) for i in table.ids[table["site_id"] == site_id]]


def licences_of(plan: PlanRows, site_id: str) -> list[str]:
    """Return the ids of the licences that were matched to a site."""
    table = plan.table(Kind.LICENCE)
    return [str(i) for i in table.ids[table["site_id"] == site_id]]


def zones_in_order(plan: PlanRows) -> list[Zone]:
    """Return the zones, the first priority first."""
    from geo.model.command import Zone

    return sorted(plan.all(Zone), key=lambda z: (z.priority, z.name))
