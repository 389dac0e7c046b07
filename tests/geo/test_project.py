"""The one path by which a plan changes: commit, absorb, undo, redo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.edit import sites, teams, zones
from geo.edit.edit import Action, Edit, deleting, inserting, updating
from geo.edit.verbs import Verb
from geo.errors import (
    ConflictError,
    InputError,
    NotAllowedError,
    NothingChangedError,
    PlanError,
    PlanFileError,
)
from geo.model.command import Operation, Team, Zone
from geo.model.entity import Kind
from geo.model.plan import User
from geo.model.site import Site
from geo.model.vocabulary import OperationState, Role
from geo.project import Project
from geo.store.memory import MemoryStore
from tests.geo.project_plan import USERS, content, new_project, reloaded, square


@pytest.fixture
def project() -> Project:
    return new_project()


def test_a_commit_is_stamped_kept_and_told_once(project):
    told: list[Edit] = []
    project.changed.connect(told.append)
    done = project.commit(zones.draw_zone(project, square(1), "Alpha"))
    assert told == [done]
    assert (done.actor, done.revision) == (USERS[Role.PLANNER].id, 2)
    assert done.at.utcoffset().total_seconds() == 0
    assert [e.id for e in project.store.log()][-1] == done.id
    project.undo()
    project.redo()
    assert [e.action for e in told] == [Action.DO, Action.UNDO, Action.REDO]


def test_the_tables_are_up_to_date_when_the_listeners_are_told(project):
    seen: list[int] = []
    project.changed.connect(lambda _: seen.append(len(project.all(Zone))))
    project.commit(zones.draw_zone(project, square(1), "Alpha"))
    assert seen == [1]


def test_what_is_refused_changes_nothing_and_tells_nobody(project):
    told: list[Edit] = []
    project.changed.connect(told.append)
    before = content(project)
    stale = teams.edit_team(project, replace(project.get(Team, "team-0"), contact="1"))
    project.commit(teams.edit_team(project, replace(project.get(Team, "team-0"), contact="2")))
    told.clear()
    with pytest.raises(ConflictError):
        project.commit(stale)
    assert told == []
    assert len(project.store.log()) == 2
    before[Kind.TEAM]["team-0"]["contact"] = "2"
    assert content(project) == before


def test_an_edit_is_absorbed_as_a_whole_or_not_at_all(project):
    good = updating(project.get(Team, "team-0"), replace(project.get(Team, "team-0"), name="X"))
    lost = updating(replace(project.all(Site)[0], id="lost"), Site(id="lost", code="X"))
    told: list[Edit] = []
    project.changed.connect(told.append)
    before = content(project)
    with pytest.raises(KeyError):
        project.absorb(Edit(verb=Verb.EDIT_TEAM, deltas=(good, lost)))
    assert content(project) == before
    assert (project.history.undoable, told) == ((), [])


@pytest.mark.parametrize(
    "edit",
    [
        lambda p: teams.edit_team(p, p.get(Team, "team-0")),
        lambda p: sites.edit_site(p, p.all(Site)[0]),
        lambda p: zones.rename_zone(p, p.all(Zone)[0].id, "Alpha"),
        lambda p: zones.reshape_zone(p, p.all(Zone)[0].id, p.all(Zone)[0].outline),
        lambda _: Edit(verb=Verb.EDIT_TEAM, deltas=()),
    ],
)
def test_an_edit_that_changes_nothing_is_neither_kept_nor_put_on_the_undo_stack(project, edit):
    project.commit(zones.draw_zone(project, square(1), "Alpha"))
    told: list[Edit] = []
    project.changed.connect(told.append)
    history, log = project.history, project.store.log()
    for act in (project.prepare, project.commit):
        with pytest.raises(NothingChangedError) as refused:
            act(edit(project))
        assert refused.value.code == "error.nothing_changed"
    assert (project.history, project.store.log(), told) == (history, log, [])


def test_of_several_rows_only_those_that_change_get_a_new_version(project):
    project.commit(zones.draw_zone(project, square(1), "Alpha", operation_id="raid"))
    project.commit(zones.draw_zone(project, square(2), "Bravo"))
    alpha, bravo = project.all(Zone)
    done = project.commit(zones.place_in_operation(project, [alpha.id, bravo.id], "raid"))
    assert [d.ids for d in done.deltas] == [(bravo.id,)]
    assert [z.version for z in project.all(Zone)] == [1, 2]
    project.undo()
    assert [z.operation_id for z in project.all(Zone)] == ["raid", ""]


def test_an_edit_that_touches_a_row_twice_is_a_bug_and_is_refused(project):
    team = project.get(Team, "team-0")
    first, second = (updating(team, replace(team, contact=c)) for c in "12")
    other = updating(team, replace(team, lead="L"))
    one_delta = replace(
        first, ids=first.ids * 2, versions=(1, 1), before={"lead": "ab"}, after={"lead": "cd"}
    )
    for deltas in ((first, second), (first, other), (one_delta,), (first, deleting(team))):
        with pytest.raises(ValueError, match="twice"):
            project.prepare(Edit(verb=Verb.EDIT_TEAM, deltas=deltas))
    same_id = inserting([Site(id="team-0", code="X")])
    assert project.prepare(Edit(verb=Verb.EDIT_TEAM, deltas=(first, same_id))).count() == 2


@pytest.mark.parametrize(
    "user",
    [
        User(name="Stranger", role=Role.GOVERNOR, public_key="ab" * 32),
        replace(USERS[Role.PLANNER], public_key="cd" * 32),
    ],
    ids=["a stranger", "a planner with another key"],
)
def test_who_is_not_a_user_of_the_plan_changes_nothing(project, user):
    project.user = user
    with pytest.raises(NotAllowedError) as refused:
        project.commit(zones.draw_zone(project, square(1), "Alpha"))
    assert (refused.value.code, refused.value.params) == (
        "error.user.not_of_plan",
        {"name": user.name},
    )


def change_planner(project, **change):
    acting, project.user = project.user, USERS[Role.GOVERNOR]
    user = project.get(User, USERS[Role.PLANNER].id)
    project.commit(Edit(verb=Verb.EDIT_USER, deltas=(updating(user, replace(user, **change)),)))
    project.user = acting


def test_who_left_the_plan_changes_nothing_even_if_still_signed_in(project):
    change_planner(project, active=False)
    with pytest.raises(NotAllowedError) as refused:
        project.commit(zones.draw_zone(project, square(1), "Alpha"))
    assert refused.value.code == "error.user.not_of_plan"


def test_the_role_that_counts_is_the_one_in_the_plan(project):
    change_planner(project, role=Role.ANALYST)
    with pytest.raises(NotAllowedError) as refused:
        project.commit(zones.draw_zone(project, square(1), "Alpha"))
    assert refused.value.params["role"] == "analyst"


def test_a_plan_without_its_title_is_a_damaged_plan():
    empty = Project(MemoryStore())
    with pytest.raises(PlanFileError) as refused:
        _ = empty.info
    assert refused.value.code == "error.plan.no_title"


def test_nobody_signed_in_reads_and_changes_nothing():
    project = new_project(None)
    assert project.info.name == "Demo"
    for act in (
        lambda: project.commit(zones.draw_zone(project, square(1), "Alpha")),
        lambda: project.prepare(sites.add_site(Site(code="X"))),
    ):
        with pytest.raises(NotAllowedError) as refused:
            act()
        assert refused.value.code == "error.nobody_signed_in"


def test_an_undo_that_somebody_elses_change_stands_in_the_way_of_is_refused(project):
    other = reloaded(project)
    project.commit(teams.edit_team(project, replace(project.get(Team, "team-0"), contact="1")))
    other = reloaded(project)
    other.commit(teams.edit_team(other, replace(other.get(Team, "team-0"), contact="2")))
    before = content(project)
    with pytest.raises(ConflictError):
        project.undo()
    assert content(project) == before
    assert reloaded(project).get(Team, "team-0").contact == "2"


def test_an_undo_of_a_row_that_somebody_deleted_is_refused(project):
    project.commit(teams.edit_team(project, replace(project.get(Team, "team-0"), contact="1")))
    other = reloaded(project)
    deleted = other.commit(teams.delete_team(other, "team-0"))
    project.absorb(deleted)
    project.history = replace(project.history, undoable=project.history.undoable[:1])
    with pytest.raises(ConflictError) as refused:
        project.undo_edit()
    assert refused.value.code == "error.conflict.gone"


def test_an_undo_leaves_what_others_changed_in_other_columns(project):
    project.commit(teams.edit_team(project, replace(project.get(Team, "team-0"), contact="1")))
    mine = project.history
    other = reloaded(project)
    theirs = other.commit(teams.edit_team(other, replace(other.get(Team, "team-0"), lead="L")))
    project.absorb(theirs)
    project.history = mine
    project.undo()
    assert project.get(Team, "team-0").contact == ""
    assert project.get(Team, "team-0").lead == "L"


def test_nothing_was_done_so_nothing_is_taken_back_or_put_back(project):
    for act, code in (
        (project.undo_edit, "error.nothing_to_undo"),
        (project.redo_edit, "error.nothing_to_redo"),
    ):
        with pytest.raises(InputError) as refused:
            act()
        assert refused.value.code == code


def test_a_release_cannot_be_taken_back(project):
    project.commit(zones.draw_zone(project, square(1), "Alpha"))
    raid = project.get(Operation, "raid")
    release = Edit(
        verb=Verb.RELEASE_OPERATION,
        deltas=(updating(raid, replace(raid, state=OperationState.RELEASED)),),
        actor=USERS[Role.GOVERNOR].id,
        barrier=True,
    )
    project.absorb(project.store.commit(release))
    with pytest.raises(InputError) as refused:
        project.undo()
    assert refused.value.code == "error.nothing_to_undo"
    assert reloaded(project).history.undoable == ()


def test_an_undo_survives_closing_and_opening_again(project):
    project.commit(zones.draw_zone(project, square(1), "Alpha"))
    again = reloaded(project)
    again.undo()
    assert again.all(Zone) == ()
    once_more = reloaded(again)
    once_more.redo()
    assert [z.name for z in once_more.all(Zone)] == ["Alpha"]


def test_a_table_taken_earlier_stays_as_it_was(project):
    before = project.table(Kind.ZONE)
    project.commit(zones.draw_zone(project, square(1), "Alpha"))
    assert len(before) == 0
    assert len(project.table(Kind.ZONE)) == 1


def test_what_is_read_and_printed_is_logged_without_changing_the_plan(project):
    project.record("print", sheets=2)
    row = project.store.audit()[-1]
    assert (row.what, row.actor, row.details) == ("print", USERS[Role.PLANNER].id, {"sheets": 2})
    assert len(project.store.log()) == 1


def test_what_is_not_there_is_none_or_a_key_error(project):
    assert project.find(Zone, "nowhere") is None
    with pytest.raises(KeyError):
        project.get(Zone, "nowhere")


def test_a_plan_that_is_closed_takes_no_edit(project):
    edit = zones.draw_zone(project, square(1), "Alpha")
    project.close()
    with pytest.raises(PlanError):
        project.commit(edit)
