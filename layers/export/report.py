"""The contents of a map report: what a grade lets pass, put into words, tables and a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.catalogue import Language, text
from geo.clock import today
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.localise import digits, format_number
from geo.model.command import Operation
from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from geo.privacy.public import PublicRelease, latest_year, public_release
from geo.privacy.release import release_cells, released_project, withheld_in
from geo.privacy.scope import DONE, Scope
from layers.export.content import (
    Column,
    MapSpec,
    ReportContent,
    ReportKind,
    ReportTable,
    TitleBlock,
    outside_note,
)
from layers.export.counts import allegation_tables, crossings_table, named, sites_table
from layers.export.facts import facts, public_facts
from layers.export.frame import framing
from layers.export.past import (
    as_of_details,
    demand_not_public,
    of_moment,
    past_notes,
    said_annulled,
)
from layers.export.signs import legend
from layers.export.title import area_name, title_block
from layers.export.zones import sheets, zones_table
from layers.lens import Lens
from layers.moment import NOW, Moment
from layers.units import all_official

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.privacy.grid import Cells
    from geo.project import Project
    from layers.seen import FirstSeen


def report_content(  # noqa: PLR0913 - what a report depends on
    project: Project,
    kind: ReportKind,
    grade: Grade,
    language: Language,
    *,
    operation_id: str = "",
    province_code: str | None = None,
    day: date | None = None,
    year: int | None = None,
    moment: Moment = NOW,
    first_seen: FirstSeen | None = None,
) -> ReportContent:
    """Put a report together from what may leave at its grade.

    Args:
        project: The plan.
        kind: What the report is about.
        grade: Who may see it.
        language: Khmer or English.
        operation_id: Operation of an operation report; may be left out if the plan has only one.
        province_code: NCDD code of a province report; None is the plan's province, empty all.
        day: Date of the report; None is today in Cambodia.
        year: Closed year of a public report; None is the last one with anything in it.
        moment: The past day that it shows, or now. What the window filters is never taken over: a
            report counts all that its grade lets pass.
        first_seen: When the rows came into the plan, for *as known then*.

    Raises:
        InputError: No such operation; an operation before it is completed at a grade for others;
            a public report of one operation; a public year that an earlier release contradicts; a
            public report of a past day, which is no closed year.
    """
    day = day or today()
    if moment.is_past:
        demand_not_public(grade)
        project = Lens(moment, first_seen=first_seen).project(project)
    shown_day = moment.on if moment.is_past else day
    scope = _scope(project, kind, grade, operation_id, province_code)
    released = said_annulled(released_project(project, grade, scope), project, shown_day)
    cells, _ = release_cells(project, grade, scope)
    published = (
        public_release(
            project,
            year or latest_year(project, day),
            today=day,
            province_code=scope.province_code,
        )
        if grade is Grade.PUBLIC
        else None
    )
    tables = (
        _public_tables(published, language)
        if published
        else _tables(project, released, grade, scope, shown_day, language)
    )
    withheld = withheld_in(project, grade, scope)
    frame = framing(released, cells, scope)
    title = _title(project, released, kind, grade, scope, day, language)
    if moment.is_past:
        title = of_moment(title, moment, language)
    return ReportContent(
        kind=kind,
        grade=grade,
        language=language,
        title=title,
        map=MapSpec(
            bounds=frame.main,
            overview=frame.overview,
            outside=frame.outside,
            project=released,
            cells=cells,
            caption=title.subtitle,
            province_code=frame.province_code,
            day=shown_day,
        ),
        legend=legend(released, cells, frame.overview, shown_day, language),
        tables=tables,
        sheets=() if published else sheets(project, released, grade, language),
        facts=public_facts(published, language)
        if published
        else facts(project, released, grade, scope, language),
        notes=(
            *_notes(released, grade, cells, frame.outside, language),
            *past_notes(moment, language),
        ),
        attribution=text("report.attribution", language),
        withheld=withheld,
        withheld_text=_withheld_text(withheld, language),
        audit={
            "report": kind.value,
            "grade": grade.value,
            "language": language,
            **as_of_details(moment),
            **(published.audit_details() if published else {}),
        },
    )


def _scope(
    project: Project,
    kind: ReportKind,
    grade: Grade,
    operation_id: str,
    province_code: str | None,
) -> Scope:
    if kind is ReportKind.PROVINCE:
        return Scope(project.info.province_code if province_code is None else province_code)
    if grade is Grade.PUBLIC:
        raise InputError("grade.error.operation_public")
    operations = project.all(Operation)
    if not operation_id and len(operations) == 1:
        operation_id = operations[0].id
    operation = project.find(Operation, operation_id)
    if operation is None:
        raise InputError("report.error.no_operation")
    if grade is not Grade.COMMAND and operation.state not in DONE:
        raise InputError("grade.error.operation_not_completed")
    return Scope(operation_id=operation.id)


def _title(
    project: Project,
    released: Project,
    kind: ReportKind,
    grade: Grade,
    scope: Scope,
    day: date,
    language: Language,
) -> TitleBlock:
    code = scope.province_code or project.info.province_code
    subtitle = area_name(code, language)
    if kind is ReportKind.PROVINCE and not scope.province_code:
        subtitle = text("report.all_provinces", language)
    if kind is ReportKind.OPERATION:
        operations = released.all(Operation)
        names = (o.name for o in operations)
        subtitle = " · ".join(filter(None, (*names, area_name(code, language) if code else "")))
    return title_block(project, kind, subtitle, code, grade, day, language)


def _tables(
    project: Project,
    released: Project,
    grade: Grade,
    scope: Scope,
    day: date,
    language: Language,
) -> tuple[ReportTable, ...]:
    found = (
        sites_table(released, language),
        zones_table(released, language),
        *allegation_tables(project, grade, scope, language),
        None if scope.operation_id else crossings_table(released, day, language),
    )
    return tuple(table for table in found if table is not None)


def _public_tables(published: PublicRelease, language: Language) -> tuple[ReportTable, ...]:
    year = digits(str(published.year), language)
    gazetteer = Gazetteer.load()
    measures = tuple(published.counts)
    rows = []
    for i, code in enumerate(published.units):
        unit = gazetteer.unit(code) if code else None
        name = named(unit.name_km, unit.name_en, language) if unit else code
        rows.append(
            (
                name or text("report.row.unit_unknown", language),
                *(published.counts[measure].cells[i] for measure in measures),
            )
        )
    counts = ReportTable(
        name="public_counts",
        title=text("report.table.public_counts", language, year=year),
        columns=(
            Column(text("report.column.unit", language)),
            *(
                Column(text(f"report.column.public_{measure}", language), numeric=True)
                for measure in measures
            ),
        ),
        rows=tuple(rows),
        total=(
            text("report.column.total", language),
            *(published.counts[measure].total for measure in measures),
        )
        if len(rows) > 1
        else (),
        before=text("report.not_a_verdict", language),
        note=text("report.note.suppressed", language),
    )
    outcomes = ReportTable(
        name="public_outcomes",
        title=text("report.table.public_outcomes", language, year=year),
        columns=(
            Column(text("report.column.outcome", language)),
            Column(text("report.column.n", language), numeric=True),
        ),
        rows=tuple(
            (text(f"report.outcome.{name}", language), value)
            for name, value in published.outcomes.items()
        ),
        note=text("report.note.suppressed", language),
    )
    return counts, outcomes


def _notes(
    released: Project, grade: Grade, cells: Cells, outside: int, language: Language
) -> tuple[str, ...]:
    notes = [
        text("report.not_a_verdict", language),
        text(f"report.note.grade_{grade.value}", language),
    ]
    if not all_official(released.table(Kind.ADMIN_UNIT)):
        notes.append(text("report.approximate_boundaries", language))
    if outside:
        notes.insert(1, outside_note(outside, language))
    if len(cells.counts):
        notes.append(text("report.note.cells", language))
    if released.info.fictional:
        notes.append(text("report.fictional", language))
    return tuple(notes)


def _withheld_text(
    withheld: Mapping[Kind, Mapping[str, int]], language: Language
) -> tuple[str, ...]:
    return tuple(
        text(
            f"report.withheld.{reason}",
            language,
            n=format_number(n, language),
            kind=text(f"report.kind.{kind.value}", language),
        )
        for kind, reasons in withheld.items()
        for reason, n in reasons.items()
        if reason != "scope"
    )
