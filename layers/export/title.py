"""The head of a report: who made it, what it is of, its number, day and grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.catalogue import Language, label, text
from geo.gazetteer import Gazetteer
from geo.localise import digits, format_date
from layers.export.content import TitleBlock
from layers.export.counts import named

if TYPE_CHECKING:
    from datetime import date

    from geo.model.vocabulary import Grade
    from geo.project import Project
    from layers.export.content import ReportKind

COPIES = frozenset({"print", "export"})
"""Audit events that a copy leaves."""


def title_block(
    project: Project,
    kind: ReportKind,
    subtitle: str,
    province_code: str,
    grade: Grade,
    day: date,
    language: Language,
) -> TitleBlock:
    """Return the head of a report.

    Args:
        project: The plan: its office, and how many copies of it were made.
        kind: What the report is about.
        subtitle: Of what area or operation.
        province_code: NCDD code of the province whose command it is, or empty.
        grade: Who may see it.
        day: Date of the report.
        language: Khmer or English.
    """
    info = project.info
    province = area_name(province_code, language) if province_code else ""
    office = named(info.office_km, info.office_en, language)
    return TitleBlock(
        kingdom=text("report.kingdom", language),
        motto=text("report.motto", language),
        office=office or text("report.office", language, province=province).strip(),
        title=text(f"report.title.{kind.value}", language),
        subtitle=subtitle,
        number=text("report.number", language, number=digits(_number(project, day), language)),
        date=format_date(day, language),
        grade=label(grade, language),
        banner=text(f"grade.banner.{grade.value}", language),
        fictional=text("report.fictional", language) if info.fictional else "",
    )


def area_name(province_code: str, language: Language) -> str:
    """Return a province in words; of no province in particular, that it is all of them."""
    if not province_code:
        return text("report.all_provinces", language)
    unit = Gazetteer.load().unit(province_code)
    name = named(unit.name_km, unit.name_en, language) if unit else province_code
    return text("report.province", language, name=name)


def _number(project: Project, day: date) -> str:
    copies = sum(1 for row in project.store.audit() if row.what in COPIES)
    return f"{copies + 1:03d}/{day.year}"
