"""What stands between an operation and its release, rule by rule."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from geo.analysis.readiness.ready import readiness
from geo.errors import CancelledError, InputError
from geo.model.command import Assignment, TeamGroup, Zone
from geo.model.gaps import GapCode
from geo.model.vocabulary import (
    AssignmentState,
    CoordinationAuthority,
    GroupKind,
    ZoneState,
)
from tests.geo.analysis.readiness.ground import (
    AGREED,
    DAY_1,
    GROUPS,
    NOW,
    OPEN,
    REFUSED,
    authorised,
    changed,
    checked,
    gaps,
    nothing_missing,
    override,
    plan_of,
    reply,
    site,
    square,
    team,
    with_rows,
    without,
)


def of_operation(rows):
    return {g.what: g.count for g in checked(rows).gaps if g.stands}


def test_an_operation_with_nothing_in_its_way_is_ready():
    found = checked(nothing_missing())
    assert found.ready
    assert [z.gaps for z in found.zones] == [()]
    assert found.gaps == ()


def test_an_operation_that_is_gone_is_said():
    with pytest.raises(InputError):
        checked(nothing_missing(), "gone")


def test_the_check_can_be_stopped():
    class Stopped:
        def step(self, *_):
            raise CancelledError

    with pytest.raises(CancelledError):
        readiness(plan_of(nothing_missing()), "op", now=NOW, progress=Stopped())


# --- the operation --------------------------------------------------------------------------------


def test_an_operation_without_zones_is_not_ready():
    rows = without(nothing_missing(), "a")
    assert of_operation(rows) == {GapCode.NO_ZONES: 1}
    cancelled = changed(nothing_missing(), "a", state=ZoneState.CANCELLED)
    assert of_operation(cancelled) == {GapCode.NO_ZONES: 1}


def test_an_operation_without_periods_is_not_ready():
    rows = changed(nothing_missing(), "op", periods=())
    assert of_operation(rows) == {GapCode.NO_PERIODS: 1}


def ministry(result, name="ministry"):
    return reply(name, None, result, authority=CoordinationAuthority.MINISTRY)


def test_guidance_is_noted_or_agreed_by_the_ministry():
    rows = changed(nothing_missing(), "op", ministry_guidance=" ")
    assert of_operation(rows) == {GapCode.GUIDANCE_MISSING: 1}
    assert of_operation(with_rows(rows, ministry(OPEN))) == {GapCode.GUIDANCE_MISSING: 1}
    assert of_operation(with_rows(rows, ministry(AGREED))) == {}


def test_a_ministry_that_refused_has_given_no_guidance():
    rows = with_rows(nothing_missing(), ministry(REFUSED))
    assert of_operation(rows) == {GapCode.GUIDANCE_MISSING: 1}
    assert of_operation(with_rows(rows, ministry(AGREED, "second"))) == {}


@pytest.mark.parametrize(
    ("due", "result", "late"),
    [
        (date(2022, 10, 14), OPEN, 1),
        (date(2022, 10, 15), OPEN, 0),  # due today is not overdue
        (date(2022, 10, 14), AGREED, 0),
        (None, OPEN, 0),
    ],
)
def test_a_reply_is_overdue_the_day_after_it_was_due(due, result, late):
    asked = reply(
        "x", None, result, authority=CoordinationAuthority.LABOUR_INSPECTORATE, due_on=due
    )
    assert of_operation(with_rows(nothing_missing(), asked)).get(GapCode.OVERDUE, 0) == late


def test_the_day_is_the_one_in_cambodia():
    asked = reply(
        "x", None, OPEN, authority=CoordinationAuthority.FIRE_SERVICE, due_on=date(2022, 10, 15)
    )
    plan = plan_of(with_rows(nothing_missing(), asked))
    evening = datetime(2022, 10, 15, 18, tzinfo=UTC)  # the 16th in Cambodia
    assert [g.what for g in readiness(plan, "op", now=evening).gaps] == [GapCode.OVERDUE]


# --- the prosecutor -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letter", "gap"),
    [
        (None, GapCode.AUTHORISATION_MISSING),
        (reply("letter", authorised(), OPEN), GapCode.AUTHORISATION_OPEN),
        (reply("letter", authorised(), REFUSED), GapCode.AUTHORISATION_REFUSED),
        (reply("letter", authorised(valid_to=DAY_1.ends)), GapCode.AUTHORISATION_NOT_COVERING),
    ],
)
def test_only_the_prosecutor_closes_a_gap_in_the_authorisation(letter, gap):
    rows = without(nothing_missing(), "letter")
    rows = with_rows(rows, letter) if letter else rows
    rows = with_rows(rows, override(gap))
    assert gaps(rows) == {gap: 1}
    (found,) = checked(rows).zones[0].gaps
    assert (found.overridable, found.overridden) == (False, None)


def test_a_site_outside_an_authorisation_is_counted_and_named():
    said = authorised(zone_id="", site_ids=("s1",))
    rows = with_rows(nothing_missing(), reply("letter", said))
    rows = with_rows(rows, *(site(f"x{n}", 0.03) for n in range(7)))
    (gap,) = checked(rows).zones[0].gaps
    assert (gap.what, gap.count) == (GapCode.AUTHORISATION_NOT_COVERING, 7)
    assert [e.name for e in gap.examples] == ["x0", "x1", "x2", "x3", "x4"]


# --- teams ----------------------------------------------------------------------------------------


def test_a_zone_needs_a_team_in_each_period():
    rows = nothing_missing()
    assert gaps(without(rows, "duty a")) == {GapCode.NO_TEAM: 2}
    assert gaps(changed(rows, "duty a", period_id="day 1")) == {GapCode.NO_TEAM: 1}
    assert gaps(changed(rows, "duty a", state=AssignmentState.ABORTED)) == {GapCode.NO_TEAM: 2}


def test_mandatory_groups_that_are_empty_are_counted():
    groups = (*GROUPS[:2], TeamGroup(GroupKind.MINUTES), TeamGroup(GroupKind.CORDON, members=9))
    rows = changed(nothing_missing(), "red", groups=groups)
    assert gaps(rows) == {GapCode.GROUPS_EMPTY: 2}


def test_a_conflict_stands_in_the_way_of_both_zones():
    rows = with_rows(
        nothing_missing(),
        Zone(id="b", name="Beta", outline=square(0.1), operation_id="op"),
        site("s2", 0.12),
        reply("second", authorised(zone_id="b")),
        Assignment(id="duty b", zone_id="b", team_id="red", period_id="day 1"),
        team("blue"),
        Assignment(id="duty b2", zone_id="b", team_id="blue", period_id="day 2"),
    )
    assert gaps(rows) == {GapCode.TEAM_TWICE: 1}
    assert gaps(rows, "b") == {GapCode.TEAM_TWICE: 1}
    gap = checked(rows).zones[0].gaps[0]
    assert [e.name for e in gap.examples] == ["Beta"]
