"""The checklist of each group."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.catalogue import LANGUAGES
from geo.edit.checklist import CHECKLIST, item_words, items_of, tick, ticked
from geo.edit.edit import Edit, updating
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.command import Assignment, ChecklistItem, Team, TeamGroup
from geo.model.vocabulary import AssignmentState, GroupKind, Role
from tests.geo.edit.day_plan import on_the_day

MINUTES, SUPPORT = GroupKind.MINUTES, GroupKind.VICTIM_SUPPORT


@pytest.fixture
def day(plan):
    return on_the_day(plan)


def duty(plan):
    return plan.get(Assignment, "duty")


def refusal(act):
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def test_every_group_has_about_five_items_worded_in_both_languages_and_rescue_is_first():
    assert next(iter(CHECKLIST)) is SUPPORT
    assert set(CHECKLIST) == set(GroupKind)
    for group, codes in CHECKLIST.items():
        assert len(set(codes)) == len(codes) == 5
        for code in codes:
            words = {item_words(ChecklistItem(group, code), lang) for lang in LANGUAGES}
            assert len(words) == 2
    assert item_words(ChecklistItem(MINUTES, "older"), "en") == "older"


def test_the_items_are_those_of_the_groups_that_the_team_has(day):
    groups = {item.group for item in items_of(day, duty(day))}
    assert groups == {MINUTES, SUPPORT}
    assert ticked(day, duty(day)) == (0, 10)


def test_a_tick_has_time_and_user_and_can_be_taken_back(day):
    day.commit(tick(day, "duty", MINUTES, "signed"))
    (item,) = duty(day).checklist
    assert (item.code, item.done_by) == ("signed", day.user.id)
    assert item.done_at is not None
    assert ticked(day, duty(day)) == (1, 10)
    assert refusal(lambda: tick(day, "duty", MINUTES, "signed")) == "error.tick.already"
    day.commit(tick(day, "duty", MINUTES, "signed", done=False))
    assert duty(day).checklist == ()
    undone = lambda: tick(day, "duty", MINUTES, "signed", done=False)  # noqa: E731 - an act
    assert refusal(undone) == "error.tick.already"


def test_what_was_ticked_stays_when_the_team_loses_the_group(day):
    day.commit(tick(day, "duty", MINUTES, "signed"))
    team = day.get(Team, "gold")
    smaller = replace(team, groups=(TeamGroup(SUPPORT),))
    day.stands(Edit(verb=Verb.EDIT_TEAM, deltas=(updating(team, smaller),)))
    assert ticked(day, duty(day)) == (1, 6)


@pytest.mark.parametrize(("group", "code"), [(MINUTES, "care"), (GroupKind.CORDON, "crowd_back")])
def test_an_item_that_the_team_does_not_have_is_not_ticked(day, group, code):
    assert refusal(lambda: tick(day, "duty", group, code)) == "error.tick.no_such_item"


@pytest.mark.parametrize("state", AssignmentState)
def test_a_duty_is_ticked_from_its_acceptance_until_it_is_debriefed(day, state):
    old = duty(day)
    if old.state is not state:
        changed = updating(old, replace(old, state=state))
        day.stands(Edit(verb=Verb.STEP_ASSIGNMENT, deltas=(changed,)))
    if state in {AssignmentState.ACCEPTED, AssignmentState.UNDER_WAY, AssignmentState.COMPLETED}:
        day.commit(tick(day, "duty", MINUTES, "signed"))
    else:
        assert refusal(lambda: tick(day, "duty", MINUTES, "signed")).startswith("error.")


def test_nobody_ticks_without_the_right(day):
    day.act_as(Role.AUDITOR)
    edit = tick(day, "duty", MINUTES, "signed")
    with pytest.raises(NotAllowedError):
        day.commit(edit)
