from __future__ import annotations

import pytest

from geo.analysis.evidence import LeftOut
from geo.analysis.trends.result import By
from geo.analysis.trends.trends import trends
from geo.catalogue import catalogue
from geo.model.vocabulary import AllegationKind, Precision
from layers.export.chart_svg import chart_svg
from layers.export.trends import said_line, said_trends, trend_chart
from tests.geo.analysis.asking.little_plan import project_of
from tests.geo.analysis.trends.test_trends import ON, months

KINDS = (AllegationKind.TORTURE, AllegationKind.FORCED_LABOUR)


def plan():
    here = {"admin_code": "010201", "precision": Precision.COMMUNE}
    return project_of(
        *months(*range(1, 16), kinds=KINDS, **here), *months(2, 0, 1, admin_code="02")
    )


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("language", ["en", "km"])
def test_every_trend_is_a_chart_in_both_languages(by, language):
    found = trends(plan(), by, ON)
    chart = trend_chart(found, language)
    assert len(chart.labels) == len(found) == 16
    assert chart.series
    assert len(chart.notes) >= 3
    assert chart_svg(chart).startswith("<svg")
    assert all(said_line(found, line).words(language) for line in found.lines)


def test_what_is_not_known_is_a_gap_in_the_chart():
    chart = trend_chart(trends(project_of(*months(1, 0, 3)), By.ALL, ON), "en")
    assert chart.series[0].values == (1.0, None, 3.0, None)
    assert chart.unknown == ((1, 1), (3, 3))


def test_of_many_lines_only_the_chosen_one_has_its_band():
    rows = [
        r
        for i in range(1, 5)
        for r in months(i, admin_code=f"010{i}", precision=Precision.DISTRICT)
    ]
    found = trends(project_of(*rows), By.DISTRICT, ON)
    banded = [bool(s.low) for s in trend_chart(found, "en", chosen="0103").series]
    assert banded == [False, True, False, False]


def test_method_n_and_grades_are_said():
    words = " ".join(said.words("en") for said in said_trends(trends(plan(), By.KIND, ON)))
    for part in ("Garwood 1936", "Mann-Kendall", "123 allegations", "F6 123", "several kinds"):
        assert part in words


def test_every_reason_to_leave_something_out_of_a_month_is_worded():
    reasons = (
        LeftOut.DUPLICATE,
        LeftOut.UNSUBSTANTIATED,
        LeftOut.INSUFFICIENT,
        LeftOut.OTHER_PERIOD,
    )
    assert all(f"trend.left.{reason.value}" in catalogue() for reason in reasons)
