"""Teams are carried over the board, and conflicts are found while somebody still thinks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geo.edit.assign import assign_team
from gui.widgets.drag import DUTY, TEAM
from tests.gui.board_hand import (
    FIRST,
    LEFT,
    MOVE,
    NAMES,
    NO_KEY,
    SECOND,
    drop,
    duty_of,
    given,
    known,
    middle,
    mime,
    over,
    zones,
)


@pytest.fixture
def window(fresh_window):
    """A window for each test: what one has chosen in it outlasts the plan."""
    return fresh_window


@pytest.fixture
def act(board_act):
    return board_act


@pytest.fixture
def page(board_page):
    return board_page


# --- by the mouse ---------------------------------------------------------------------------------


def test_a_team_dropped_into_a_cell_gets_the_zone_for_that_period(page, qtbot):
    with qtbot.waitSignal(page.desk.session.changed):
        assert drop(page, mime(TEAM, "team-1"), middle(page, "Demo West", SECOND))
    assert given(page) == {("Demo West", SECOND): "team-1"}


def test_a_team_carried_from_cell_to_cell_moves(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    known(page, qtbot)
    duty = duty_of(page, "Demo East", FIRST)
    with qtbot.waitSignal(page.desk.session.changed):
        assert drop(page, mime(DUTY, duty.id), middle(page, "Demo West", SECOND))
    assert given(page) == {("Demo West", SECOND): "team-1"}
    before = page.desk.session.project.history.undoable[-1].verb
    assert before == "assign_team"


def test_dropped_where_it_is_nothing_happens(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    known(page, qtbot)
    duty = duty_of(page, "Demo East", FIRST)
    drop(page, mime(DUTY, duty.id), middle(page, "Demo East", FIRST))
    assert not page.desk.session.busy


def test_a_team_put_back_onto_the_shelf_is_taken_back(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    known(page, qtbot)
    data = mime(DUTY, duty_of(page, "Demo East", FIRST).id)
    at = QPoint(30, 60)
    enter = QDragEnterEvent(at, MOVE, data, LEFT, NO_KEY)
    QApplication.sendEvent(page.shelf, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(page.desk.session.changed):
        drop_event = QDropEvent(QPointF(at), MOVE, data, LEFT, NO_KEY)
        QApplication.sendEvent(page.shelf, drop_event)
    assert given(page) == {}


def test_the_cell_says_before_the_drop_that_the_team_would_be_in_two_places(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    known(page, qtbot)
    assert over(page, mime(TEAM, "team-1"), middle(page, "Demo West", FIRST))
    assert page.view.hover.tone == "conflict"
    assert "two places at the same time: Demo Team 1" in page.strip.words.text()
    QApplication.sendEvent(page.view.viewport(), QDragLeaveEvent())
    assert page.view.hover is None
    assert "No conflict" not in page.view.accessibleName()


def test_the_cell_says_whom_the_drop_would_replace(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    known(page, qtbot)
    assert over(page, mime(TEAM, "team-3"), middle(page, "Demo East", FIRST))
    assert page.view.hover.tone == "fits"
    assert "T1" in page.view.hover.words


def test_the_cell_says_that_a_period_beside_the_whole_operation_is_refused(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1"))
    known(page, qtbot)
    assert page.model.face(page.model.at(zones(page)["Demo East"], FIRST)).whole
    assert over(page, mime(TEAM, "team-3"), middle(page, "Demo East", FIRST))
    assert page.view.hover.tone == "refused"


# --- conflicts ------------------------------------------------------------------------------------


def test_a_conflict_is_marked_with_a_sign_and_explained_and_an_alternative_is_one_click(
    page, act, qtbot
):
    for name in NAMES:
        act(lambda p, name=name: assign_team(p, zones(page)[name], "team-1", FIRST))
    known(page, qtbot)
    page.view.choose(zones(page)["Demo West"], FIRST)
    face = page.model.face(page.model.at(zones(page)["Demo West"], FIRST))
    assert "two places" in face.conflict
    assert "two places" in page.strip.words.text()
    assert page.strip.buttons
    n = len(page.desk.session.project.history.undoable)
    with qtbot.waitSignal(page.desk.session.changed):
        QTest.mouseClick(page.strip.buttons[0], LEFT)
    assert len(page.desk.session.project.history.undoable) == n + 1
    known(page, qtbot)
    assert "T3" in {page.model.face(page.model.at(z, FIRST)).chip for z in zones(page).values()}
    found = [c.what.value for c in page.strip.found]
    assert "readiness.gap.team_twice" not in found


def test_a_team_that_is_made_free_elsewhere_is_no_conflict_any_more(page, act, qtbot):
    for name in NAMES:
        act(lambda p, name=name: assign_team(p, zones(page)[name], "team-1", FIRST))
    known(page, qtbot)
    assert any("twice" in c.what.value for c in page.strip.found)
    with qtbot.waitSignal(page.desk.session.changed):
        page.desk.session.undo()
    known(page, qtbot)
    assert not any("twice" in c.what.value for c in page.strip.found)


def test_far_support_is_said_with_what_is_nearest(page):
    assert any("ambulance" in c.what.value for c in page.strip.found)
    assert "No ambulance" in page.strip.words.text()
