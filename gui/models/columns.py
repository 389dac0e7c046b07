"""The columns of tables and lists: how a row becomes text to read and keys to sort by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from numpy.typing import NDArray

from geo import localise
from geo.edit.reading import PlanRows
from geo.model.command import Team, Zone
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.table import Table
from geo.model.vocabulary import (
    Activity,
    AllegationStatus,
    Answer,
    CrossingClass,
    LegalStatus,
    Neighbour,
    Precision,
    SiteKind,
    ZoneState,
)
from gui import facts, i18n
from gui.i18n import tr

Values = Sequence[Any] | NDArray[Any]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a list or table.

    Attributes:
        head: Code of its heading.
        values: The plan and the table → one value a row, to sort by.
        shown: A value → text in the window's language.
        right: Numbers stand at the right.
        width: Pixels that it takes at first.
        by_text: Sorted by the text instead of the value.
    """

    head: str
    values: Callable[[PlanRows, Table], Values]
    shown: Callable[[Any], str]
    right: bool = False
    width: int = 120
    by_text: bool = False


def _field(name: str) -> Callable[[PlanRows, Table], Values]:
    return lambda _plan, table: table[name]


def _plain(value: object) -> str:
    return str(value) if value is not None else ""


def _vocabulary(cls: type) -> Callable[[Any], str]:
    return lambda value: i18n.label(cls(value)) if value else ""


def _day(value: Any) -> str:  # noqa: ANN401 - a cell
    return i18n.day(date.fromisoformat(value)) if value else ""


def _metres(value: Any) -> str:  # noqa: ANN401 - a cell
    return "" if value is None else localise.format_length(value, i18n.language())


def _number(value: Any) -> str:  # noqa: ANN401 - a cell
    return "" if value is None else i18n.number(value)


def site_names(_plan: PlanRows, table: Table) -> Values:
    """Return what each site is called in the window's language."""
    rows = zip(table["name_km"], table["name_en"], table["name_zh"], table["code"], strict=True)
    return [i18n.name_of(km, en, zh or code) for km, en, zh, code in rows]


def _crossing_names(_plan: PlanRows, table: Table) -> Values:
    rows = zip(table["name_km"], table["name_en"], strict=True)
    return [i18n.name_of(km, en) for km, en in rows]


def _kinds(_plan: PlanRows, table: Table) -> Values:
    return [", ".join(i18n.label(k) for k in facts.kinds_of(v)) for v in table["kinds"]]


def _grades(_plan: PlanRows, table: Table) -> Values:
    rows = zip(table["reliability"], table["credibility"], strict=True)
    return [facts.grade_of(r, c) for r, c in rows]


def _allegation_sites(plan: PlanRows, table: Table) -> Values:
    sites = plan.table(Kind.SITE)
    names = site_names(plan, sites)
    index = sites.index
    return [names[index[i]] if i in index else "" for i in table["site_id"]]


def _held(value: Any) -> str:  # noqa: ANN401 - a cell
    return i18n.label(Answer(value))


def _held_order(_plan: PlanRows, table: Table) -> Values:
    return table["held_now"]


def _open(plan: PlanRows, table: Table) -> Values:
    today = facts.local_now().date()
    return [plan.get(BorderCrossing, str(i)).open_on(today) for i in table.ids]


def open_word(is_open: object) -> str:
    """Return whether a crossing is open, in words; None is not known."""
    code = "unknown" if is_open is None else "open" if is_open else "closed"
    return tr(f"panel.crossing.{code}")


def _missing_groups(plan: PlanRows, table: Table) -> Values:
    return [len(plan.get(Team, str(i)).empty_mandatory_groups()) for i in table.ids]


def _missing_word(count: int) -> str:
    return tr("panel.team.complete") if not count else tr("panel.team.missing", n=_number(count))


def _zones_of_team(plan: PlanRows, table: Table) -> Values:
    zones = {z.id: z.name for z in plan.all(Zone)}
    found: dict[str, list[str]] = {}
    for zone_id, assignments in facts.current_assignments(plan).items():
        for assignment in assignments:
            found.setdefault(assignment.team_id, []).append(zones.get(zone_id, ""))
    return [", ".join(sorted(set(found.get(str(i), ())))) for i in table.ids]


def _teams_of_zone(plan: PlanRows, table: Table) -> Values:
    teams = {t.id: t.short_name or t.name for t in plan.all(Team)}
    current = facts.current_assignments(plan)
    return [", ".join(teams.get(a.team_id, "") for a in current.get(str(i), ())) for i in table.ids]


def _sites_inside(plan: PlanRows, _table: Table) -> Values:
    return [facts.count_inside(plan, Kind.SITE, z.outline) for z in plan.all(Zone)]


def _allegations_inside(plan: PlanRows, _table: Table) -> Values:
    return [facts.count_inside(plan, Kind.ALLEGATION, z.outline) for z in plan.all(Zone)]


COLUMNS: dict[Kind, tuple[ColumnSpec, ...]] = {
    Kind.SITE: (
        ColumnSpec("panel.column.name", site_names, _plain, width=260),
        ColumnSpec("panel.column.code", _field("code"), _plain, width=90),
        ColumnSpec("panel.column.kind", _field("kind"), _vocabulary(SiteKind), by_text=True),
        ColumnSpec(
            "panel.column.status", _field("legal_status"), _vocabulary(LegalStatus), by_text=True
        ),
        ColumnSpec("panel.column.activity", _field("activity"), _vocabulary(Activity)),
        ColumnSpec("panel.column.precision", _field("precision"), _vocabulary(Precision)),
        ColumnSpec("panel.column.accuracy", _field("accuracy_m"), _metres, right=True, width=90),
        ColumnSpec("panel.column.capacity", _field("capacity"), _number, right=True, width=90),
        ColumnSpec("panel.column.visited", _field("visited_on"), _day, right=True),
        ColumnSpec("panel.column.source", _field("source"), _plain, width=200),
    ),
    Kind.ALLEGATION: (
        ColumnSpec("panel.column.reference", _field("reference"), _plain, width=150),
        ColumnSpec("panel.column.kinds", _kinds, _plain, width=240),
        ColumnSpec("panel.column.held_now", _held_order, _held, width=100),
        ColumnSpec("panel.column.grade", _grades, _plain, width=70),
        ColumnSpec("panel.column.precision", _field("precision"), _vocabulary(Precision)),
        ColumnSpec("panel.column.received", _field("received_on"), _day, right=True),
        ColumnSpec("panel.column.place", _field("place_text"), _plain, width=180),
        ColumnSpec("panel.column.site", _allegation_sites, _plain, width=200),
        ColumnSpec("panel.column.state", _field("status"), _vocabulary(AllegationStatus)),
    ),
    Kind.CROSSING: (
        ColumnSpec("panel.column.name", _crossing_names, _plain, width=220),
        ColumnSpec(
            "panel.column.class", _field("crossing_class"), _vocabulary(CrossingClass), width=200
        ),
        ColumnSpec("panel.column.open", _open, open_word, width=110),
        ColumnSpec("panel.column.neighbour", _field("neighbour"), _vocabulary(Neighbour)),
        ColumnSpec("panel.column.opposite", _field("opposite"), _plain, width=200),
    ),
    Kind.TEAM: (
        ColumnSpec("panel.column.name", _field("name"), _plain, width=240),
        ColumnSpec("panel.column.short", _field("short_name"), _plain, width=90),
        ColumnSpec("panel.column.lead", _field("lead"), _plain, width=240),
        ColumnSpec("panel.column.groups", _missing_groups, _missing_word, width=180),
        ColumnSpec("panel.column.zones", _zones_of_team, _plain, width=240),
    ),
    Kind.ZONE: (
        ColumnSpec("panel.column.name", _field("name"), _plain, width=240),
        ColumnSpec("panel.column.priority", _field("priority"), _number, right=True, width=90),
        ColumnSpec("panel.column.state", _field("state"), _vocabulary(ZoneState)),
        ColumnSpec("panel.column.team", _teams_of_zone, _plain, width=160),
        ColumnSpec("panel.column.sites", _sites_inside, _number, right=True, width=90),
        ColumnSpec("panel.column.allegations", _allegations_inside, _number, right=True, width=110),
    ),
}
