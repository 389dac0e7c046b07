from __future__ import annotations

from dataclasses import replace

import pytest

from geo.edit.verbs import RIGHTS, Verb, demand, may
from geo.errors import NotAllowedError
from geo.model.plan import User
from geo.model.vocabulary import Role

USERS = {role: User(name=role.value, role=role) for role in Role}


def test_the_table_of_rights_is_total():
    assert set(RIGHTS) == set(Verb)


QUESTIONS = {Verb.ADD_LIVE_LAYER, Verb.EDIT_LIVE_LAYER, Verb.DELETE_LIVE_LAYER}
DENIED = [(Role.AUDITOR, verb) for verb in Verb] + [
    (Role.ANALYST, verb) for verb in Verb if verb not in QUESTIONS
]


@pytest.mark.parametrize(("role", "verb"), DENIED)
def test_an_auditor_changes_nothing_and_an_analyst_keeps_questions_only(role, verb):
    assert not may(USERS[role], verb)
    with pytest.raises(NotAllowedError) as refused:
        demand(USERS[role], verb)
    assert refused.value.code == "error.not_allowed"
    assert refused.value.params == {"verb": verb.value, "role": role.value}


@pytest.mark.parametrize("verb", list(Verb))
def test_somebody_may_do_each_thing(verb):
    assert any(may(user, verb) for user in USERS.values())


@pytest.mark.parametrize("verb", list(Verb))
@pytest.mark.parametrize("role", list(Role))
def test_who_left_may_do_nothing(role, verb):
    assert not may(replace(USERS[role], active=False), verb)


def test_only_the_governor_releases_an_operation():
    assert {r for r in Role if may(USERS[r], Verb.RELEASE_OPERATION)} == {Role.GOVERNOR}


def test_only_a_deputy_governor_accepts_an_assignment():
    assert {r for r in Role if may(USERS[r], Verb.ACCEPT_ASSIGNMENT)} == {Role.DEPUTY_GOVERNOR}


def test_what_is_permitted_is_not_refused():
    demand(USERS[Role.PLANNER], Verb.DRAW_ZONE)
