"""Year against year, and the ministry's own figures."""

from __future__ import annotations

from datetime import date

from geo.analysis.scoreboard.counting import count
from geo.analysis.scoreboard.measures import Measure
from geo.analysis.scoreboard.reading import read_registers
from geo.analysis.scoreboard.years import baselines, year_rows, years_in
from geo.model.vocabulary import AdminLevel
from tests.geo.analysis.alleged import plan_of, within

LAST = date(2022, 9, 30)


def test_the_ministrys_figures_are_as_its_reports_give_them():
    told = [(r.first and r.first.year, r.last and r.last.year, r.figures) for r in baselines()]
    assert told == [
        (2017, 2017, {Measure.CASES: 159, Measure.SUSPECTS: 203}),
        (2017, 2018, {Measure.RESCUED: 575}),
        (2018, 2018, {Measure.CASES: 134, Measure.SUSPECTS: 224}),
        (None, None, {Measure.REPORTED: 186}),
    ]
    assert baselines()[-1].told_in == date(2022, 9, 1)
    assert all(row.source for row in baselines())


def test_each_year_has_its_own_allegations_and_says_if_it_is_not_over():
    days = (date(2021, 12, 31), date(2022, 1, 1), date(2022, 9, 30), None)
    registers = read_registers(plan_of([within("0102", received_on=d) for d in days]))
    years = years_in(registers, LAST)
    assert list(years) == [2021, 2022]
    rows = year_rows(lambda p: count(registers, AdminLevel.PROVINCE, p), years, LAST)
    assert [r.figures[Measure.REPORTED] for r in rows] == [1, 2]
    assert [r.unfinished for r in rows] == [False, True]
    assert len(rows[1].rows(Measure.REPORTED)) == 2
    assert Measure.CASES not in rows[1].figures
