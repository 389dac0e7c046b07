"""The months of the time strip."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from geo.clock import today
from geo.model.entity import Kind
from layers.timeline import first_day, last_day, month_after, month_before, month_of, timeline
from tests.layers.scenes import allegation, project_of

PAST = st.dates(date(1990, 1, 1), today())


def line_of(*days: date):
    plan = project_of(*(allegation(received_on=day) for day in days))
    return timeline(plan.table(Kind.ALLEGATION), plan.table(Kind.STATUS_DECISION))


def test_every_allegation_with_a_day_is_in_its_month():
    day = today().replace(day=1) - timedelta(days=40)
    line = line_of(day, day, today())
    assert line.counts_of(day) == (2, 0)
    assert line.allegations.sum() == 3


def test_an_empty_plan_still_has_room_to_choose_in():
    line = timeline(project_of().table(Kind.ALLEGATION), project_of().table(Kind.STATUS_DECISION))
    assert len(line) == 24
    assert line.day_at(1.0) == today()


def test_a_wrong_year_does_not_squeeze_the_others_away():
    assert len(line_of(date(1022, 1, 1), today())) == 360


def test_days_ahead_are_in_no_month():
    assert line_of(date(2999, 1, 1)).allegations.sum() == 0


@given(st.floats(-1, 2))
def test_no_place_on_the_strip_is_ahead_of_today(share):
    line = line_of(date(2015, 1, 1))
    assert line.start <= line.day_at(share) <= today()


@given(st.dates(date(2015, 1, 1), today()))
def test_a_day_lies_where_it_is_found_again(day):
    line = line_of(date(2015, 1, 1))
    assert line.day_at(line.share_of(day)) == day


@given(PAST)
def test_a_step_back_and_forth_stays_at_ends_of_months(day):
    before = month_before(day)
    assert month_of(before) == month_of(day) - 1
    assert before == last_day(month_of(before))
    assert month_after(before) <= today()
    assert month_of(month_after(before)) == month_of(day)


def test_a_step_forward_never_passes_today():
    assert month_after(today()) == today()
    assert first_day(month_of(today())) <= today()
