"""Rows of a result in the order that the user wants: what is not known stands last either way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gui.i18n import retext
from gui.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
FloatArray = NDArray[np.float64]
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Rows(Protocol):
    """What is shown: a name for each row on the map (empty where it is not there), and columns."""

    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def columns(self) -> tuple[Any, ...]: ...


class OrderedModel(QAbstractTableModel):
    """Keeps the order and answers for the heads; what stands in a cell is its child's."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[str, ...] = ()
        self._columns: Sequence[Any] = ()
        self._places: dict[str, int] = {}
        self._order: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        retext(self, self.word)

    def take_rows(self, rows: Rows | None) -> None:
        """Show other rows, in their own order."""
        self.beginResetModel()
        self._keys = rows.keys if rows is not None else ()
        self._columns = rows.columns if rows is not None else ()
        self._places = {key: at for at, key in enumerate(self._keys) if key}
        self._order = np.arange(len(self._keys))
        self.endResetModel()

    def key_at(self, row: int) -> str:
        """Return what a row is called on the map."""
        return self._keys[self._order[row]] if 0 <= row < len(self._order) else ""

    def row_of(self, key: str) -> int:
        """Return the row that is called so, or -1."""
        at = self._places.get(key)
        return -1 if at is None else int(np.flatnonzero(self._order == at)[0])

    def place_of(self, row: int) -> int:
        """Return which row of the result stands in a row of the view, or -1."""
        return int(self._order[row]) if 0 <= row < len(self._order) else -1

    def word(self) -> None:
        """Say everything anew: the language or the theme is another."""
        if self.rowCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    # --- what a child answers -------------------------------------------------------------------

    def head(self, column: int) -> str:
        """Return the heading of a column."""
        raise NotImplementedError

    def head_tip(self, column: int) -> str:
        """Return what explains a heading, or nothing."""
        raise NotImplementedError

    def is_number(self, column: int) -> bool:
        """Tell whether a column stands at the right."""
        raise NotImplementedError

    def values(self, column: int) -> FloatArray:
        """Return what rows are sorted by, shape ``(n,)``; NaN is not known."""
        raise NotImplementedError

    # --- what Qt asks ---------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._order)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = self.head_tip(section)
            return plain_tip(tip) if tip else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.is_number(section) else LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._columns):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [int(self._order[i.row()]) for i in before]
        values = self.values(column)
        falling = order == Qt.SortOrder.DescendingOrder
        # Equals stay as the result has them.
        self._order = np.lexsort((-values if falling else values, np.isnan(values)))
        back = np.argsort(self._order)
        after = [
            self.index(int(back[place]), i.column())
            for place, i in zip(places, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def slanted(*, faint: bool = True, struck: bool = False) -> object:
    """Return the font of what is not to be read as sure, or is over."""
    from PySide6.QtWidgets import QApplication

    font = QApplication.font()
    font.setItalic(faint)
    font.setStrikeOut(struck)
    return font
