"""The section of links: asked in one press, seen on the map and in the graph, typed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from geo.edit.links import remove_link
from geo.edit.persons import ask_next, record_arrest
from geo.model.entity import Kind
from geo.model.network import PersonRef
from gui import i18n
from gui.widgets.buttons import Button
from tests.gui.dossier_hands import field, idle, retype, said, seen
from tests.gui.link_stage import network
from tests.gui.stage import ANALYST

if TYPE_CHECKING:
    from gui.panels.analyse.links import LinksSection
    from gui.panels.analyse.links_page import LinksPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def section(window, bench, qtbot) -> LinksSection:
    bench.show_workspace("analyse")
    bench.analyse.show_section("links")
    made = bench.analyse.section("links")
    qtbot.waitUntil(lambda: made.states.state in {"empty", "full"})
    return made


@pytest.fixture
def do(window, qtbot):
    def act(build):
        with qtbot.waitSignal(window.session.changed, timeout=20_000):
            window.session.do(build)
        idle(window, qtbot)

    return act


@pytest.fixture
def measured(window, section, do, monkeypatch, qtbot) -> LinksSection:
    """The network, measured in this process: the worker has its own test."""
    from geo.analysis.links import job
    from geo.progress import NoProgress

    monkeypatch.setattr(job, "DRAWS", 20)
    monkeypatch.setattr(
        type(window.desk.computing.computer()),
        "run",
        lambda _self, function, skeleton, **_told: function(skeleton, NoProgress()),
    )
    do(network)
    qtbot.waitUntil(section.run_bar.go.isVisible)
    QTest.mouseClick(section.run_bar.go, LEFT)
    qtbot.waitUntil(lambda: section.shown is not None, timeout=20_000)
    qtbot.waitUntil(lambda: section._bench.drawers.shown == "links")  # noqa: SLF001 - its own
    return section


@pytest.fixture
def page(measured, bench) -> LinksPage:
    made = bench.drawers.page("links")
    made.graph.setFocus()
    QApplication.processEvents()
    return made


def row_of(page: LinksPage, row_id: str) -> int:
    return next(n for n, node in enumerate(page.shown.nodes) if node.id == row_id)


def click(page: LinksPage, row: int) -> None:
    QTest.mouseClick(
        page.graph,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
        page.graph.plane.place_of(row).toPoint(),
    )


def test_without_links_it_says_what_to_do(section):
    assert section.states.state == "empty"
    assert "add a link" in said(section)


def test_the_worker_measures_what_is_asked(window, section, do, qtbot):
    do(network)
    qtbot.waitUntil(section.run_bar.go.isVisible)
    QTest.mouseClick(section.run_bar.go, LEFT)
    qtbot.waitUntil(lambda: section.shown is not None, timeout=60_000)
    assert section.shown.links.measures.span.draws == 200
    assert "Where the chain stops: 2." in section.headline.text()
    assert "8 links make 8 connections of 3 sites" in section.statement.words.text()


def test_lines_lie_on_the_map_and_chains_in_the_table_with_method_and_n(window, measured, page):
    findings = window.desk.findings.shown
    assert findings is measured.shown.findings
    # Two sites are linked, and two are joined by a person, who has no place.
    assert [c.count for c in findings.classes] == [0, 0, 1, 1, 0]
    words = " ".join(said.words("en") for said in findings.note)
    assert "5 persons have no place" in words
    told = " ".join(w.words("en") for w in findings.tell("connection-0"))
    assert "a lead and not a finding" in told
    rows = page.chains.rows
    words = [rows.data(rows.index(at, 0)) for at in range(rows.rowCount())]
    assert words == ["P-001 → P-003", "P-002 → P-003"]
    assert [rows.data(rows.index(at, 1)) for at in range(2)] == ["80", "40"]
    assert rows.data(rows.index(0, 2)) == "stops with an arrest"


def test_the_next_question_of_a_stop_is_typed_where_it_stands_and_undone(window, page, qtbot):
    words = said(page.stops)
    assert "40 days since" in words
    assert "2 below, 3 connections, confidence 40 % – 80 %" in words
    assert "Who paid?" in words
    assert "No next question, and nobody who asks it." in words
    assert "Perhaps by way of: P-005" in words
    retype(field(page.stops, "question-p-3"), "Who led to whom?")
    idle(window, qtbot)
    now = lambda: window.session.project.get(PersonRef, "p-3")  # noqa: E731 - asked again
    assert (now().next_question, now().asked_by) == ("Who led to whom?", "Court (demo)")
    qtbot.waitUntil(lambda: "Who led to whom?" in said(page.stops))
    assert not window.desk.findings.stale
    window.session.undo()
    idle(window, qtbot)
    assert now().next_question == "Who paid?"


def test_who_has_no_question_gets_one_by_a_button(window, page, qtbot):
    from gui.dialogs.person import AskDialog

    (button,) = seen(page.stops, Button, "stop-ask-p-4")
    QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(AskDialog)))
    dialog = window.findChildren(AskDialog)[-1]
    dialog.asked_by.setText("Court (demo)")
    assert not dialog.accept_button.isEnabled()
    dialog.question.setText("Where to?")
    with qtbot.waitSignal(window.session.changed):
        QTest.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: "Where to?" in said(page.stops))


def test_a_clicked_node_or_connection_is_chosen_everywhere_and_back(window, bench, page):
    row = row_of(page, "p-3")
    click(page, row)
    assert window.desk.selection.one(Kind.PERSON_REF) == "p-3"
    assert bench.dossier.title.text() == "P-003"
    assert page.between.rows.key_at(page.between.currentIndex().row()) == str(row)
    window.desk.selection.select(Kind.SITE, ["site-2"])
    assert page.graph.chosen == row_of(page, "site-2")
    window.desk.selection.clear()
    assert page.graph.chosen == -1
    pairs = page.shown.links.network.pairs.tolist()
    both = sorted(row_of(page, i) for i in ("site-1", "site-2"))
    row = pairs.index(both)
    ends = [page.graph.plane.place_of(n) for n in both]
    middle = QPointF((ends[0] + ends[1]) / 2).toPoint()
    QTest.mouseClick(page.graph, LEFT, Qt.KeyboardModifier.NoModifier, middle)
    assert window.desk.findings.shape == f"connection-{row}"
    window.desk.findings.choose("")
    window.desk.findings.choose(f"connection-{row}")
    assert page.graph._look.connection == row  # noqa: SLF001 - what it paints


def test_arrows_walk_keys_zoom_and_the_pointer_drags(window, page):
    QTest.keyClick(page.graph, Qt.Key.Key_Right)
    first = page.graph.chosen
    assert first == page.shown.links.ranked[0]
    walked = {first}
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(page.graph, key)
        walked.add(page.graph.chosen)
    assert len(walked) > 2
    fitted = page.graph.plane.place_of(0)
    QTest.keyClick(page.graph, Qt.Key.Key_Plus)
    QTest.keyClick(page.graph, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.graph.plane.place_of(0) != fitted
    QTest.keyClick(page.graph, Qt.Key.Key_0)
    assert page.graph.plane.place_of(0) == fitted
    assert "connections" in page.graph.accessibleDescription()
    window.desk.selection.clear()
    before = page.graph.plane.place_of(0)
    start = page.graph.rect().center()
    QTest.mousePress(page.graph, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(page.graph, start + QPointF(30, 10).toPoint())
    QTest.mouseRelease(page.graph, LEFT, Qt.KeyboardModifier.NoModifier, start)
    moved = page.graph.plane.place_of(0) - before
    assert (moved.x(), moved.y()) == pytest.approx((30, 10))
    assert window.desk.selection.ids == ()


def test_an_arrest_renews_the_stops_and_another_link_makes_the_result_old(
    window, measured, page, do, qtbot
):
    before = measured.shown.links.measures
    do(lambda p: record_arrest(p, "p-3", None))
    qtbot.waitUntil(lambda: len(measured.shown.links.chains.stops) == 1)
    assert measured.shown.links.measures is before
    assert not window.desk.findings.stale
    do(lambda p: remove_link(p, "link-0"))
    qtbot.waitUntil(lambda: window.desk.findings.stale)
    assert page.stale.isVisible()
    assert measured.stale.isVisible()


def test_what_is_being_typed_outlasts_a_change(window, page, do, qtbot):
    made = field(page.stops, "question-p-3")
    QTest.mouseClick(made.shown, LEFT)
    made.editor.setText("Half a quest")
    do(lambda p: ask_next(p, "p-4", "Other?"))
    assert made.editing
    assert made.editor.text() == "Half a quest"


def test_who_may_only_read_is_told_why(window, measured, page, qtbot):
    window.session.project.user = ANALYST
    window.session.user_changed.emit()
    qtbot.waitUntil(lambda: "Analyst" in measured.add.toolTip())
    asks = lambda: seen(page.stops, Button, "stop-ask-p-4")  # noqa: E731 - asked again
    qtbot.waitUntil(lambda: [button.isEnabled() for button in asks()] == [False])


def test_everything_is_said_in_khmer_too(window, page, measured, qtbot):
    window.set_language("km")
    QApplication.processEvents()
    assert "ខ្សែសង្វាក់ដាច់៖ ២" in measured.headline.text()
    qtbot.waitUntil(lambda: "៤០ ថ្ងៃកន្លងមក" in said(page.stops))
    assert i18n.language() == "km"


def test_a_closed_plan_leaves_nothing_of_the_network(window, page, measured):
    window.session.close()
    assert measured.shown is None
    assert page.shown is None
    assert page.chains.rows.rowCount() == 0
