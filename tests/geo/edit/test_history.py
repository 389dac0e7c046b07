from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from geo.edit.edit import Action, Edit
from geo.edit.history import EditHeader, History, header_of, replay
from geo.edit.verbs import Verb

AT = datetime(2022, 9, 17, tzinfo=UTC)


def header(number: int, action: Action = Action.DO, of: str = "", *, barrier: bool = False):
    return EditHeader(
        id=f"edit-{number}",
        revision=number,
        verb=Verb.DRAW_ZONE,
        params={},
        actor="u",
        at=AT,
        action=action,
        of=of,
        barrier=barrier,
        count=1,
    )


def log_of(acts: list[str]) -> tuple[list[EditHeader], History]:
    """Play what a user can do; what is not possible at that moment is left out."""
    log: list[EditHeader] = []
    history = History()
    for act in acts:
        number = len(log) + 1
        if act == "undo" and history.undoable:
            log.append(header(number, Action.UNDO, history.undoable[-1].id))
        elif act == "redo" and history.redoable:
            log.append(header(number, Action.REDO, history.redoable[-1].id))
        elif act in {"do", "release"}:
            log.append(header(number, barrier=act == "release"))
        else:
            continue
        history = history.after(log[-1])
    return log, history


acts = st.lists(st.sampled_from(["do", "do", "undo", "undo", "redo", "release"]), max_size=40)


@given(acts)
def test_the_log_alone_tells_what_can_be_taken_back(acts):
    log, history = log_of(acts)
    assert replay(log) == history


@given(acts)
def test_undo_and_redo_never_offer_the_same_edit(acts):
    _, history = log_of(acts)
    ids = [e.id for e in (*history.undoable, *history.redoable)]
    assert len(ids) == len(set(ids))
    assert all(e.action is Action.DO for e in (*history.undoable, *history.redoable))


@given(acts)
def test_nothing_before_a_release_can_be_taken_back(acts):
    log, history = log_of(acts)
    released = max((e.revision for e in log if e.barrier), default=0)
    assert all(e.revision > released for e in (*history.undoable, *history.redoable))


def test_a_release_leaves_nothing_to_take_back_or_put_back():
    _, history = log_of(["do", "do", "undo", "release"])
    assert history == History()


def test_a_new_edit_after_an_undo_leaves_nothing_to_put_back():
    _, history = log_of(["do", "undo", "do"])
    assert [e.id for e in history.undoable] == ["edit-3"]
    assert history.redoable == ()


def test_what_was_undone_last_is_put_back_first():
    _, history = log_of(["do", "do", "undo", "undo", "redo"])
    assert [e.id for e in history.undoable] == ["edit-1"]
    assert [e.id for e in history.redoable] == ["edit-2"]


def test_a_header_keeps_everything_of_an_edit_but_its_deltas():
    edit = Edit(verb=Verb.ADD_TEAM, params={"name": "Red"}, deltas=(), actor="u", at=AT, revision=7)
    shown = header_of(edit)
    assert (shown.id, shown.revision, shown.verb) == (edit.id, 7, Verb.ADD_TEAM)
    assert (shown.params, shown.actor, shown.at) == ({"name": "Red"}, "u", AT)
    assert (shown.action, shown.of, shown.barrier, shown.count) == (Action.DO, "", False, 0)
