"""The assignment board: by the mouse, by keys, with conflicts found while somebody still thinks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geo.edit.assign import assign_team
from geo.edit.edit import Edit, updating
from geo.edit.teams import edit_team
from geo.edit.verbs import Verb
from geo.model.command import Operation, Team
from geo.model.entity import Kind
from geo.model.vocabulary import AssignmentState
from gui.rights import why_closed
from gui.widgets.drag import TEAM
from gui.widgets.texts import Data
from layers.duty import Duty
from layers.moment import Mode, Moment
from tests.gui.board_hand import (
    FIRST,
    LEFT,
    NO_KEY,
    OPERATION,
    SECOND,
    duty_of,
    given,
    known,
    middle,
    mime,
    over,
    zones,
)
from tests.gui.stage import ANALYST, services_for


@pytest.fixture
def act(board_act):
    return board_act


@pytest.fixture
def page(board_page):
    return board_page


# --- the board ------------------------------------------------------------------------------------


def test_rows_are_zones_by_priority_and_columns_the_periods_behind_the_whole_operation(page):
    model = page.model
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads == ["Whole operation", "First day", "Second day"]
    sides = [model.headerData(n, Qt.Orientation.Vertical) for n in range(model.rowCount())]
    assert sides == ["1  Demo East", "2  Demo West"]


def test_the_model_keeps_the_rules_of_item_models(page, qtmodeltester):
    qtmodeltester.check(page.model)


def test_a_click_on_a_columns_head_chooses_the_period_for_the_whole_window(page):
    heads = page.view.heads
    at = QPoint(heads.sectionViewportPosition(2) + 20, 20)
    QTest.mouseClick(heads.viewport(), LEFT, NO_KEY, at)
    assert page.desk.moment.duty == Duty(OPERATION.id, SECOND)
    page.refresh_now()
    assert heads.chosen == 2


def test_the_period_that_is_chosen_elsewhere_is_marked(page, qtbot):
    page.desk.moment.look_at(OPERATION.id, FIRST)
    qtbot.waitUntil(lambda: page.view.heads.chosen == 1)


def test_a_click_on_a_zones_head_selects_the_zone(page):
    side = page.view.verticalHeader()
    at = QPoint(20, side.sectionViewportPosition(1) + 10)
    QTest.mouseClick(side.viewport(), LEFT, NO_KEY, at)
    assert page.desk.selection.ids == (zones(page)["Demo West"],)


# --- by keys --------------------------------------------------------------------------------------


def test_enter_lists_the_teams_the_fittest_first_with_the_reason(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    known(page, qtbot)
    page.view.choose(zones(page)["Demo West"], FIRST)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    teams = [a for a in page.menu.actions() if a.data()]
    assert [a.data() for a in teams] == ["team-3", "team-1", "team-2"]
    assert "free" in teams[0].text()
    assert "Team in two places" in teams[1].text()
    assert "Vehicle in two places" in teams[2].text()
    assert page.menu.activeAction().data() == "team-3"
    with qtbot.waitSignal(page.desk.session.changed):
        QTest.keyClick(page.menu, Qt.Key.Key_Return)
    assert given(page)["Demo West", FIRST] == "team-3"


def test_delete_takes_back_and_undo_brings_back(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    known(page, qtbot)
    page.view.choose(zones(page)["Demo East"], FIRST)
    with qtbot.waitSignal(page.desk.session.changed):
        QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert given(page) == {}
    with qtbot.waitSignal(page.desk.session.changed):
        page.desk.session.undo()
    assert given(page) == {("Demo East", FIRST): "team-1"}


def test_nothing_goes_to_the_clipboard(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    known(page, qtbot)
    QApplication.clipboard().setText("before")
    page.view.choose(zones(page)["Demo East"], FIRST)
    QTest.keyClick(page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "before"
    assert len(given(page)) == 1


def test_the_menu_moves_a_team_to_another_period(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    known(page, qtbot)
    page.open_menu(zones(page)["Demo East"], FIRST, QPoint())
    places = next(a.menu() for a in page.menu.actions() if a.menu() is not None)
    target = (zones(page)["Demo East"], SECOND)
    with qtbot.waitSignal(page.desk.session.changed):
        next(a for a in places.actions() if a.data() == target).trigger()
    assert given(page) == {("Demo East", SECOND): "team-1"}


# --- the shelf ------------------------------------------------------------------------------------


def test_the_shelf_has_free_teams_first_and_says_what_each_lacks(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-3", FIRST))
    known(page, qtbot)
    assert list(page.shelf.cards) == ["team-1", "team-2", "team-3"]
    said = " ".join(x.text() for x in page.shelf.cards["team-2"].findChildren(Data))
    assert "empty: Reports" in said
    assert "no contact" in said
    here = " ".join(x.text() for x in page.shelf.cards["team-3"].findChildren(Data))
    assert "Demo East" in here


def test_a_team_is_chosen_on_the_shelf(page):
    QTest.mouseClick(page.shelf.cards["team-2"], LEFT)
    assert page.desk.selection.kind is Kind.TEAM


# --- states, rights, height -----------------------------------------------------------------------


def test_without_a_choice_the_board_offers_the_first_operation(board_bench, qtbot):
    board_bench.commands["board"].trigger()
    page = board_bench.drawers.page("board")
    qtbot.waitUntil(lambda: page.states.state == "empty")
    QTest.mouseClick(page.states.empty_page.button, LEFT)
    assert board_bench.desk.moment.duty.operation_id


def test_an_operation_without_zones_says_what_to_do(bench, qtbot):
    bench.desk.moment.look_at("operation-1")
    bench.commands["board"].trigger()
    page = bench.drawers.page("board")
    qtbot.waitUntil(lambda: page.states.state == "empty")
    QTest.mouseClick(page.states.empty_page.button, LEFT)
    assert bench.tools.name == "draw_zone"


def test_an_empty_plan_offers_to_add_an_operation(empty_window, qtbot):
    bench = empty_window.workbench
    bench.commands["board"].trigger()
    page = bench.drawers.page("board")
    qtbot.waitUntil(lambda: page.states.state == "empty")
    with qtbot.waitSignal(page.add_operation_asked):
        QTest.mouseClick(page.states.empty_page.button, LEFT)


def test_who_may_not_assign_is_told_why_and_cannot_drop(make_window, qtbot, tmp_path):
    made = make_window(services_for(tmp_path, keys=(ANALYST.id,)))
    with qtbot.waitSignal(made.session.opened, timeout=20_000):
        made.open_plan(Path("demo.gpkg"))
    bench = made.workbench
    operation = made.session.project.get(Operation, "operation-1")
    code, params = why_closed(made.session.project, operation)
    assert code == "panel.why.role"
    assert "Planner" in params["who"]
    bench.desk.moment.look_at("operation-1")
    bench.commands["board"].trigger()
    assert not bench.drawers.page("board").view.may_change


def test_a_past_day_closes_the_board(page, qtbot):
    page.desk.moment.show(Moment(Mode.DECIDED, date(2022, 9, 5)))
    qtbot.waitUntil(page.why.isVisible)
    assert not over(page, mime(TEAM, "team-1"), middle(page, "Demo East", FIRST))
    page.desk.moment.back_to_today()
    qtbot.waitUntil(page.why.isHidden)
    assert over(page, mime(TEAM, "team-1"), middle(page, "Demo East", FIRST))


def test_the_board_takes_the_whole_height_and_gives_the_map_back(page, board_bench):
    QTest.mouseClick(page.full_button, LEFT)
    assert not board_bench.map.isVisible()
    board_bench.rail.chosen.emit("plan")
    assert board_bench.map.isVisible()
    QTest.mouseClick(page.full_button, LEFT)
    page.closed.emit()
    assert board_bench.map.isVisible()
    assert board_bench.drawers.shown == ""


def test_a_reassignment_keeps_its_history_in_the_cells_menu(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    known(page, qtbot)
    duty = duty_of(page, "Demo East", FIRST)
    ended = replace(duty, state=AssignmentState.ABORTED)
    act(lambda _p: Edit(verb=Verb.UNASSIGN_TEAM, deltas=(updating(duty, ended),)))
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-3", FIRST))
    known(page, qtbot)
    page.open_menu(zones(page)["Demo East"], FIRST, QPoint())
    assert any("Demo Team 1" in a.text() and "Aborted" in a.text() for a in page.menu.actions())


def test_a_changed_team_is_read_anew(page, act, qtbot):
    act(lambda p: assign_team(p, zones(page)["Demo East"], "team-1", FIRST))
    team = page.project.get(Team, "team-1")
    act(lambda p: edit_team(p, replace(team, short_name="NEW")))
    known(page, qtbot)
    assert page.model.face(page.model.at(zones(page)["Demo East"], FIRST)).chip == "NEW"
