"""Which rows a copy is about: own operation or province, what was decided, what is done.

Need to know comes before the grade: a copy about an operation holds that operation's rows only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.edit.merging import live_sites
from geo.model.codec import AREA_COLUMN
from geo.model.command import Operation
from geo.model.entity import Kind
from geo.model.vocabulary import AssignmentState, LegalStatus, OperationState, Precision
from geo.territory import Territory

if TYPE_CHECKING:
    from geo.model.table import Table
    from geo.project import Project

BoolArray = NDArray[np.bool_]

DECIDED = frozenset({LegalStatus.LEGAL, LegalStatus.ILLEGAL})
DONE = frozenset({OperationState.COMPLETED, OperationState.REVIEWED})

_OF_SITE = frozenset({Kind.LICENCE, Kind.STATUS_DECISION, Kind.INDICATOR_CHECK})
_OF_OPERATION = frozenset({Kind.COORDINATION, Kind.OVERRIDE, Kind.LOG_ENTRY})
_PLACED = frozenset({Kind.SITE, Kind.ALLEGATION, Kind.CROSSING})


@dataclass(frozen=True, slots=True)
class Scope:
    """What a copy is about.

    Attributes:
        province_code: NCDD code; empty means every province of the plan.
        operation_id: Id of an operation; empty means no operation in particular.
    """

    province_code: str = ""
    operation_id: str = ""


def exact(table: Table) -> BoolArray:
    """Tell which rows have a point of their own, not a commune's middle, shape ``(n,)``."""
    known: BoolArray = np.isfinite(table["lon"]) & np.isfinite(table["lat"])
    if "precision" in table.columns:
        known = known & _equal(table["precision"], Precision.POINT.value)
    return known


def inside(table: Table, areas: list[Any]) -> BoolArray:
    """Tell which rows of a table have an exact point in any of the areas, shape ``(n,)``."""
    lon, lat = table["lon"], table["lat"]
    within = np.zeros(len(table), dtype=bool)
    known = exact(table)
    for area in areas:
        shapely.prepare(area)
        within[known] |= shapely.intersects_xy(area, lon[known], lat[known])
    return within


def areas_of(zones: Table, mask: BoolArray) -> list[Any]:
    """Return the outlines of the chosen zones."""
    return [shapely.from_wkb(blob) for blob in zones[AREA_COLUMN][mask] if blob is not None]


def own(project: Project, scope: Scope) -> dict[Kind, BoolArray]:
    """Tell which rows of each kind belong to the scope; a kind that it does not limit is whole.

    A merged site belongs to no scope.
    """
    masks = {kind: np.ones(len(project.table(kind)), dtype=bool) for kind in Kind}
    if scope.province_code:
        _limit_to_province(project, scope.province_code, masks)
    if scope.operation_id:
        _limit_to_operation(project, scope.operation_id, masks)
    _leave_out_merged(project, masks)
    return masks


def _leave_out_merged(project: Project, masks: dict[Kind, BoolArray]) -> None:
    """Leave out the sites that turned out to be others, and their ledgers: they are none."""
    sites = project.table(Kind.SITE)
    live = live_sites(sites)
    masks[Kind.SITE] = masks[Kind.SITE] & live
    merged = set(sites.ids[~live])
    if merged:
        ledger = project.table(Kind.STATUS_DECISION)
        masks[Kind.STATUS_DECISION] = masks[Kind.STATUS_DECISION] & ~_one_of(
            ledger["site_id"], merged
        )


def _limit_to_province(project: Project, code: str, masks: dict[Kind, BoolArray]) -> None:
    for kind in _PLACED:
        masks[kind] = _in_province(project.table(kind), code)
    _follow(project, masks, _OF_SITE, "site_id", Kind.SITE)
    for kind in (Kind.OPERATION, Kind.TEAM, Kind.SUPPORT_UNIT):
        codes = project.table(kind)["province_code"]
        masks[kind] = _starts_with(codes, code) | _equal(codes, "")
    operations = project.table(Kind.OPERATION)
    elsewhere = set(operations.ids[~masks[Kind.OPERATION]])
    zones = project.table(Kind.ZONE)
    masks[Kind.ZONE] = ~_one_of(zones["operation_id"], elsewhere)
    _follow(project, masks, (Kind.ASSIGNMENT,), "zone_id", Kind.ZONE)
    for kind in _OF_OPERATION:
        masks[kind] = ~_one_of(project.table(kind)["operation_id"], elsewhere)
    _limit_results(project, masks)


def _in_province(table: Table, code: str) -> BoolArray:
    """Tell which rows lie in a province: by their unit, or by their point without one."""
    found = _starts_with(table["admin_code"], code)
    unknown = _equal(table["admin_code"], "") & exact(table)
    if unknown.any():
        at = Territory.load().provinces_at(table["lon"][unknown], table["lat"][unknown])
        found[unknown] = at == code
    return found


def _limit_to_operation(project: Project, operation_id: str, masks: dict[Kind, BoolArray]) -> None:
    zones = project.table(Kind.ZONE)
    masks[Kind.OPERATION] = project.table(Kind.OPERATION).ids == operation_id
    masks[Kind.ZONE] = _equal(zones["operation_id"], operation_id)
    for kind in _OF_OPERATION:
        masks[kind] = _equal(project.table(kind)["operation_id"], operation_id)
    _limit_support(project, operation_id, masks)
    _follow(project, masks, (Kind.ASSIGNMENT,), "zone_id", Kind.ZONE)
    assignments = project.table(Kind.ASSIGNMENT)
    teams = set(assignments["team_id"][masks[Kind.ASSIGNMENT]])
    masks[Kind.TEAM] = _one_of(project.table(Kind.TEAM).ids, teams)
    areas = areas_of(zones, masks[Kind.ZONE])
    sites, allegations = project.table(Kind.SITE), project.table(Kind.ALLEGATION)
    masks[Kind.SITE] = inside(sites, areas)
    own_sites = set(sites.ids[masks[Kind.SITE]])
    masks[Kind.ALLEGATION] = inside(allegations, areas) | _one_of(allegations["site_id"], own_sites)
    _follow(project, masks, _OF_SITE, "site_id", Kind.SITE)
    _limit_results(project, masks)


def _limit_support(project: Project, operation_id: str, masks: dict[Kind, BoolArray]) -> None:
    """Of the ambulances and fire trucks those that stand by in the operation's province."""
    operation = project.find(Operation, operation_id)
    codes = project.table(Kind.SUPPORT_UNIT)["province_code"]
    if operation is not None and operation.province_code:
        masks[Kind.SUPPORT_UNIT] = _starts_with(codes, operation.province_code) | _equal(codes, "")


def _limit_results(project: Project, masks: dict[Kind, BoolArray]) -> None:
    """Inspections and outcomes follow their assignment or, without one, their site."""
    duties = set(project.table(Kind.ASSIGNMENT).ids[masks[Kind.ASSIGNMENT]])
    sites = set(project.table(Kind.SITE).ids[masks[Kind.SITE]])
    for kind in (Kind.INSPECTION, Kind.OUTCOME):
        table = project.table(kind)
        without = _equal(table["assignment_id"], "")
        masks[kind] = _one_of(table["assignment_id"], duties) | (
            without & _one_of(table["site_id"], sites)
        )
    _follow(project, masks, (Kind.FINE,), "inspection_id", Kind.INSPECTION)


def _follow(
    project: Project,
    masks: dict[Kind, BoolArray],
    kinds: tuple[Kind, ...] | frozenset[Kind],
    column: str,
    parent: Kind,
) -> None:
    ids = set(project.table(parent).ids[masks[parent]])
    for kind in kinds:
        masks[kind] = _one_of(project.table(kind)[column], ids)


def decided_sites(project: Project) -> frozenset[str]:
    """Return the ids of sites that are legal or illegal by the last entry of their ledger.

    The status alone is not believed: without its decision it is not released as one.
    """
    decisions = project.table(Kind.STATUS_DECISION)
    last: dict[str, tuple[str, str, str]] = {}
    for site_id, decided_on, recorded_at, to_status in zip(
        decisions["site_id"],
        decisions["decided_on"],
        decisions["recorded_at"],
        decisions["to_status"],
        strict=True,
    ):
        entry = (str(decided_on), str(recorded_at), str(to_status))
        last[site_id] = max(last.get(site_id, entry), entry)
    sites = project.table(Kind.SITE)
    return frozenset(
        site_id
        for site_id, status in zip(sites.ids, sites["legal_status"], strict=True)
        if status in DECIDED and site_id in last and last[site_id][2] == status
    )


def decided(project: Project, kind: Kind) -> BoolArray:
    """Tell which rows are, or belong to, a site that was decided legal or illegal."""
    table = project.table(kind)
    ids = table.ids if kind is Kind.SITE else table["site_id"]
    return _one_of(ids, decided_sites(project))


def completed(project: Project, kind: Kind) -> BoolArray:
    """Tell which rows belong to a completed operation. What belongs to none is not completed."""
    operations = project.table(Kind.OPERATION)
    done = set(operations.ids[_one_of(operations["state"], set(DONE))])
    if kind is Kind.OPERATION:
        return _one_of(operations.ids, done)
    table = project.table(kind)
    if kind in {Kind.ZONE, Kind.COORDINATION}:
        return _one_of(table["operation_id"], done)
    zones = project.table(Kind.ZONE)
    past_zones = set(zones.ids[_one_of(zones["operation_id"], done)])
    assignments = project.table(Kind.ASSIGNMENT)
    past = _one_of(assignments["zone_id"], past_zones) & ~_equal(
        assignments["state"], AssignmentState.ABORTED.value
    )
    if kind is Kind.ASSIGNMENT:
        return past
    if kind is Kind.TEAM:
        return _one_of(table.ids, set(assignments["team_id"][past]))
    return _one_of(table["assignment_id"], set(assignments.ids[past]))


def _one_of(values: NDArray[Any], wanted: set[Any] | frozenset[Any]) -> BoolArray:
    return np.fromiter((value in wanted for value in values), dtype=bool, count=len(values))


def _equal(values: NDArray[Any], wanted: str) -> BoolArray:
    return np.fromiter(((value or "") == wanted for value in values), dtype=bool, count=len(values))


def _starts_with(values: NDArray[Any], prefix: str) -> BoolArray:
    return np.fromiter(
        ((value or "").startswith(prefix) for value in values), dtype=bool, count=len(values)
    )
