"""Zone and team sheets: what a team must know of its zone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import shapely

from geo.catalogue import Language, label, text
from geo.edit.merging import live_sites
from geo.localise import format_area_km2, format_number
from geo.measure import area_m2
from geo.model.codec import AREA_COLUMN
from geo.model.command import Assignment, Operation, Team, Zone
from geo.model.entity import Kind
from geo.model.vocabulary import AssignmentState, LegalStatus
from geo.privacy.grades import ROW_RULES, Rule, rule
from geo.privacy.scope import exact, inside
from layers.export.content import Column, ReportTable, Sheet
from layers.export.counts import head
from layers.export.frame import zone_frame
from layers.style import ZONE_COLOURS

if TYPE_CHECKING:
    from geo.model.vocabulary import Grade
    from geo.project import Project

COMMUNE_DIGITS = 6


def zones_of(released: Project) -> tuple[Zone, ...]:
    """Return the zones that may leave, first priority first."""
    return tuple(sorted(released.all(Zone), key=lambda z: (z.priority, z.name)))


def zones_table(released: Project, language: Language) -> ReportTable | None:
    """List the zones with their teams and sites, or return None if there are none."""
    zones = zones_of(released)
    if not zones:
        return None
    rows = []
    for zone in zones:
        team = team_of(released, zone)
        by_status = sites_inside(released, zone)
        rows.append(
            (
                zone.name,
                format_area_km2(area_m2(zone.outline), language),
                team.name if team else text("report.no_team", language),
                by_status[LegalStatus.LEGAL.value],
                by_status[LegalStatus.ILLEGAL.value],
                sum(by_status.values()),
            )
        )
    return ReportTable(
        name="zones",
        title=text("report.table.zones", language),
        columns=(
            Column(text("report.column.zone", language)),
            Column(text("report.column.area", language), numeric=True),
            Column(text("report.column.team", language)),
            Column(head(LegalStatus.LEGAL, language), numeric=True),
            Column(head(LegalStatus.ILLEGAL, language), numeric=True),
            Column(text("report.column.all_sites", language), numeric=True),
        ),
        rows=tuple(rows),
        note=text("report.note.zone_sites", language),
    )


def sheets(
    project: Project, released: Project, grade: Grade, language: Language
) -> tuple[Sheet, ...]:
    """Return a sheet for each zone that may leave."""
    return tuple(_sheet(project, released, zone, grade, language) for zone in zones_of(released))


def sites_inside(released: Project, zone: Zone) -> Counter[str]:
    """Count the sites with a known point in a zone, by legal status."""
    sites = released.table(Kind.SITE)
    return Counter(sites["legal_status"][inside(sites, [zone.outline])].tolist())


def possibly_inside(project: Project, zone: Zone) -> int:
    """Count the sites without a known point that may lie in a zone.

    A site known by its commune counts where the commune's outline touches the zone; where the plan
    knows no outline, if a site with a known point of the same commune lies in the zone.
    """
    units = project.table(Kind.ADMIN_UNIT)
    outlines = {
        code: shapely.from_wkb(blob)
        for code, blob in zip(units["code"], units[AREA_COLUMN], strict=True)
        if blob is not None
    }
    sites = project.table(Kind.SITE)
    within, known = inside(sites, [zone.outline]) & live_sites(sites), exact(sites)
    communes = {str(code)[:COMMUNE_DIGITS] for code in sites["admin_code"][within] if code}
    count = 0
    for code in sites["admin_code"][~known & live_sites(sites)]:
        commune = str(code or "")[:COMMUNE_DIGITS]
        if commune in outlines:
            count += bool(outlines[commune].intersects(zone.outline))
        else:
            count += commune in communes
    return count


def team_of(released: Project, zone: Zone) -> Team | None:
    """Return the team that a zone is given to now, or None."""
    assignment = _assignment(released, zone)
    return released.find(Team, assignment.team_id) if assignment else None


def _assignment(released: Project, zone: Zone) -> Assignment | None:
    assignments = [
        a
        for a in released.all(Assignment)
        if a.zone_id == zone.id and a.state is not AssignmentState.ABORTED
    ]
    replaced = {a.replaces for a in assignments}
    return next((a for a in reversed(assignments) if a.id not in replaced), None)


def _sheet(
    project: Project, released: Project, zone: Zone, grade: Grade, language: Language
) -> Sheet:
    team, duty = team_of(released, zone), _assignment(released, zone)
    operation = released.find(Operation, zone.operation_id) if zone.operation_id else None

    def t(code: str, **params: object) -> str:
        return text(code, language, **params)

    facts: list[tuple[str, str]] = []
    if operation:
        facts.append((t("report.fact.operation"), operation.name))
    facts.append((t("report.fact.area"), format_area_km2(area_m2(zone.outline), language)))
    if rule(Kind.ZONE, "priority", grade) in ROW_RULES:
        facts.append((t("report.fact.priority"), format_number(zone.priority, language)))
    facts.append((t("report.fact.state"), label(zone.state, language)))
    facts.append((t("report.fact.team"), team.name if team else t("report.no_team")))
    if team:
        facts += _team_facts(team, language)
    if duty and duty.tasks:
        facts.append((t("report.fact.tasks"), "; ".join(duty.tasks)))
    tables: list[ReportTable] = []
    if team and team.groups:
        tables.append(_groups(team, language))
    tables.append(_statuses(project, released, zone, grade, language))
    colour = ZONE_COLOURS[zone.colour % len(ZONE_COLOURS)]
    return Sheet(
        t("report.sheet.zone", name=zone.name),
        colour,
        zone_frame(zone),
        tuple(facts),
        tuple(tables),
    )


def _team_facts(team: Team, language: Language) -> list[tuple[str, str]]:
    facts = []
    if team.lead:
        facts.append((text("report.fact.lead", language), team.lead))
    if team.vehicles:
        vehicles = ", ".join(
            f"{label(v.kind, language)} ({v.name})" if v.name else label(v.kind, language)
            for v in team.vehicles
        )
        facts.append((text("report.fact.vehicles", language), vehicles))
    if team.contact:
        facts.append((text("report.fact.contact", language), team.contact))
    return facts


def _groups(team: Team, language: Language) -> ReportTable:
    missing = ", ".join(label(kind, language) for kind in team.empty_mandatory_groups())
    return ReportTable(
        name="groups",
        title=text("report.table.groups", language),
        columns=(
            Column(text("report.column.group", language)),
            Column(text("report.column.chief", language)),
            Column(text("report.column.task", language)),
            Column(text("report.column.members", language), numeric=True),
        ),
        rows=tuple((label(g.kind, language), g.chief, g.task, g.members) for g in team.groups),
        note=text("report.note.groups_missing", language, groups=missing) if missing else "",
    )


def _statuses(
    project: Project, released: Project, zone: Zone, grade: Grade, language: Language
) -> ReportTable:
    found: Counter[Any] = sites_inside(released, zone)
    note = ""
    if rule(Kind.SITE, "lon", grade) is Rule.OWN:
        n = possibly_inside(project, zone)
        note = text("report.note.possibly_inside", language, n=format_number(n, language))
    return ReportTable(
        name="zone_sites",
        title=text("report.table.zone_sites", language),
        columns=(
            Column(text("report.column.status", language)),
            Column(text("report.column.sites", language), numeric=True),
        ),
        rows=tuple((label(s, language), found[s.value]) for s in LegalStatus if found[s.value]),
        total=(text("report.column.total", language), sum(found.values())),
        note=note,
    )
