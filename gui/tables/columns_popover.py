"""Which columns a table shows: ticks, and a drag for their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from gui.i18n import retext, tr
from gui.tables.layout import TableLayout
from gui.tables.popover import Popover
from gui.widgets.buttons import Button
from gui.widgets.layouts import row
from gui.widgets.texts import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

WIDTH: Final = 280
LIST_PX: Final = 300
LINE_PX: Final = 26
KEY = Qt.ItemDataRole.UserRole


class ColumnsPopover(Popover):
    """Lists every column of a kind.

    Attributes:
        changed: Another `TableLayout` is wanted.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget, layout: TableLayout) -> None:
        super().__init__(parent, "table.columns", width=WIDTH)
        self._layout = layout
        self.list = QListWidget()
        self.list.setFixedHeight(LIST_PX)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        retext(self.list, lambda: self.list.setAccessibleName(tr("table.columns")))
        self.body.addWidget(Text("table.columns.note", role="caption", wrap=True))
        self.body.addWidget(self.list)
        reset = Button("table.columns.reset", look="link")
        reset.clicked.connect(self._reset)
        self.body.addLayout(row(None, reset))
        self._fill()
        self.list.itemChanged.connect(lambda _item: self._take_over())
        self.list.model().rowsMoved.connect(lambda *_moved: self._take_over())

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        heads = {spec.key: spec.head for spec in self._layout.specs}
        for key in self._layout.order:
            item = QListWidgetItem(tr(heads[key]))
            item.setData(KEY, key)
            item.setFlags(
                Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsDragEnabled
                | Qt.ItemFlag.ItemIsSelectable
            )
            shown = key not in self._layout.hidden
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, LINE_PX))
            self.list.addItem(item)
        self.list.blockSignals(False)

    def _take_over(self) -> None:
        items = [self.list.item(i) for i in range(self.list.count())]
        order = [str(i.data(KEY)) for i in items]
        shown = [str(i.data(KEY)) for i in items if i.checkState() == Qt.CheckState.Checked]
        if not shown:  # a table without columns shows nothing, and nobody would know why
            self._fill()
            return
        self._layout = self._layout.choose(shown, order)
        self.changed.emit(self._layout)

    def _reset(self) -> None:
        self._layout = TableLayout(self._layout.specs)
        self._fill()
        self.changed.emit(self._layout)
