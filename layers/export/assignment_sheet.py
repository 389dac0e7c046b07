"""The assignment sheet of a team for a period, in the blocks of ICS-204."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shapely import box

from geo.catalogue import Language, label, text
from geo.clock import today
from geo.errors import InputError
from geo.localise import format_area_km2, format_date, format_number
from geo.measure import area_m2
from geo.model.command import Assignment, Zone
from geo.model.entity import Kind
from geo.model.support import SupportUnit
from geo.model.vocabulary import AssignmentState, Grade
from layers.export.blocks import AssignmentSheet, Block, ZoneBlocks, facts_of
from layers.export.content import Column, ReportTable
from layers.export.duties import DutyPaper, duty_paper, period_words
from layers.export.instructions import instructions
from layers.export.signs import legend
from layers.export.zones import possibly_inside
from layers.read_only import ShownPlan
from layers.style import ZONE_COLOURS

if TYPE_CHECKING:
    from datetime import datetime

    from geo.model.table import Table
    from geo.project import Project
    from layers.export.content import LegendEntry


def assignment_sheet(
    project: Project,
    team_id: str,
    period_id: str,
    language: Language,
    *,
    grade: Grade = Grade.COMMAND,
    operation_id: str = "",
    at: datetime | None = None,
) -> AssignmentSheet:
    """Put the sheet of a team for a period together.

    Args:
        project: The plan.
        team_id: The team.
        period_id: The period; empty is the whole operation.
        language: Khmer or English.
        grade: Only command: a sheet names teams, tasks and sites.
        operation_id: Of a sheet for the whole operation, where the team is in several.
        at: When it is made, local time; None is now.

    Raises:
        InputError: Another grade, or the team has no zone in this period.
    """
    if grade is not Grade.COMMAND:
        raise InputError("grade.error.sheet_command_only")
    zones = {z.id: z for z in project.all(Zone)}
    duties = [
        a
        for a in project.all(Assignment)
        if a.team_id == team_id
        and a.period_id == period_id
        and a.state is not AssignmentState.ABORTED
        and a.zone_id in zones
        and operation_id in {"", zones[a.zone_id].operation_id}
    ]
    if not duties:
        raise InputError("error.day.no_duty")
    # A map holds one operation's rows; a period is of one operation anyway.
    of = zones[duties[0].zone_id].operation_id
    duties = [a for a in duties if zones[a.zone_id].operation_id == of]
    duties.sort(key=lambda a: (zones[a.zone_id].priority, zones[a.zone_id].name))
    papers = [duty_paper(project, a.id, language, paper="assignment", at=at) for a in duties]
    first = papers[0]
    copy = text("day.copy", language, n=format_number(first.copy, language))
    title = first.report.title
    period = period_words(first.period, first.operation, language)
    return AssignmentSheet(
        report=replace(
            first.report,
            title=replace(
                title,
                subtitle=f"{first.team.name} · {first.operation.name} · {period}",
                number=f"{title.number} · {copy}",
            ),
        ),
        warning="" if first.in_force else text("day.not_released", language),
        zones=tuple(_zone_blocks(project, paper) for paper in papers),
    )


def _zone_blocks(project: Project, paper: DutyPaper) -> ZoneBlocks:
    return ZoneBlocks(
        title=paper.zone.name,
        colour=ZONE_COLOURS[paper.zone.colour % len(ZONE_COLOURS)],
        head=_head(paper),
        bounds=paper.report.map.bounds,
        legend=_legend(paper),
        blocks=(
            _resources(paper),
            _work(project, paper),
            instructions(project, paper),
            _communications(paper),
            _prepared(paper),
        ),
    )


def _legend(paper: DutyPaper) -> tuple[LegendEntry, ...]:
    """Return the signs that stand on the zone's own map, with how many there are."""
    shown = paper.report.map
    west, south, east, north = shown.bounds
    near: dict[Kind, Table] = {}
    for kind in (Kind.SITE, Kind.ALLEGATION):
        table = shown.project.table(kind)
        lon, lat = table["lon"], table["lat"]
        here = (west <= lon) & (lon <= east) & (south <= lat) & (lat <= north)
        near[kind] = table.without([str(i) for i in table.ids[~here]])
    zones = shown.project.table(Kind.ZONE)
    frame = box(*shown.bounds)
    far = [z.id for z in shown.project.all(Zone) if not z.outline.intersects(frame)]
    near[Kind.ZONE] = zones.without(far)
    day = shown.day or today()
    part = ShownPlan(shown.project, near, day)
    return legend(part, shown.cells, shown.bounds, day, paper.language)


def _head(paper: DutyPaper) -> tuple[Block, ...]:
    language, zone, team = paper.language, paper.zone, paper.team

    def t(code: str) -> str:
        return text(code, language)

    return (
        Block(
            number=1,
            title=text("day.block.incident", language),
            facts=facts_of(
                (t("report.fact.operation"), paper.operation.name),
                (t("report.fact.state"), label(paper.operation.state, language)),
            ),
        ),
        Block(
            number=2,
            title=text("day.block.period", language),
            facts=facts_of(
                (t("day.fact.when"), period_words(paper.period, paper.operation, language))
            ),
        ),
        Block(
            number=3,
            title=text("day.block.zone", language),
            facts=facts_of(
                (t("report.column.zone"), zone.name),
                (t("report.fact.priority"), format_number(zone.priority, language)),
                (t("report.fact.area"), format_area_km2(area_m2(zone.outline), language)),
            ),
        ),
        Block(
            number=4,
            title=text("day.block.supervisor", language),
            facts=facts_of(
                (t("report.fact.lead"), team.lead or "–"),
                (t("report.fact.team"), team.name),
                (t("day.fact.commander"), paper.operation.commander),
                (t("report.fact.state"), label(paper.duty.state, language)),
            ),
        ),
    )


def _resources(paper: DutyPaper) -> Block:
    language, team = paper.language, paper.team
    vehicles = ", ".join(
        f"{label(v.kind, language)} ({v.name})" if v.name else label(v.kind, language)
        for v in team.vehicles
    )
    missing = ", ".join(label(kind, language) for kind in team.empty_mandatory_groups())
    table = ReportTable(
        name="groups",
        title=text("report.table.groups", language),
        columns=(
            Column(text("report.column.group", language)),
            Column(text("report.column.chief", language)),
            Column(text("report.column.members", language), numeric=True),
            Column(text("report.column.task", language)),
        ),
        rows=tuple(
            (label(g.kind, language), g.chief or None, g.members, g.task or None)
            for g in team.groups
        ),
    )
    return Block(
        number=5,
        title=text("day.block.resources", language),
        facts=facts_of((text("report.fact.vehicles", language), vehicles)),
        warnings=(text("report.note.groups_missing", language, groups=missing),) if missing else (),
        tables=(table,) if team.groups else (),
    )


def _work(project: Project, paper: DutyPaper) -> Block:
    language = paper.language
    possibly = possibly_inside(project, paper.zone)
    tasks = tuple(
        (text("day.fact.task", language, n=format_number(i, language)), task)
        for i, task in enumerate(paper.duty.tasks, 1)
    )
    uncovered = sum(bool(site.uncovered) for site in paper.sites)
    heads = ("number", "site", "place", "status", "alleged")
    table = ReportTable(
        name="duty_sites",
        title=text("report.table.zone_sites", language),
        columns=tuple(
            Column(text(f"day.column.{name}", language), numeric=name == "number") for name in heads
        ),
        rows=tuple(
            (
                i,
                " · ".join(filter(None, (site.code, site.name, site.kind))),
                f"{site.mgrs}  {site.lonlat}",
                f"{text('day.do_not_enter', language, reason=site.uncovered)}. {site.status}"
                if site.uncovered
                else site.status,
                site.alleged or None,
            )
            for i, site in enumerate(paper.sites, 1)
        ),
        before=text("report.not_a_verdict", language),
        note=text("report.note.possibly_inside", language, n=format_number(possibly, language))
        if possibly
        else "",
    )
    warning = text("day.uncovered", language, n=format_number(uncovered, language))
    return Block(
        number=6,
        title=text("day.block.work", language),
        facts=(
            *(tasks or ((text("report.fact.tasks", language), "–"),)),
            (
                text("report.table.zone_sites", language),
                text("day.sites", language, n=format_number(len(paper.sites), language)),
            ),
        ),
        warnings=(warning,) if uncovered else (),
        tables=(table,) if paper.sites else (),
    )


def _communications(paper: DutyPaper) -> Block:
    language = paper.language
    support = [
        (
            label(unit.kind, language),
            " · ".join(filter(None, (unit.name, unit.contact))),
        )
        for unit in sorted(
            paper.report.map.project.all(SupportUnit), key=lambda u: (u.kind.value, u.name)
        )
    ]
    team = (text("report.fact.team", language), paper.team.contact or "–")
    return Block(
        number=8, title=text("day.block.communications", language), facts=facts_of(team, *support)
    )


def _prepared(paper: DutyPaper) -> Block:
    language, title = paper.language, paper.report.title
    accepted = paper.duty.accepted_at
    return Block(
        number=9,
        title=text("day.block.prepared", language),
        facts=facts_of(
            (text("day.fact.office", language), title.office),
            (text("day.fact.made", language), title.date),
            (
                text("day.fact.accepted", language),
                format_date(accepted.date(), language) if accepted else "",
            ),
        ),
        signatures=(
            text("day.signature.prepared", language),
            text("day.signature.leader", language),
        ),
    )
