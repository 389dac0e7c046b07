"""Which sites the prosecutor's authorisation covers, and in which period."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.readiness.authorisation import (
    Reason,
    coverage_of,
    hours_contain,
    not_covered,
)
from geo.errors import InputError
from geo.model.command import Assignment, Authorisation, ChecklistItem, Zone
from geo.model.gaps import GapCode
from geo.model.vocabulary import GroupKind, Precision
from tests.geo.analysis.readiness.ground import (
    DAY_1,
    OPEN,
    REFUSED,
    at,
    authorised,
    changed,
    gaps,
    nothing_missing,
    period,
    plan_of,
    reply,
    site,
    square,
    with_rows,
    without,
)


def reasons(rows, period_id="day 1", zone_id="a"):
    return {u.site_id: u.reason for u in not_covered(plan_of(rows), zone_id, period_id)}


def with_letter(said, **fields):
    return with_rows(nothing_missing(), reply("letter", said, **fields))


def test_an_authorisation_of_the_zone_covers_every_site_in_it():
    rows = with_rows(nothing_missing(), site("s2", 0.04), site("outside", 0.2))
    assert not_covered(plan_of(rows), "a") == ()


def test_an_authorisation_of_sites_covers_those_and_no_others():
    said = authorised(zone_id="", site_ids=("s1",))
    rows = with_rows(nothing_missing(), site("s2", 0.04), reply("letter", said))
    assert reasons(rows) == {"s2": Reason.OUTSIDE_SITES}


def test_an_authorisation_of_a_site_outside_the_zone_does_not_help():
    said = authorised(zone_id="", site_ids=("far",))
    rows = with_rows(nothing_missing(), site("far", 0.3), reply("letter", said))
    assert reasons(rows) == {"s1": Reason.OUTSIDE_SITES}


def test_an_authorisation_of_another_zone_does_not_help():
    other = Zone(id="b", name="Beta", outline=square(0.2), operation_id="op")
    rows = with_rows(with_letter(authorised(zone_id="b")), other, site("s2", 0.22))
    assert reasons(rows) == {"s1": Reason.OUTSIDE_SITES}
    assert reasons(rows, zone_id="b") == {}


def test_an_authorisation_of_another_operation_does_not_help():
    rows = with_letter(authorised(), operation_id="another")
    assert reasons(rows) == {"s1": Reason.MISSING}


@pytest.mark.parametrize(
    ("said", "result", "reason"),
    [
        (authorised(), OPEN, Reason.OPEN),
        (None, OPEN, Reason.OPEN),
        (authorised(), REFUSED, Reason.REFUSED),
        (None, REFUSED, Reason.REFUSED),
    ],
)
def test_what_is_open_or_refused_covers_nothing(said, result, reason):
    assert reasons(with_letter(said, result=result)) == {"s1": reason}


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"zone_id": ""}, Reason.OUTSIDE_SITES),
        ({"valid_from": None}, Reason.OUTSIDE_DATES),
        ({"valid_to": None}, Reason.OUTSIDE_DATES),
        ({"hours_from": None}, Reason.OUTSIDE_HOURS),
        ({"hours_to": None}, Reason.OUTSIDE_HOURS),
        ({"hours_from": None, "hours_to": None}, Reason.OUTSIDE_HOURS),
    ],
)
def test_what_an_authorisation_does_not_say_is_not_assumed(missing, reason):
    assert reasons(with_letter(authorised(**missing))) == {"s1": reason}


def test_an_agreement_that_says_nothing_covers_nothing():
    assert reasons(with_letter(None)) == {"s1": Reason.OUTSIDE_SITES}
    assert reasons(with_letter(Authorisation())) == {"s1": Reason.OUTSIDE_SITES}


def test_the_dates_must_contain_the_whole_period():
    just = authorised(valid_from=DAY_1.starts, valid_to=DAY_1.ends)
    assert reasons(with_letter(just)) == {}
    late = authorised(valid_from=at(20, 6, 1))
    assert reasons(with_letter(late)) == {"s1": Reason.OUTSIDE_DATES}
    short = authorised(valid_to=at(20, 17, 59))
    assert reasons(with_letter(short)) == {"s1": Reason.OUTSIDE_DATES}


def test_one_period_may_be_covered_and_another_not():
    rows = with_letter(authorised(valid_to=at(21, 0)))
    assert reasons(rows, "day 1") == {}
    assert reasons(rows, "day 2") == {"s1": Reason.OUTSIDE_DATES}
    found = not_covered(plan_of(rows), "a")
    assert [(u.site_id, u.period_id) for u in found] == [("s1", "day 2")]


def test_the_hours_must_contain_the_whole_period():
    assert reasons(with_letter(authorised(hours_from=time(6, 1)))) == {"s1": Reason.OUTSIDE_HOURS}
    assert reasons(with_letter(authorised(hours_to=time(17, 59)))) == {"s1": Reason.OUTSIDE_HOURS}


@pytest.mark.parametrize(
    ("starts", "ends", "inside"),
    [
        (at(20, 20), at(21, 4), True),
        (at(20, 23), at(20, 23, 30), True),
        (at(21, 1), at(21, 4), True),
        (at(20, 19), at(21, 4), False),
        (at(20, 22), at(21, 4, 1), False),
        (at(20, 22), at(22, 1), False),
        (at(20, 5), at(20, 21), False),
    ],
)
def test_hours_of_a_night_pass_midnight(starts, ends, inside):
    assert hours_contain(time(20), time(4), period("night", starts, ends)) is inside


def test_hours_of_the_day_do_not_contain_the_night_between_two_days():
    assert not hours_contain(time(6), time(18), period("both", at(20, 6), at(21, 18)))


def test_the_same_hour_twice_contains_nothing():
    assert not hours_contain(time(6), time(6), DAY_1)


@given(st.times(), st.times(), st.integers(0, 1439), st.integers(1, 1440))
def test_hours_contain_a_period_if_they_contain_each_of_its_minutes(first, last, start, length):
    begins = at(10, 0) + (at(10, 1) - at(10, 0)) / 60 * start
    ends = begins + (at(10, 1) - at(10, 0)) / 60 * length
    if not hours_contain(first, last, period("p", begins, ends)):
        return
    minutes = (begins + (ends - begins) * i / 50 for i in range(51))
    for moment in minutes:
        clock = moment.time()
        within = first <= clock <= last if first < last else clock >= first or clock <= last
        assert within


def test_a_later_refusal_takes_an_agreement_back_and_a_later_agreement_a_refusal():
    rows = nothing_missing()
    later = reply("no", authorised(), REFUSED, replied_on=date(2022, 10, 6))
    assert reasons(with_rows(rows, later)) == {"s1": Reason.REFUSED}
    earlier = reply("no", authorised(), REFUSED, replied_on=date(2022, 10, 4))
    assert reasons(with_rows(rows, earlier)) == {}


@pytest.mark.parametrize("day", [None, date(2022, 10, 5)])
def test_if_nobody_knows_which_came_later_the_refusal_stands(day):
    no = reply("no", authorised(), REFUSED, replied_on=day)
    assert reasons(with_rows(nothing_missing(), no)) == {"s1": Reason.REFUSED}


def test_a_refusal_of_one_site_leaves_the_others():
    said = authorised(zone_id="", site_ids=("s1",))
    no = reply("no", said, REFUSED, replied_on=date(2022, 10, 6))
    rows = with_rows(nothing_missing(), site("s2", 0.04), no)
    assert reasons(rows) == {"s1": Reason.REFUSED}


def test_of_several_authorisations_the_nearest_to_covering_is_told():
    rows = with_letter(authorised(valid_to=at(20, 12)))
    rows = with_rows(rows, reply("second", authorised(hours_to=time(12))))
    assert reasons(rows) == {"s1": Reason.OUTSIDE_HOURS}


def test_two_authorisations_cover_together_what_neither_covers_alone():
    first = authorised(zone_id="", site_ids=("s1",))
    second = authorised(zone_id="", site_ids=("s2",))
    rows = with_rows(with_letter(first), site("s2", 0.04), reply("second", second))
    assert reasons(rows) == {}


def test_an_authorisation_of_a_merged_site_is_one_of_the_site_that_it_turned_out_to_be():
    merged = site("old", 0.03, merged_into="s1")
    rows = with_rows(with_letter(authorised(zone_id="", site_ids=("old",))), merged)
    assert reasons(rows) == {}


def test_merged_sites_and_sites_not_known_exactly_need_no_authorisation():
    merged = site("old", 0.03, merged_into="s1")
    vague = site("vague", 0.03, precision=Precision.COMMUNE)
    said = authorised(zone_id="", site_ids=("s1",))
    assert reasons(with_rows(with_letter(said), merged, vague)) == {}


def test_witnesses_that_are_required_must_be_noted():
    rows = with_letter(authorised(witnesses=2))
    assert reasons(rows) == {"s1": Reason.WITNESSES}
    assert gaps(rows) == {GapCode.WITNESSES_MISSING: 1}
    open_item = ChecklistItem(GroupKind.MILITARY_POLICE_INSPECTION, "witnesses_present")
    assert reasons(changed(rows, "duty a", checklist=(open_item,))) == {"s1": Reason.WITNESSES}
    done = ChecklistItem(
        GroupKind.MILITARY_POLICE_INSPECTION, "witnesses_present", at(19, 8), "deputy"
    )
    assert reasons(changed(rows, "duty a", checklist=(done,))) == {}


def test_witnesses_noted_for_one_period_are_not_noted_for_another():
    done = ChecklistItem(
        GroupKind.MILITARY_POLICE_INSPECTION, "witnesses_present", at(19, 8), "deputy"
    )
    rows = with_rows(
        without(with_letter(authorised(witnesses=1)), "duty a"),
        Assignment(id="1", zone_id="a", team_id="red", period_id="day 1", checklist=(done,)),
        Assignment(id="2", zone_id="a", team_id="red", period_id="day 2"),
    )
    assert reasons(rows, "day 1") == {}
    assert reasons(rows, "day 2") == {"s1": Reason.WITNESSES}


def test_a_zone_without_sites_must_be_authorised_itself():
    rows = without(nothing_missing(), "s1")
    assert gaps(rows) == {GapCode.NO_SITES: 1}
    rows = with_rows(rows, reply("letter", authorised(zone_id="", site_ids=("s1",))))
    assert gaps(rows) == {GapCode.NO_SITES: 1, GapCode.AUTHORISATION_NOT_COVERING: 1}


def test_an_operation_without_periods_has_no_dates_that_are_covered():
    rows = changed(nothing_missing(), "op", periods=())
    assert reasons(rows, "") == {"s1": Reason.OUTSIDE_DATES}


def test_the_map_gets_the_sites_of_all_zones_that_are_not_covered():
    other = Zone(id="b", name="Beta", outline=square(0.2), operation_id="op")
    rows = with_rows(nothing_missing(), other, site("s2", 0.22), site("nowhere", 0.5))
    plan = plan_of(rows)
    assert coverage_of(plan, "op", "day 1") == ("s2",)
    assert coverage_of(plan, "op") == ("s2",)


def test_on_the_map_a_site_is_covered_although_witnesses_are_not_noted_yet():
    assert coverage_of(plan_of(with_letter(authorised(witnesses=2))), "op", "day 1") == ()


def test_what_is_gone_is_said():
    plan = plan_of(nothing_missing())
    for ask in (
        lambda: not_covered(plan, "gone"),
        lambda: not_covered(plan, "a", "gone"),
        lambda: coverage_of(plan, "gone"),
        lambda: coverage_of(plan, "op", "gone"),
    ):
        with pytest.raises(InputError):
            ask()
