"""The scoreboard's tables as columns: worded where they are seen, sorted by number, never by words.

What is not known is said in words, muted, and stands last however a column is sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from geo.analysis.scoreboard.measures import RowRef
from gui import theme
from gui.models.ordered_model import RIGHT, FloatArray, OrderedModel, slanted
from gui.theme import on_theme
from gui.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from gui.models.ordered_model import Index, Rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoreColumn:
    """A column.

    Attributes:
        head: Its heading, worded when it is seen.
        said: What stands in a row.
        order: What rows are sorted by, shape ``(n,)``; NaN is not known.
        tip: What the column counts.
        opens: The rows behind a figure; None where there is nothing to open.
        can_open: Whether there are any, told without fetching them; None is every figure but zero.
        is_number: Stands at the right.
        width: Pixels.
    """

    head: Callable[[], str]
    said: Callable[[int], str]
    order: NDArray[np.float64]
    tip: Callable[[], str] | None = None
    opens: Callable[[int], Sequence[RowRef]] | None = None
    can_open: Callable[[int], bool] | None = None
    is_number: bool = True
    width: int = 110


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoreRows:
    """A table.

    Attributes:
        keys: What each row is called on the map; empty where it is not there.
        columns: From left to right.
        faint: Rows that are no unit of their own, shape ``(n,)``.
    """

    keys: tuple[str, ...]
    columns: tuple[ScoreColumn, ...]
    faint: NDArray[np.bool_] | None = None


class ScoreModel(OrderedModel):
    """Shows one table in the order that the user wants."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.rows: ScoreRows | None = None
        super().__init__(parent)
        on_theme(self, self.word)

    def take_rows(self, rows: Rows | None) -> None:
        """Show another table, in its own order."""
        self.rows = rows if isinstance(rows, ScoreRows) else None
        super().take_rows(self.rows)

    def refs(self, index: Index) -> tuple[RowRef, ...]:
        """Return the rows behind a figure; none where there is nothing to open."""
        if self.rows is None or not index.isValid():
            return ()
        opens = self.rows.columns[index.column()].opens
        return tuple(opens(self.place_of(index.row()))) if opens is not None else ()

    def can_open(self, index: Index) -> bool:
        """Tell whether there are rows behind a figure."""
        if self.rows is None or not index.isValid():
            return False
        return _can_open(self.rows.columns[index.column()], self.place_of(index.row()))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.rows is None or not index.isValid():
            return None
        column, at = self.rows.columns[index.column()], self.place_of(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            said = column.said(at)
            return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return RIGHT
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(column, at)
        faint = self.rows.faint is not None and self.rows.faint[at]
        return slanted() if role == Qt.ItemDataRole.FontRole and faint else None

    def head(self, column: int) -> str:
        return self._column(column).head()

    def head_tip(self, column: int) -> str:
        tip = self._column(column).tip
        return tip() if tip is not None else ""

    def is_number(self, column: int) -> bool:
        return self._column(column).is_number

    def values(self, column: int) -> FloatArray:
        return self._column(column).order

    def _column(self, column: int) -> ScoreColumn:
        assert self.rows is not None  # noqa: S101 - there is no column without rows
        return self.rows.columns[column]

    def _ink(self, column: ScoreColumn, at: int) -> QColor | None:
        tones = theme.current()
        if np.isnan(column.order[at]):
            return QColor(tones.muted)
        return QColor(tones.accent) if _can_open(column, at) else None


def _can_open(column: ScoreColumn, at: int) -> bool:
    if column.opens is None or np.isnan(column.order[at]):
        return False
    return bool(column.order[at]) if column.can_open is None else column.can_open(at)
