from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.vocabulary import LegalStatus
from gui.widgets.texts import Chip, Data, shown_path
from tests.gui.stage import PLANNER, services_for

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(fresh_window):
    """A window for each test: what one has chosen in it outlasts the plan."""
    return fresh_window


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


def test_reading_an_allegation_is_logged_once_and_signed(window, bench):
    def log():
        return window.session.on_store_thread(lambda p: p.store.audit()).result()

    window.desk.selection.select(Kind.SITE, ["site-1"])
    before = len(log())
    window.desk.selection.select(Kind.ALLEGATION, ["allegation-1"])
    bench.dossier.refresh_now()
    read = log()[before:]
    assert [(row.what, row.actor) for row in read] == [("read", PLANNER.id)]
    assert read[0].details == {"kind": "allegation", "row": "allegation-1"}
    assert read[0].signature


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

    with qtbot.waitSignal(bench.zones.drawn) as told:
        bench.zones.draw(box(103.7, 10.7, 103.8, 10.8))
    assert window.desk.selection.one(Kind.ZONE) == told.args[0]
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    qtbot.waitUntil(lambda: not window.desk.selection.ids)


# --- analyse --------------------------------------------------------------------------------------


def test_numbers_stand_beside_their_n_and_their_precision(window, bench, qtbot):
    bench.show_workspace("analyse")
    bench.analyse.section("overview").scope.choose("plan")
    bench.analyse.section("overview").refresh_now()
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
    assert [layer.id.value for layer in bench.layers][1:3] == ["sites", "allegations"]
    panel.rows["sites"].more.click()
    panel.rows["sites"].slider.setValue(40)
    assert bench.layers["sites"].opacity == pytest.approx(0.4)


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


def test_no_path_of_this_machine_is_shown_among_the_recent_plans():
    assert shown_path(Path.home() / "Documents" / "plans") == str(Path("~/Documents/plans"))
    assert shown_path(Path("/media/somebody/stick/plans")) == str(Path("…/stick/plans"))
    assert shown_path(Path("/media/stick")) == str(Path("/media/stick"))
