"""A plan's tables as the map needs them: projected, coded by symbol, indexed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from geo.model.allegation import at_least
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.vocabulary import (
    Activity,
    AllegationStatus,
    Answer,
    AssignmentState,
    Credibility,
    CrossingClass,
    LegalStatus,
    Precision,
    Reliability,
)
from layers.coded import coded
from layers.lens import ANNULLED
from layers.points import PointIndex
from layers.shapes import Shapes, rings_from_wkb
from layers.style import SymbolSpec, allegation_symbol, crossing_symbol, site_symbol
from layers.view import FloatArray, to_mercator

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.model.table import Table

POOR_ACCURACY_M = 250.0
"""A position less accurate than this is shown as a disc of that radius, not as a symbol."""

HIDDEN_STATUSES = frozenset(
    {
        AllegationStatus.DUPLICATE,
        AllegationStatus.INSUFFICIENT,
        AllegationStatus.UNSUBSTANTIATED,
        AllegationStatus.CLOSED,
    }
)
"""Allegations that stand nowhere on the map: counted elsewhere, not borne out, or done with."""

# Later ones lie on top.
_SITE_ORDER = (
    LegalStatus.LEGAL,
    LegalStatus.REGULARISED,
    LegalStatus.UNVERIFIED,
    LegalStatus.SUSPENDED,
    LegalStatus.REVOKED,
    LegalStatus.UNDER_REVIEW,
    LegalStatus.MIXED,
    LegalStatus.ILLEGAL,
)
_ACTIVITIES = tuple(Activity)
# Annulled decisions of a past day lie at the very bottom: they stand for nothing any more.
SITE_STYLES: tuple[tuple[LegalStatus, Activity | None], ...] = (
    *((s, None) for s in _SITE_ORDER),
    *((s, a) for s in _SITE_ORDER for a in reversed(_ACTIVITIES)),
)
"""Legal status and activity; None is a status whose decision was annulled later."""
SITE_SPECS: tuple[SymbolSpec, ...] = tuple(
    site_symbol(s, annulled=True) if a is None else site_symbol(s, a) for s, a in SITE_STYLES
)
ALLEGATION_STYLES = tuple((g, h) for h in (False, True) for g in (None, False, True))
ALLEGATION_SPECS: tuple[SymbolSpec, ...] = tuple(
    allegation_symbol(g, held_now=h) for g, h in ALLEGATION_STYLES
)
CROSSING_STYLES = tuple((c, o) for c in reversed(CrossingClass) for o in (None, False, True))
CROSSING_SPECS: tuple[SymbolSpec, ...] = tuple(
    crossing_symbol(c, is_open=o) for c, o in CROSSING_STYLES
)


@dataclass(frozen=True, slots=True)
class PointFeatures:
    """Rows of one kind that are drawn as symbols, lowest first.

    Attributes:
        kind: Kind of the rows.
        rows: Position of each in its table, shape ``(n,)``.
        spec: Index into `specs`, shape ``(n,)``.
        index: Their places.
    """

    kind: Kind
    rows: NDArray[np.intp]
    spec: NDArray[np.uint8]
    specs: tuple[SymbolSpec, ...]
    index: PointIndex


@dataclass(frozen=True, slots=True)
class ZoneFeatures:
    """Zones with what is written in them: the teams' short names, else the zone's own."""

    shapes: Shapes
    colours: tuple[int, ...]
    labels: tuple[str, ...]


def site_features(table: Table) -> PointFeatures:
    """Return the sites whose place is known exactly enough for a symbol."""
    exact = is_exact(table)
    status = _coded(table["legal_status"], {s.value: i for i, s in enumerate(_SITE_ORDER)})
    order = tuple(reversed(_ACTIVITIES))
    activity = _coded(table["activity"], {a.value: i for i, a in enumerate(order)})
    codes = status * np.uint8(len(order)) + activity + np.uint8(len(_SITE_ORDER))
    annulled = table.columns.get(ANNULLED)
    if annulled is not None:
        codes = np.where(annulled, status, codes).astype(np.uint8)
    return _points(table, exact, codes, SITE_SPECS)


def allegation_features(table: Table) -> PointFeatures:
    """Return the allegations whose place is known exactly enough for a symbol."""
    shown = is_exact(table) & on_map(table)
    grades = {
        (r.value, c.value): (None, False, True).index(at_least(r, c))
        for r in Reliability
        for c in Credibility
    }
    pairs = zip(table["reliability"], table["credibility"], strict=True)
    grade = np.fromiter((grades[pair] for pair in pairs), dtype=np.uint8, count=len(table))
    held = coded(table["held_now"]).where(lambda v: v == Answer.YES.value).astype(np.uint8)
    return _points(table, shown, grade + np.uint8(3) * held, ALLEGATION_SPECS)


def crossing_features(table: Table, on: date) -> PointFeatures:
    """Return the border crossings, open or closed as they were on a day."""
    known = np.isfinite(table["lon"]) & np.isfinite(table["lat"])
    codes = np.zeros(len(table), dtype=np.uint8)
    for i, crossing in enumerate(table.entities()):
        if isinstance(crossing, BorderCrossing):
            codes[i] = CROSSING_STYLES.index((crossing.crossing_class, crossing.open_on(on)))
    return _points(table, known, codes, CROSSING_SPECS)


def zone_features(zones: Table, assignments: Table, teams: Table) -> ZoneFeatures:
    """Return the zones with their colours and the short names of the teams that are assigned."""
    short = {
        team_id: short or name
        for team_id, short, name in zip(teams.ids, teams["short_name"], teams["name"], strict=True)
    }
    replaced = set(assignments["replaces"])
    named: dict[str, list[str]] = {}
    for assignment_id, zone_id, team_id, state in zip(
        assignments.ids,
        assignments["zone_id"],
        assignments["team_id"],
        assignments["state"],
        strict=True,
    ):
        if state == AssignmentState.ABORTED.value or assignment_id in replaced:
            continue
        names = named.setdefault(zone_id, [])
        if team_id in short and short[team_id] not in names:
            names.append(short[team_id])
    return ZoneFeatures(
        Shapes.of(rings_from_wkb(blob) if blob else [] for blob in zones[AREA_COLUMN]),
        tuple(int(c or 0) for c in zones["colour"]),
        tuple(
            " · ".join(named[zone_id]) if named.get(zone_id) else (name or "")
            for zone_id, name in zip(zones.ids, zones["name"], strict=True)
        ),
    )


def is_exact(table: Table) -> NDArray[np.bool_]:
    """Tell which rows are known to the point and accurately; the others are areas of doubt."""
    exact = coded(table["precision"]).where(lambda v: v == Precision.POINT.value)
    exact = exact & np.isfinite(table["lon"]) & np.isfinite(table["lat"])
    fine = coded(table["accuracy_m"]).where(lambda v: v is None or v <= POOR_ACCURACY_M)
    shown: NDArray[np.bool_] = exact & fine
    return shown


def on_map(table: Table) -> NDArray[np.bool_]:
    """Tell which allegations stand on the map at all."""
    hidden = {status.value for status in HIDDEN_STATUSES}
    return coded(table["status"]).where(lambda s: s not in hidden)


def _coded(column: NDArray[Any], codes: Mapping[str, int]) -> NDArray[np.uint8]:
    # Once per value and kept with the column: an edit leaves the other columns as they are.
    known = coded(column)
    of_value = np.array([codes[v] for v in known.values], dtype=np.uint8)
    found: NDArray[np.uint8] = of_value[known.codes]
    return found


def _points(
    table: Table,
    shown: NDArray[np.bool_],
    codes: NDArray[np.uint8],
    specs: tuple[SymbolSpec, ...],
) -> PointFeatures:
    rows = np.flatnonzero(shown)
    # In order of importance and, within it, as they were entered.
    rows = rows[np.argsort(codes[rows], kind="stable")]
    xy: FloatArray = np.column_stack(to_mercator(table["lon"][rows], table["lat"][rows]))
    return PointFeatures(table.kind, rows, codes[rows], specs, PointIndex.of(xy))
