from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt

from geo.model.entity import Kind
from geo.project import Project
from gui import i18n
from gui.models.columns import COLUMNS
from gui.models.table_model import ID_ROLE, TableModel
from tests.gui.stage import plan_store

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def project():
    return Project(plan_store())


@pytest.fixture
def sites(dressed, project):
    model = TableModel(Kind.SITE, COLUMNS[Kind.SITE])
    model.set_plan(project)
    return model


def column(model, number):
    return [model.index(row, number).data() for row in range(model.rowCount())]


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_model_keeps_qts_rules(dressed, qtmodeltester, project, kind):
    model = TableModel(kind, COLUMNS[kind])
    qtmodeltester.check(model)
    model.set_plan(project)
    qtmodeltester.check(model)
    model.sort(0, DOWN)
    model.set_needle("a")
    qtmodeltester.check(model)
    assert model.rowCount() > 0


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("kind", COLUMNS)
def test_every_cell_and_heading_has_its_text_in_both_languages(dressed, project, kind, language):
    model = TableModel(kind, COLUMNS[kind])
    model.set_plan(project)
    i18n.set_language(language)
    for number in range(model.columnCount()):
        assert model.headerData(number, Qt.Orientation.Horizontal)
        assert all(isinstance(text, str) for text in column(model, number))


def test_rows_without_a_value_come_last_in_either_direction(sites):
    capacity = next(i for i, spec in enumerate(sites.specs) if spec.key == "capacity")
    sites.sort(capacity, UP)
    assert column(sites, capacity) == ["20", "300", ""]
    sites.sort(capacity, DOWN)
    assert column(sites, capacity) == ["300", "20", ""]


def test_a_needle_finds_in_every_column(sites):
    sites.set_needle("papaya")
    assert column(sites, 0) == ["Demo Papaya Hotel"]
    sites.set_needle("DEMO-003")
    assert column(sites, 0) == ["Demo Lotus Shop"]
    sites.set_needle("")
    assert sites.rowCount() == 3


def test_a_mask_and_a_needle_hold_together(sites):
    sites.set_mask(np.array([True, False, True]))
    sites.set_needle("demo")
    assert column(sites, 1) == ["DEMO-001", "DEMO-003"]
    assert sites.total == 3


def test_a_row_is_found_by_its_id_in_any_order(sites):
    sites.sort(0, DOWN)
    row = sites.row_of("site-3")
    assert sites.index(row, 0).data(ID_ROLE) == "site-3"
    sites.set_needle("papaya")
    assert sites.row_of("site-3") == -1


def test_names_follow_the_language(sites):
    i18n.set_language("km")
    assert column(sites, 0)[0] == "អាជីវកម្មសាកល្បង 1"


def test_text_that_looks_like_html_is_shown_as_it_is(dressed, project):
    from gui.widgets.texts import plain_tip

    assert plain_tip("plain & simple") == "plain & simple"
    assert "&lt;img" in plain_tip("<img src=x>")
