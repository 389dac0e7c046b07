"""What two duties cannot both need, support that is too far, and what to do instead."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis.readiness.conflicts import conflicts
from geo.analysis.readiness.duties import Distances, Duty, meeting
from geo.analysis.readiness.places import Places
from geo.analysis.readiness.wording import conflict_sentence
from geo.edit.assign import assign_team
from geo.model.command import Assignment, Limits, Operation, Zone
from geo.model.gaps import GapCode
from geo.model.vocabulary import AssignmentState, OperationState, VehicleKind, ZoneState
from tests.geo.analysis.readiness.ground import (
    at,
    changed,
    nothing_missing,
    period,
    plan_of,
    site,
    square,
    team,
    vehicle,
    with_rows,
    without,
)

BETA = Zone(id="b", name="Beta", outline=square(0.1), operation_id="op")
OTHER = Operation(id="other", name="Other", periods=(period("other day", at(20, 12), at(20, 20)),))


def two_zones(second="red", **fields):
    """Zones a and b, each with a team for the whole operation."""
    duty = Assignment(id="duty b", zone_id="b", team_id=second, **fields)
    return with_rows(nothing_missing(), BETA, site("s2", 0.12), duty)


def found(rows, operation_id="op"):
    return conflicts(plan_of(rows), operation_id)


def codes(rows, operation_id="op"):
    return [c.what for c in found(rows, operation_id)]


def by_day(rows, a, b):
    """Each zone's team for one period only."""
    return changed(changed(rows, "duty a", period_id=a), "duty b", period_id=b)


def test_an_operation_with_one_team_in_one_zone_has_no_conflict():
    assert found(nothing_missing()) == ()


def test_a_team_in_two_places_at_the_same_time():
    (conflict,) = found(two_zones())
    assert conflict.what is GapCode.TEAM_TWICE
    assert conflict.assignment_ids == ("duty a", "duty b")
    assert conflict.zone_ids == ("a", "b")
    assert "red" in conflict_sentence(conflict, "en")


def test_two_teams_of_one_user_have_one_leader_whatever_their_titles_say():
    rows = with_rows(two_zones("blue"), team("blue", lead_user_id="u"))
    assert codes(rows) == []
    assert codes(changed(rows, "red", lead_user_id="u")) == [GapCode.LEADER_TWICE]


def test_teams_without_a_user_have_one_leader_if_the_titles_are_the_same():
    rows = with_rows(two_zones("blue"), team("blue", "Deputy  Governor 1 "))
    rows = changed(rows, "red", lead="deputy governor 1")
    assert codes(rows) == [GapCode.LEADER_TWICE]
    two_users = changed(changed(rows, "red", lead_user_id="u"), "blue", lead_user_id="v")
    assert codes(two_users) == []


def test_teams_of_which_nobody_said_who_leads_share_no_leader():
    rows = with_rows(two_zones("blue"), team("blue", " "))
    assert codes(changed(rows, "red", lead="")) == []


def test_a_vehicle_in_two_places_is_one_of_the_same_kind_and_name():
    rows = with_rows(two_zones("blue"), team("blue", vehicles=(vehicle("car 1"), vehicle(""))))
    cars = (vehicle("Car 1 "), vehicle(""))
    assert codes(changed(rows, "red", vehicles=cars)) == [GapCode.VEHICLE_TWICE]
    vans = (vehicle("Car 1", VehicleKind.VAN), vehicle(""))
    assert codes(changed(rows, "red", vehicles=vans)) == []


def test_another_operation_at_the_same_time_conflicts_too_from_either_side():
    rows = with_rows(
        nothing_missing(),
        OTHER,
        Zone(id="b", name="Beta", outline=square(0.1), operation_id="other"),
        Assignment(id="duty b", zone_id="b", team_id="red"),
    )
    assert codes(rows) == [GapCode.TEAM_TWICE]
    assert GapCode.TEAM_TWICE in codes(rows, "other")
    later = changed(rows, "other", periods=(period("later", at(25, 6), at(25, 18)),))
    assert codes(later) == []


@pytest.mark.parametrize(
    "over",
    [
        {"name": "other", "state": OperationState.CANCELLED},
        {"name": "other", "state": OperationState.COMPLETED},
        {"name": "b", "state": ZoneState.CANCELLED},
        {"name": "duty b", "state": AssignmentState.ABORTED},
        {"name": "duty b", "state": AssignmentState.COMPLETED},
    ],
    ids=str,
)
def test_what_is_over_conflicts_with_nothing(over):
    rows = with_rows(
        nothing_missing(),
        OTHER,
        Zone(id="b", name="Beta", outline=square(0.1), operation_id="other"),
        Assignment(id="duty b", zone_id="b", team_id="red"),
    )
    assert codes(changed(rows, **over)) == []


def test_an_assignment_for_the_whole_operation_counts_for_each_of_its_periods():
    assert codes(changed(two_zones(), "duty b", period_id="day 2")) == [GapCode.TEAM_TWICE]


def test_a_night_between_two_duties_is_time_enough():
    assert codes(by_day(two_zones(), "day 1", "day 2")) == []


def touching(minutes, **limits):
    """The team ends in zone a at noon, and so many minutes later it is to begin in zone b."""
    noon = at(20, 12)
    rows = by_day(two_zones(), "day 1", "day 2")
    morning = period("day 1", at(20, 6), noon)
    after = period("day 2", at(20, 12 + minutes // 60, minutes % 60), at(20, 18))
    return changed(rows, "op", periods=(morning, after), limits=Limits(**limits))


def test_periods_that_touch_do_not_overlap_but_leave_no_time_to_travel():
    (conflict,) = found(touching(0))
    assert conflict.what is GapCode.NO_TIME_BETWEEN
    assert conflict.params["minutes"] == 0
    assert conflict.params["needed"] > 30


def test_the_drive_and_the_notice_are_both_needed():
    # Zone a's site and zone b's lie 10.9 km apart: 11 minutes at 60 km/h.
    assert codes(touching(42, speed_kmh=60.0, notice_minutes=30)) == []
    assert codes(touching(40, speed_kmh=60.0, notice_minutes=30)) == [GapCode.NO_TIME_BETWEEN]
    assert codes(touching(11, speed_kmh=60.0, notice_minutes=0)) == []
    assert codes(touching(10, speed_kmh=60.0, notice_minutes=0)) == [GapCode.NO_TIME_BETWEEN]


def test_a_team_that_stays_in_its_zone_needs_no_time_between_two_periods():
    noon = at(20, 12)
    halves = (period("day 1", at(20, 6), noon), period("day 2", noon, at(20, 18)))
    assert codes(changed(nothing_missing(), "op", periods=halves)) == []


def test_two_operations_share_a_team_by_the_stricter_limits():
    slow = Operation(
        id="other",
        name="Other",
        periods=(period("evening", at(21, 19), at(21, 23)),),
        limits=Limits(notice_minutes=90),
    )
    rows = with_rows(
        nothing_missing(),
        slow,
        Zone(id="b", name="Beta", outline=square(0.1), operation_id="other"),
        Assignment(id="duty b", zone_id="b", team_id="red"),
    )
    assert codes(rows) == [GapCode.NO_TIME_BETWEEN]
    assert GapCode.NO_TIME_BETWEEN in codes(rows, "other")


# --- symmetric ------------------------------------------------------------------------------------

HOURS = st.integers(0, 60)
TEAMS = st.builds(
    team,
    st.sampled_from(["red", "blue", "green"]),
    st.sampled_from(["", "Chief 1", "chief 1", "Chief 2"]),
    lead_user_id=st.sampled_from(["", "", "u", "v"]),
    vehicles=st.lists(st.sampled_from([vehicle("1"), vehicle("2")]), max_size=2).map(tuple),
)


@st.composite
def duties(draw, name):
    spans = draw(st.lists(st.tuples(HOURS, st.integers(1, 12)), min_size=1, max_size=3))
    begin = at(1, 0)
    hour = at(1, 1) - begin
    periods = tuple(
        period(f"{name}{i}", begin + hour * start, begin + hour * (start + length))
        for i, (start, length) in enumerate(spans)
    )
    limits = Limits(notice_minutes=draw(st.integers(0, 90)), speed_kmh=draw(st.floats(5, 80)))
    number = draw(st.integers(0, 3))
    zone = Zone(id=f"z{number}", name=f"Z{number}", outline=square(number * 0.2))
    operation = Operation(name=name, periods=periods, limits=limits)
    return Duty(name, zone, draw(TEAMS), operation, periods)


@given(duties("a"), duties("b"))
def test_a_conflict_is_one_from_both_sides(a, b):
    plan = plan_of([])
    distances = Distances(Places(plan).of)
    there, back = meeting(a, b, distances), meeting(b, a, distances)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert (there.what, there.minutes, there.needed) == (back.what, back.minutes, back.needed)


def test_the_order_of_the_rows_changes_nothing():
    rows = with_rows(two_zones("blue"), team("blue", "Leader of red"))
    own = [rows[i] for i in ("duty a", "duty b", "red", "blue")]
    rest = without(rows, "duty a", "duty b", "red", "blue")
    told = {
        tuple((c.what, c.assignment_ids, c.alternatives) for c in found(with_rows(rest, *order)))
        for order in permutations(own)
    }
    assert len(told) == 1


# --- alternatives ---------------------------------------------------------------------------------


def test_a_free_team_with_all_mandatory_groups_is_proposed_the_idle_one_of_the_province_first():
    rows = with_rows(
        changed(two_zones(), "op", province_code="18"),
        team("far", province_code="01"),
        team("near", province_code="18"),
        team("incomplete", province_code="18", groups=()),
        team("of the same leader", "Leader of red", province_code="18"),
    )
    (conflict,) = found(rows)
    assert [(a.assignment_id, a.team_id) for a in conflict.alternatives] == [
        ("duty a", "near"),
        ("duty b", "near"),
        ("duty a", "far"),
        ("duty b", "far"),
    ]


def test_a_team_that_is_busy_then_is_not_proposed():
    rows = with_rows(
        two_zones(),
        Zone(id="c", name="Gamma", outline=square(0.2), operation_id="op"),
        team("busy"),
        Assignment(id="duty c", zone_id="c", team_id="busy", period_id="day 2"),
    )
    (conflict,) = (c for c in found(rows) if c.what is GapCode.TEAM_TWICE)
    assert conflict.alternatives == ()


def test_another_period_in_which_the_team_and_the_zone_are_free_is_proposed():
    (conflict,) = found(by_day(two_zones(), "day 1", "day 1"))
    assert [(a.assignment_id, a.period_id) for a in conflict.alternatives] == [
        ("duty a", "day 2"),
        ("duty b", "day 2"),
    ]


def test_a_period_in_which_the_zone_has_a_team_already_is_not_proposed():
    rows = with_rows(
        by_day(two_zones(), "day 1", "day 1"),
        team("blue"),
        Assignment(id="duty b2", zone_id="b", team_id="blue", period_id="day 2"),
    )
    (conflict,) = found(rows)
    assert [(a.assignment_id, a.period_id) for a in conflict.alternatives if a.period_id] == [
        ("duty a", "day 2")
    ]


def test_only_the_own_operations_assignments_are_to_be_changed():
    rows = with_rows(
        nothing_missing(),
        OTHER,
        Zone(id="b", name="Beta", outline=square(0.1), operation_id="other"),
        Assignment(id="duty b", zone_id="b", team_id="red"),
        team("blue"),
    )
    (conflict,) = found(rows)
    assert [(a.assignment_id, a.team_id) for a in conflict.alternatives] == [("duty a", "blue")]


def test_what_is_proposed_solves_it():
    plan = plan_of(with_rows(by_day(two_zones(), "day 1", "day 1"), team("blue")))
    (conflict,) = conflicts(plan, "op")
    best = conflict.alternatives[0]
    zone = dict(zip(conflict.assignment_ids, conflict.zone_ids, strict=True))[best.assignment_id]
    plan.commit(assign_team(plan, zone, best.team_id, "day 1"))
    assert conflicts(plan, "op") == ()
