"""What is signed in the demonstration: by whom, and that it stays."""

from __future__ import annotations

from itertools import pairwise

from geo.keys import KeyStore
from geo.model.command import Assignment, Operation, Override, Team
from geo.model.entity import Kind
from geo.model.plan import User
from geo.model.site import StatusDecision
from geo.model.vocabulary import OperationState, Role


def released_in(project) -> list[Operation]:
    return [o for o in project.all(Operation) if o.state is not OperationState.DRAFT]


def test_each_team_was_accepted_by_the_deputy_governor_who_leads_it(demo):
    accepted = [a for a in demo.all(Assignment) if a.accepted_by]
    zones = {a.zone_id for a in accepted}
    # The operation of the spring has one zone.
    assert len(zones) == 4 * (len(released_in(demo)) - 1) + 1
    for duty in accepted:
        assert duty.accepted_by == demo.get(Team, duty.team_id).lead_user_id
        assert demo.get(User, duty.accepted_by).role is Role.DEPUTY_GOVERNOR
        assert duty.accepted_at is not None


def test_every_gap_of_what_was_released_was_overridden_by_who_released_it(demo):
    for released in released_in(demo):
        mine = [o for o in demo.all(Override) if o.operation_id == released.id]
        assert mine
        assert {o.decided_by for o in mine} == {released.released_by}
        assert all("Demo" in o.reason and "សាកល្បង" in o.reason for o in mine)


def test_nothing_that_was_signed_can_be_taken_back(mine):
    """Down to the last signature everything is undone, and what the governor released stays."""
    keys, decisions, before = KeyStore(), mine.all(StatusDecision), released_in(mine)
    while mine.history.undoable:
        header = mine.history.undoable[-1]
        mine.user, mine.signer = mine.get(User, header.actor), keys.signer(header.actor)
        mine.undo()
    assert released_in(mine) == list(mine.all(Operation)) == before
    for released in before:
        assert mine.get(User, released.released_by).role is Role.GOVERNOR
        assert released.released_by not in {released.proposed_by, released.made_by}
    assert mine.all(StatusDecision) == decisions


def rows_of(project):
    return {kind: {i: project.table(kind).row(i) for i in project.table(kind).ids} for kind in Kind}


def test_the_last_edits_are_taken_back_and_put_back_by_who_made_them(mine):
    keys, before = KeyStore(), rows_of(mine)

    def act_as(user_id: str) -> None:
        mine.user, mine.signer = mine.get(User, user_id), keys.signer(user_id)

    states = [before]
    for header in reversed(mine.history.undoable[-6:]):
        act_as(header.actor)
        mine.undo()
        states.append(rows_of(mine))
    assert all(a != b for a, b in pairwise(states))
    for state in reversed(states[:-1]):
        act_as(mine.history.redoable[-1].actor)
        mine.redo()
        assert rows_of(mine) == state
    assert mine.store.check() == ()
