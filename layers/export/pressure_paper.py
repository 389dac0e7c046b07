"""Border pressure as a report: crossings by rank, corridors, their months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.catalogue import Language, label, text
from geo.localise import format_month, format_number
from layers.border import (
    corridor_place,
    crossing_name,
    findings,
    state_words,
    statement,
    trend_words,
    warned,
)
from layers.export.analysis import Analysed, worded
from layers.export.charts import Chart, Series, look
from layers.export.content import Column, ReportKind, ReportTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.analysis.border.corridors import Corridor
    from geo.analysis.border.result import CrossingPressure, Pressure
    from layers.export.content import Cell

CHARTED: Final = 5
"""Crossings whose months are drawn."""
EVERY: Final = 6
"""Months between two that are named below a chart, where there are many."""
_HEADS: Final = ("rank", "name", "class", "n", "perhaps", "sites", "rate", "trend", "closed")
_WORDS: Final = frozenset({"name", "class", "trend"})
_CORRIDOR_HEADS: Final = ("place", "length", "n", "expected", "q")


def pressure_analysed(found: Pressure, language: Language) -> Analysed:
    """Return border pressure as a report tells it."""
    tables = [_crossings(found, language)]
    if found.corridors.found:
        tables.append(_corridors(found.corridors.found, language))
    return Analysed(
        kind=ReportKind.PRESSURE,
        headline=_headline(found, language),
        said=worded(statement(found), language),
        warned=worded(warned(found), language),
        findings=findings(found),
        tables=tuple(tables),
        charts=(_chart(found, language),),
        audit={
            "within": round(found.wish.within_m),
            "since": found.since.isoformat(),
            "until": found.on.isoformat(),
            "weight": found.wish.counting.weighting.value,
            "n": found.basis.n,
        },
    )


def _headline(found: Pressure, language: Language) -> str:
    first = found.crossings[0]
    if not first.n:
        # All share the first rank then: none of them is to be named.
        return text("report.pressure.headline_none", language, km=_km(found, language))
    return text(
        "report.pressure.headline",
        language,
        name=crossing_name(first).words(language),
        n=format_number(first.n, language),
        km=_km(found, language),
        corridors=format_number(len(found.corridors.found), language),
    )


def _crossings(found: Pressure, language: Language) -> ReportTable:
    return ReportTable(
        name="pressure",
        title=text("report.table.pressure", language),
        columns=tuple(
            Column(text(f"pressure.head.{head}", language), numeric=head not in _WORDS)
            for head in _HEADS
        ),
        rows=tuple(_row(told, language) for told in found.crossings),
        before=text("report.not_a_verdict", language),
    )


def _row(told: CrossingPressure, language: Language) -> tuple[Cell, ...]:
    state = state_words(told)
    name = crossing_name(told).words(language)
    rate = told.per_month
    return (
        told.rank,
        f"{name} ({state.words(language)})" if state is not None else name,
        label(told.crossing_class, language),
        told.n,
        format_number(told.perhaps, language, 1),
        told.sites,
        None if rate is None else format_number(rate, language, 2),
        trend_words(told).words(language),
        told.closed_days,
    )


def _corridors(found: Sequence[Corridor], language: Language) -> ReportTable:
    return ReportTable(
        name="corridors",
        title=text("pressure.corridors", language),
        columns=tuple(
            Column(text(f"pressure.corridor.head.{head}", language), numeric=head != "place")
            for head in _CORRIDOR_HEADS
        ),
        rows=tuple(
            (
                corridor_place(told).words(language),
                format_number(told.metres / 1000, language, 1),
                told.n,
                format_number(told.expected, language, 1),
                format_number(told.q, language, 4),
            )
            for told in found
        ),
    )


def _chart(found: Pressure, language: Language) -> Chart:
    series = []
    for place, told in enumerate(found.crossings[:CHARTED]):
        colour, dash = look(place)
        name = crossing_name(told).words(language)
        values = tuple(float(n) for n in told.counts)
        series.append(Series(name=name, colour=colour, values=values, dash=dash))
    months = text("report.pressure.chart", language, km=_km(found, language))
    return Chart(
        title=months,
        unit=text("report.column.n", language),
        labels=tuple(format_month(month, language) for month in found.months),
        ticks=_ticks(found.months, language),
        series=tuple(series),
        language=language,
    )


def _ticks(months: Sequence[date], language: Language) -> tuple[tuple[int, str], ...]:
    every = 1 if len(months) <= EVERY else EVERY
    return tuple(
        (place, format_month(month, language))
        for place, month in enumerate(months)
        if place % every == 0
    )


def _km(found: Pressure, language: Language) -> str:
    km = found.wish.within_m / 1000
    return format_number(km, language, 0 if km == int(km) else 1)
