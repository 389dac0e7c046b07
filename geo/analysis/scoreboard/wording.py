"""The scoreboard in words, for the command line, the window and reports alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.analysis.scoreboard.board import DIGITS, Origin
from geo.analysis.scoreboard.measures import MONEY, Measure
from geo.catalogue import label, text
from geo.gazetteer import Gazetteer
from geo.localise import digits, format_date, format_month, format_number, format_riel
from geo.model.vocabulary import AdminLevel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.analysis.scoreboard.board import Idle, Scoreboard
    from geo.analysis.scoreboard.job import Standing
    from geo.analysis.scoreboard.years import YearRow
    from geo.catalogue import Language

_REMAINDER: Final = {
    0: "scoreboard.remainder.nowhere",
    DIGITS[AdminLevel.PROVINCE]: "scoreboard.remainder.province",
    DIGITS[AdminLevel.DISTRICT]: "scoreboard.remainder.district",
}


def unit_name(code: str, language: Language) -> str:
    """Return the official name of a unit; its code where the code list has none."""
    unit = next(iter(Gazetteer.load().units(code)), None)
    if unit is None:
        return code
    return unit.name_km if language == "km" else unit.name_en


def row_name(board: Scoreboard, unit: int, language: Language) -> str:
    """Return what a row is of: a unit, or what is known only by a coarser one."""
    code = board.units[unit]
    if not board.is_remainder(unit):
        return unit_name(code, language)
    return text(_REMAINDER[len(code)], language, name=unit_name(code, language))


def head(measure: Measure, language: Language) -> str:
    """Return the heading of a column."""
    return text(f"scoreboard.head.{measure.value}", language)


def meaning(measure: Measure, language: Language) -> str:
    """Return what a column counts and which day counts, in one sentence."""
    return text(f"scoreboard.meaning.{measure.value}", language)


def idle_words(board: Scoreboard, idle: Idle, language: Language) -> str:
    """Return since when nothing was done."""
    if idle.days is None:
        return text("scoreboard.no_action_known", language)
    days = format_number(idle.days, language)
    if board.origin is Origin.RETURNS:
        return text("scoreboard.days_before_end", language, days=days)
    return text("scoreboard.days_ago", language, days=days)


def gap_words(missing: Sequence[date], language: Language) -> str:
    """Return the months of which a province has no return."""
    months = ", ".join(format_month(month, language) for month in missing)
    return text("scoreboard.gap", language, months=months)


def figure_text(measure: Measure, value: int, language: Language) -> str:
    """Return a known figure."""
    return format_riel(value, language) if measure in MONEY else format_number(value, language)


def absent_text(board: Scoreboard, unit: int, language: Language) -> str:
    """Return why a figure is not known; never zero, and in words."""
    if board.origin is Origin.PLAN:
        return text("scoreboard.none_known", language)
    missing = board.units[unit] in board.no_return
    return text("scoreboard.no_return" if missing else "scoreboard.not_reported", language)


def year_name(row: YearRow, language: Language) -> str:
    """Return the period of a row of year against year."""
    if row.first is None or row.last is None:
        month = format_month(row.told_in, language) if row.told_in else "–"
        return text("scoreboard.year.no_period", language, month=month)
    if row.unfinished:
        year = digits(str(row.first.year), language)
        return text("scoreboard.year.so_far", language, year=year)
    years = sorted({row.first.year, row.last.year})
    return digits("–".join(map(str, years)), language)


def year_source(row: YearRow, language: Language) -> str:
    """Return where the figures of a row come from."""
    if row.source:
        return text(f"scoreboard.source.{row.source}", language)
    if row.returns is not None:
        return text(
            "scoreboard.source.returns", language, count=format_number(row.returns, language)
        )
    return text("scoreboard.source.plan", language)


def notes(found: Standing, language: Language) -> list[str]:
    """Return what must be said with the figures: method, n, grades, precision, what is left out."""
    board = found.board
    lines = [_basis(found, language)]
    code = "plan" if board.origin is Origin.PLAN else "returns"
    lines.append(text(f"scoreboard.note.absent.{code}", language))
    if board.origin is Origin.RETURNS:
        lines.append(text("scoreboard.note.seen_until", language))
        if not board.months:
            lines.insert(0, text("scoreboard.note.no_returns", language))
    lines += [
        text(
            "scoreboard.note.undated",
            language,
            count=format_number(count, language),
            column=head(measure, language),
        )
        for measure, count in board.undated.items()
    ]
    if any(board.is_remainder(unit) for unit in range(len(board.units))):
        lines.append(text("scoreboard.note.remainder", language))
    if found.basis.unbelieved:
        count = format_number(found.basis.unbelieved, language)
        lines.append(text("scoreboard.note.unbelieved", language, count=count))
    lines.append(text("scoreboard.note.ministry", language))
    return lines


def period_words(board: Scoreboard, language: Language) -> str:
    """Return the days that count."""
    last = format_date(board.period.last, language)
    if board.period.first is None:
        return text("scoreboard.period.until", language, last=last)
    first = format_date(board.period.first, language)
    return text("scoreboard.period.between", language, first=first, last=last)


def _basis(found: Standing, language: Language) -> str:
    basis, board = found.basis, found.board
    period, n = period_words(board, language), format_number(basis.n, language)
    if board.origin is Origin.RETURNS:
        return text(
            "scoreboard.note.returns",
            language,
            n=n,
            period=period,
            provinces=format_number(len(board.months), language),
            of=format_number(len(board.units), language),
        )
    return text(
        "scoreboard.note.plan",
        language,
        n=n,
        period=period,
        duplicates=format_number(basis.duplicates, language),
        grades=_mix(basis.grades, language),
        precisions=_mix({label(p, language): c for p, c in basis.precisions.items()}, language),
    )


def _mix(parts: dict[str, int], language: Language) -> str:
    return (
        ", ".join(f"{name} {format_number(count, language)}" for name, count in parts.items())
        or "–"
    )
