"""Did it work? Doors, counts before and after, and what is refused."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from geo.analysis.effect.job import Verdict, Where, effect
from geo.analysis.effect.wish import Wish, completed, order
from geo.errors import InputError
from geo.model.command import Operation, Zone
from geo.model.vocabulary import OperationState, Precision, ZoneState
from geo.progress import NoProgress
from tests.geo.analysis.border.frontier import ON, away
from tests.geo.analysis.effect.aftermath import (
    DAYS,
    LAST,
    MIDDLE,
    Aftermath,
    after,
    before,
)

RING = away(MIDDLE, east_m=2_900.0)
FAR = away(MIDDLE, east_m=20_000.0)


def told(story, **wish):
    wanted = Wish(operation_id=story.operation.id, **{"days": DAYS, **wish})
    ordered = order(story.plan(), wanted, ON)
    return effect(pickle.loads(pickle.dumps(ordered)), NoProgress())  # noqa: S301 - made here


def counted(story, inside=(20, 6), ring=(6, 7), control=(20, 21)):
    """So many allegations before and after in each area, and one so early that 60 days fit."""
    story.say(FAR, day=before(200))
    for at, (earlier, later) in ((MIDDLE, inside), (RING, ring), (FAR, control)):
        for number in range(earlier):
            story.say(at, day=before(1 + number % DAYS))
        for number in range(later):
            story.say(at, day=after(1 + number % DAYS))
    return story


def test_allegations_are_counted_before_and_after_inside_around_and_elsewhere():
    found = told(counted(Aftermath()))
    figures = {where: (c.before, c.after) for where, c in found.counted.items()}
    assert figures == {
        Where.INSIDE: (20, 6),
        Where.RING: (6, 7),
        Where.CONTROL: (20, 21),
    }
    assert found.published.total == (6 - 20) - (21 - 20) + (7 - 6)
    assert found.published.se == pytest.approx((26 + 13 + 41) ** 0.5)
    assert found.alike
    assert found.verdict is Verdict.UNCLEAR
    assert found.counted[Where.INSIDE].km2 == pytest.approx(16.0, rel=1e-3)


def test_the_days_of_the_operation_and_the_day_beyond_each_time_do_not_count():
    story = counted(Aftermath(), (10, 10))
    for day in (before(DAYS + 1), after(0), before(-1), after(DAYS + 1)):
        story.say(MIDDLE, day=day)
    found = told(story)
    inside = found.counted[Where.INSIDE]
    assert (inside.before, inside.after) == (10, 10)


def test_a_clear_fall_is_called_fewer_and_a_clear_rise_more():
    assert told(counted(Aftermath(), (40, 5), (5, 5), (30, 30))).verdict is Verdict.FEWER
    assert told(counted(Aftermath(), (15, 50), (5, 5), (30, 30))).verdict is Verdict.MORE


def test_a_control_area_that_is_much_busier_is_compared_by_its_growth():
    found = told(counted(Aftermath(), (10, 15), (0, 0), (60, 90)))
    assert not found.alike
    assert found.scaled.total == pytest.approx(0)
    assert found.verdict is Verdict.UNCLEAR


@pytest.mark.parametrize(("inside", "control"), [((50, 100), (100, 200)), ((100, 200), (50, 100))])
def test_what_changed_everywhere_alike_is_no_effect(inside, control):
    found = told(counted(Aftermath(), inside, (0, 0), control))
    assert found.alike
    assert not found.published.low < 0 < found.published.high
    assert found.scaled.total == pytest.approx(0)
    assert found.verdict is Verdict.UNCLEAR
    assert found.read == found.scaled


def test_a_ring_that_grew_as_the_province_did_is_no_displacement():
    found = told(counted(Aftermath(), (40, 80), (40, 80), (40, 80)))
    assert found.published.low > 0
    assert found.verdict is Verdict.UNCLEAR


def test_an_area_counts_by_its_share_in_each_of_the_three():
    story = counted(Aftermath())
    for number in range(100):
        story.say(unit="011002", day=before(1 + number % DAYS))
    found = told(story)
    shares = [c.perhaps_before for c in found.counted.values()]
    assert sum(shares) == pytest.approx(100, rel=0.01)
    inside, ring, control = (found.counted[w] for w in Where)
    assert inside.perhaps_before == pytest.approx(100 * inside.km2 / 6_650, rel=0.1)
    assert inside.before == 20
    assert all(c.perhaps_after == 0 for c in (inside, ring, control))


def test_a_position_that_may_be_off_by_more_than_the_ring_is_an_area_too():
    story = counted(Aftermath())
    story.say(MIDDLE, day=after(3), accuracy_m=8_000.0)
    inside = told(story).counted[Where.INSIDE]
    assert inside.after == 6
    assert inside.perhaps_after == pytest.approx(16 / (64 * 3.1416), rel=0.02)


def test_too_few_give_counts_and_no_test():
    found = told(counted(Aftermath(), (5, 4)))
    assert found.counted[Where.INSIDE].before == 5
    assert found.published is None
    assert found.verdict is Verdict.REFUSED


def test_areas_cannot_make_up_for_what_is_not_known_to_a_point():
    story = counted(Aftermath(), (5, 4))
    for number in range(5_000):
        story.say(unit="011002", day=before(1 + number % DAYS))
    assert told(story).verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"days": 3}, "error.effect.days"),
        ({"days": 180}, "error.effect.too_long"),
        ({"ring_m": 1.0}, "error.effect.ring"),
        ({"control": "0110"}, "error.effect.no_control"),
    ],
)
def test_what_does_not_fit_is_refused(wish, code):
    with pytest.raises(InputError, match=code.replace(".", r"\.")):
        told(counted(Aftermath()), **wish)


def test_an_operation_that_is_under_way_is_refused():
    story = counted(Aftermath(state=OperationState.ACTIVE))
    with pytest.raises(InputError, match=r"error\.effect\.not_completed"):
        told(story)
    assert completed(story.plan()) == ()


def test_it_is_too_soon_or_the_register_too_young_to_say():
    story = counted(Aftermath())
    wish = Wish(operation_id=story.operation.id, days=DAYS)
    with pytest.raises(InputError, match=r"error\.effect\.too_soon"):
        order(story.plan(), wish, LAST + timedelta(days=5))
    young = Aftermath()
    young.say(MIDDLE, day=before(5))
    with pytest.raises(InputError, match=r"error\.effect\.too_early"):
        told(young)


def test_another_province_can_be_the_control():
    story = counted(Aftermath())
    for number in range(12):
        story.say((103.2, 13.1), day=before(1 + number), unit="0203")
    assert told(story, control="02").counted[Where.CONTROL].before == 12


def test_other_operations_in_these_times_are_named():
    story = counted(Aftermath())
    other = Aftermath(name="Other demo").operation
    story.others.append(other)
    assert told(story).others == ("Other demo",)


def test_operations_that_can_be_asked_about_come_the_last_first():
    story = Aftermath()
    earlier = Operation(
        name="Earlier",
        state=OperationState.REVIEWED,
        periods=tuple(
            type(p)(p.id, p.name, p.starts - timedelta(days=9), p.ends - timedelta(days=9))
            for p in story.operation.periods
        ),
    )
    story.others += [earlier, Operation(name="Draft")]
    assert [o.name for o in completed(story.plan())] == ["Demo operation", "Earlier"]


def test_a_cancelled_zone_is_not_inside():
    story = counted(Aftermath())
    plan = story.plan()
    zone = plan.get(Zone, story.zone.id)
    assert zone.state is ZoneState.COMPLETED
    story.zone = Zone(
        name="Z", outline=zone.outline, operation_id=zone.operation_id, state=ZoneState.CANCELLED
    )
    with pytest.raises(InputError, match=r"error\.effect\.no_zones"):
        told(story)


# --- doors ---------------------------------------------------------------------------------------


def test_hours_run_from_the_allegation_to_the_first_visit_after_it():
    story = counted(Aftermath(), (10, 10))
    story.site(MIDDLE)
    story.site(away(MIDDLE, east_m=500.0))
    one, two = story.sites
    story.say(MIDDLE, day=before(2), received_at=time(6), site_id=one.id)
    story.say(FAR, day=before(1), received_at=time(6), site_id=one.id)
    story.say(MIDDLE, day=before(1), received_at=time(6), site_id=two.id)
    story.visit(one, datetime.combine(before(3), time(9)))
    story.visit(one, datetime.combine(before(0), time(12)))
    story.visit(one, datetime.combine(before(-1), time(12)))
    doors = told(story).doors
    # Ten more lie in the zone and at no site: for them any visit in the zone counts, from noon.
    assert doors.n == 13
    assert doors.reached == 12, "nobody went to the second site"
    assert {30.0, 54.0} <= set(doors.hours)
    assert doors.untimed == 10


def test_a_site_that_is_known_by_its_commune_lies_in_no_zone():
    story = counted(Aftermath(), (10, 10))
    story.site(MIDDLE)
    vague = story.sites[0] = replace(story.sites[0], precision=Precision.COMMUNE)
    story.say(FAR, day=before(1), site_id=vague.id)
    story.visit(vague, datetime.combine(before(0), time(12)))
    doors = told(story).doors
    assert doors.n == 10, "those that lie in the zone themselves"
    assert doors.reached == 0, "nobody knows that the visit was in the zone"


def test_of_too_few_doors_no_median_is_told():
    story = counted(Aftermath(), (10, 10))
    story.site(MIDDLE)
    story.visit(story.sites[0], datetime.combine(before(9), time(18)))
    doors = told(story).doors
    assert doors.reached == 2
    assert doors.spread is None


def test_the_spread_is_that_of_the_quartiles():
    story = counted(Aftermath(), (20, 10))
    story.site(MIDDLE)
    story.visit(story.sites[0], datetime.combine(before(0), time(12)))
    low, middle, high = told(story).doors.spread
    assert (low, middle, high) == pytest.approx((5.75 * 24, 10.5 * 24, 15.25 * 24))
