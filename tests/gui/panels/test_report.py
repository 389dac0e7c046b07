from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from geo.errors import StoreError
from geo.model.vocabulary import Grade
from gui.widgets.texts import Data

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(fresh_window):
    """A window for each test: what one has chosen in it outlasts the plan."""
    return fresh_window


def said(panel):
    return " ".join(label.text() for label in panel.findChildren(Data) if label.isVisibleTo(panel))


# --- report ---------------------------------------------------------------------------------------


def test_a_report_is_written_and_logged(window, bench, qtbot, tmp_path):
    panel = bench.report
    bench.show_workspace("report")
    panel.set_folder(tmp_path / "out")
    panel.write_now()
    assert panel.state == "loading"
    qtbot.waitUntil(lambda: panel.state != "loading", timeout=60_000)
    assert panel.state == "full", panel.fault.text()
    files = sorted((tmp_path / "out").iterdir())
    assert [path.suffix for path in files] == [".html", ".pdf"]
    assert all(path.name.startswith("province-restricted-en-") for path in files)
    audit = window.session.on_store_thread(lambda p: p.store.audit()).result()
    logged = {row.what: row for row in audit[-2:]}
    assert set(logged) == {"print", "export"}
    assert all(row.signature for row in logged.values())
    page = (tmp_path / "out" / files[0].name).read_bytes()
    assert logged["export"].details["sha256"] == hashlib.sha256(page).hexdigest()


def test_a_second_report_does_not_replace_the_first(tmp_path):
    from gui.report_files import free_stem

    assert free_stem(tmp_path, "report", [".pdf", ".html"]) == "report"
    (tmp_path / "report.html").write_text("first")
    assert free_stem(tmp_path, "report", [".pdf", ".html"]) == "report-2"
    assert free_stem(tmp_path, "report", [".pdf"]) == "report"


def test_a_report_that_cannot_be_logged_is_not_written(window, bench, qtbot, tmp_path, monkeypatch):
    def refuse(event, signer=None):
        raise StoreError("error.store.disk_full")

    monkeypatch.setattr(window.session.project.store, "record", refuse)
    panel = bench.report
    bench.show_workspace("report")
    panel.pdf.setChecked(False)
    panel.set_folder(tmp_path / "out")
    panel.write_now()
    qtbot.waitUntil(lambda: panel.state == "error", timeout=60_000)
    assert "disk is full" in panel.fault.text()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_report_speaks_as_the_window_until_its_language_is_chosen(window, bench, qtbot):
    bench.show_workspace("report")
    QApplication.processEvents()
    assert bench.report.language.choice() == "en"
    window.set_language("km")
    qtbot.waitUntil(lambda: bench.report.language.choice() == "km")
    bench.report.language.choose("en")
    bench.report.language.chosen.emit("en")
    window.set_language("en")
    window.set_language("km")
    QApplication.processEvents()
    assert bench.report.language.choice() == "en"


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
    assert "Choose another place" in panel.fault.text()


def test_an_operation_is_never_public(window, bench):
    panel = bench.report
    bench.show_workspace("report")
    panel.kind.choose("operation")
    panel.kind.chosen.emit("operation")
    panel.grades[Grade.PUBLIC].setChecked(True)
    assert not panel.write_button.isEnabled()
    assert "never public" in panel.write_button.toolTip()


def test_an_analysis_is_for_the_command_alone(window, bench):
    panel = bench.report
    bench.show_workspace("report")
    panel.kind.choose("analysis")
    panel.kind.chosen.emit("analysis")
    assert panel.about.report == "hotspots"
    assert not panel.write_button.isEnabled()
    assert "command alone" in panel.write_button.toolTip()
    panel.grades[Grade.COMMAND].setChecked(True)
    assert panel.write_button.isEnabled()


def test_the_report_of_an_analysis_is_computed_and_written(window, bench, qtbot, tmp_path):
    panel = bench.report
    bench.show_workspace("report")
    panel.kind.choose("analysis")
    panel.kind.chosen.emit("analysis")
    panel.about.analysis.setCurrentIndex(panel.about.analysis.findData("scoreboard"))
    panel.grades[Grade.COMMAND].setChecked(True)
    panel.html.setChecked(False)
    panel.set_folder(tmp_path)
    panel.write_now()
    qtbot.waitUntil(lambda: panel.state == "full", timeout=60_000)
    (written,) = tmp_path.glob("scoreboard-command-*.pdf")
    assert written.read_bytes()[:5] == b"%PDF-"
