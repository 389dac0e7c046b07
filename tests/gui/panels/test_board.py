"""The assignment board: by the mouse, by keys, with conflicts found while somebody still thinks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shapely import box

from geo.edit.assign import assign_team
from geo.edit.edit import Edit, updating
from geo.edit.operations import add_operation
from geo.edit.teams import add_team, edit_team
from geo.edit.verbs import Verb
from geo.edit.zones import draw_zone
from geo.model.command import Assignment, Operation, Team, TeamGroup, Zone, new_period
from geo.model.entity import Kind
from geo.model.vocabulary import MANDATORY_GROUPS, AssignmentState
from gui.rights import why_closed
from gui.widgets.drag import DUTY, TEAM
from gui.widgets.texts import Data
from layers.duty import Duty
from layers.moment import Mode, Moment
from tests.gui.stage import ANALYST, services_for

MOVE, LEFT = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
DAYS = (
    new_period("First day", datetime(2022, 9, 17, 6), datetime(2022, 9, 17, 18)),  # noqa: DTZ001
    new_period("Second day", datetime(2022, 9, 18, 6), datetime(2022, 9, 18, 18)),  # noqa: DTZ001
)
FIRST, SECOND = (day.id for day in DAYS)
OPERATION = Operation(id="two-days", name="Two days", province_code="18", periods=DAYS)
COMPLETE = Team(
    id="team-3",
    name="Demo Team 3",
    short_name="T3",
    lead="Deputy Governor 3 (demo)",
    contact="Channel 3",
    groups=tuple(TeamGroup(kind, "Chief (demo)", "Task", 3) for kind in MANDATORY_GROUPS),
)
NAMES = ("Demo East", "Demo West")


@pytest.fixture
def act(window, qtbot):
    def do(build):
        with qtbot.waitSignal(window.session.changed, timeout=20_000):
            window.session.do(build)

    return do


@pytest.fixture
def planned(window, bench, act):
    """Two zones, two days, three teams; nobody goes anywhere yet."""
    act(lambda p: add_operation(p, OPERATION))
    act(lambda p: add_team(p, COMPLETE))
    for n, name in enumerate(NAMES):
        area = box(103.7 + n / 10, 10.6, 103.75 + n / 10, 10.65)
        act(
            lambda p, a=area, m=name, n=n: draw_zone(
                p, a, m, operation_id=OPERATION.id, priority=n + 1
            )
        )
    return bench


@pytest.fixture
def page(planned, qtbot):
    planned.desk.moment.look_at(OPERATION.id)
    planned.commands["board"].trigger()
    made = planned.drawers.page("board")
    qtbot.waitUntil(lambda: made.states.state == "full")
    known(made, qtbot)
    return made


def known(page, qtbot):
    """Wait until the conflicts of the plan as it is are known."""
    qtbot.waitUntil(lambda: not page.desk.session.busy, timeout=20_000)
    QApplication.processEvents()
    page.refresh_now()
    qtbot.waitUntil(lambda: page.trial is not None and not page.watch.busy, timeout=20_000)


def zones(page):
    return {z.name: z.id for z in page.project.all(Zone) if z.operation_id == OPERATION.id}


def given(page):
    names = {i: name for name, i in zones(page).items()}
    return {
        (names[a.zone_id], a.period_id): a.team_id
        for a in page.project.all(Assignment)
        if a.state is not AssignmentState.ABORTED
    }


def middle(page, zone, period):
    index = page.model.at(zones(page)[zone], period)
    assert index.isValid()
    return page.view.visualRect(index).center()


def mime(what, name):
    data = QMimeData()
    data.setData(what, name.encode())
    return data


def over(page, data, at):
    target = page.view.viewport()
    enter = QDragEnterEvent(at, MOVE, data, LEFT, NO_KEY)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():  # Qt sends the rest only to who took the first
        return False
    move = QDragMoveEvent(at, MOVE, data, LEFT, NO_KEY)
    QApplication.sendEvent(target, move)
    return move.isAccepted()


def drop(page, data, at):
    accepted = over(page, data, at)
    if accepted:
        event = QDropEvent(QPointF(at), MOVE, data, LEFT, NO_KEY)
        QApplication.sendEvent(page.view.viewport(), event)
    return accepted


def duty_of(page, zone, period):
    return page.model.cell(page.model.at(zones(page)[zone], period)).duty


def words(widget):
    return " ".join(x.text() for x in widget.findChildren(Data) if x.isVisibleTo(widget))


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


def test_without_a_choice_the_board_offers_the_first_operation(planned, qtbot):
    planned.commands["board"].trigger()
    page = planned.drawers.page("board")
    qtbot.waitUntil(lambda: page.states.state == "empty")
    QTest.mouseClick(page.states.empty_page.button, LEFT)
    assert planned.desk.moment.duty.operation_id


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


def test_the_board_takes_the_whole_height_and_gives_the_map_back(page, planned):
    QTest.mouseClick(page.full_button, LEFT)
    assert not planned.map.isVisible()
    planned.rail.chosen.emit("plan")
    assert planned.map.isVisible()
    QTest.mouseClick(page.full_button, LEFT)
    page.closed.emit()
    assert planned.map.isVisible()
    assert planned.drawers.shown == ""


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
