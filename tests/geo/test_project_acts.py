"""Whatever a planner does, in whatever order: what then holds of every plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.edit import assign, crossings, decisions, operations, sites, teams, zones
from geo.edit.history import replay
from geo.errors import InputError, NotAllowedError, NothingChangedError
from geo.model.command import Assignment, Operation, Team, Zone
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.site import Site
from geo.model.vocabulary import Activity, LegalStatus, Role
from tests.geo.project_plan import USERS, content, new_project, reloaded, square

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.project import Project


@pytest.fixture
def project() -> Project:
    return new_project()


def pick(found, number: int):
    return found[number % len(found)].id if found else "nothing"


def decided(project: Project, number: int) -> Edit:
    site = project.all(Site)[number % 3]
    ways = sorted(decisions.TRANSITIONS[site.legal_status])
    return decisions.decide_status(
        project,
        [site.id],
        ways[number % len(ways)],
        reason="Papers",
        authority_id="court",
        document=f"DOC-{number}",
        decided_on=date(2022, 9, 1),
    )


# What a planner does, by the very functions that the window and the command line call.
REGISTER = {
    "draw": lambda p, n: zones.draw_zone(p, square(n), f"Zone {n}", operation_id="raid"),
    "reshape": lambda p, n: zones.reshape_zone(p, pick(p.all(Zone), n), square(n + 1)),
    "rename": lambda p, n: zones.rename_zone(p, pick(p.all(Zone), n), f"Renamed {n}"),
    "set zone": lambda p, n: zones.set_zone(p, pick(p.all(Zone), n), priority=n, colour=n),
    "delete zone": lambda p, n: zones.delete_zone(p, pick(p.all(Zone), n)),
    "assign": lambda p, n: assign.assign_team(p, pick(p.all(Zone), n), pick(p.all(Team), n)),
    "unassign": lambda p, n: assign.unassign(p, pick(p.all(Assignment), n)),
    "add team": lambda p, n: teams.add_team(p, teams.new_team(f"New {n}")),
    "edit team": lambda p, n: teams.edit_team(
        p, replace(teams.team_of(p, pick(p.all(Team), n)), contact=str(n))
    ),
    "delete team": lambda p, n: teams.delete_team(p, pick(p.all(Team), n)),
    "add site": lambda _, n: sites.add_site(Site(code=f"new {n}", claimed_status="illegal")),
    "edit site": lambda p, n: sites.edit_site(
        p, replace(p.all(Site)[n % 3], activity=list(Activity)[n % 4], claimed_status="illegal")
    ),
    "edit crossing": lambda p, n: crossings.edit_crossing(
        p, replace(p.all(BorderCrossing)[0], opposite=str(n))
    ),
    "add operation": lambda p, n: operations.add_operation(p, Operation(name=f"Operation {n}")),
    "edit operation": lambda p, n: operations.edit_operation(
        p, replace(p.get(Operation, "raid"), commander=str(n))
    ),
}


EVERYTHING = {**REGISTER, "decide": decided}


def acts(names) -> st.SearchStrategy[list[tuple[str, int]]]:
    return st.lists(st.tuples(st.sampled_from(sorted(names)), st.integers(0, 5)), max_size=12)


def try_to(project: Project, act: str, number: int) -> Edit | None:
    """Commit what a planner would do; None if it is refused for a reason that he can act on."""
    try:
        return project.commit(EVERYTHING[act](project, number))
    except (InputError, NothingChangedError):
        return None


@settings(max_examples=60)
@given(acts(EVERYTHING))
def test_undoing_everything_leads_back_and_redoing_everything_leads_here_again(acts):
    project = new_project()
    states = [content(project)]
    for act, number in acts:
        if try_to(project, act, number):
            states.append(content(project))
    for state in reversed(states[:-1]):
        project.undo()
        assert content(project) == state
    with pytest.raises(InputError):
        project.undo()
    for state in states[1:]:
        project.redo()
        assert content(project) == state
    with pytest.raises(InputError):
        project.redo()


@settings(max_examples=60)
@given(acts({*EVERYTHING, "undo", "redo"}))
def test_what_is_in_memory_is_what_the_store_would_load(acts):
    project = new_project()
    for act, number in acts:
        if act in {"undo", "redo"}:
            able = project.history.undoable if act == "undo" else project.history.redoable
            if able:
                getattr(project, act)()
        else:
            try_to(project, act, number)
    again = reloaded(project)
    for kind in Kind:
        mine, loaded = project.table(kind), again.table(kind)
        assert list(mine.ids) == list(loaded.ids)
        assert list(mine.versions) == list(loaded.versions)
    assert content(project) == content(again)
    assert project.history == again.history == replay(project.store.log())


@settings(max_examples=60)
@given(acts(REGISTER), acts({*REGISTER, "undo", "redo"}))
def test_nothing_but_a_decision_changes_a_legal_status(before, after):
    project = new_project()
    for act, number in before:
        try_to(project, act, number)
    decided_now = project.commit(decided(project, 1))
    statuses = {s.id: s.legal_status for s in project.all(Site)}
    for act, number in after:
        if act in REGISTER:
            try_to(project, act, number)
        elif act == "redo" and project.history.redoable:
            project.redo()
        elif act == "undo" and project.history.undoable[-1].id != decided_now.id:
            project.undo()
        now = {s.id: s.legal_status for s in project.all(Site)}
        assert {i: now[i] for i in statuses} == statuses
        assert all(s is LegalStatus.UNVERIFIED for i, s in now.items() if i not in statuses)


@pytest.mark.parametrize("act", EVERYTHING)
def test_each_act_touches_a_row_once_and_says_what_it_was(project, act):
    for first in ("draw", "add team", "assign"):
        try_to(project, first, 0)
    done = try_to(project, act, 5)
    assert done is not None
    rows = [(delta.kind, i) for delta in done.deltas for i in delta.ids]
    assert len(rows) == len(set(rows))
    assert done.params
    assert not done.barrier


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ANALYST])
@pytest.mark.parametrize("act", EVERYTHING)
def test_who_only_reads_changes_nothing_by_any_act(role, act):
    project = new_project()
    for first in ("draw", "add team", "assign"):
        try_to(project, first, 0)
    before = content(project)
    project.user = USERS[role]
    for forbidden in (lambda: project.commit(EVERYTHING[act](project, 5)), project.undo):
        with pytest.raises(NotAllowedError):
            forbidden()
    assert content(project) == before
