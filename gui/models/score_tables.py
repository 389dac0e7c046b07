"""The tables of the scoreboard: units, years, who is idle, who sent nothing, rows of a figure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.scoreboard.board import Origin
from geo.analysis.scoreboard.measures import MEASURES, Measure, RowRef
from geo.analysis.scoreboard.wording import (
    absent_text,
    figure_text,
    gap_words,
    head,
    idle_words,
    meaning,
    row_name,
    unit_name,
    year_name,
    year_source,
)
from gui import i18n
from gui.i18n import tr
from gui.models.score_rows import ScoreColumn, ScoreRows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.analysis.scoreboard.job import Standing
    from geo.analysis.scoreboard.years import YearRow
    from geo.project import Project

NAME_PX, SOURCE_PX, FIGURE_PX, MONEY_PX = 230, 270, 118, 130
NAN: Final = float("nan")


def shown_measures(found: Standing) -> tuple[Measure, ...]:
    """Return the columns that these figures can have: no return speaks of proposed fines."""
    if found.board.origin is Origin.PLAN:
        return MEASURES
    return tuple(m for m in MEASURES if m is not Measure.FINES_PROPOSED)


def unit_table(found: Standing) -> ScoreRows:
    """Return a row for each unit, and for what is known only by a coarser one."""
    board = found.board
    n = len(board.units)

    def figure(measure: Measure, unit: int) -> str:
        value, language = board.figure(measure, unit), i18n.language()
        if value is None:
            return absent_text(board, unit, language)
        return figure_text(measure, value, language)

    def days(unit: int) -> str:
        since = board.days_since(unit)
        if since is not None:
            return i18n.number(since)
        return absent_text(board, unit, i18n.language())

    def acted(unit: int) -> Sequence[RowRef]:
        row = board.acted[unit]
        return (row,) if row is not None else ()

    columns = [_names("scoreboard.head.unit", lambda u: row_name(board, u, i18n.language()), n)]
    columns += [
        ScoreColumn(
            head=partial(_head, measure),
            said=partial(figure, measure),
            order=np.where(board.known[measure], board.values[measure], NAN).astype(np.float64),
            tip=partial(_meaning, measure),
            opens=partial(board.rows, measure),
            width=MONEY_PX if measure.value.startswith("fines") else FIGURE_PX,
        )
        for measure in shown_measures(found)
    ]
    columns.append(
        ScoreColumn(
            head=lambda: tr("scoreboard.head.days"),
            said=days,
            order=np.array([_number(board.days_since(u)) for u in range(n)], dtype=np.float64),
            tip=lambda: tr("scoreboard.meaning.days"),
            opens=acted,
            can_open=lambda unit: board.acted[unit] is not None,
            width=190,
        )
    )
    faint = np.array([board.is_remainder(u) for u in range(n)], dtype=bool)
    return ScoreRows(keys=board.units, columns=tuple(columns), faint=faint)


def year_table(found: Standing) -> ScoreRows:
    """Return year against year, the ministry's own figures first."""
    years, n = found.years, len(found.years)

    def figure(measure: Measure, at: int) -> str:
        row: YearRow = years[at]
        if measure in row.figures:
            return figure_text(measure, row.figures[measure], i18n.language())
        if row.source:
            return tr("scoreboard.not_given")
        returned = found.board.origin is Origin.RETURNS
        return tr("scoreboard.not_reported" if returned else "scoreboard.none_known")

    columns = [
        _names(
            "scoreboard.head.year",
            lambda at: year_name(years[at], i18n.language()),
            n,
            width=SOURCE_PX,
        ),
        _names(
            "scoreboard.head.source",
            lambda at: year_source(years[at], i18n.language()),
            n,
            width=SOURCE_PX,
        ),
        *(
            ScoreColumn(
                head=partial(_head, measure),
                said=partial(figure, measure),
                order=np.array([_number(y.figures.get(measure)) for y in years], dtype=np.float64),
                tip=partial(_meaning, measure),
                opens=partial(_rows_of_year, years, measure),
                can_open=partial(_counted_here, years, measure),
                width=MONEY_PX if measure.value.startswith("fines") else FIGURE_PX,
            )
            for measure in shown_measures(found)
        ),
    ]
    return ScoreRows(keys=("",) * n, columns=tuple(columns))


def idle_table(found: Standing) -> ScoreRows:
    """Return who has allegations and took no real step for long."""
    board, idle, n = found.board, found.idle, len(found.idle)

    def still(at: int) -> str:
        value = idle[at].open
        return absent_text(board, idle[at].unit, i18n.language()) if value is None else _said(value)

    return ScoreRows(
        keys=tuple(board.units[i.unit] for i in idle),
        columns=(
            _names(
                "scoreboard.head.unit",
                lambda at: row_name(board, idle[at].unit, i18n.language()),
                n,
            ),
            ScoreColumn(
                head=lambda: tr("scoreboard.head.days"),
                said=lambda at: idle_words(board, idle[at], i18n.language()),
                order=np.array([_number(i.days) for i in idle], dtype=np.float64),
                is_number=False,
                width=340,
            ),
            ScoreColumn(
                head=partial(_head, Measure.REPORTED),
                said=lambda at: _said(idle[at].reported),
                order=np.array([i.reported for i in idle], dtype=np.float64),
                opens=lambda at: board.rows(Measure.REPORTED, idle[at].unit),
            ),
            ScoreColumn(
                head=partial(_head, Measure.OPEN),
                said=still,
                order=np.array([_number(i.open) for i in idle], dtype=np.float64),
                opens=lambda at: board.rows(Measure.OPEN, idle[at].unit),
            ),
        ),
    )


def silent_table(found: Standing) -> ScoreRows:
    """Return the provinces without a return, and those that miss some months."""
    board = found.board
    missing: list[tuple[str, tuple[date, ...]]] = [(code, ()) for code in board.no_return]
    missing += board.gaps().items()

    def said(at: int) -> str:
        months = missing[at][1]
        return gap_words(months, i18n.language()) if months else tr("scoreboard.no_return")

    return ScoreRows(
        keys=tuple(code for code, _ in missing),
        columns=(
            _names(
                "scoreboard.head.unit",
                lambda at: unit_name(missing[at][0], i18n.language()),
                len(missing),
            ),
            _names("scoreboard.head.missing", said, len(missing), width=420),
        ),
    )


def rows_table(project: Project, refs: Sequence[RowRef]) -> ScoreRows:
    """Return the rows behind a figure that have no table of their own in the register."""
    from gui.models.score_behind import behind_words

    told = [behind_words(project, ref) for ref in refs]

    def words(place: int, at: int) -> str:
        return told[at][place]()

    heads = ("scoreboard.head.day", "scoreboard.head.place", "scoreboard.head.what")
    return ScoreRows(
        keys=("",) * len(told),
        columns=tuple(
            _names(code, partial(words, place), len(told), width=width)
            for place, (code, width) in enumerate(zip(heads, (150, 300, 420), strict=True))
        ),
    )


def _rows_of_year(years: Sequence[YearRow], measure: Measure, at: int) -> tuple[RowRef, ...]:
    return years[at].rows(measure)


def _counted_here(years: Sequence[YearRow], measure: Measure, at: int) -> bool:
    return years[at].board is not None and bool(years[at].figures.get(measure))


def _names(code: str, said: object, n: int, *, width: int = NAME_PX) -> ScoreColumn:
    return ScoreColumn(
        head=lambda: tr(code),
        said=said,  # type: ignore[arg-type] # always a function of the row
        order=np.arange(n, dtype=np.float64),
        is_number=False,
        width=width,
    )


def _head(measure: Measure) -> str:
    return head(measure, i18n.language())


def _meaning(measure: Measure) -> str:
    return meaning(measure, i18n.language())


def _said(value: int) -> str:
    return i18n.number(value)


def _number(value: int | None) -> float:
    return NAN if value is None else float(value)
