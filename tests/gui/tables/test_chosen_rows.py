"""Rows of a table do not leave at a grade that may not know by what they were chosen."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from geo.question.form import GradeAtLeast, Question
from gui.dialogs.export_table import CopyDialog
from gui.models.filters import FieldFilter


@pytest.mark.parametrize("how", ["filter", "search", "question", "figure"])
def test_partners_get_no_rows_that_were_chosen_by_what_they_may_not_know(window, bench, qtbot, how):
    bench.toggle_drawer()
    QApplication.processEvents()
    drawer, sites = bench.drawer, bench.drawer.pages[Kind.SITE]
    if how == "filter":
        sites.narrow_by("allegations", FieldFilter(low=0))
    elif how == "search":
        drawer.filter.setText("a")
        qtbot.waitUntil(lambda: sites.model.arrangement.needle == "a")
    else:
        question = Question(any_of=((GradeAtLeast(),),)) if how == "question" else None
        drawer.show_only(Kind.SITE, ["site-1"], lambda: "Some rows", question)
    qtbot.waitUntil(lambda: not sites.model.busy)
    sites.table.selectAll()
    sites.table.copy_asked.emit()
    (dialog,) = (d for d in window.findChildren(CopyDialog) if d.isVisible())
    QGuiApplication.clipboard().setText("before")
    dialog.grade.choose(Grade.RESTRICTED)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: "the grade" in window.toast.text)
    assert "withheld" not in window.toast.text
    assert "table.column" not in window.toast.text
    assert QGuiApplication.clipboard().text() == "before"
