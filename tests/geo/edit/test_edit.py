from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.edit.edit import (
    Action,
    Delta,
    Edit,
    deleting,
    inserting,
    inserting_columns,
    stamped,
    updating,
)
from geo.edit.verbs import Verb
from geo.model.command import Team
from geo.model.entity import Kind
from geo.model.site import Site

deltas = st.builds(
    lambda kind, ids, shape, value: Delta(
        kind,
        tuple(ids),
        tuple(0 if shape == "insert" else n + 1 for n, _ in enumerate(ids)),
        None if shape == "insert" else {"name": (value,) * len(ids)},
        None if shape == "delete" else {"name": (value + "!",) * len(ids)},
    ),
    st.sampled_from(list(Kind)),
    st.lists(st.uuids().map(str), min_size=1, max_size=4, unique=True),
    st.sampled_from(["insert", "update", "delete"]),
    st.text(max_size=3),
)


def content(delta):
    return delta.kind, delta.ids, delta.before, delta.after


@given(deltas)
def test_a_delta_taken_back_twice_is_itself_again(delta):
    assert content(delta.inverse().inverse()) == content(delta)
    assert content(delta.inverse()) == (delta.kind, delta.ids, delta.after, delta.before)


@given(st.lists(deltas, min_size=1, max_size=4))
def test_an_edit_taken_back_and_put_back_does_the_same_in_the_same_order(deltas):
    edit = Edit(verb=Verb.IMPORT, params={"file": "a.csv"}, deltas=tuple(deltas))
    undo = edit.inverse(Action.UNDO)
    redo = undo.inverse(Action.REDO)
    assert [d.ids for d in undo.deltas] == [d.ids for d in reversed(edit.deltas)]
    assert [content(d) for d in redo.deltas] == [content(d) for d in edit.deltas]
    assert (undo.action, undo.of) == (Action.UNDO, edit.id)
    assert (redo.action, redo.of) == (Action.REDO, edit.id)
    assert len({edit.id, undo.id, redo.id}) == 3
    assert (redo.verb, redo.params) == (edit.verb, edit.params)


def test_taking_back_expects_the_versions_that_the_edit_leaves():
    team = Team(id="t", version=4, name="Red")
    assert inserting([team]).versions == (0,)
    assert inserting([team]).inverse().versions == (1,)
    assert updating(team, replace(team, name="Blue")).inverse().versions == (5,)
    assert deleting(team).versions == (4,)
    assert deleting(team).inverse().versions == (0,)


def test_an_update_holds_only_what_differs():
    team = Team(id="t", version=4, name="Red", contact="channel 3")
    delta = updating(team, replace(team, name="Blue"))
    assert (delta.before, delta.after) == ({"name": ("Red",)}, {"name": ("Blue",)})


def test_an_update_is_of_one_row():
    with pytest.raises(ValueError, match="one row"):
        updating(Team(name="Red"), Team(name="Blue"))
    with pytest.raises(ValueError, match="one row"):
        updating(Team(id="a", name="Red"), Site(id="a"))


def test_inserting_takes_entities_of_one_kind():
    for wrong in ([], [Team(name="Red"), Site()]):
        with pytest.raises(ValueError, match="one kind"):
            inserting(wrong)


def test_many_rows_are_inserted_as_columns():
    delta = inserting_columns(Kind.SITE, ["a", "b"], {"code": ["1", "2"]})
    assert (delta.ids, delta.versions, delta.before) == (("a", "b"), (0, 0), None)


def test_an_edit_knows_what_it_touches():
    edit = Edit(
        verb=Verb.ADD_TEAM,
        deltas=(inserting([Team(name="Red"), Team(name="Blue")]), inserting([Site()])),
    )
    assert edit.count() == 3
    assert edit.kinds() == {Kind.TEAM, Kind.SITE}


def test_a_stamp_says_who_and_when_and_changes_nothing_else():
    edit = Edit(verb=Verb.ADD_TEAM, deltas=())
    at = datetime(2022, 9, 17, tzinfo=UTC)
    assert stamped(edit, actor="u", at=at) == replace(edit, actor="u", at=at)
