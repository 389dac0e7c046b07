"""The page of waiting rows: what is answered there comes into the plan at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from geo.edit.importing import existing_in, import_edit
from geo.formats.mapping import suggest
from geo.formats.raw import RawTable
from geo.formats.rows import check
from geo.model.entity import Kind
from geo.model.plan import ImportBatch
from gui.models.ask_model import VALUE

SITES = ("code", "name_en", "kind", "lat", "lon")
ROWS = (
    ("W1", "Demo One", "casino", 10.61, 103.53),
    ("W2", "Demo Two", "shop", 103.52, 10.62),
    ("W3", "Demo Three", "shop", 103.54, 10.63),
    ("W4", "Demo Four", "palace", 10.64, 103.55),
)


@pytest.fixture
def window(fresh_window):
    """A window for each test: what one has chosen in it outlasts the plan."""
    return fresh_window


@pytest.fixture
def page(window, bench, qtbot):
    raw = RawTable(
        columns=SITES, cells=tuple(list(c) for c in zip(*ROWS, strict=True)), numbers=[2, 3, 4, 5]
    )

    def build(project):
        existing = existing_in(project, Kind.SITE)
        checked = check(raw, suggest(raw, Kind.SITE), Kind.SITE, existing=existing)
        return import_edit(project, checked, "waiting.csv")

    with qtbot.waitSignal(window.session.changed, timeout=20_000):
        window.session.do(build)
    bench.commands["waiting_rows"].trigger()
    made = bench.drawers.page("waiting")
    qtbot.waitUntil(made.isVisible)
    qtbot.waitUntil(lambda: made.model.rowCount() == 3)
    return made


def codes(window):
    return set(window.session.project.table(Kind.SITE)["code"])


def test_rows_are_grouped_by_what_they_ask(page):
    words = [page.questions.item(i).text() for i in range(page.questions.count())]
    assert words[0] == "3  All questions"
    assert words[1].startswith("2  Latitude: Latitude and longitude stand")
    page.questions.setCurrentRow(1)
    assert page.model.rowCount() == 2


def test_several_rows_are_accepted_at_once_and_taken_back_by_one_undo(page, window, qtbot):
    page.questions.setCurrentRow(1)
    page.asks.table.selectAll()
    with qtbot.waitSignal(window.session.changed, timeout=20_000):
        QTest.mouseClick(page.asks.accept_button, Qt.MouseButton.LeftButton)
    assert {"W2", "W3"} <= codes(window)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    (batch,) = window.session.project.all(ImportBatch)
    assert (batch.imported, batch.waiting) == (3, 1)
    with qtbot.waitSignal(window.session.changed, timeout=20_000):
        window.session.undo()
    assert not {"W2", "W3"} & codes(window)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)


def test_a_word_is_chosen_from_the_list(page, window, qtbot):
    row = next(r for r in range(3) if page.model.has_list(page.model.index(r, VALUE)))
    words = dict(page.model.choices(page.model.index(row, VALUE)))
    with qtbot.waitSignal(window.session.changed, timeout=20_000):
        page.model.setData(page.model.index(row, VALUE), words["Casino"])
    assert "W4" in codes(window)


def test_what_is_answered_while_another_answer_is_written_is_not_lost(page, window, qtbot):
    word = next(r for r in range(3) if page.model.has_list(page.model.index(r, VALUE)))
    words = dict(page.model.choices(page.model.index(word, VALUE)))
    others = [r for r in range(3) if r != word]
    page.model.setData(page.model.index(word, VALUE), words["Casino"])
    assert page.busy
    for row in others:
        page.asks.table.selectRow(row)
        QTest.mouseClick(page.asks.skip_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.states.state == "empty", timeout=20_000)
    (batch,) = window.session.project.all(ImportBatch)
    assert (batch.imported, batch.rejected) == (2, 2)
    assert "W4" in codes(window)


def test_a_wrong_value_stays_to_be_seen_and_nothing_is_changed(page, window, qtbot):
    row = next(r for r in range(3) if page.model.item(r).problem.field == "lat")
    page.model.setData(page.model.index(row, VALUE), "nowhere")
    qtbot.waitUntil(lambda: not page.busy, timeout=20_000)
    assert page.model.index(row, VALUE).data() == "nowhere"
    assert "not a" in page.model.index(row, 4).data()
    assert len(codes(window)) == 4


def test_rows_are_left_out_until_the_page_is_empty(page, window, qtbot):
    page.asks.table.selectAll()
    with qtbot.waitSignal(window.session.changed, timeout=20_000):
        QTest.mouseClick(page.asks.skip_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.states.state == "empty")
    (batch,) = window.session.project.all(ImportBatch)
    assert batch.rows == batch.imported + batch.rejected + batch.waiting
    assert batch.waiting == 0


def test_who_may_not_answer_is_told_why(page, window, qtbot):
    from tests.gui.stage import ANALYST

    window.session.project.user = ANALYST
    page.refresh_now()
    page.asks.table.selectAll()
    assert not page.asks.accept_button.isEnabled()
    assert "Analyst" in page.asks.accept_button.toolTip()
    assert not page.model.flags(page.model.index(0, VALUE)) & Qt.ItemFlag.ItemIsEditable
