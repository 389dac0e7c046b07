"""The import wizard as its user has it: by mouse and keyboard, with the real worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from geo.errors import StoreError
from geo.model.entity import Kind
from geo.model.plan import ImportBatch, ImportRow
from gui.dialogs.import_columns import FIELD
from gui.dialogs.import_file import ImportDialog
from gui.dialogs.import_words import MEANS
from gui.models.ask_model import READY, VALUE

if TYPE_CHECKING:
    from pathlib import Path

CSV = """code,name_en,kind,latitude,longitude,telephone
NEW-1,Demo One,casino,10.61,103.52,012 345 678
NEW-2,Demo Two,shop,103.53,10.62,012 345 679
NEW-3,Demo Three,shop,95.0,103.53,012 345 670
"""
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def register(tmp_path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(CSV, "utf-8")
    return path


@pytest.fixture
def wizard(window, bench, qtbot):
    """Opens the wizard on a file and waits for its first page."""

    def begin(path: Path, step: str = "sheet") -> ImportDialog:
        bench.edits.import_file(path)
        dialog = window.findChildren(ImportDialog)[-1]
        qtbot.waitUntil(lambda: dialog.step in {step, "error"}, timeout=30_000)
        assert dialog.step == step
        return dialog

    return begin


@pytest.fixture
def go_on(qtbot):
    """Goes on to a step."""

    def go(dialog: ImportDialog, *steps: str) -> None:
        for step in steps:
            dialog.next_button.click()
            qtbot.waitUntil(lambda step=step: dialog.step in {step, "error"}, timeout=30_000)
            assert dialog.step == step

    return go


def click(table, row, column):
    rect = table.visualRect(table.model().index(row, column))
    QTest.mouseClick(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, rect.center())


def state_of(dialog, row):
    model = dialog.summary.model
    return model.state(model.item(row))


def test_a_file_becomes_one_edit_after_its_rows_were_accounted_for(
    window, qtbot, register, wizard, go_on
):
    dialog = wizard(register)
    go_on(dialog, "map")
    assert dialog.mapping.model.fields["code"] == "code"
    assert dialog.mapping.model.never == {"telephone"}
    go_on(dialog, "summary")
    checked = dialog.checked
    assert checked.rows == 3
    assert checked.imported + len(checked.rejected) + len(checked.waiting) == checked.rows
    assert dialog.summary.model.rowCount() == checked.rows - checked.imported == 2
    before = len(window.session.project.table(Kind.SITE))
    go_on(dialog, "done")
    sites = window.session.project.table(Kind.SITE)
    assert len(sites) == before + checked.imported
    assert set(sites["legal_status"]) == {"unverified"}
    with qtbot.waitSignal(window.session.changed):
        window.session.undo()
    assert len(window.session.project.table(Kind.SITE)) == before
    dialog.next_button.click()


def test_the_last_button_closes_the_wizard(qtbot, register, wizard, go_on):
    dialog = wizard(register)
    for step in ("map", "summary", "done"):
        go_on(dialog, step)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)


def test_a_row_is_corrected_in_place_and_another_accepted(window, qtbot, register, wizard, go_on):
    dialog = wizard(register)
    go_on(dialog, "map", "summary")
    table = dialog.summary.table
    click(table, 0, 0)
    assert dialog.summary.asks.accept_button.text() == "Exchange the axes (1)"
    QTest.mouseClick(dialog.summary.asks.accept_button, LEFT)
    qtbot.waitUntil(lambda: state_of(dialog, 0) == READY, timeout=20_000)
    table.setCurrentIndex(table.model().index(1, VALUE))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    QTest.keyClicks(editor, "10.63")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state_of(dialog, 1) == READY, timeout=20_000)
    assert dialog.next_button.text() == "Import 3 rows"
    go_on(dialog, "done")
    (batch,) = window.session.project.all(ImportBatch)
    assert (batch.rows, batch.imported, batch.rejected, batch.waiting) == (3, 3, 0, 0)
    dialog.accept()


def test_a_wrong_correction_is_told_at_once_and_can_be_taken_back(qtbot, register, wizard, go_on):
    dialog = wizard(register)
    go_on(dialog, "map", "summary")
    model, asks = dialog.summary.model, dialog.summary.asks
    model.setData(model.index(1, VALUE), "far away")
    qtbot.waitUntil(lambda: "not a coordinate" in model.index(1, 4).data(), timeout=20_000)
    asks.select_rows([0, 1])
    QTest.mouseClick(asks.skip_button, LEFT)
    assert {state_of(dialog, r) for r in (0, 1)} == {"left_out"}
    qtbot.waitUntil(lambda: len(dialog.checked.rejected) == 2, timeout=20_000)
    assert dialog.checked.waiting == ()
    asks.select_rows([0])
    QTest.mouseClick(asks.back_button, LEFT)
    qtbot.waitUntil(lambda: len(dialog.checked.waiting) == 1, timeout=20_000)
    assert state_of(dialog, 0) == "waiting"
    dialog.reject()


def test_a_click_makes_another_line_the_header(tmp_path, wizard, go_on):
    path = tmp_path / "odd.csv"
    lines = ("code,name,lat,lon", "a,b,c,d", "code of it,name of it,latitude,longitude")
    path.write_text("\n".join((*lines, "N1,Inn,10.61,103.52\n")), "utf-8")
    dialog = wizard(path)
    assert dialog.sheets.model.header == (1, 1)
    click(dialog.sheets.lines, 2, 1)
    assert dialog.sheets.model.header == (3, 1)
    go_on(dialog, "map")
    assert dialog.mapping.model.columns[0] == "code of it"
    assert len(dialog.opened.raw) == 1
    dialog.back_button.click()
    assert dialog.step == "sheet"
    dialog.sheets.lines.setCurrentIndex(dialog.sheets.model.index(0, 0))
    QTest.keyClick(dialog.sheets.lines, Qt.Key.Key_Return)
    assert dialog.sheets.model.header == (1, 1)
    dialog.reject()


def test_sheets_are_ticked_and_one_at_least(tmp_path, wizard, go_on):
    book = openpyxl.Workbook()
    for n, name in enumerate(("Jan", "Feb")):
        sheet = book.active if n == 0 else book.create_sheet()
        sheet.title = name
        sheet.append(["code", "name", "lat", "lon"])
        sheet.append([f"N{n}", "Inn", 10.61, 103.52])
    path = tmp_path / "months.xlsx"
    book.save(path)
    dialog = wizard(path)
    assert dialog.sheets.chosen() == ["Jan", "Feb"]
    for n in (0, 1):
        dialog.sheets.sheets.item(n).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.next_button.isEnabled()
    assert "Tick" in dialog.next_button.toolTip()
    dialog.sheets.sheets.item(1).setCheckState(Qt.CheckState.Checked)
    go_on(dialog, "map")
    assert dialog.opened.raw.sheets == ["Feb"]
    dialog.reject()


def test_a_column_gets_its_field_by_one_click_and_two_never_take_one(register, wizard, go_on):
    dialog = wizard(register)
    go_on(dialog, "map")
    page = dialog.mapping
    click(page.table, page.model.columns.index("kind"), FIELD)
    editor = page.table.viewport().findChild(QComboBox)
    editor.setCurrentIndex(editor.findData("code"))
    editor.activated.emit(editor.currentIndex())
    assert page.model.fields["kind"] == "code"
    assert page.model.fields["code"] == ""
    dialog.reject()


def test_the_way_dates_and_coordinates_are_read_is_shown(tmp_path, wizard, go_on):
    path = tmp_path / "visits.csv"
    path.write_text(
        "code,name,easting,northing,visited_on\nN1,Inn,338000,1174000,02/03/2022\n", "utf-8"
    )
    dialog = wizard(path)
    go_on(dialog, "map")
    page = dialog.mapping
    assert "2 Mar 2022" in page.date_words.text()
    page.dates.setCurrentIndex(page.dates.findData("mdy"))
    page.dates.activated.emit(1)
    assert "3 Feb 2022" in page.date_words.text()
    assert "UTM 48N?" in page.place_words.text()
    page.crs.setCurrentIndex(page.crs.findData("EPSG:32648"))
    page.crs.activated.emit(1)
    assert "10.61" in page.place_words.text()
    dialog.reject()


def test_words_get_a_meaning_that_is_remembered_for_next_month(
    window, tmp_path, qtbot, wizard, go_on
):
    path = tmp_path / "feb.csv"
    path.write_text(CSV.replace("casino", "palace"), "utf-8")
    dialog = wizard(path)
    go_on(dialog, "map", "words")
    click(dialog.words.table, 0, MEANS)
    editor = dialog.words.table.viewport().findChild(QComboBox)
    editor.setCurrentIndex(editor.findData("casino"))
    editor.activated.emit(editor.currentIndex())
    assert dialog.words.answers() == {"kind": {"palace": "casino"}}
    go_on(dialog, "summary")
    assert dialog.checked.imported == 1
    go_on(dialog, "done")
    dialog.accept()
    again = tmp_path / "mar.csv"
    again.write_text(CSV.replace("casino", "palace").replace("NEW", "MAR"), "utf-8")
    dialog = wizard(again)
    go_on(dialog, "map")
    assert "feb.csv" in dialog.mapping.before_words.text()
    go_on(dialog, "summary")
    assert dialog.checked.imported == 1
    dialog.back_button.click()
    assert dialog.step == "map"
    dialog.mapping.afresh.click()
    go_on(dialog, "words")
    dialog.reject()


def test_rows_that_are_held_back_are_saved_and_logged(
    window, qtbot, register, tmp_path, wizard, go_on, monkeypatch
):
    dialog = wizard(register)
    go_on(dialog, "map", "summary")
    wanted = tmp_path / "rejects.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(wanted), ""))
    dialog.summary.save_button.click()
    qtbot.waitUntil(wanted.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not window.workbench.desk.runner.busy(), timeout=20_000)
    rows = window.session.on_store_thread(lambda p: list(p.store.audit())).result()
    assert any("rejects" in str(row) for row in rows)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(register), ""))
    dialog.summary.save_button.click()
    qtbot.waitUntil(dialog.summary.fault.isVisible, timeout=20_000)
    assert register.read_text("utf-8") == CSV
    dialog.reject()


def test_a_file_that_cannot_be_used_says_why_and_changes_nothing(window, bench, qtbot, tmp_path):
    path = tmp_path / "nothing.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    bench.edits.import_file(path)
    dialog = window.findChild(ImportDialog)
    qtbot.waitUntil(lambda: dialog.step == "error", timeout=30_000)
    dialog.back_button.click()
    assert dialog.step == "choose"
    dialog.reject()
    assert not window.session.busy


def test_an_import_that_the_disk_refused_can_be_tried_again(
    window, qtbot, register, wizard, go_on, monkeypatch
):
    def refuse(edit, signer=None, contents=None):
        raise StoreError("error.store.disk_full")

    dialog = wizard(register)
    go_on(dialog, "map", "summary")
    store = window.session.project.store
    monkeypatch.setattr(store, "commit", refuse)
    dialog.next_button.click()
    qtbot.waitUntil(lambda: dialog.step == "error", timeout=30_000)
    dialog.back_button.click()
    assert dialog.step == "summary"
    monkeypatch.delattr(store, "commit")
    go_on(dialog, "done")
    assert "NEW-1" in set(window.session.project.table(Kind.SITE)["code"])
    dialog.accept()


def test_a_cancelled_import_leaves_nothing(window, bench, register, qtbot):
    bench.edits.import_file(register)
    dialog = window.findChild(ImportDialog)
    assert dialog.step == "loading"
    dialog.cancel_button.click()
    qtbot.waitUntil(lambda: not bench.desk.runner.busy(), timeout=20_000)
    assert window.session.project.all(ImportBatch) == ()
    assert window.session.project.all(ImportRow) == ()


def test_closing_the_window_ends_an_import_under_way(make_window, qtbot, register, tmp_path):
    from pathlib import Path

    window = make_window()
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        window.open_plan(Path("demo.gpkg"))
    project = window.session.project
    window.workbench.edits.import_file(register)
    window.close()
    assert project.all(ImportBatch) == ()


def test_the_wizard_changes_its_language_on_every_page(window, register, wizard, go_on):
    dialog = wizard(register)
    for steps in ((), ("map",), ("summary",)):
        go_on(dialog, *steps)
        window.set_language("km")
        assert "Next" not in dialog.next_button.text()
        window.set_language("en")
    assert dialog.summary.model.index(0, 1).data() == "Waiting"
    dialog.reject()


def test_what_was_read_for_one_plan_never_comes_into_another(window, wizard, register):
    dialog = wizard(register)
    window.session.close()
    assert not dialog.isVisible()


@pytest.mark.parametrize("language", ["en", "km"])
def test_the_wizard_fits_a_small_window_with_all_of_its_buttons(
    window, wizard, go_on, register, language
):
    window.set_language(language)
    window.resize(1024, 640)
    dialog = wizard(register)
    go_on(dialog, "map", "summary")
    assert dialog.width() <= window.width()
    assert dialog.height() <= window.height()
    assert dialog.rect().contains(dialog.next_button.geometry())
    dialog.reject()
