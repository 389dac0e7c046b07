"""A kind's rows as a Qt table, sorted and filtered in columns.

A proxy model would ask Python for every cell. Only cells that are seen are worded; an edit of one
row tells of one row; a new order appears when it is found, and until then the old one stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from gui.i18n import retext, tr
from gui.models.arrangement import Arrangement, Sorting
from gui.models.columns import SORTED_AT_FIRST
from gui.models.slices import Slices
from gui.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.entity import Kind
    from geo.model.table import Table
    from gui.models.column import ColumnSpec
    from gui.models.facet import Facet
    from gui.models.filters import FieldFilter

Index = QModelIndex | QPersistentModelIndex

ID_ROLE = Qt.ItemDataRole.UserRole + 1
"""Id of the row's entity."""
POSITION_ROLE = Qt.ItemDataRole.UserRole + 2
"""Position of the row in its table."""
AT_ONCE: Final = 3000
"""Rows that are arranged before anybody can notice."""
CACHED: Final = 20_000
"""Cells whose texts are kept: some screens of the widest table."""


class TableModel(QAbstractTableModel):
    """The rows of one kind in an order and under filters of its own.

    Attributes:
        arranged: Other rows are shown, or in another order.
    """

    arranged = Signal()

    def __init__(self, kind: Kind, columns: Sequence[ColumnSpec]) -> None:
        super().__init__()
        self.kind = kind
        self.specs = tuple(columns)
        self.arrangement = Arrangement(kind, columns)
        self.arrangement.sorting = SORTED_AT_FIRST.get(kind, ())
        self._order: NDArray[np.int64] = np.arange(0)
        self._rows: NDArray[np.int64] | None = None
        self._cells: dict[tuple[int, int], str] = {}
        self._slices, self._looking = Slices(self), Slices(self)
        retext(self, self._language_changed)

    # --- what it shows --------------------------------------------------------------------------

    def set_plan(self, plan: PlanRows | None) -> None:
        """Show the rows of a plan as they are now, or nothing."""
        before = self.arrangement.table
        changed = self.arrangement.take(plan)
        table = self.arrangement.table
        self._cells.clear()
        if changed is None:
            self._show(self._order[self._order < len(table)])
            self._rearrange()
        else:
            columns = frozenset(
                name for name, a in table.columns.items() if a is not before.columns[name]
            )
            more = len(table) > len(before)
            told = any(self.arrangement.reads_anew(spec.key) for spec in self.specs)
            depends = self.arrangement.depends_on(columns) or "merged_into" in columns
            if more or depends or self._slices.busy:
                self._rearrange()
            if told:
                self._tell_all()
            else:
                self._tell(changed)
        self._looking.stop()
        self.arrangement.remember_reading()

    def set_needle(self, text: str) -> None:
        """Show only rows with `text` in one of their columns."""
        if self.arrangement.set_needle(text):
            self._rearrange()

    def set_sought(self, keys: Sequence[str]) -> None:
        """Look for the needle in these columns, and in those that are always looked into."""
        sought = tuple(s.key for s in self.specs if s.sought or s.key in set(keys))
        if sought != self.arrangement.sought:
            self.arrangement.sought = sought
            if self.arrangement.needle:
                self._rearrange()

    def set_mask(self, mask: NDArray[np.bool_] | None) -> None:
        """Show only rows for which `mask`, of the table's length, is true."""
        right = mask is None or len(mask) == len(self.table)
        before, self.arrangement.mask = self.arrangement.mask, mask if right else None
        if before is not None or mask is not None:
            self._rearrange()

    def set_filters(self, filters: Mapping[str, FieldFilter]) -> None:
        """Show only rows that have what each column must have."""
        self.arrangement.set_filters(filters)
        self._rearrange()

    @property
    def filters(self) -> dict[str, FieldFilter]:
        """Key of a column → what it must have."""
        return dict(self.arrangement.filters)

    @property
    def total(self) -> int:
        """Number of rows before any filter."""
        return int(np.count_nonzero(self.arrangement.live()))

    @property
    def plan(self) -> PlanRows | None:
        """The plan whose rows are shown."""
        return self.arrangement.plan

    @property
    def table(self) -> Table:
        """The rows behind the model."""
        return self.arrangement.table

    @property
    def busy(self) -> bool:
        """Whether another order is on its way."""
        return self._slices.busy

    def finish(self) -> None:
        """Bring the order up to date before returning."""
        self._slices.finish()

    def column_of(self, key: str) -> int:
        """Return the number of a column by its key.

        Raises:
            KeyError: There is none.
        """
        for place, spec in enumerate(self.specs):
            if spec.key == key:
                return place
        raise KeyError(key)

    def id_at(self, row: int) -> str:
        """Return the id of a row of the model."""
        return str(self.table.ids[self._order[row]])

    def ids_at(self, rows: NDArray[np.int64]) -> list[str]:
        """Return the ids of rows of the model."""
        return list(self.table.ids[self._order[rows]].tolist())

    def shown_ids(self) -> list[str]:
        """Return the ids of all rows of the model, in its order."""
        return list(self.table.ids[self._order].tolist())

    def row_of(self, entity_id: str) -> int:
        """Return the row of the model that shows an entity, or -1."""
        rows = self.rows_of((entity_id,))
        return int(rows[0]) if len(rows) else -1

    def rows_of(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """Return the rows of the model that show some entities, in order."""
        if self._rows is None:
            self._rows = np.full(len(self.table), -1, dtype=np.int64)
            self._rows[self._order] = np.arange(len(self._order))
        index = self.table.index
        at = np.array([index[i] for i in ids if i in index], dtype=np.int64)
        rows = self._rows[at] if len(at) else at
        return np.sort(rows[rows >= 0])

    def look_into(self, key: str, then: Callable[[Facet, NDArray[np.int64]], object]) -> None:
        """Call `then` with the values of a column and the rows that the other filters let pass."""
        others = Arrangement(self.kind, self.specs)
        others.__dict__.update(self.arrangement.__dict__)
        others.filters = {k: f for k, f in self.arrangement.filters.items() if k != key}
        others.sorting = ()

        def steps() -> Iterator[None]:
            yield from self.arrangement.filling(key)
            rows = np.arange(0)
            for found in others.arranging():
                rows = found if found is not None else rows
                yield
            then(self.arrangement.facet(key), rows)

        self._looking.start(steps(), at_once=len(self.table) <= AT_ONCE)

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
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.specs[index.column()].right else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._cell(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._cell(index.row(), index.column()))
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role == POSITION_ROLE:
            return int(self._order[index.row()])
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own signature
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.specs):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self.specs[section].head)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.specs[section].right else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        ascending = order is Qt.SortOrder.AscendingOrder
        first = () if column < 0 else ((self.specs[column].key, ascending),)
        self.set_sorting((*first, *SORTED_AT_FIRST.get(self.kind, ())))

    def set_sorting(self, sorting: Sorting) -> None:
        """Sort by columns, the first one counting most."""
        if sorting != self.arrangement.sorting:
            self.arrangement.sorting = sorting
            self._rearrange()

    # --- arranging ------------------------------------------------------------------------------

    def _cell(self, row: int, column: int) -> str:
        position = int(self._order[row])
        text = self._cells.get((position, column))
        if text is None:
            spec, plan = self.specs[column], self.plan
            if plan is None or position >= len(self.table):
                return ""
            text = spec.shown(spec.values(plan, self.table, np.array([position]))[0])
            if len(self._cells) > CACHED:
                self._cells.clear()
            self._cells[position, column] = text
        return text

    def _language_changed(self) -> None:
        self._cells.clear()
        self.arrangement.reword()
        self._tell_all()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(self.specs) - 1, 0))
        if self.arrangement.sorting or self.arrangement.needle or self.arrangement.filters:
            self._rearrange()

    def _rearrange(self) -> None:
        def steps() -> Iterator[None]:
            for order in self.arrangement.arranging():
                yield  # what comes now is a step of its own
                if order is not None:
                    self._show(order)

        self._slices.start(steps(), at_once=len(self.table) <= AT_ONCE)

    def _show(self, order: NDArray[np.int64]) -> None:
        if np.array_equal(order, self._order):
            self._rows = None
            self._tell_all()
            self.arranged.emit()
            return
        self.beginResetModel()
        self._order, self._rows = order, None
        self.endResetModel()
        self.arranged.emit()

    def _tell(self, positions: NDArray[np.int64]) -> None:
        """Tell the views that a few rows, or all of them, are worded otherwise."""
        if len(positions) > 1:
            self._tell_all()
            return
        for row in np.flatnonzero(np.isin(self._order, positions)):
            last = len(self.specs) - 1
            self.dataChanged.emit(self.index(int(row), 0), self.index(int(row), last))

    def _tell_all(self) -> None:
        if len(self._order) and self.specs:
            last = self.index(len(self._order) - 1, len(self.specs) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
