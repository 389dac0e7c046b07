"""The scoreboard as a report: figures by unit, year against year, who is idle, who gave no return.

What nobody knows stands as words or a dash and never as zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.analysis.scoreboard.board import Origin
from geo.analysis.scoreboard.measures import MEASURES, MONEY, Measure
from geo.analysis.scoreboard.wording import (
    figure_text,
    gap_words,
    head,
    idle_words,
    notes,
    period_words,
    row_name,
    unit_name,
    year_name,
    year_source,
)
from geo.catalogue import Language, label, text
from geo.localise import format_number
from geo.model.vocabulary import AdminLevel
from layers.export.analysis import Analysed
from layers.export.charts import Chart, Series, look
from layers.export.content import Column, ReportKind, ReportTable
from layers.score_findings import score_findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.scoreboard.board import Scoreboard
    from geo.analysis.scoreboard.job import Standing
    from geo.model.entity import Area
    from layers.export.content import Cell

CHARTED = (
    Measure.REPORTED, Measure.INSPECTED, Measure.RESCUED, Measure.SUSPECTS, Measure.CASES,
)  # fmt: skip
"""What is drawn year against year."""


def scoreboard_analysed(
    found: Standing, outlines: Mapping[str, Area], language: Language
) -> Analysed:
    """Return the scoreboard as a report tells it.

    Args:
        found: The scoreboard.
        outlines: Unit → outline, for the map of what was reported.
        language: Khmer or English.
    """
    board = found.board
    tables = [_units(board, language), _years(found, language), _idle(found, language)]
    if board.origin is Origin.RETURNS:
        tables.append(_no_return(board, language))
    said = notes(found, language)
    return Analysed(
        kind=ReportKind.SCOREBOARD,
        headline=text(
            "report.scoreboard.headline",
            language,
            idle=format_number(len(found.idle), language),
            days=format_number(found.wish.idle_days, language),
        ),
        said=tuple(said),
        warned=(),
        findings=score_findings(found, Measure.REPORTED, outlines),
        tables=tuple(tables),
        charts=(_chart(found, language),),
        audit={
            "by": board.level.value,
            "from": board.origin.value,
            "until": board.period.last.isoformat(),
            "n": found.basis.n,
        },
        province_code=found.wish.within[:2],
        subtitle=f"{label(board.level, language)} · {period_words(board, language)}",
    )


def _columns(board: Scoreboard) -> list[Measure]:
    return [m for m in MEASURES if board.known[m].any()] or [Measure.REPORTED]


def _units(board: Scoreboard, language: Language) -> ReportTable:
    columns = _columns(board)
    worth = [
        unit
        for unit in range(len(board.units))
        if board.level is not AdminLevel.COMMUNE
        or any(board.known[m][unit] for m in MEASURES)
        or board.days_since(unit) is not None
    ]
    code = "plan" if board.origin is Origin.PLAN else "returns"
    return ReportTable(
        name="scoreboard",
        title=text("report.table.scoreboard", language),
        columns=(
            Column(text("scoreboard.head.unit", language)),
            *(Column(head(m, language), numeric=True) for m in columns),
            Column(text("scoreboard.head.days", language), numeric=True),
        ),
        rows=tuple(
            (
                row_name(board, unit, language),
                *(_cell(m, board.figure(m, unit), language) for m in columns),
                board.days_since(unit),
            )
            for unit in worth
        ),
        total=(
            text("report.column.total", language),
            *(_cell(m, board.total(m), language) for m in columns),
            "",
        ),
        before=text("report.not_a_verdict", language),
        note=text(f"scoreboard.dash.{code}", language),
    )


def _cell(measure: Measure, value: int | None, language: Language) -> Cell:
    if value is None or measure not in MONEY:
        return value
    return figure_text(measure, value, language)


def _years(found: Standing, language: Language) -> ReportTable:
    columns = [m for m in MEASURES if any(m in row.figures for row in found.years)]
    return ReportTable(
        name="years",
        title=text("scoreboard.title.years", language),
        columns=(
            Column(text("report.column.period", language)),
            Column(text("report.column.source", language)),
            *(Column(head(m, language), numeric=True) for m in columns),
        ),
        rows=tuple(
            (
                year_name(row, language),
                year_source(row, language),
                *(_cell(m, row.figures.get(m), language) for m in columns),
            )
            for row in found.years
        ),
    )


def _idle(found: Standing, language: Language) -> ReportTable:
    board = found.board
    return ReportTable(
        name="idle",
        title=text(
            "scoreboard.title.idle",
            language,
            days=format_number(found.wish.idle_days, language),
            count=format_number(len(found.idle), language),
        ),
        columns=(
            Column(text("scoreboard.head.unit", language)),
            Column(text("scoreboard.head.days", language)),
            Column(head(Measure.REPORTED, language), numeric=True),
            Column(head(Measure.OPEN, language), numeric=True),
        ),
        rows=tuple(
            (
                row_name(board, idle.unit, language),
                idle_words(board, idle, language),
                idle.reported,
                idle.open,
            )
            for idle in found.idle
        ),
    )


def _no_return(board: Scoreboard, language: Language) -> ReportTable:
    gaps = board.gaps()
    silent = text("scoreboard.no_return", language)
    return ReportTable(
        name="no_return",
        title=text(
            "scoreboard.title.no_return",
            language,
            count=format_number(len(board.no_return), language),
        ),
        columns=(
            Column(text("scoreboard.head.unit", language)),
            Column(text("report.column.missing_months", language)),
        ),
        rows=(
            *((unit_name(code, language), silent) for code in board.no_return),
            *((unit_name(code, language), gap_words(m, language)) for code, m in gaps.items()),
        ),
    )


def _chart(found: Standing, language: Language) -> Chart:
    """Return year against year; what a source did not give is a gap in its line."""
    rows = [row for row in found.years if row.first is not None]
    series = []
    for place, measure in enumerate(CHARTED):
        values = tuple(
            float(v) if (v := row.figures.get(measure)) is not None else None for row in rows
        )
        if any(v is not None for v in values):
            colour, dash = look(place)
            name = head(measure, language)
            series.append(Series(name=name, colour=colour, values=values, dash=dash))
    names = tuple(year_name(row, language) for row in rows)
    return Chart(
        title=text("scoreboard.title.years", language),
        unit=text("report.column.n", language),
        labels=names,
        ticks=tuple(enumerate(names)),
        series=tuple(series),
        notes=(text("scoreboard.note.ministry", language),),
        language=language,
    )
