from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.site import Site
from geo.project import Project
from gui import i18n
from gui.models.columns import COLUMNS
from gui.models.table_model import TableModel
from gui.widgets.entity_list import EntityList, row_height
from tests.gui.stage import PLANNER, plan_store

MANY = 4000


@pytest.fixture
def plan(dressed):
    store = plan_store()
    sites = [Site(id=f"many-{n:05d}", name_en=f"Demo {n:05d}") for n in range(MANY)]
    store.commit(Edit(verb=Verb.IMPORT, deltas=(inserting(sites),), actor=PLANNER.id))
    return Project(store)


class CountingModel(TableModel):
    """Counts how often the view asks for the number of rows: once for each that it looks at."""

    asked = 0

    def rowCount(self, *parent):  # noqa: N802 - Qt's own name
        self.asked += 1
        return super().rowCount(*parent)


@pytest.fixture
def view(plan, qtbot):
    model = CountingModel(Kind.SITE, COLUMNS[Kind.SITE])
    made = EntityList(model)
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    model.set_plan(plan)
    qtbot.waitUntil(lambda: model.rowCount() > MANY)
    return made


def test_a_change_of_the_plan_does_not_look_at_every_row(view, plan):
    model = view.model()
    model.asked = 0
    model.set_plan(plan)
    view.show_picked(f"many-{MANY - 1:05d}")
    view.viewport().repaint()
    assert view.currentIndex().row() > 0
    assert model.asked < MANY // 4


def test_the_keyboard_reaches_both_ends_and_tab_leaves_the_list(view, qtbot):
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == view.model().rowCount() - 1
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0
    assert not view.tabKeyNavigation()


def test_a_letter_does_not_search_all_rows(view, qtbot):
    view.model().asked = 0
    qtbot.keyClick(view, Qt.Key.Key_Q)
    assert view.model().asked < MANY // 4


def test_rows_are_as_high_as_the_script_needs(view):
    low = view.rowHeight(0)
    i18n.set_language("km")
    assert view.rowHeight(0) == row_height() > low


def test_one_column_fills_the_width(view):
    assert view.columnWidth(0) == view.viewport().width()
    assert view.isColumnHidden(1)
