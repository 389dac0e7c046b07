"""How a table looks and is used in which whole rows are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView

from gui.widgets.no_copy import keep_from_clipboard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView


def whole_rows(table: QTableView, *, height: int = 0, several: bool = False) -> None:
    """Let whole rows be chosen in a table, and nothing be copied out of it; Tab leads on.

    Args:
        table: With its model.
        height: Pixels of a row; 0 leaves what Qt takes.
        several: More than one row can be chosen at a time.
    """
    modes = QAbstractItemView.SelectionMode
    keep_from_clipboard(table)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
    table.verticalHeader().hide()
    if height:
        table.verticalHeader().setDefaultSectionSize(height)
