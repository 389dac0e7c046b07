"""The table and the fields of the page of licences against sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHeaderView, QTableView

from gui.i18n import retext, tr
from gui.models.reconcile_model import WIDTHS
from gui.widgets.spins import NumberField
from gui.widgets.whole_rows import whole_rows

if TYPE_CHECKING:
    from gui.models.reconcile_model import ReconcileModel

ROW_PX: Final = 30


def reconcile_table(model: ReconcileModel) -> QTableView:
    """Return the table of one list, whose rows can be chosen and never copied."""
    table = QTableView()
    table.setModel(model)
    whole_rows(table, height=ROW_PX, several=True)
    table.setWordWrap(False)
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
