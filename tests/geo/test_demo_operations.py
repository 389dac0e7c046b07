"""The demonstration's operations: a whole one in each province, and one that is still planned."""

from __future__ import annotations

from collections import Counter

import pytest

from geo.analysis.readiness.conflicts import conflicts
from geo.analysis.readiness.ready import readiness
from geo.analysis.split.job import split
from geo.analysis.split.order import Wish, order_province
from geo.clock import now, today
from geo.compute import Computer
from geo.fiction.operations import (
    BLOCKED,
    CANDIDATES,
    COMPLETED,
    PROVINCES,
    READY,
    SEED,
    UNDER_WAY,
    ZONES,
)
from geo.model.command import Assignment, Coordination, LogEntry, Operation, Team, Zone
from geo.model.gaps import NEVER_OVERRIDDEN, GapCode
from geo.model.plan import User
from geo.model.result import Fine, Inspection, Outcome
from geo.model.support import SupportUnit
from geo.model.vocabulary import (
    AssignmentState,
    CoordinationAuthority,
    CoordinationResult,
    FineState,
    OperationState,
    Role,
    VehicleKind,
    ZoneState,
)

each_province = pytest.mark.parametrize("province", PROVINCES)


def operation_of(project, province) -> Operation:
    """The operation of a province that is under way."""
    (found,) = (
        o
        for o in project.all(Operation)
        if o.province_code == province and o.state is OperationState.ACTIVE
    )
    return found


def zones_of(project, province) -> list[Zone]:
    """Its zones, in the order of their stories."""
    operation = operation_of(project, province)
    return sorted(
        (z for z in project.all(Zone) if z.operation_id == operation.id), key=lambda z: z.priority
    )


def duties_of(project, zone) -> list[Assignment]:
    return [a for a in project.all(Assignment) if a.zone_id == zone.id]


def standing_in(project, zone) -> list:
    found = readiness(project, zone.operation_id, now=now())
    gaps = next(z.gaps for z in found.zones if z.zone_id == zone.id)
    return [g for g in gaps if g.stands]


@each_province
def test_each_province_has_four_zones_that_the_split_gives_again(demo, province):
    zones = zones_of(demo, province)
    wish = Wish(into=ZONES, seed=SEED, candidates=CANDIDATES)
    with Computer() as computer:
        again = computer.run(split, order_province(demo, province, wish))
    assert again.max_deviation <= wish.within
    assert again.contiguous
    assert {z.units for z in zones} == {z.units for z in again.zones}


@each_province
def test_each_province_has_four_deputy_governors_teams_over_two_periods(demo, province):
    operation, zones = operation_of(demo, province), zones_of(demo, province)
    assert len(operation.periods) == 2
    teams = [demo.get(Team, duties_of(demo, z)[0].team_id) for z in zones]
    leaders = {t.lead_user_id for t in teams}
    assert len({t.id for t in teams}) == len(leaders) == ZONES
    assert {demo.get(User, i).role for i in leaders} == {Role.DEPUTY_GOVERNOR}
    assert {t.province_code for t in teams} == {province}
    duties = [a for z in zones for a in duties_of(demo, z)]
    assert {a.period_id for a in duties} == {"", *(p.id for p in operation.periods)}


@each_province
def test_one_zone_is_completed_one_ready_and_one_blocked(demo, province):
    zones = zones_of(demo, province)
    assert [z.state for z in zones] == [
        ZoneState.COMPLETED,
        ZoneState.READY,
        ZoneState.SUSPENDED,
        ZoneState.ACTIVE,
    ]
    found = readiness(demo, operation_of(demo, province).id, now=now())
    ready = {z.zone_id: z.ready for z in found.zones}
    assert [ready[z.id] for z in zones] == [True, True, False, True]
    assert [g.what for g in found.gaps] == [GapCode.OVERDUE]


def test_the_reasons_for_which_a_zone_is_blocked_differ_by_province(demo):
    reasons = set()
    for province in PROVINCES:
        gaps = standing_in(demo, zones_of(demo, province)[BLOCKED])
        assert GapCode.GROUPS_EMPTY in {g.what for g in gaps}
        (gap,) = (g for g in gaps if g.what in NEVER_OVERRIDDEN)
        reasons.add(gap.params["reason"])
    assert len(reasons) == len(PROVINCES)


@each_province
def test_a_completed_zone_has_all_that_a_day_leaves_behind(demo, province):
    zone = zones_of(demo, province)[COMPLETED]
    (duty,) = duties_of(demo, zone)
    assert duty.state is AssignmentState.DEBRIEFED
    assert any(item.done_at for item in duty.checklist)
    visits = {i.id: i for i in demo.all(Inspection) if i.assignment_id == duty.id}
    assert len(visits) > 5
    assert any(v.violations for v in visits.values())
    fines = [f for f in demo.all(Fine) if f.inspection_id in visits]
    assert Counter(f.state for f in fines) == {FineState.CONFIRMED: 2, FineState.PROPOSED: 1}
    assert all(f.inspector for f in fines if f.state is FineState.CONFIRMED)
    outcomes = [o for o in demo.all(Outcome) if o.assignment_id == duty.id]
    assert sum(o.rescued for o in outcomes) > 0
    assert sum(a.count for o in outcomes for a in o.arrested) > 0
    assert sum(o.sites_closed + o.sites_sealed for o in outcomes) > 1
    assert sum(line.zone_id == zone.id for line in demo.all(LogEntry)) > 5


@each_province
def test_the_other_teams_wait_or_are_there_as_their_zone_says(demo, province):
    states = [[a.state for a in duties_of(demo, z)] for z in zones_of(demo, province)]
    assert states[READY] == [AssignmentState.ACCEPTED]
    assert states[BLOCKED] == [AssignmentState.UNDER_WAY]
    assert states[UNDER_WAY] == [AssignmentState.COMPLETED, AssignmentState.ACCEPTED]


@each_province
def test_everybody_was_asked_and_one_answer_is_late(demo, province):
    operation = operation_of(demo, province)
    asked = [c for c in demo.all(Coordination) if c.operation_id == operation.id]
    assert {c.authority for c in asked} == set(CoordinationAuthority)
    (late,) = (c for c in asked if c.result is CoordinationResult.OPEN)
    assert late.authority is CoordinationAuthority.LABOUR_INSPECTORATE
    assert late.due_on < today()
    units = Counter(u.kind for u in demo.all(SupportUnit) if u.province_code == province)
    assert units == {VehicleKind.AMBULANCE: ZONES, VehicleKind.FIRE_TRUCK: ZONES}


def test_no_team_leader_or_vehicle_is_in_two_places_at_once(demo):
    for operation in demo.all(Operation):
        found = {c.what for c in conflicts(demo, operation.id)}
        assert found <= {GapCode.AMBULANCE_FAR, GapCode.FIRE_FAR}


def test_one_operation_is_a_draft_of_zones_that_were_drawn_by_hand(demo):
    (draft,) = (o for o in demo.all(Operation) if o.state is OperationState.DRAFT)
    zones = [z for z in demo.all(Zone) if z.operation_id == draft.id]
    assert len(zones) == ZONES
    assert not any(z.units for z in zones)
    assert sum(not duties_of(demo, z) for z in zones) == 1
    assert min(p.starts for p in draft.periods) > now()


def test_all_that_was_made_is_named_in_khmer_and_english_as_a_demonstration(demo):
    told = [
        *(o.name for o in demo.all(Operation)),
        *(z.name for p in PROVINCES for z in zones_of(demo, p)),
        *(u.name for u in demo.all(SupportUnit)),
        *(task for a in demo.all(Assignment) for task in a.tasks),
        *(line.words for line in demo.all(LogEntry) if line.words),
        *(f.inspector for f in demo.all(Fine) if f.inspector),
    ]
    for text in told:
        khmer, _, english = text.partition(" / ")
        assert "សាកល្បង" in khmer, text
        assert "demo" in english.casefold(), text
