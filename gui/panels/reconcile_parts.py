"""The table and the fields of the page of licences against sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gui.i18n import retext, tr
from gui.models.reconcile_model import WIDTHS
from gui.widgets.no_copy import keep_from_clipboard
from gui.widgets.spins import NumberField

if TYPE_CHECKING:
    from gui.models.reconcile_model import ReconcileModel

ROW_PX: Final = 30


def reconcile_table(model: ReconcileModel) -> QTableView:
    """Return the table of one list, whose rows can be chosen and never copied."""
    table = QTableView()
    table.setModel(model)
    keep_from_clipboard(table)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW_PX)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setStretchLastSection(True)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    for place, width in enumerate(WIDTHS):
        table.setColumnWidth(place, width)
    return table


def number_field(value: int, least: int, most: int, suffix: str) -> NumberField:
    """Return a field for a number with its unit behind it; `suffix` is a code."""
    field = NumberField(value, least, most)
    field.setFixedWidth(110)
    field.setKeyboardTracking(False)
    retext(field, lambda: field.setSuffix(f" {tr(suffix)}"))
    return field
