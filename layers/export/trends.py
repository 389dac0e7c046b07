"""Trends as a chart and in words: what the window shows and a report prints."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from geo.analysis.trends.result import MIN_MONTHS, MIN_N, By, Direction, GradeClass, Refusal
from geo.catalogue import Language, text
from geo.gazetteer import Gazetteer
from geo.localise import digits, format_month
from geo.model.vocabulary import AllegationKind
from layers.export.charts import Chart, Series, look
from layers.said import Named, Said, Words
from layers.style import GREY, PURPLE
from layers.timeline import first_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.analysis.trends.result import Line, Trends

FEW_MONTHS: Final = 24
"""Up to so many months every third one is named, of more only the years."""
MONTHS: Final = 12
YEARS: Final = 12
BANDS: Final = 2
"""More bands than these hide each other: then only the chosen line has one."""
PERCENT: Final = 100


def line_name(trends: Trends, line: Line) -> Words:
    """Return what a line is called."""
    if trends.by is By.ALL:
        return Said("trend.line.all")
    if trends.by is By.KIND:
        return Said("trend.line.kind", {"kind": AllegationKind(line.key)})
    if trends.by is By.GRADE:
        return Said(f"trend.line.{GradeClass(line.key).value}")
    if not line.key:
        return Said("trend.line.others", {"n": trends.others})
    unit = Gazetteer.load().unit(line.key)
    return Named(unit.name_km, unit.name_en) if unit is not None else Named(line.key)


def trend_chart(trends: Trends, language: Language, chosen: str | None = None) -> Chart:
    """Return the chart of a trend.

    Args:
        trends: What was found.
        language: Of words and digits.
        chosen: Key of the line whose band is drawn where there are too many for all.
    """
    banded = {line.key for line in trends.lines} if len(trends.lines) <= BANDS else {chosen}
    return Chart(
        title=text(f"trend.title.{trends.by.value}", language),
        unit=text("trend.unit", language),
        labels=tuple(month_name(trends, i, language) for i in range(len(trends))),
        ticks=tuple(_ticks(trends, language)),
        series=tuple(
            _series(trends, line, i, language, banded=line.key in banded)
            for i, line in enumerate(trends.lines)
        ),
        unknown=trends.unknown,
        unknown_word=text("trend.unknown", language),
        notes=tuple(said.words(language) for said in said_trends(trends)),
        language=language,
    )


def month_name(trends: Trends, place: int, language: Language) -> str:
    """Return the name of a month by its place."""
    return format_month(first_day(trends.first + place), language)


def _ticks(trends: Trends, language: Language) -> Iterable[tuple[int, str]]:
    count = len(trends)
    if count <= FEW_MONTHS:
        step = 3 if count > 3 else 1  # noqa: PLR2004 - a quarter of a year
        return [(i, month_name(trends, i, language)) for i in range(0, count, step)]
    every = MONTHS * max(1, math.ceil(count / MONTHS / YEARS))
    start = -trends.first % MONTHS
    return [
        (i, digits(str((trends.first + i) // MONTHS), language)) for i in range(start, count, every)
    ]


def _series(trends: Trends, line: Line, place: int, language: Language, *, banded: bool) -> Series:
    colour, dash = look(place)
    if trends.by is By.ALL:
        colour = PURPLE
    elif trends.by is By.GRADE:
        colour, dash = _GRADES[GradeClass(line.key)]
    elif not line.key:
        colour, dash = GREY, (2.0, 3.0)
    known = trends.known.tolist()

    def values(column: Iterable[float]) -> tuple[float | None, ...]:
        return tuple(float(v) if k else None for v, k in zip(column, known, strict=True))

    return Series(
        name=line_name(trends, line).words(language),
        colour=colour,
        values=values(line.counts),
        low=values(line.low) if banded else (),
        high=values(line.high) if banded else (),
        dash=dash,
    )


_GRADES: Final[dict[GradeClass, tuple[str, tuple[float, ...]]]] = {
    GradeClass.GOOD: (PURPLE, ()),
    GradeClass.BELOW: ("#CC79A7", (7.0, 3.0)),
    GradeClass.NEUTRAL: (GREY, (2.0, 3.0)),
}


def said_line(trends: Trends, line: Line) -> Words:
    """Return where a line goes, or why nobody can tell."""
    name = line_name(trends, line)
    if line.refusal is Refusal.FEW_MONTHS:
        return Said("trend.few_months", {"name": name, "least": MIN_MONTHS})
    if line.refusal is Refusal.FEW_ROWS:
        return Said("trend.few_rows", {"name": name, "n": line.tested, "least": MIN_N})
    given = {"name": name, "n": line.tested, "tau": round(line.tau, 2), "p": round(line.p, 4)}
    if line.direction is Direction.NONE:
        return Said("trend.none", given)
    code = "trend.rising" if line.direction is Direction.RISING else "trend.falling"
    return Said(code, {**given, "slope": abs(round(line.slope, 2))})


def said_trends(trends: Trends) -> tuple[Words, ...]:
    """Return method, n, grades and what was left out: a sentence each."""
    said: list[Words] = [
        Said("trend.n", {"n": trends.n, "months": int(trends.known.sum())}),
        Said("trend.method", {"level": round(trends.level * PERCENT)}),
    ]
    if trends.grades:
        mix = ", ".join(f"{grade} {n}" for grade, n in trends.grades.items())
        said.append(Said("trend.grades", {"mix": mix, "neutral": trends.neutral}))
    if trends.by is By.KIND:
        said.append(Said("trend.several_kinds"))
    for code, number in (
        ("trend.undated", trends.undated),
        ("trend.ahead", trends.ahead),
        ("trend.no_unit", trends.no_unit),
        ("trend.unknown_months", int((~trends.known).sum())),
    ):
        if number:
            said.append(Said(code, {"n": number}))
    said += [Said(f"trend.left.{why.value}", {"n": n}) for why, n in trends.left_out.items()]
    if trends.partial:
        said.append(Said("trend.partial"))
    if len(trends.lines) > 1:
        said.append(Said("trend.many_tests", {"n": len(trends.lines)}))
    return tuple(said)
