"""Crossings with what is alleged near them: distances, closures, areas, trend and rank."""

from __future__ import annotations

import pickle
from datetime import date

import numpy as np
import pytest
import shapely
from scipy.stats import norm

from geo.analysis.border.job import pressure
from geo.analysis.border.trend import Direction, trend_of
from geo.analysis.border.wish import DayKind, Wish, order
from geo.analysis.evidence import LeftOut
from geo.analysis.shares import in_metres
from geo.crs import to_utm
from geo.errors import InputError
from geo.measure import distances_m
from geo.model.vocabulary import AllegationStatus, CrossingClass
from geo.progress import NoProgress
from geo.territory import Territory
from tests.geo.analysis.border.frontier import ON, POIPET, Frontier, away, days_before


def told(frontier, **wish):
    order = pickle.loads(pickle.dumps(frontier.order(**wish)))  # noqa: S301 - made here
    return pressure(order, NoProgress())


def only(frontier, **wish):
    (crossing,) = told(frontier, **wish).crossings
    return crossing


def test_what_lies_within_the_distance_counts_and_what_lies_a_metre_beyond_does_not():
    frontier = Frontier()
    frontier.crossing()
    frontier.say(away(POIPET, east_m=4_990.0))
    frontier.say(away(POIPET, east_m=5_010.0))
    frontier.site(away(POIPET, north_m=-4_990.0))
    frontier.site(away(POIPET, north_m=-5_010.0))
    found = only(frontier, within_m=5_000.0)
    assert (found.n, found.sites) == (1, 1)
    assert found.ids == (frontier.said[0].id,)


def test_the_distance_is_measured_on_the_ellipsoid_not_on_the_grid():
    frontier = Frontier()
    frontier.crossing()
    # At the western end of the country the grid is too long by four hundredths of a per cent.
    frontier.say(away(POIPET, east_m=50_010.0))
    assert only(frontier, within_m=50_000.0).n == 1


def test_an_area_counts_by_its_share_and_is_never_added_to_what_is_sure():
    frontier = Frontier()
    frontier.crossing()
    for _ in range(1_000):
        frontier.say(unit="011002")
    frontier.say(away(POIPET, east_m=1_000.0))
    found = only(frontier, within_m=10_000.0)
    # No commune is loaded: what is known by one spreads over the approximate province.
    (ground, disc) = in_metres([Territory.load().provinces["01"], shapely.Point(POIPET)])
    share = ground.intersection(disc.buffer(10_000.0, quad_segs=32)).area / ground.area
    assert found.n == 1
    assert found.may == 1_000
    assert found.perhaps == pytest.approx(1_000 * share, rel=1e-6)
    assert found.perhaps < 60


def test_a_position_that_may_be_off_by_more_than_the_distance_is_an_area_too():
    frontier = Frontier()
    frontier.crossing()
    frontier.say(POIPET, accuracy_m=10_000.0)
    frontier.say(POIPET, accuracy_m=4_000.0)
    found = only(frontier, within_m=5_000.0)
    assert found.n == 1
    assert found.may == 1
    assert found.perhaps == pytest.approx(0.25, rel=0.01)


def test_duplicates_and_what_was_found_unsubstantiated_do_not_count_and_are_told():
    frontier = Frontier()
    frontier.crossing()
    first = frontier.say(POIPET)
    frontier.say(POIPET, status=AllegationStatus.DUPLICATE, duplicate_of=first.id)
    frontier.say(POIPET, status=AllegationStatus.UNSUBSTANTIATED)
    found = told(frontier)
    assert found.crossings[0].n == 1
    assert found.basis.n == 1
    assert {reason.value: n for reason, n in found.basis.left_out.items()} == {
        "duplicate": 1,
        "unsubstantiated": 1,
    }
    assert found.basis.grades == {"F6": 1}


def test_what_was_received_later_than_the_day_shown_or_before_the_period_does_not_count():
    frontier = Frontier()
    frontier.crossing()
    frontier.say(POIPET, day=date(2022, 10, 1))
    frontier.say(POIPET, day=date(2022, 7, 1))
    frontier.say(POIPET, day=date(2022, 6, 30))
    found = told(frontier, months=3)
    assert found.since == date(2022, 7, 1)
    assert found.crossings[0].n == 1


def test_what_is_dated_after_the_day_shown_begins_no_period():
    frontier = Frontier()
    frontier.crossing()
    frontier.say(POIPET, day=date(2099, 1, 1))
    found = told(frontier, months=3)
    assert found.since == date(2022, 7, 1)
    assert found.crossings[0].n == 0
    assert found.basis.left_out == {LeftOut.OTHER_PERIOD: 1}


def test_no_month_comes_before_the_first_of_all():
    frontier = Frontier()
    frontier.crossing()
    found = order(frontier.plan(), Wish(months=24), date(1, 2, 1))
    assert found.since == date(1, 1, 1)


def test_months_before_the_first_allegation_of_the_plan_are_not_quiet_months():
    frontier = Frontier()
    frontier.crossing()
    frontier.say(POIPET, day=date(2022, 6, 10))
    found = told(frontier, months=24)
    assert found.since == date(2022, 6, 10)
    assert len(found.months) == 4


def test_closed_days_do_not_count_as_quiet():
    always, closing = Frontier(), Frontier()
    always.crossing()
    closing.crossing(open_=((None, date(2022, 4, 30)),))
    for frontier in (always, closing):
        for month in range(1, 5):
            for day in range(1, 6):
                frontier.say(POIPET, day=date(2022, month, day))
        frontier.say(POIPET, day=date(2022, 8, 1))
    open_, closed = only(always), only(closing)
    assert closed.closed_now is True
    assert closed.closed_days == (ON - date(2022, 4, 30)).days
    assert closed.while_closed == 1
    assert closed.n == open_.n == 21, "closing hides nothing"
    assert closed.per_month == pytest.approx(20 / 120 * 30)
    assert open_.per_month == pytest.approx(21 / 273 * 30)
    assert closed.trend.months == 4


def test_a_crossing_of_which_no_interval_is_known_is_neither_open_nor_closed():
    frontier = Frontier()
    frontier.crossing()
    assert only(frontier).closed_now is None


def test_a_trend_is_told_of_open_months_only():
    rising = np.arange(12)
    always = np.full(12, 30)
    assert trend_of(rising, always).direction is Direction.RISING
    assert trend_of(rising[::-1], always).direction is Direction.FALLING
    assert trend_of(np.full(12, 3), always).direction is Direction.NONE
    # It stopped because the gate did.
    counts = np.array([3] * 9 + [0] * 9)
    assert trend_of(counts, np.full(18, 30)).direction is Direction.FALLING
    assert trend_of(counts, np.array([30] * 9 + [0] * 9)).direction is Direction.NONE
    assert trend_of(np.arange(5), always[:5]).direction is Direction.TOO_FEW
    assert trend_of(np.array([1, 0] * 6), always).direction is Direction.TOO_FEW


def test_the_trend_is_that_of_mann_and_kendall_by_hand():
    # One pair of equals among eight: 21 of 28 pairs rise more than fall, (8·7·21 - 2·1·9) / 18.
    told = trend_of(np.array([2, 1, 3, 3, 5, 4, 7, 6]), np.full(8, 10))
    assert told.tau == pytest.approx(21 / 28)
    z = (21 - 1) / ((8 * 7 * 21 - 18) / 18) ** 0.5
    assert told.p == pytest.approx(2 * norm.sf(z), rel=1e-9)


def test_the_rank_follows_what_is_sure_then_what_may_be_then_sites():
    frontier = Frontier()
    far = away(POIPET, north_m=-60_000.0)
    farther = away(POIPET, north_m=60_000.0)
    frontier.crossing("Quiet", far)
    frontier.crossing("Same", farther)
    frontier.crossing("Loud", POIPET, cls=CrossingClass.LOCAL_CORRIDOR)
    frontier.crossing("Sites", away(far, east_m=20_000.0))
    frontier.say(POIPET)
    frontier.site(away(far, east_m=20_000.0))
    found = told(frontier, within_m=2_000.0)
    assert [(c.name_en.split()[0], c.rank) for c in found.crossings] == [
        ("Loud", 1),
        ("Sites", 2),
        ("Quiet", 3),
        ("Same", 3),
    ]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"within_m": 10.0}, "error.pressure.within"),
        ({"within_m": 1e6}, "error.pressure.within"),
        ({"months": 1}, "error.pressure.months"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(wish, code):
    frontier = Frontier()
    frontier.crossing()
    with pytest.raises(InputError, match=code.replace(".", r"\.")):
        frontier.order(**wish)


def test_a_plan_without_crossings_says_so():
    with pytest.raises(InputError, match=r"error\.pressure\.no_crossings"):
        Frontier().order()


def test_a_plan_without_allegations_has_crossings_with_none():
    frontier = Frontier()
    frontier.crossing()
    found = told(frontier)
    assert found.basis.n == 0
    assert found.crossings[0].trend.direction is Direction.TOO_FEW
    assert found.corridors.found == ()


def test_days_are_those_of_receipt_unless_asked_otherwise():
    frontier = Frontier()
    frontier.crossing()
    frontier.say(POIPET, day=days_before(1), occurred_on=days_before(200))
    assert only(frontier, months=3).n == 1
    assert only(frontier, months=3, by=DayKind.OCCURRED).n == 0


def test_the_grid_and_the_ellipsoid_differ_by_less_than_what_is_looked_at_first():
    corners = np.array([(102.3, 10.0), (107.7, 10.0), (102.3, 14.8), (107.7, 14.8), (105.0, 12.5)])
    east = corners + np.array([0.05, 0.0])
    grid = np.hypot(*(to_utm(east) - to_utm(corners)).T)
    assert np.abs(grid / distances_m(corners, east) - 1).max() < 0.002
