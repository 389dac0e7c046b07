"""The columns of border crossings, teams and zones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo import localise
from geo.model.command import Operation, Team, Zone
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.vocabulary import CrossingClass, Neighbour, ZoneState
from gui import facts, i18n
from gui.i18n import tr
from gui.models.column import (
    ColumnSpec,
    Form,
    choice_column,
    field_values,
    name_values,
    number,
    number_column,
    place_columns,
    text_column,
    unit,
)

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.model.table import Table
    from gui.models.column import Rows, Values

YES, NO, UNKNOWN = "open", "closed", "unknown"


def open_word(is_open: object) -> str:
    """Return whether a crossing is open, in words; None is not known."""
    code = "unknown" if is_open is None else "open" if is_open else "closed"
    return tr(f"panel.crossing.{code}")


def _open(plan: PlanRows, table: Table, rows: Rows) -> Values:
    day = facts.day_of(plan)
    found = [plan.get(BorderCrossing, str(i)).open_on(day) for i in table.ids[rows]]
    return [UNKNOWN if f is None else YES if f else NO for f in found]


def _approximate(value: Any) -> str:  # noqa: ANN401 - a cell
    return tr("table.place.approximate") if value else tr("table.place.exact")


def _groups(encoded: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a cell
    return json.loads(encoded) if encoded else []


def _missing_groups(plan: PlanRows, table: Table, rows: Rows) -> Values:
    return [len(plan.get(Team, str(i)).empty_mandatory_groups()) for i in table.ids[rows]]


def _missing_word(count: int) -> str:
    return tr("panel.team.complete") if not count else tr("panel.team.missing", n=number(count))


def _members(_plan: PlanRows, table: Table, rows: Rows) -> Values:
    return [sum(int(g.get("members") or 0) for g in _groups(v)) for v in table["groups"][rows]]


def _vehicles(_plan: PlanRows, table: Table, rows: Rows) -> Values:
    return [len(_groups(v)) for v in table["vehicles"][rows]]


def _assigned(
    table: Table, teams: Table, zones: Table
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return team id → names of its zones, and zone id → short names of its teams."""
    from geo.edit.assign import OVER

    zone_names = dict(zip(zones.ids, zones["name"], strict=True))
    short = zip(teams.ids, teams["short_name"], teams["name"], strict=True)
    team_names = {i: s or n for i, s, n in short}
    of_team: dict[str, list[str]] = {}
    of_zone: dict[str, list[str]] = {}
    for zone_id, team_id, state in zip(
        table["zone_id"], table["team_id"], table["state"], strict=True
    ):
        if state not in OVER:
            of_team.setdefault(team_id, []).append(zone_names.get(zone_id, ""))
            of_zone.setdefault(zone_id, []).append(team_names.get(team_id, ""))
    return of_team, of_zone


def _duties(plan: PlanRows) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    table, *others = (plan.table(kind) for kind in (Kind.ASSIGNMENT, Kind.TEAM, Kind.ZONE))
    return table.kept("duties", tuple(others), lambda: _assigned(table, *others))


def _zones_of_team(plan: PlanRows, table: Table, rows: Rows) -> Values:
    found = _duties(plan)[0]
    return [", ".join(sorted(set(found.get(i, ())))) for i in table.ids[rows]]


def _teams_of_zone(plan: PlanRows, table: Table, rows: Rows) -> Values:
    found = _duties(plan)[1]
    return [", ".join(found.get(i, ())) for i in table.ids[rows]]


def _sites_inside(plan: PlanRows, table: Table, rows: Rows) -> Values:
    zones = [plan.get(Zone, str(i)) for i in table.ids[rows]]
    return [facts.count_inside(plan, Kind.SITE, z.outline) for z in zones]


def _allegations_inside(plan: PlanRows, table: Table, rows: Rows) -> Values:
    zones = [plan.get(Zone, str(i)) for i in table.ids[rows]]
    return [facts.count_inside(plan, Kind.ALLEGATION, z.outline) for z in zones]


def _areas(_plan: PlanRows, table: Table, rows: Rows) -> Values:
    from geo.measure import area_m2

    outlines = shapely.from_wkb(table["geom"][rows])
    return np.array([area_m2(o) if o is not None else np.nan for o in outlines], dtype=np.float64)


def _area_word(value: Any) -> str:  # noqa: ANN401 - a cell
    unknown = value is None or value != value  # noqa: PLR0124 - NaN
    return "" if unknown else localise.format_area_km2(value, i18n.language())


def _operations(plan: PlanRows, table: Table, rows: Rows) -> Values:
    names = {o.id: o.name for o in plan.all(Operation)}
    return [names.get(i, "") for i in table["operation_id"][rows]]


CROSSING_COLUMNS = (
    text_column(
        "name",
        "panel.column.name",
        values=name_values("name_km", "name_en"),
        width=220,
        fields=("name_km", "name_en"),
        worded=True,
    ),
    choice_column("crossing_class", "panel.column.class", CrossingClass, width=200),
    ColumnSpec(
        key="open",
        head="panel.column.open",
        values=_open,
        shown=lambda value: tr(f"panel.crossing.{value}"),
        form=Form.CHOICE,
        width=110,
        fields=("open_intervals",),
        order=(YES, NO, UNKNOWN),
    ),
    choice_column("neighbour", "panel.column.neighbour", Neighbour, order=()),
    text_column("opposite", "panel.column.opposite", width=200),
    ColumnSpec(
        key="approximate",
        head="table.column.approximate",
        values=field_values("approximate"),
        shown=_approximate,
        form=Form.CHOICE,
        at_first=False,
    ),
    *(
        text_column(k, f"table.column.{k}", width=200, at_first=False, sought=True)
        for k in ("name_km", "name_en")
    ),
    *place_columns(distance=False),
    text_column("basis", "table.column.basis", width=220, at_first=False),
)

_DUTIES = (Kind.ASSIGNMENT, Kind.TEAM, Kind.ZONE)
TEAM_COLUMNS = (
    text_column("name", "panel.column.name", width=240),
    text_column("short_name", "panel.column.short", width=90),
    text_column("lead", "panel.column.lead", width=240),
    ColumnSpec(
        key="missing_groups",
        head="panel.column.groups",
        values=_missing_groups,
        shown=_missing_word,
        form=Form.CHOICE,
        width=180,
        fields=("groups",),
    ),
    text_column(
        "zones",
        "panel.column.zones",
        values=_zones_of_team,
        width=240,
        fields=("id",),
        reads=_DUTIES,
    ),
    number_column(
        "members",
        "table.column.members",
        values=_members,
        at_first=False,
        fields=("groups",),
        width=120,
    ),
    number_column("vehicles", "table.column.vehicles", values=_vehicles, at_first=False, width=120),
    text_column("contact", "table.column.contact", at_first=False),
    ColumnSpec(
        key="province_code",
        head="table.column.province",
        values=field_values("province_code"),
        shown=unit,
        form=Form.CHOICE,
        at_first=False,
    ),
)

ZONE_COLUMNS = (
    text_column("name", "panel.column.name", width=240),
    number_column("priority", "panel.column.priority"),
    choice_column("state", "panel.column.state", ZoneState),
    text_column(
        "team", "panel.column.team", values=_teams_of_zone, width=160, fields=("id",), reads=_DUTIES
    ),
    number_column(
        "sites", "panel.column.sites", values=_sites_inside, fields=("geom",), reads=(Kind.SITE,)
    ),
    number_column(
        "allegations",
        "panel.column.allegations",
        values=_allegations_inside,
        fields=("geom",),
        reads=(Kind.ALLEGATION,),
        width=110,
    ),
    number_column(
        "area",
        "table.column.area",
        values=_areas,
        shown=_area_word,
        at_first=False,
        fields=("geom",),
        width=120,
    ),
    text_column(
        "operation",
        "table.column.operation",
        values=_operations,
        form=Form.CHOICE,
        width=180,
        at_first=False,
        fields=("operation_id",),
        reads=(Kind.OPERATION,),
    ),
)
