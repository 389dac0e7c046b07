"""A kind's rows as a Qt table, sorted and filtered in columns.

A proxy model would ask Python for every cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from geo.model.table import Table
from gui.i18n import retext, tr
from gui.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.entity import Kind
    from gui.models.columns import ColumnSpec, Values

Index = QModelIndex | QPersistentModelIndex

ID_ROLE = Qt.ItemDataRole.UserRole + 1
"""Id of the row's entity."""
POSITION_ROLE = Qt.ItemDataRole.UserRole + 2
"""Position of the row in its table."""


class TableModel(QAbstractTableModel):
    """The rows of one kind in an order and under a filter of its own."""

    def __init__(self, kind: Kind, columns: Sequence[ColumnSpec]) -> None:
        super().__init__()
        self.kind = kind
        self.specs = tuple(columns)
        self._plan: PlanRows | None = None
        self._table = Table.empty(kind)
        self._order: NDArray[np.int64] = np.arange(0)
        self._values: dict[int, Values] = {}
        self._rows: dict[str, int] = {}
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        self._needle = ""
        self._mask: NDArray[np.bool_] | None = None
        retext(self, self._language_changed)

    # --- what it shows --------------------------------------------------------------------------

    def set_plan(self, plan: PlanRows | None) -> None:
        """Show the rows of a plan as they are now, or nothing."""
        self._plan = plan
        self._table = plan.table(self.kind) if plan is not None else Table.empty(self.kind)
        self._mask = None
        self._rearrange(fresh=True)

    def set_needle(self, text: str) -> None:
        """Show only rows with `text` in one of their columns."""
        self._needle = text.strip().casefold()
        self._rearrange()

    def set_mask(self, mask: NDArray[np.bool_] | None) -> None:
        """Show only rows for which `mask`, of the table's length, is true."""
        self._mask = mask
        self._rearrange()

    @property
    def total(self) -> int:
        """Number of rows before any filter."""
        return len(self._table)

    @property
    def plan(self) -> PlanRows | None:
        """The plan whose rows are shown."""
        return self._plan

    @property
    def table(self) -> Table:
        """The rows behind the model."""
        return self._table

    def id_at(self, row: int) -> str:
        """Return the id of a row of the model."""
        return str(self._table.ids[self._order[row]])

    def row_of(self, entity_id: str) -> int:
        """Return the row of the model that shows an entity, or -1."""
        if not self._rows and len(self._order):
            self._rows = {str(self._table.ids[p]): r for r, p in enumerate(self._order)}
        return self._rows.get(entity_id, -1)

    # --- Qt -------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.specs)

    def data(  # noqa: PLR0911 - one answer for each role
        self, index: Index, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - as Qt has it
        if not index.isValid() or index.row() >= len(self._order):
            return None
        position = int(self._order[index.row()])
        spec = self.specs[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spec.shown(self._column(index.column())[position])
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(spec.shown(self._column(index.column())[position]))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if spec.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == ID_ROLE:
            return str(self._table.ids[position])
        if role == POSITION_ROLE:
            return position
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own signature
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.specs):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self.specs[section].head)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.specs[section].right
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = (column, order) if column >= 0 else None
        self._rearrange()

    # --- arranging ------------------------------------------------------------------------------

    def _column(self, column: int) -> Values:
        if column not in self._values:
            values: Values = ()
            if self._plan is not None:
                values = self.specs[column].values(self._plan, self._table)
            self._values[column] = values
        return self._values[column]

    def _language_changed(self) -> None:
        self._rearrange(fresh=True)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(self.specs) - 1, 0))

    def _rearrange(self, *, fresh: bool = False) -> None:
        self.beginResetModel()
        if fresh:
            self._values.clear()
        order = np.arange(len(self._table))
        if self._mask is not None and len(self._mask) == len(order):
            order = order[self._mask]
        if self._needle:
            order = np.array([p for p in order if self._matches(int(p))], dtype=np.int64)
        if self._sorted_by is not None:
            order = self._sorted(order, *self._sorted_by)
        self._order = order
        self._rows = {}
        self.endResetModel()

    def _matches(self, position: int) -> bool:
        return any(
            self._needle in spec.shown(self._column(c)[position]).casefold()
            for c, spec in enumerate(self.specs)
        )

    def _sorted(
        self, order: NDArray[np.int64], column: int, direction: Qt.SortOrder
    ) -> NDArray[np.int64]:
        """Sort by a column; rows without a value come last in either direction."""
        spec, values = self.specs[column], self._column(column)
        known = [p for p in order if values[p] is not None and values[p] != ""]
        rest = [p for p in order if values[p] is None or values[p] == ""]

        def key(position: int) -> Any:  # noqa: ANN401 - whatever the column holds
            value = values[position]
            return spec.shown(value).casefold() if spec.by_text or isinstance(value, str) else value

        known.sort(key=key, reverse=direction is Qt.SortOrder.DescendingOrder)
        return np.array([*known, *rest], dtype=np.int64)
