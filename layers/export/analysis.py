"""A report of an analysis: the result on the map, its tables and charts, and what it rests on.

Counts of an analysis leave at the grade command only. At the others a count of a small place could
be set beside another copy and lead to a single allegation; for them there are the reports of a
province, whose counts are held back where they tell too much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.catalogue import Language, text
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.localise import format_number
from geo.model.entity import Kind
from geo.model.table import Table
from geo.model.vocabulary import Grade
from geo.privacy.grid import cover
from geo.privacy.release import released_project
from layers.export.charts import Chart
from layers.export.content import (
    LegendEntry,
    MapSpec,
    ReportContent,
    ReportKind,
    ReportTable,
)
from layers.export.frame import CAMBODIA
from layers.export.past import as_of_details, of_moment, past_notes
from layers.export.title import area_name, title_block
from layers.findings import Findings
from layers.moment import NOW, Moment
from layers.read_only import ShownPlan
from layers.units import all_official
from layers.view import from_mercator

if TYPE_CHECKING:
    from datetime import date

    from geo.project import Project
    from layers.export.content import Bounds, Cell
    from layers.findings import FindingClass
    from layers.said import Words

MOST_ROWS: Final = 60
"""Rows of a table on paper; a workbook has all of them."""
ON_THE_MAP: Final = frozenset({Kind.ADMIN_UNIT})
"""Rows of the plan that lie under a result: no site, no allegation, nothing but the ground."""
_ROOM: Final = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """A result as a report tells it, in one language.

    Attributes:
        kind: Of the report.
        headline: The result in one sentence.
        said: Method, parameters, n, grade mix, precision: a sentence each.
        warned: What keeps a reader from taking it for more than it is.
        findings: What lies on the map, or None.
        tables: All rows of them.
        charts: What is drawn beside the map.
        audit: Method and parameters, for the log.
        province_code: Of what province it is, or empty.
        subtitle: More words under the title, or empty.
    """

    kind: ReportKind
    headline: str
    said: tuple[str, ...]
    warned: tuple[str, ...]
    findings: Findings | None
    tables: tuple[ReportTable, ...]
    charts: tuple[Chart, ...] = ()
    audit: Mapping[str, str | int]
    province_code: str = ""
    subtitle: str = ""


def demand_command(grade: Grade) -> None:
    """Refuse an analysis for others than the command.

    Raises:
        InputError: It is another grade.
    """
    if grade is not Grade.COMMAND:
        raise InputError("grade.error.analysis_command_only")


def analysis_content(
    project: Project,
    found: Analysed,
    grade: Grade,
    language: Language,
    *,
    day: date,
    moment: Moment = NOW,
    most_rows: int | None = MOST_ROWS,
) -> ReportContent:
    """Return the report of a result.

    Args:
        project: The plan, or what the lens shows of it.
        found: The result in the same language.
        grade: Who may see it.
        language: Khmer or English.
        day: Date of the report.
        moment: The past day that it shows, or now.
        most_rows: Rows of each table; None is all of them.

    Raises:
        InputError: The grade is another than command.
    """
    demand_command(grade)
    shown_day = moment.on if moment.is_past else day
    released = _ground(released_project(project, grade), shown_day)
    code = found.province_code or project.info.province_code
    of = " · ".join(filter(None, (area_name(found.province_code, language), found.subtitle)))
    title = title_block(project, found.kind, of, code, grade, day, language)
    if moment.is_past:
        title = of_moment(title, moment, language)
    bounds = _bounds(found)
    nothing = np.zeros(0)
    return ReportContent(
        kind=found.kind,
        grade=grade,
        language=language,
        title=title,
        map=MapSpec(
            bounds=bounds,
            overview=bounds,
            outside=0,
            project=released,
            cells=cover((nothing, nothing), (nothing, nothing)),
            caption=title.subtitle,
            province_code=found.province_code,
            day=shown_day,
            findings=found.findings,
        ),
        legend=_legend(found.findings, language),
        tables=tuple(_cut(table, most_rows, language) for table in found.tables),
        sheets=(),
        facts=(),
        notes=(
            text("report.not_a_verdict", language),
            found.headline,
            *((text("report.note.no_result_map", language),) if found.findings is None else ()),
            *found.warned,
            text(f"report.note.grade_{grade.value}", language),
            *_approximate(released, language),
            *past_notes(moment, language),
        ),
        attribution=text("report.attribution", language),
        withheld={},
        withheld_text=(),
        audit={
            "report": found.kind.value,
            "grade": grade.value,
            "language": language,
            **found.audit,
            **as_of_details(moment),
        },
        charts=found.charts,
        basis=found.said,
    )


def worded(said: tuple[Words, ...], language: Language) -> tuple[str, ...]:
    """Return sentences in a language."""
    return tuple(words.words(language) for words in said)


def _ground(released: Project, day: date) -> Project:
    """Return the plan with nothing in it but what a result lies on."""
    empty = {kind: Table.empty(kind) for kind in Kind if kind not in ON_THE_MAP}
    return ShownPlan(released, empty, day)


def _approximate(released: Project, language: Language) -> tuple[str, ...]:
    if all_official(released.table(Kind.ADMIN_UNIT)):
        return ()
    return (text("report.approximate_boundaries", language),)


def _bounds(found: Analysed) -> Bounds:
    box = found.findings.bounds if found.findings is not None else None
    if box is None:
        return Gazetteer.load().extent(found.province_code) if found.province_code else CAMBODIA
    west, south = from_mercator(box[0], box[1])
    east, north = from_mercator(box[2], box[3])
    wide, high = (east - west) * _ROOM, (north - south) * _ROOM
    return west - wide, south - high, east + wide, north + high


def _legend(findings: Findings | None, language: Language) -> tuple[LegendEntry, ...]:
    if findings is None:
        return ()
    return tuple(_entry(each, language) for each in findings.classes)


def _entry(each: FindingClass, language: Language) -> LegendEntry:
    label = each.label.words(language)
    if each.count is not None:
        label = f"{label} ({format_number(each.count, language)})"
    return LegendEntry(label, symbol=each.symbol, area=each.area, line=each.line)


def _cut(table: ReportTable, most: int | None, language: Language) -> ReportTable:
    if most is None or len(table.rows) <= most:
        return table
    first, all_ = format_number(most, language), format_number(len(table.rows), language)
    note = text("report.note.first_rows", language, first=first, all=all_)
    rows: tuple[tuple[Cell, ...], ...] = table.rows[:most]
    return replace(table, rows=rows, note=" ".join(filter(None, (note, table.note))))
