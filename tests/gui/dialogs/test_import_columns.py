"""The columns of a register of teams: what is read as a group is not said to be left out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from geo.formats.mapping import suggest
from geo.formats.raw import RawTable
from geo.model.entity import Kind
from gui import i18n
from gui.dialogs.import_columns import FIELD, ColumnsModel


def shown(columns, cells, language="en"):
    i18n.set_language(language)
    raw = RawTable(columns=columns, cells=cells, numbers=[2])
    model = ColumnsModel(QApplication.instance())
    model.show_columns(raw, suggest(raw, Kind.TEAM))
    return model


def words(model):
    return [model.index(row, FIELD).data() for row in range(model.rowCount())]


def test_columns_of_a_group_each_say_of_which_group_they_are(dressed):
    model = shown(
        ("Team", "Minutes: chief", "Minutes: members", "Victim support: chief", "Remark"),
        (["Red"], ["Chief of minutes"], ["2"], ["Chief"], ["x"]),
    )
    assert words(model)[1:] == [
        "group Minutes: Chief",
        "group Minutes: Members",
        "group Victim support and screening: Chief",
        "– leave out –",
    ]


@pytest.mark.parametrize("language", ["en", "km"])
def test_columns_of_rows_of_groups_say_so(dressed, language):
    model = shown(
        ("Team", "Group", "Chief", "Task"),
        (["Red"], ["Minutes"], ["Chief of minutes"], ["Write"]),
        language,
    )
    left = model.choices(None)[0][0]
    assert left not in words(model)
    assert model.index(1, 0).data(Qt.ItemDataRole.FontRole).bold()


def test_a_column_that_is_given_a_field_is_no_group_any_more(dressed):
    model = shown(("Team", "Minutes: chief"), (["Red"], ["Chief of minutes"]))
    model.choose("Minutes: chief", "contact")
    assert words(model)[1] == {f: w for w, f in model.choices(None)}["contact"]
    model.choose("Minutes: chief", "")
    assert words(model)[1].startswith("group")
