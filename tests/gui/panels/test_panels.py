from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from geo.edit.assign import assign_team
from geo.errors import InputError
from geo.model.command import Assignment
from geo.model.entity import Kind
from geo.model.vocabulary import Grade, LegalStatus
from gui.widgets.drag import TEAM, carried
from gui.widgets.texts import Chip, Data
from tests.gui.stage import DEPUTY

# A frame that is dropped while it is painted ends its painter early; nothing is seen of it.
pytestmark = pytest.mark.qt_log_ignore("Painter ended with")

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def said(panel):
    return " ".join(label.text() for label in panel.findChildren(Data) if label.isVisibleTo(panel))


# --- register -------------------------------------------------------------------------------------


def test_the_register_counts_sites_by_legal_status(window, bench):
    counts = {b.status: b.text() for b in bench.register.findChildren(type_of_status(bench))}
    assert counts[LegalStatus.UNVERIFIED].endswith("3")
    assert counts[LegalStatus.ILLEGAL].endswith("0")


def type_of_status(bench):
    from gui.panels.register import StatusButton

    return StatusButton


def test_a_status_that_is_pressed_narrows_the_list(window, bench, qtbot):
    buttons = {b.status: b for b in bench.register.findChildren(type_of_status(bench))}
    model = bench.register.models[Kind.SITE]
    buttons[LegalStatus.ILLEGAL].click()
    assert model.rowCount() == 0
    buttons[LegalStatus.UNVERIFIED].click()
    assert model.rowCount() == 3


def test_what_is_typed_narrows_the_list_and_the_count_says_so(window, bench, qtbot):
    bench.register.filter.setText("lotus")
    model = bench.register.models[Kind.SITE]
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert "1 of 3" in said(bench.register)


def test_an_empty_register_offers_the_import(empty_window):
    panel = empty_window.workbench.register
    QApplication.processEvents()
    assert panel.states.state == "empty"
    assert panel.states.empty_page.button.text() == "Import…"


def test_a_row_of_the_list_selects_its_site(window, bench, qtbot):
    view = bench.register.lists[Kind.SITE]
    area = view.visualRect(view.model().index(1, 0))
    qtbot.mouseClick(view.viewport(), LEFT, pos=area.center())
    assert window.desk.selection.one(Kind.SITE) == "site-2"


# --- dossier --------------------------------------------------------------------------------------


def test_the_dossier_of_a_site_tells_claims_licences_and_allegations_apart(window, bench):
    window.desk.selection.select(Kind.SITE, ["site-1"])
    QApplication.processEvents()
    words = said(bench.dossier)
    assert "Unverified" in words
    assert "ended 31 Jan 2022" in words
    assert "± 10 m" in words
    assert "Grade B2" in words


def test_the_dossier_of_an_allegation_shows_held_now_first(window, bench):
    window.desk.selection.select(Kind.ALLEGATION, ["allegation-1"])
    QApplication.processEvents()
    chips = [c.text() for c in bench.dossier.findChildren(Chip) if c.isVisibleTo(bench.dossier)]
    assert chips[0].startswith("Held now: Yes")
    assert "not a verdict" in bench.dossier.kind_label.text()


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        (Kind.ZONE, ["zone-1"]),
        (Kind.TEAM, ["team-2"]),
        (Kind.SITE, ["site-1", "site-2", "site-3"]),
        (Kind.ALLEGATION, ["allegation-2"]),
    ],
)
def test_every_kind_has_its_dossier(window, bench, kind, ids):
    window.desk.selection.select(kind, ids)
    QApplication.processEvents()
    assert bench.dossier.isVisible()
    assert bench.dossier.title.text()


def test_a_crossing_says_whether_it_is_open(window, bench):
    crossing = str(window.session.project.table(Kind.CROSSING).ids[0])
    window.desk.selection.select(Kind.CROSSING, [crossing])
    QApplication.processEvents()
    assert "Neighbour" not in bench.dossier.title.text()
    assert bench.dossier.title.text()


def test_a_row_that_an_undo_took_away_leaves_the_dossier(window, bench, qtbot):
    from shapely import box

    with qtbot.waitSignal(bench.edits.zone_drawn) as told:
        bench.edits.draw_zone(box(103.7, 10.7, 103.8, 10.8))
    assert window.desk.selection.one(Kind.ZONE) == told.args[0]
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    qtbot.waitUntil(lambda: not window.desk.selection.ids)


# --- plan -----------------------------------------------------------------------------------------


def test_a_drawn_zone_asks_for_its_name_in_place(window, bench, qtbot):
    from shapely import box

    with qtbot.waitSignal(bench.edits.zone_drawn) as told:
        bench.edits.draw_zone(box(103.7, 10.7, 103.8, 10.8))
    assert bench.workspace == "plan"
    qtbot.waitUntil(lambda: told.args[0] in bench.plan.zone_cards)
    card = bench.plan.zone_cards[told.args[0]]
    qtbot.waitUntil(card.name_field.isVisible)
    assert card.name_field.text() == "Zone 1"


def drop(widget, data, at):
    enter = QDragEnterEvent(at, COPY, data, LEFT, NO_KEY)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(QPointF(at), COPY, data, LEFT, NO_KEY))
    return True


def team_data(team_id):
    data = QMimeData()
    data.setData(TEAM, team_id.encode())
    return data


def test_a_team_dropped_on_a_zone_card_gets_the_zone(window, bench, qtbot):
    bench.show_workspace("plan")
    card = bench.plan.zone_cards["zone-1"]
    with qtbot.waitSignal(window.session.changed):
        assert drop(card, team_data("team-2"), QPoint(20, 20))
    assert window.session.project.all(Assignment)[0].team_id == "team-2"


def test_a_team_dropped_on_the_map_gets_the_zone_under_it(window, bench, qtbot):
    bench.map.canvas.zoom_to_bounds(103.49, 10.59, 103.53, 10.65)
    QApplication.processEvents()
    x, y = bench.map.canvas.view.to_pixel(103.507, 10.62)
    with qtbot.waitSignal(window.session.changed):
        assert drop(bench.map, team_data("team-1"), QPoint(round(float(x)), round(float(y))))
    assert window.session.project.all(Assignment)[0].zone_id == "zone-1"


def test_a_file_dropped_on_the_map_is_imported(window, bench, qtbot, tmp_path):
    from gui.dialogs.import_file import ImportDialog

    path = tmp_path / "x.csv"
    path.write_text("code,name_en\nA,Demo\n", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    assert drop(bench.map, data, QPoint(100, 100))
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: dialog.step in {"map", "error"}, timeout=30_000)
    dialog.reject()


def test_a_foreign_drag_carries_no_team():
    assert carried(QMimeData(), TEAM) == ""


# --- operate --------------------------------------------------------------------------------------


def test_an_empty_operate_panel_leads_to_plan(window, bench, qtbot):
    bench.show_workspace("operate")
    QApplication.processEvents()
    assert bench.operate.states.state == "empty"
    bench.operate.states.empty_page.button.click()
    assert bench.workspace == "plan"


def test_only_the_deputy_governor_accepts(window, bench, qtbot):
    from gui.widgets.buttons import Button

    with qtbot.waitSignal(window.session.changed):
        window.session.do(lambda p: assign_team(p, "zone-1", "team-1"))
    bench.show_workspace("operate")
    QApplication.processEvents()

    def accept():
        buttons = bench.operate.findChildren(Button)
        seen = [b for b in buttons if b.text() == "Accept" and b.isVisibleTo(bench.operate)]
        return seen[0] if seen else None

    qtbot.waitUntil(lambda: accept() is not None)
    assert not accept().isEnabled()
    assert "deputy governor" in accept().toolTip()
    window.session.act_as(DEPUTY)
    qtbot.waitUntil(lambda: accept() is not None and accept().isEnabled())
    with qtbot.waitSignal(window.session.changed):
        accept().click()
    assert window.session.project.all(Assignment)[0].accepted_by == DEPUTY.id


# --- analyse --------------------------------------------------------------------------------------


def test_numbers_stand_beside_their_n_and_their_precision(window, bench, qtbot):
    bench.show_workspace("analyse")
    bench.analyse.scope.choose("plan")
    bench.analyse.refresh_now()
    qtbot.waitUntil(lambda: "n = 3" in said(bench.analyse))
    assert "Commune" in said(bench.analyse)


def test_what_has_no_point_is_never_in_view_and_the_panel_says_so(window, bench, qtbot):
    bench.show_workspace("analyse")
    bench.map.canvas.zoom_to_bounds(103.0, 10.0, 104.5, 11.5)
    qtbot.waitUntil(lambda: "1 allegations of the plan have no point" in said(bench.analyse))
    assert "n = 2" in said(bench.analyse)


# --- layers ---------------------------------------------------------------------------------------


def test_a_layer_is_hidden_moved_and_faded_from_its_row(window, bench, qtbot):
    panel = bench.layer_panel
    panel.rows["sites"].eye.click()
    assert not bench.layers["sites"].visible
    qtbot.waitUntil(lambda: not panel.rows["sites"].layer.visible)
    panel.rows["allegations"].stepped.emit("allegations", 1)
    assert [layer.id.value for layer in bench.layers][:2] == ["sites", "allegations"]
    panel.rows["sites"].more.click()
    panel.rows["sites"].slider.setValue(40)
    assert bench.layers["sites"].opacity == pytest.approx(0.4)


# --- report ---------------------------------------------------------------------------------------


def test_a_report_is_written_and_logged(window, bench, qtbot, tmp_path):
    panel = bench.report
    bench.show_workspace("report")
    panel.set_folder(tmp_path / "out")
    panel.write_now()
    assert panel.state == "loading"
    qtbot.waitUntil(lambda: panel.state != "loading", timeout=60_000)
    assert panel.state == "full", panel.fault.text()
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["province-restricted-en.html", "province-restricted-en.pdf"]
    audit = window.session.on_store_thread(lambda p: p.store.audit()).result()
    assert audit[-1].what == "export"


def test_the_commands_own_grade_is_asked_for_once(window, bench, qtbot, tmp_path):
    from gui.dialogs.confirm import ConfirmDialog

    panel = bench.report
    bench.show_workspace("report")
    panel.grades[Grade.COMMAND].setChecked(True)
    panel.set_folder(tmp_path)
    panel.write_button.click()
    dialog = window.findChild(ConfirmDialog)
    assert dialog.isVisible()
    dialog.reject()
    assert panel.state == "empty"


def test_a_report_that_cannot_be_written_says_why(window, bench, qtbot, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", "utf-8")
    panel = bench.report
    bench.show_workspace("report")
    panel.html.setChecked(False)
    panel.set_folder(blocked)
    panel.write_now()
    qtbot.waitUntil(lambda: panel.state == "error", timeout=60_000)
    assert "Choose another folder" in panel.fault.text()


def test_an_operation_is_never_public(window, bench):
    panel = bench.report
    bench.show_workspace("report")
    panel.kind.choose("operation")
    panel.kind.chosen.emit("operation")
    panel.grades[Grade.PUBLIC].setChecked(True)
    assert not panel.write_button.isEnabled()
    assert "never public" in panel.write_button.toolTip()


# --- start ----------------------------------------------------------------------------------------


def test_a_recent_plan_opens_and_can_be_taken_from_the_list(make_window, qtbot):
    from gui.panels.start import RecentPlan
    from gui.settings import Settings
    from gui.widgets.buttons import IconButton

    made = make_window(remembered=Settings(language="en", recent=["a.gpkg"]))
    entry = made.start.findChild(RecentPlan)
    entry.findChild(IconButton).click()
    assert made.settings.recent == []
    with qtbot.waitSignal(made.session.opened):
        made.start.plan_chosen.emit(Path("b.gpkg"))
    assert made.settings.recent == ["b.gpkg"]


def test_building_the_demonstration_can_be_cancelled(make_window, qtbot, tmp_path):
    import dataclasses
    import threading

    from tests.gui.stage import services_for

    go = threading.Event()

    def build(folder, progress):
        go.wait(5)
        progress.step(1, 2)
        raise InputError("error.zone.gone")

    made = make_window(dataclasses.replace(services_for(tmp_path), build_demo=build))
    qtbot.mouseClick(made.start.demo_button, LEFT)
    assert made.start.states.state == "loading"
    made.start.states.loading_page.button.click()
    go.set()
    qtbot.waitUntil(lambda: made.start.states.state == "full")
