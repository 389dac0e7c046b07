"""The zones of a split in the plan: one edit, with units, names and colours."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
import shapely

from geo.analysis.split.job import split, weigh
from geo.analysis.split.rebalance import begin
from geo.edit.assign import assign_team
from geo.edit.edit import Edit, updating
from geo.edit.splitting import (
    LETTERS,
    lock_zone,
    rebalance_zones,
    replaceable,
    split_into_zones,
    staying,
    zone_names,
)
from geo.edit.verbs import Verb
from geo.edit.zones import draw_zone
from geo.errors import InputError, OverlapError
from geo.model.command import Operation, Zone
from geo.model.vocabulary import OperationState, ZoneState
from geo.progress import NoProgress
from tests.geo.analysis.split.places import ordered, squares

BOARD = squares(4, 4)
NAMES = ("Zone A", "Zone B", "Zone C", "Zone D")


@pytest.fixture(scope="module")
def result():
    return split(ordered(None, communes=BOARD, candidates=3), NoProgress())


def zones(plan):
    return sorted(plan.all(Zone), key=lambda z: z.name)


def test_a_split_is_one_edit_that_can_be_taken_back(plan, result):
    edit = plan.commit(split_into_zones(plan, result, "raid", NAMES))
    assert edit.verb is Verb.SPLIT_AREA
    assert edit.params == {"count": 4}
    drawn = zones(plan)
    assert [z.name for z in drawn] == list(NAMES)
    assert [z.units for z in drawn] == [z.units for z in result.zones]
    assert {z.operation_id for z in drawn} == {"raid"}
    plan.undo()
    assert zones(plan) == []


def test_neighbours_have_different_colours(plan, result):
    plan.commit(split_into_zones(plan, result, "raid", NAMES))
    for first, second in itertools.combinations(zones(plan), 2):
        if first.outline.intersection(second.outline).length > 0:
            assert first.colour != second.colour


def test_what_cannot_be_is_refused(plan, result):
    with pytest.raises(InputError, match=r"error\.zone\.no_name"):
        split_into_zones(plan, result, "raid", NAMES[:3])
    with pytest.raises(InputError, match=r"error\.zone\.name_taken"):
        split_into_zones(plan, result, "raid", ("A", "A", "B", "C"))
    with pytest.raises(InputError, match=r"error\.operation\.gone"):
        split_into_zones(plan, result, "nowhere", NAMES)
    raid = plan.get(Operation, "raid")
    over = replace(raid, state=OperationState.COMPLETED)
    after = Edit(verb=Verb.STEP_OPERATION, deltas=(updating(raid, over),))
    plan.absorb(plan.store.commit(replace(after, actor=plan.user.id)))
    with pytest.raises(InputError, match=r"error\.operation\.over"):
        split_into_zones(plan, result, "raid", NAMES)


def test_a_split_over_ground_that_a_zone_of_the_operation_holds_is_refused(plan, result):
    plan.commit(draw_zone(plan, BOARD["990101"], "Mine", operation_id="raid"))
    with pytest.raises(OverlapError):
        plan.commit(split_into_zones(plan, result, "raid", NAMES))


def test_drafts_give_way_only_if_asked_and_locked_zones_never(plan, result):
    plan.commit(split_into_zones(plan, result, "raid", NAMES))
    first, second, *_ = zones(plan)
    team = plan.team()
    plan.commit(assign_team(plan, second.id, team.id, "morning"))
    plan.commit(lock_zone(plan, first.id, locked=True))
    going = replaceable(plan, "raid")
    assert first.id not in going
    assert len(going) == 3
    assert staying(plan, "raid", going) == (first.id,)
    with pytest.raises(InputError, match=r"error\.split\.locked"):
        split_into_zones(plan, result, "raid", NAMES, replacing=[first.id, *going])
    left = {c: o for c, o in BOARD.items() if c not in first.units}
    again = split(ordered(None, into=3, communes=left, candidates=3), NoProgress())
    names = zone_names(plan, "Zone", 3, replacing=going)
    assert names == NAMES[1:]
    plan.commit(split_into_zones(plan, again, "raid", names, replacing=going))
    assert [z.name for z in zones(plan)] == list(NAMES)
    whole = shapely.coverage_union_all([z.outline for z in zones(plan)])
    assert whole.area == pytest.approx(16 * 0.0004)


def test_without_an_operation_only_an_earlier_split_of_the_same_ground_gives_way(plan, result):
    plan.commit(split_into_zones(plan, result, "", NAMES))
    plan.commit(draw_zone(plan, BOARD["990101"], "By hand"))
    ground = [z.outline for z in result.zones]
    assert len(replaceable(plan, "", ground)) == 4
    far = [shapely.box(104, 12, 104.1, 12.1)]
    assert replaceable(plan, "", far) == ()
    assert staying(plan, "", ()) == ()


def test_names_go_on_after_z_and_skip_those_that_are_taken(plan):
    names = zone_names(plan, "Zone", 28)
    assert names[:2] == ("Zone A", "Zone B")
    assert names[25:] == ("Zone Z", "Zone AA", "Zone AB")
    assert zone_names(plan, "តំបន់", 2, LETTERS["km"]) == ("តំបន់ ក", "តំបន់ ខ")
    plan.commit(draw_zone(plan, BOARD["990000"], "Zone A"))
    assert zone_names(plan, "Zone", 1) == ("Zone B",)


def state_of(plan, result):
    drawn = zones(plan)
    order = ordered(None, communes=BOARD)
    units, zone, load = weigh(tuple((z.outline, z.units) for z in drawn), order, NoProgress())
    return begin(units, load, zone, zone_ids=[z.id for z in drawn], names=[z.name for z in drawn])


def moved(state):
    """The first unit that may go to a neighbour, moved."""
    for a, b in state.units.borders.pairs.tolist():
        if state.zone[a] != state.zone[b]:
            try:
                return state.move([state.units.ids[a]], int(state.zone[b]))
            except InputError:
                continue
    raise AssertionError


def test_moved_units_are_one_edit_and_both_zones_follow(plan, result):
    plan.commit(split_into_zones(plan, result, "raid", NAMES))
    before = state_of(plan, result)
    after = moved(before)
    changed = after.changed_since(before)
    edit = plan.commit(rebalance_zones(plan, changed))
    assert edit.verb is Verb.REBALANCE
    assert edit.params["count"] == 1
    assert len(edit.deltas) == 2
    for zone in plan.all(Zone):
        if zone.id in changed:
            assert zone.units == changed[zone.id][0]
    whole = shapely.coverage_union_all([z.outline for z in zones(plan)])
    assert whole.area == pytest.approx(16 * 0.0004)
    assert shapely.coverage_is_valid([z.outline for z in zones(plan)])


def test_a_locked_or_coordinated_zone_does_not_change(plan, result):
    plan.commit(split_into_zones(plan, result, "raid", NAMES))
    before = state_of(plan, result)
    changed = moved(before).changed_since(before)
    zone = plan.get(Zone, next(iter(changed)))
    plan.commit(lock_zone(plan, zone.id, locked=True))
    with pytest.raises(InputError, match=r"error\.split\.locked"):
        rebalance_zones(plan, changed)
    plan.commit(lock_zone(plan, zone.id, locked=False))
    zone = plan.get(Zone, zone.id)
    coordinated = updating(zone, replace(zone, state=ZoneState.COORDINATED))
    step = Edit(verb=Verb.STEP_ZONE, deltas=(coordinated,), actor=plan.user.id)
    plan.absorb(plan.store.commit(step))
    with pytest.raises(InputError, match=r"error\.split\.coordinated"):
        rebalance_zones(plan, changed)


def test_units_are_neither_lost_nor_doubled(plan, result):
    plan.commit(split_into_zones(plan, result, "raid", NAMES))
    zone = zones(plan)[0]
    with pytest.raises(InputError, match=r"error\.split\.units_lost"):
        rebalance_zones(plan, {zone.id: (zone.units[1:], zone.outline)})
    with pytest.raises(InputError, match=r"error\.split\.would_empty"):
        rebalance_zones(plan, {zone.id: ((), zone.outline)})
