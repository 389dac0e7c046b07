"""What a statistic counts, what it leaves out, and how little it may know of a place."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.evidence import (
    PRECISIONS,
    Counting,
    LeftOut,
    Weighting,
    evidence,
)
from geo.analysis.in_province import in_province
from geo.analysis.weighting import table_of
from geo.model.entity import LonLat
from geo.model.site import Site
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Credibility,
    Precision,
    Reliability,
)
from tests.geo.analysis.alleged import POIPET, at, graded, plan_of, within

S = AllegationStatus


def precisions(found):
    return [PRECISIONS[code] for code in found.precision]


def test_a_plan_without_allegations_brings_nothing():
    found = evidence(plan_of([]))
    assert len(found) == 0
    assert found.grade_mix == {}
    assert found.left_out_counts == {}


def test_a_duplicate_counts_once_under_the_allegation_that_it_repeats():
    first = at(id="a", **graded("B2"))
    again = within("011002", id="b", status=S.DUPLICATE, duplicate_of="a")
    third = at(LonLat(103.5, 10.6), id="c", status=S.DUPLICATE, duplicate_of="b")
    found = evidence(plan_of([third, again, first]))
    assert list(found.ids) == ["a"]
    assert (found.lon[0], found.lat[0]) == POIPET
    assert found.grade_mix == {"B2": 1}
    assert found.left_out_counts == {LeftOut.DUPLICATE: 2}


def test_the_earliest_duplicate_stands_for_a_first_one_that_is_not_shown():
    rows = [
        at(id="later", duplicate_of="x", status=S.DUPLICATE, received_on=date(2022, 9, 5)),
        at(id="earlier", duplicate_of="x", status=S.DUPLICATE, received_on=date(2022, 9, 2)),
        at(id="undated", duplicate_of="x", status=S.DUPLICATE, received_on=None),
        at(id="of it", duplicate_of="later", status=S.DUPLICATE),
    ]
    assert list(evidence(plan_of(rows)).ids) == ["earlier"]


def test_rows_that_repeat_each_other_in_a_circle_count_once():
    rows = [at(id=i, duplicate_of=j, status=S.DUPLICATE) for i, j in ("ab", "bc", "ca")]
    assert list(evidence(plan_of(rows)).ids) == ["a"]


def test_a_duplicate_of_nobody_knows_what_does_not_count():
    assert len(evidence(plan_of([at(status=S.DUPLICATE)]))) == 0


@given(st.lists(st.integers(-1, 11), min_size=12, max_size=12))
def test_each_group_of_duplicates_counts_exactly_once(above):
    rows = [at(id=str(n), duplicate_of="" if a in {-1, n} else str(a)) for n, a in enumerate(above)]
    group = list(range(12))
    for n, a in enumerate(above):
        if a not in {-1, n}:
            old, new = group[n], group[a]
            group = [new if g == old else g for g in group]
    counted = [int(i) for i in evidence(plan_of(rows)).ids]
    assert sorted(group[n] for n in counted) == sorted(set(group))


def test_unsubstantiated_and_insufficient_ones_are_left_out_unless_they_are_asked_for():
    plan = plan_of([at(status=S.UNSUBSTANTIATED), at(status=S.INSUFFICIENT), at(status=S.CLOSED)])
    found = evidence(plan)
    assert len(found) == 1
    assert found.left_out_counts == {LeftOut.UNSUBSTANTIATED: 1, LeftOut.INSUFFICIENT: 1}
    assert len(evidence(plan, Counting(unsubstantiated=True, insufficient=True))) == 3


def test_what_is_known_by_a_unit_only_has_no_position_even_if_its_row_has_one():
    row = replace(at(), precision=Precision.COMMUNE)
    found = evidence(plan_of([row, within("0110"), within("01100203")]))
    assert not found.placed.any()
    assert np.isnan(found.lon).all()
    assert np.isnan(found.accuracy_m).all()
    assert list(found.unit) == ["011002", "0110", "01100203"]
    assert precisions(found) == [Precision.COMMUNE, Precision.DISTRICT, Precision.VILLAGE]
    assert found.precision_mix == {
        Precision.VILLAGE: 1,
        Precision.COMMUNE: 1,
        Precision.DISTRICT: 1,
    }


def test_a_place_is_never_known_more_exactly_than_its_code():
    rows = [
        replace(within("01"), precision=Precision.VILLAGE),
        replace(within("0110"), precision=Precision.VILLAGE),
        replace(within("011002"), precision=Precision.POINT),  # said to be a point; has none
    ]
    found = evidence(plan_of(rows))
    assert precisions(found) == [Precision.UNKNOWN, Precision.DISTRICT, Precision.COMMUNE]
    assert list(found.unit) == ["01", "0110", "011002"]


def test_what_has_no_place_is_left_out_unless_places_do_not_matter():
    plan = plan_of([within("", id="a"), at()])
    assert evidence(plan).left_out == {"a": LeftOut.NO_PLACE}
    assert len(evidence(plan, Counting(placeless=True))) == 2


def test_a_linked_site_places_an_allegation_only_if_that_was_chosen():
    site = Site(id="s", code="S-1", point=POIPET, precision=Precision.POINT, accuracy_m=20.0)
    merged = Site(id="m", code="S-2", merged_into="s")
    vague = Site(id="v", code="S-3", point=POIPET, precision=Precision.COMMUNE)
    rows = [within("011002", site_id=i) for i in ("s", "m", "v", "gone")]
    plan = plan_of(rows, [site, merged, vague])
    assert not evidence(plan).placed.any()
    found = evidence(plan, Counting(at_sites=True))
    assert list(found.placed) == [True, True, False, False]
    assert list(found.accuracy_m[:2]) == [20.0, 20.0]


def test_f_and_6_weigh_as_much_as_without_weighting():
    table = table_of(Weighting.GRADE)
    f, six = list(Reliability).index(Reliability.F), list(Credibility).index(Credibility.SIX)
    assert table[f, six] == 1.0 == table_of(Weighting.NONE)[f, six]
    assert table[f, 0] > 1.0 > table[f, 4]  # the field that was judged still says something
    assert (np.diff(table[:5, :5], axis=0) < 0).all()
    assert (np.diff(table[:5, :5], axis=1) < 0).all()


def test_a_grade_weighs_only_if_that_was_chosen():
    plan = plan_of([at(**graded(g)) for g in ("A1", "F6", "E5")])
    assert list(evidence(plan).weight) == [1.0, 1.0, 1.0]
    found = evidence(plan, Counting(weighting=Weighting.GRADE))
    assert list(found.weight) == [2.25, 1.0, 0.25]
    assert found.neutral == 1
    assert found.grade_mix == {"A1": 1, "E5": 1, "F6": 1}


def test_what_has_no_day_lies_in_no_period():
    rows = [
        at(id="in", occurred_on=date(2022, 8, 3)),  # received in September
        at(id="later"),
        at(id="undated", received_on=None),
    ]
    found = evidence(plan_of(rows)).between(date(2022, 8, 1), date(2022, 8, 31))
    assert list(found.ids) == ["in"]
    assert found.left_out == {"later": LeftOut.OTHER_PERIOD, "undated": LeftOut.NO_DAY}


def test_what_is_dated_after_the_day_shown_is_left_out_and_what_has_no_day_stays():
    days = (date(2022, 9, 1), date(2099, 1, 1), None)
    plan = plan_of([at(POIPET, received_on=day) for day in days])
    found = evidence(plan).until(date(2022, 9, 30))
    assert len(found) == 2
    assert found.left_out_counts == {LeftOut.OTHER_PERIOD: 1}


def test_kinds_are_told_apart():
    rows = [
        at(kinds=(AllegationKind.TORTURE, AllegationKind.FORCED_LABOUR)),
        at(kinds=(AllegationKind.ILLEGAL_GAMBLING,)),
        at(),
    ]
    found = evidence(plan_of(rows))
    assert list(found.of_kind(AllegationKind.FORCED_LABOUR)) == [True, False, False]
    assert list(found.of_kind(AllegationKind.ILLEGAL_GAMBLING)) == [False, True, False]


def test_evidence_travels_to_the_computing_process():
    found = evidence(plan_of([at(), within("011002")]))
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert list(again.unit) == list(found.unit)
    assert again.grade_mix == found.grade_mix


@pytest.mark.parametrize("asked_twice", [Counting(), Counting(weighting=Weighting.GRADE)])
def test_the_same_rows_are_read_once(asked_twice):
    plan = plan_of([at()])
    assert evidence(plan, asked_twice) is evidence(plan, asked_twice)


def test_what_is_of_a_province_is_told_by_its_unit_else_by_its_point():
    rows = [
        at(id="unit"),
        at(id="point", admin_code=""),
        within("0102", id="area"),
        at(LonLat(103.52, 10.63), id="other", admin_code=""),
    ]
    found = in_province(evidence(plan_of(rows)), "01")
    assert list(found.ids) == ["unit", "point", "area"]
    assert found.left_out == {"other": LeftOut.ELSEWHERE}
    assert len(in_province(evidence(plan_of(rows)), "")) == 4
