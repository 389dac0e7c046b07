"""Units locked in their zones: kept by moves, by new splits and by what becomes of the zone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.analysis.split.job import split
from geo.analysis.split.order import Wish, order_area
from geo.analysis.split.rebalance import begin
from geo.analysis.split.units import UnitKind
from geo.analysis.split.wanted import Keep
from geo.edit.assign import assign_team
from geo.edit.edit import Edit, updating
from geo.edit.kept_units import keep_in_zones, keep_units
from geo.edit.splitting import (
    lock_zone,
    rebalance_zones,
    replaceable,
    split_into_zones,
    split_names,
)
from geo.edit.verbs import Verb
from geo.edit.zone_divide import divide_zone, merge_zones
from geo.edit.zones import draw_zone, reshape_zone
from geo.errors import InputError
from geo.model.command import Assignment, Zone
from geo.model.vocabulary import ZoneState
from geo.progress import NoProgress
from tests.geo.analysis.split.places import ordered, squares

BOARD = squares(4, 4)
NAMES = ("Zone A", "Zone B", "Zone C", "Zone D")


@pytest.fixture(scope="module")
def result():
    return split(ordered(None, communes=BOARD, candidates=3), NoProgress())


@pytest.fixture
def zones(plan, result):
    plan.commit(split_into_zones(plan, result, "raid", NAMES))
    return sorted(plan.all(Zone), key=lambda z: z.name)


def keep_of(zone):
    return Keep(zone.id, zone.name, zone.kept, zone.units)


def test_a_unit_is_locked_and_unlocked_and_each_is_one_edit(plan, zones):
    zone = zones[0]
    edit = plan.commit(keep_units(plan, zone.id, [zone.units[1], zone.units[0]]))
    assert (edit.verb, edit.params) == (Verb.KEEP_UNITS, {"name": "Zone A", "count": 2})
    assert plan.get(Zone, zone.id).kept == zone.units[:2]
    edit = plan.commit(keep_units(plan, zone.id, [zone.units[0]], kept=False))
    assert (edit.verb, edit.params) == (Verb.FREE_UNITS, {"name": "Zone A", "count": 1})
    assert plan.get(Zone, zone.id).kept == zone.units[1:2]
    plan.undo()
    plan.undo()
    assert plan.get(Zone, zone.id).kept == ()


def test_units_of_several_zones_are_locked_by_one_edit(plan, zones):
    edit = plan.commit(keep_in_zones(plan, {z.id: z.units[:1] for z in zones[:2]}))
    assert edit.params == {"name": "Zone A, Zone B", "count": 2}
    assert [bool(plan.get(Zone, z.id).kept) for z in zones] == [True, True, False, False]
    plan.undo()
    assert not any(z.kept for z in plan.all(Zone))


def test_what_cannot_be_locked_says_why(plan, zones):
    first, second, *_ = zones
    with pytest.raises(InputError, match=r"error\.split\.not_its_unit"):
        keep_units(plan, first.id, second.units[:1])
    with pytest.raises(InputError, match=r"error\.zone\.gone"):
        keep_units(plan, "nowhere", ["990000"])
    drawn = plan.commit(draw_zone(plan, BOARD["990000"].buffer(-0.005), "By hand"))
    with pytest.raises(InputError, match=r"error\.split\.not_of_units"):
        keep_units(plan, drawn.deltas[0].ids[0], ["990000"])
    plan.commit(lock_zone(plan, first.id, locked=True))
    with pytest.raises(InputError, match=r"error\.split\.locked"):
        keep_units(plan, first.id, first.units[:1])
    after = replace(second, state=ZoneState.COORDINATED)
    step = Edit(verb=Verb.STEP_ZONE, deltas=(updating(second, after),), actor=plan.user.id)
    plan.absorb(plan.store.commit(step))
    with pytest.raises(InputError, match=r"error\.split\.coordinated"):
        keep_units(plan, second.id, second.units[:1])


def test_a_new_split_goes_on_with_the_zones_whose_units_stay(plan, zones):
    last = zones[3]
    team = plan.team()
    plan.commit(assign_team(plan, last.id, team.id, "morning"))
    plan.commit(keep_units(plan, last.id, last.units[-1:]))
    last = plan.get(Zone, last.id)
    going = replaceable(plan, "raid")
    order = ordered(None, into=3, seed=7, communes=BOARD, candidates=3, keeps=(keep_of(last),))
    again = split(order, NoProgress())
    names = split_names(plan, again, "Zone", replacing=going)
    assert sorted(names) == ["Zone A", "Zone B", "Zone D"]
    plan.commit(split_into_zones(plan, again, "raid", names, replacing=going))
    now = plan.get(Zone, last.id)
    assert now.name == "Zone D"
    assert now.kept == last.kept
    assert set(now.kept) <= set(now.units)
    assert now.units == next(z.units for z in again.zones if z.continues == last.id)
    assert [a.zone_id for a in plan.all(Assignment)] == [last.id], "its team stays with it"
    assert len(plan.all(Zone)) == 3
    plan.undo()
    assert len(plan.all(Zone)) == 4
    assert plan.get(Zone, last.id) == replace(last, version=plan.get(Zone, last.id).version)


def test_a_split_that_was_made_with_other_locks_is_refused(plan, zones, result):
    zone = zones[0]
    going = replaceable(plan, "raid")
    plan.commit(keep_units(plan, zone.id, zone.units[:1]))
    with pytest.raises(InputError, match=r"error\.split\.kept_changed"):
        split_into_zones(plan, result, "raid", NAMES, replacing=going)
    keeps = (keep_of(plan.get(Zone, zone.id)),)
    again = split(ordered(None, communes=BOARD, candidates=3, keeps=keeps), NoProgress())
    plan.commit(keep_units(plan, zone.id, zone.units[1:2]))
    with pytest.raises(InputError, match=r"error\.split\.kept_changed"):
        split_into_zones(plan, again, "raid", NAMES, replacing=going)


def test_the_order_of_a_split_names_what_stays_only_where_its_zone_gives_way(plan, zones):
    first, second, *_ = zones
    for zone in (first, second):
        plan.commit(keep_units(plan, zone.id, zone.units[:1]))
    wish = Wish(into=2, units=UnitKind.HEXAGON, giving_way=(first.id,))
    assert [k.name for k in order_area(plan, first.outline, wish).keeps] == ["Zone A"]
    far = BOARD["990000"].union(BOARD["990001"])
    elsewhere = next(z for z in zones if not z.outline.intersects(far.centroid))
    wish = replace(wish, giving_way=(elsewhere.id,))
    assert order_area(plan, far, wish).keeps == ()
    assert order_area(plan, first.outline, replace(wish, giving_way=None)).keeps == ()


def test_moves_leave_a_locked_unit_where_it_is(plan, zones, result):
    state = begin(
        result.units,
        result.load,
        result.zone,
        zone_ids=[z.id for z in zones],
        names=[z.name for z in zones],
    )
    near = result.units.neighbours()
    moved, unit = next(
        (after, result.units.ids[n])
        for n, others in enumerate(near)
        for other in others
        if result.zone[n] != result.zone[other]
        and (after := tried(state, result.units.ids[n], int(result.zone[other]))) is not None
    )
    giver = zones[int(result.zone[state.unit_at(unit)])]
    plan.commit(keep_units(plan, giver.id, [unit]))
    with pytest.raises(InputError, match=r"error\.split\.unit_stays"):
        rebalance_zones(plan, moved.changed_since(state))
    plan.commit(keep_units(plan, giver.id, [unit], kept=False))
    plan.commit(rebalance_zones(plan, moved.changed_since(state)))


def tried(state, unit, zone):
    try:
        return state.move([unit], zone)
    except InputError:
        return None


def test_a_zone_that_loses_its_units_loses_their_locks_and_merged_ones_keep_them(plan, zones):
    for zone in zones:
        plan.commit(keep_units(plan, zone.id, zone.units[:1]))
    first = zones[0]
    other = next(z for z in zones[1:] if first.outline.intersection(z.outline).length > 0)
    plan.commit(merge_zones(plan, [first.id, other.id], "Both"))
    assert set(plan.get(Zone, first.id).kept) == {first.units[0], other.units[0]}
    left = next(z for z in zones if z.id not in {first.id, other.id})
    x, y = left.outline.centroid.coords[0]
    plan.commit(divide_zone(plan, left.id, [(x + 0.001, y - 1), (x + 0.001, y + 1)]))
    assert plan.get(Zone, left.id).kept == ()
    last = next(z for z in zones if z.id not in {first.id, other.id, left.id})
    plan.commit(reshape_zone(plan, last.id, last.outline.buffer(-0.001)))
    assert plan.get(Zone, last.id).kept == ()
