"""Reports of analyses, from what is asked to what is printed: for the command line and the window.

Without widgets. What takes long is computed in a process of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.border.wish import Wish as PressureWish
from geo.catalogue import Language, label, text
from geo.clock import today
from geo.localise import format_number
from geo.model.vocabulary import AdminLevel, Grade
from gui.models.found_rows import DASH
from gui.models.hotspot_asked import Asked
from layers.export.analysis import MOST_ROWS, Analysed, analysis_content, demand_command, worded
from layers.export.content import Column, ReportKind, ReportTable
from layers.filters import EVERYTHING
from layers.lens import Lens
from layers.moment import NOW, Moment

if TYPE_CHECKING:
    from geo.analysis.scoreboard.job import Wish as ScoreWish
    from geo.compute import Computer
    from geo.progress import Progress
    from geo.project import Project
    from gui.models.found_rows import FoundColumn, FoundRows
    from layers.export.content import Cell, ReportContent
    from layers.seen import FirstSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisAsked:
    """What report of an analysis is wanted.

    Attributes:
        kind: Hotspots, border pressure or scoreboard.
        hotspots: How hotspots are looked for.
        pressure: What is asked of the border.
        level: Units of the scoreboard; provinces are told by their returns.
        within: Code of the province that a scoreboard is limited to, or empty.
        whole: Every row of every table: for a workbook.
    """

    kind: ReportKind
    hotspots: Asked = field(default_factory=Asked)
    pressure: PressureWish = field(default_factory=PressureWish)
    level: AdminLevel = AdminLevel.DISTRICT
    within: str = ""
    whole: bool = False


def analysis_report(
    project: Project,
    asked: AnalysisAsked,
    grade: Grade,
    language: Language,
    *,
    computer: Computer,
    progress: Progress,
    seen: tuple[Moment, FirstSeen | None] = (NOW, None),
) -> ReportContent:
    """Compute an analysis and return its report; on a worker thread.

    Args:
        project: The plan.
        asked: What is wanted.
        grade: Who may see it.
        language: Khmer or English.
        computer: Runs what is heavy.
        progress: Told of each step.
        seen: The day that is shown, and when the rows came into the plan.

    Raises:
        PlanError: Another grade than command, too little to say anything, or it was cancelled.
    """
    demand_command(grade)
    moment, first_seen = seen
    wanted = asked.hotspots.wanted(EVERYTHING) if asked.kind is ReportKind.HOTSPOTS else EVERYTHING
    shown = Lens(moment, wanted, first_seen).project(project)
    found = _MADE[asked.kind](shown, asked, moment, computer, progress, language)
    return analysis_content(
        shown,
        found,
        grade,
        language,
        day=today(),
        moment=moment,
        most_rows=None if asked.whole else MOST_ROWS,
    )


def _hotspots(
    plan: Project,
    asked: AnalysisAsked,
    moment: Moment,
    computer: Computer,
    progress: Progress,
    language: Language,
) -> Analysed:
    from geo.analysis.trends.result import By
    from geo.analysis.trends.trends import trends
    from gui.models.hotspot_work import Work, compute
    from layers.export.trends import trend_chart

    wish = asked.hotspots
    found = compute(Work(asked=wish, plan=plan, on=moment.on, made_of=()), computer, progress)
    # The months are of all that is shown: beside a part of it they would be another number.
    whole = not (wish.province or wish.since or wish.until)
    months = (trend_chart(trends(plan, By.ALL, moment.on), language),) if whole else ()
    return Analysed(
        kind=ReportKind.HOTSPOTS,
        headline=found.headline.words(language),
        said=worded(found.said, language),
        warned=worded(found.warned, language),
        findings=found.findings,
        tables=(_table(found.rows, wish, language),),
        charts=months,
        audit={
            "method": wish.method.value,
            "weight": wish.weighting.value,
            "of": wish.kind.value if wish.kind is not None else "all",
        },
        province_code=wish.province,
        subtitle=" · ".join(
            (
                text(f"hot.method.{wish.method.key}", language),
                *((label(wish.kind, language),) if wish.kind is not None else ()),
            )
        ),
    )


def _pressure(
    plan: Project,
    asked: AnalysisAsked,
    moment: Moment,
    computer: Computer,
    progress: Progress,
    language: Language,
) -> Analysed:
    from geo.analysis.border.job import pressure
    from geo.analysis.border.wish import order
    from layers.export.pressure_paper import pressure_analysed

    ordered = order(plan, asked.pressure, moment.on, progress)
    return pressure_analysed(computer.run(pressure, ordered, progress=progress), language)


def _scoreboard(
    plan: Project,
    asked: AnalysisAsked,
    moment: Moment,
    computer: Computer,  # noqa: ARG001 - counts here, as the others compute there
    progress: Progress,
    language: Language,
) -> Analysed:
    from geo.analysis.scoreboard.job import make_scoreboard
    from gui.models.score_work import outlines_of
    from layers.export.scoreboard_paper import scoreboard_analysed

    wish = score_wish(asked, moment)
    found = make_scoreboard(plan, wish, progress)
    return scoreboard_analysed(found, outlines_of(plan, wish), language)


def score_wish(asked: AnalysisAsked, moment: Moment) -> ScoreWish:
    """Return what is asked of the scoreboard: returns by province, else the plan's registers."""
    from geo.analysis.scoreboard.board import Origin
    from geo.analysis.scoreboard.job import Wish

    by_province = asked.level is AdminLevel.PROVINCE
    return Wish(
        level=asked.level,
        origin=Origin.RETURNS if by_province else Origin.PLAN,
        within=asked.within,
        last=moment.on,
    )


_MADE: Final = {
    ReportKind.HOTSPOTS: _hotspots,
    ReportKind.PRESSURE: _pressure,
    ReportKind.SCOREBOARD: _scoreboard,
}


ANALYSES: Final = frozenset(_MADE)
"""Reports that are computed here; all others are counted at a grade."""


def _table(rows: FoundRows, asked: Asked, language: Language) -> ReportTable:
    """Return the table of a result as the window has it."""
    return ReportTable(
        name="hotspots",
        title=text(f"hot.method.{asked.method.key}", language),
        columns=tuple(
            Column(text(column.head_code, language), numeric=column.numbers is not None)
            for column in rows.columns
        ),
        rows=tuple(
            tuple(_cell(column, at, language) for column in rows.columns)
            for at in range(len(rows.keys))
        ),
        before=text("report.not_a_verdict", language),
    )


def _cell(column: FoundColumn, at: int, language: Language) -> Cell:
    if column.numbers is not None:
        value = float(column.numbers[at])
        if np.isnan(value):
            return None
        if not column.decimals:
            return round(value)
        least = 10.0**-column.decimals
        if 0 < abs(value) < least / 2:  # no probability is nothing
            return f"< {format_number(least, language, column.decimals)}"
        return format_number(value, language, column.decimals)
    return column.words(at).words(language) if column.words is not None else DASH
