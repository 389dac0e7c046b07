"""The rows of a result as a sortable table: numbers as columns, worded only where they are seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from gui import i18n
from gui.i18n import tr
from gui.models.ordered_model import RIGHT, FloatArray, OrderedModel, slanted
from gui.tips import plain_tip
from layers.said import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from gui.models.ordered_model import Index, Rows

DASH = "–"
"""What nobody knows, or what cannot be computed, is no zero."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FoundColumn:
    """A column: exactly one of `numbers` and `words` is there.

    Attributes:
        head_code: Code of its head.
        numbers: Shape ``(n,)``; NaN is written as a dash and sorted last.
        decimals: Of the numbers.
        words: What stands in each row, asked for where it is seen.
        order: What rows with words are sorted by, shape ``(n,)``; None is their own order.
        tip_code: Code of what explains the head.
        width: Pixels.
        struck: Rows in which it is struck through, shape ``(n,)``; None is none.
    """

    head_code: str
    numbers: FloatArray | None = None
    decimals: int = 0
    words: Callable[[int], Words] | None = None
    order: FloatArray | None = None
    tip_code: str = ""
    width: int = 110
    struck: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FoundRows:
    """The table of a result.

    Attributes:
        keys: What each row is called on the map.
        columns: From left to right.
        faint: Rows that are not to be read as sure, shape ``(n,)``; None is none.
    """

    keys: tuple[str, ...]
    columns: tuple[FoundColumn, ...]
    faint: NDArray[np.bool_] | None = None


class FoundModel(OrderedModel):
    """Shows the rows of one result, in the order that the user wants."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.rows: FoundRows | None = None
        super().__init__(parent)

    def take_rows(self, rows: Rows | None) -> None:
        """Show another result, as it is sorted by itself."""
        self.rows = rows if isinstance(rows, FoundRows) else None
        super().take_rows(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.rows is None or not index.isValid():
            return None
        column, at = self.rows.columns[index.column()], self.place_of(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._said(column, at)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._said(column, at))
        if role == Qt.ItemDataRole.TextAlignmentRole and column.numbers is not None:
            return RIGHT
        if role == Qt.ItemDataRole.FontRole:
            marks = (self.rows.faint, column.struck)
            faint, struck = (mask is not None and bool(mask[at]) for mask in marks)
            return slanted(faint=faint, struck=struck) if faint or struck else None
        return None

    def head(self, column: int) -> str:
        return tr(self._column(column).head_code)

    def head_tip(self, column: int) -> str:
        code = self._column(column).tip_code
        return tr(code) if code else ""

    def is_number(self, column: int) -> bool:
        return self._column(column).numbers is not None

    def values(self, column: int) -> FloatArray:
        return _sortable(self._column(column), self.rowCount())

    def _column(self, column: int) -> FoundColumn:
        assert self.rows is not None  # noqa: S101 - there is no column without rows
        return self.rows.columns[column]

    def _said(self, column: FoundColumn, at: int) -> str:
        if column.numbers is not None:
            return _number(float(column.numbers[at]), column.decimals)
        return column.words(at).words(i18n.language()) if column.words is not None else DASH


def _number(value: float, decimals: int) -> str:
    if np.isnan(value):
        return DASH
    least = 10.0**-decimals
    if decimals and 0 < value < least / 2:
        return f"< {i18n.number(least, decimals)}"  # no p is 0
    return i18n.number(value, decimals)


def _sortable(column: FoundColumn, n: int) -> FloatArray:
    if column.numbers is not None:
        return column.numbers
    if column.order is not None:
        return column.order
    if column.words is None:
        return np.zeros(n)
    said: Sequence[str] = [column.words(at).words(i18n.language()) for at in range(n)]
    return np.unique(np.array(said, dtype=object), return_inverse=True)[1].astype(np.float64)
