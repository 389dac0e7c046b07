from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton

from geo.analysis.density.result import AreaOnly
from geo.analysis.evidence import Weighting
from geo.compute import Computer
from geo.edit.allegations import grade
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.allegation import Allegation
from geo.model.entity import LonLat
from geo.model.vocabulary import (
    AllegationKind,
    Credibility,
    Grade,
    Precision,
    Reliability,
)
from gui import i18n
from gui.computing import Computing
from gui.models.hotspot_asked import Method
from layers.style import Hatch
from tests.gui.stage import PLANNER, plan_store, services_for

LEFT = Qt.MouseButton.LeftButton
HOT = (103.53, 10.63)
"""Around here most of what is alleged lies."""
MANY, WIDE = 60, 20
PATIENCE_MS = 60_000


def alleged(n: int, where: tuple[float, float], spread: float, seed: int) -> list[Allegation]:
    """Fictional allegations around a place."""
    rng = np.random.default_rng(seed)
    return [
        Allegation(
            id=f"a-{seed}-{i}",
            reference=f"DEMO-{seed}-{i}",
            received_on=date(2022, 9, 1) + timedelta(days=i % 25),
            kinds=(AllegationKind.FORCED_LABOUR if i % 3 else AllegationKind.TORTURE,),
            point=LonLat(*(np.array(where) + rng.normal(0, spread, 2)).tolist()),
            precision=Precision.POINT,
            accuracy_m=30.0,
            reliability=Reliability.B,
            credibility=Credibility.TWO,
        )
        for i in range(n)
    ]


def by_district(n: int) -> list[Allegation]:
    """Fictional allegations known by a district only."""
    return [
        Allegation(
            id=f"d-{i}",
            reference=f"DEMO-D-{i}",
            received_on=date(2022, 9, 1),
            kinds=(AllegationKind.FORCED_LABOUR,),
            precision=Precision.DISTRICT,
            admin_code="1802",
        )
        for i in range(n)
    ]


def store_of(*rows: Allegation):
    store = plan_store(empty=True)
    deltas = (inserting(rows),) if rows else ()
    store.commit(Edit(verb=Verb.IMPORT, params={"file": "d.csv"}, deltas=deltas, actor=PLANNER.id))
    return store


@pytest.fixture(scope="module")
def computer():
    """The worker of heavy computing: one for all windows here, as it is warm once for a user."""
    with Computer() as made:
        yield made


@pytest.fixture(autouse=True)
def one_worker(computer, monkeypatch):
    monkeypatch.setattr(Computing, "computer", lambda _self: computer)
    monkeypatch.setattr(Computing, "close", lambda _self: None)


@pytest.fixture
def open_window(make_window, qtbot, tmp_path):
    def opened(*rows: Allegation):
        made = make_window(services_for(tmp_path, store_of(*rows)))
        with qtbot.waitSignal(made.session.opened, timeout=20_000):
            made.open_plan(Path("hot.gpkg"))
        made.workbench.show_workspace("analyse")
        made.workbench.analyse.show_section("hotspots")
        QApplication.processEvents()
        return made

    return opened


@pytest.fixture
def hot(open_window):
    """The window over a plan with one place where much is alleged, and some of it vaguely."""
    rows = alleged(MANY, HOT, 0.006, 1) + alleged(20, (103.66, 10.72), 0.02, 2) + by_district(WIDE)
    return open_window(*rows)


@pytest.fixture
def section(hot):
    return hot.workbench.analyse.section("hotspots")


def computed(section, qtbot):
    """Press the button and wait for what comes of it."""
    qtbot.mouseClick(section.run_bar.go, LEFT)
    qtbot.waitUntil(lambda: not section.run_bar.busy, timeout=PATIENCE_MS)
    return section.shown


def test_the_first_press_of_the_button_finds_where_much_is_alleged(hot, section, qtbot):
    shown = computed(section, qtbot)
    assert shown is not None, section.run_bar.refusal.text()
    page = hot.workbench.drawers.page("hotspots")
    assert page.table.rows.rowCount() == len(shown.rows.keys) > 300
    first = page.table.rows
    place, name = first.index(0, 0).data(), first.index(0, 1).data()
    assert place.startswith("near ")
    assert name == "Hotspot (sure)"
    west, south, east, north = hot.desk.findings.shown.bounds_of(first.key_at(0))
    from layers.view import to_mercator

    x, y = to_mercator(*HOT)
    assert max(abs((west + east) / 2 - x), abs((south + north) / 2 - y)) < 6_000


def test_a_result_says_what_it_rests_on_and_what_is_unsure(section, qtbot):
    shown = computed(section, qtbot)
    said = section.statement.words.text()
    assert "Getis-Ord" in said
    assert "100 allegations" in said
    assert "B2 80" in said
    assert "by a district 20" in said
    assert (
        "20 of the 100 allegations are known by an area only" in section.statement.warnings.text()
    )
    for each in shown.findings.classes:
        hatched = each.area.hatch is Hatch.RISING
        assert hatched == each.label.words("en").endswith("(unsure)")
    section.form.weigh.setChecked(True)
    assert section.otherwise.isVisibleTo(section)
    section.form.weigh.setChecked(False)
    assert not section.otherwise.isVisibleTo(section)
    i18n.set_language("km")
    assert "ចំណុចក្តៅ" in section.headline.text()
    assert "២០" in section.statement.warnings.text()
    assert section.form.method.currentText() == i18n.tr("hot.method.gi_star")
    assert section.area.widget().minimumSizeHint().width() <= section.area.viewport().width()


def test_a_row_chooses_its_cell_and_a_cell_its_row(hot, section, qtbot):
    computed(section, qtbot)
    bench = hot.workbench
    qtbot.mouseClick(section.table_button, LEFT)
    page = bench.drawers.page("hotspots")
    assert bench.drawers.shown == "hotspots"
    model, table = page.table.rows, page.table
    qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(model.index(2, 0)).center())
    assert hot.desk.findings.shape == model.key_at(2)
    assert bench.map.canvas.chosen_finding == model.key_at(2)
    other = model.key_at(40)
    bench.map.canvas.picked_finding(other)
    assert model.key_at(table.currentIndex().row()) == other
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert hot.desk.findings.shape == model.key_at(41)
    heads = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    stays = heads.index("Stays, %")
    for order in Qt.SortOrder:
        model.sort(stays, order)
        said = [model.index(row, stays).data() for row in range(model.rowCount())]
        known = [word for word in said if word != "–"]
        assert said[: len(known)] == known  # what nobody knows stands last either way
    assert model.key_at(table.currentIndex().row()) == hot.desk.findings.shape
    hot.desk.findings.clear()
    assert section.map_button.isVisibleTo(section)
    qtbot.mouseClick(section.map_button, LEFT)
    assert hot.desk.findings.is_of("hotspots")


def test_too_little_is_refused_with_what_to_do_next(open_window, qtbot):
    made = open_window(*alleged(12, HOT, 0.01, 1))
    section = made.workbench.analyse.section("hotspots")
    assert computed(section, qtbot) is None
    said = section.run_bar.refusal.text()
    assert "at least 30" in said
    assert "12" in said
    assert "Choose a larger area" in said
    assert made.desk.findings.shown is None
    i18n.set_language("km")
    assert "៣០" in section.run_bar.refusal.text()


def test_without_an_allegation_the_section_says_how_to_get_some(open_window):
    section = open_window().workbench.analyse.section("hotspots")
    assert section.states.state == "empty"
    assert "Import" in section.states.empty_page.text.text()


def test_the_form_asks_for_what_it_shows(section):
    form = section.form
    form.fold.head.click()
    assert form.rate.isVisibleTo(section)
    assert not form.radius.isVisibleTo(section)
    assert not form.weights.isVisibleTo(section)
    form.weigh.click()
    assert form.weights.isVisibleTo(section)
    words = {label.text() for label in form.weights.findChildren(QLabel)}
    assert {"2.25", "1.00", "0.25"} <= words
    form.choose(Method.KDE)
    assert not form.rate.isVisibleTo(section)
    assert form.radius.isVisibleTo(section)
    assert form.asked().area_only is AreaOnly.LEAVE_OUT  # a density is of points to begin with
    form.choose(Method.GI_STAR)
    assert form.asked().area_only is AreaOnly.SPREAD
    form.area_only.findChildren(QPushButton)[1].click()
    form.choose(Method.LOCAL_MORAN)
    form.period.setCurrentIndex(form.period.findData("own"))
    form.since.show_day(date(2022, 9, 3))
    form.until.show_day(date(2022, 9, 9))
    form.kind.setCurrentIndex(form.kind.findData(AllegationKind.TORTURE.value))
    asked = form.asked()
    assert asked.weighting is Weighting.GRADE
    assert asked.area_only is AreaOnly.LEAVE_OUT
    assert (asked.since, asked.until) == (date(2022, 9, 3), date(2022, 9, 9))
    assert asked.kind is AllegationKind.TORTURE


def test_densities_and_clusters_are_of_one_kind_and_say_that_they_are_no_test(section, qtbot):
    kind = section.form.kind
    kind.setCurrentIndex(kind.findData(AllegationKind.FORCED_LABOUR.value))
    n = WIDE + sum(1 for i in range(MANY) if i % 3) + sum(1 for i in range(20) if i % 3)
    for method in (Method.KDE, Method.DBSCAN):
        section.form.choose(method)
        shown = computed(section, qtbot)
        assert shown is not None, section.run_bar.refusal.text()
        assert shown.asked.method is method
        assert "No test" in section.statement.warnings.text()
        assert "20" in section.statement.warnings.text()  # known by a district only
        assert f"{n} allegations" in section.statement.words.text()
        assert shown.findings.areas.keys == shown.rows.keys


def test_what_is_shown_outlives_a_stop_and_says_that_an_edit_made_it_old(hot, section, qtbot):
    before = computed(section, qtbot)
    section.form.choose(Method.LOCAL_MORAN)
    qtbot.mouseClick(section.run_bar.go, LEFT)
    assert section.run_bar.busy
    assert section.run_bar.stop.isVisible()
    qtbot.keyClick(section.run_bar.stop, Qt.Key.Key_Space)
    assert not section.run_bar.busy
    assert section.shown is before
    assert section.run_bar.go.isVisible()
    assert not section.run_bar.refusal.isVisible()
    with qtbot.waitSignal(hot.session.changed):
        hot.session.do(
            lambda plan: grade(plan, "a-1-0", reliability=Reliability.C), lambda _edit: None
        )
    qtbot.waitUntil(lambda: section.stale.isVisibleTo(section), timeout=2_000)
    assert hot.desk.findings.stale


def test_the_section_is_worked_by_keys_alone(hot, section, qtbot):
    hot.activateWindow()
    qtbot.waitUntil(hot.isActiveWindow)
    qtbot.keyClick(hot, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is hot.workbench.analyse.buttons["hotspots"]
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is section.run_bar.go:
            break
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert section.run_bar.busy
    qtbot.waitUntil(lambda: not section.run_bar.busy, timeout=PATIENCE_MS)
    assert section.shown is not None


def test_a_result_leaves_at_the_grade_command_only_and_each_copy_is_logged(
    hot, section, qtbot, tmp_path
):
    from gui.acts.results import ResultActs
    from gui.dialogs.export_result import ExportResultDialog

    computed(section, qtbot)
    asked = []
    acts = next(a for a in hot.workbench.acts if isinstance(a, ResultActs))
    hot.desk.intents._acts["result.export"] = asked.append  # noqa: SLF001 - no dialog of the system
    qtbot.mouseClick(section.export_button, LEFT)
    (leaving,) = asked
    dialog = ExportResultDialog(leaving, hot)
    qtbot.addWidget(dialog)
    dialog.show()
    buttons = {b.text(): b for b in dialog.grade.findChildren(QRadioButton)}
    assert [b.isEnabled() for b in buttons.values()] == [True, False, False]
    assert not dialog.accept_button.isEnabled()
    next(iter(buttons.values())).click()
    dialog.format.choose(".csv")
    with qtbot.waitSignal(dialog.ready) as told:
        qtbot.mouseClick(dialog.accept_button, LEFT)
    (wanted,) = told.args
    assert (wanted.grade, wanted.suffix) == (Grade.COMMAND, ".csv")
    rows, paper = tmp_path / "hot.csv", tmp_path / "hot.html"
    acts.write(leaving, wanted.grade, rows)
    qtbot.waitUntil(rows.exists, timeout=PATIENCE_MS)
    written = rows.read_text("utf-8-sig")
    assert "Hotspot (sure)" in written
    assert "Getis-Ord" in written
    acts.write(leaving, wanted.grade, paper)
    qtbot.waitUntil(paper.exists, timeout=PATIENCE_MS)
    assert "Getis-Ord" in paper.read_text("utf-8")
    copies = [row.what for row in hot.session.project.store.audit()]
    assert copies.count("export") == 2
