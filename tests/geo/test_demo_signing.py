"""What is signed in the demonstration: by whom, and that it stays."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest

from geo.demo import PLAN_NAME, build
from geo.keys import KeyStore
from geo.model.command import Assignment, Operation, Override, Team
from geo.model.plan import User
from geo.model.site import StatusDecision
from geo.model.vocabulary import Role
from geo.project import Project
from geo.store.plans import open_plan


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder with the demonstration and the keys of its users."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("UCM_HOME", str(folder / "home"))
        build(folder)
    return folder


@pytest.fixture
def demo(built):
    with closing(open_plan(built / PLAN_NAME, read_only=True)) as store:
        yield Project(store)


@pytest.fixture
def mine(built, tmp_path, monkeypatch):
    """A copy of the demonstration, to be changed."""
    monkeypatch.setenv("UCM_HOME", str(built / "home"))
    copy = tmp_path / PLAN_NAME
    shutil.copy(built / PLAN_NAME, copy)
    with closing(open_plan(copy, backup=False)) as store:
        yield Project(store)


def signed_operations(project):
    return {o.id: o for o in project.all(Operation) if o.released_by}


def test_the_teams_of_some_deputy_governors_have_accepted(demo):
    accepted = [a for a in demo.all(Assignment) if a.accepted_by]
    leads = {demo.get(Team, a.team_id).lead_user_id for a in accepted}
    assert leads
    assert all(a.accepted_by == demo.get(Team, a.team_id).lead_user_id for a in accepted)
    deputies = {u.id for u in demo.all(User) if u.role is Role.DEPUTY_GOVERNOR}
    assert leads <= deputies


def test_nothing_that_was_signed_can_be_taken_back(mine):
    """Down to the last signature everything is undone, and what the governor released stays."""
    keys, decisions, signed = KeyStore(), mine.all(StatusDecision), signed_operations(mine)
    assert signed
    while mine.history.undoable:
        header = mine.history.undoable[-1]
        mine.user, mine.signer = mine.get(User, header.actor), keys.signer(header.actor)
        mine.undo()
    after = signed_operations(mine)
    assert {i: o.state for i, o in after.items()} == {i: o.state for i, o in signed.items()}
    for released in after.values():
        assert mine.get(User, released.released_by).role is Role.GOVERNOR
        assert released.released_by not in {released.proposed_by, released.made_by}
    assert mine.all(StatusDecision) == decisions


def test_every_override_is_of_the_governor_who_released_it(demo):
    signed, overrides = signed_operations(demo), demo.all(Override)
    assert overrides
    assert all(o.decided_by == signed[o.operation_id].released_by for o in overrides)
