"""The table drawer: every row of a kind with its columns, below the map until it is closed (F6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QTabWidget

from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.models.columns import COLUMNS
from gui.models.table_model import TableModel
from gui.panels.base import Desk, Panel
from gui.widgets.buttons import IconButton
from gui.widgets.layouts import boxed, row
from gui.widgets.no_copy import keep_from_clipboard
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from geo.project import Project

TABS = {
    Kind.SITE: "panel.register.sites",
    Kind.ALLEGATION: "panel.register.allegations",
    Kind.CROSSING: "panel.register.crossings",
    Kind.TEAM: "panel.plan.teams",
    Kind.ZONE: "panel.plan.zones",
}
TYPING_MS = 150
ROW_PX = 30


class EntityTable(QTableView):
    """One kind as a sortable table."""

    picked = Signal(str)
    zoom_asked = Signal(str)

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self.rows = model
        self.setModel(model)
        keep_from_clipboard(self)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(not model.specs[-1].right)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, spec in enumerate(model.specs):
            self.setColumnWidth(column, spec.width)
        self.clicked.connect(lambda index: self.picked.emit(model.id_at(index.row())))
        self.activated.connect(lambda index: self.zoom_asked.emit(model.id_at(index.row())))

    def show_picked(self, entity_id: str) -> None:
        """Mark the row of an entity."""
        row_number = self.rows.row_of(entity_id) if entity_id else -1
        if row_number < 0:
            self.clearSelection()
            return
        index = self.rows.index(row_number, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)


class Drawer(Panel):
    """Sites, allegations, crossings, teams and zones as tables.

    Attributes:
        closed: The user closes the drawer.
    """

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tables: dict[Kind, EntityTable] = {}
        for kind in TABS:
            table = EntityTable(TableModel(kind, COLUMNS[kind]))
            table.picked.connect(lambda i, kind=kind: desk.selection.select(kind, [i]))
            table.zoom_asked.connect(
                lambda i, kind=kind: desk.selection.select(kind, [i], zoom=True)
            )
            self.tables[kind] = table
            self.tabs.addTab(table, "")
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(220)
        self._count = Data(role="caption")
        close = IconButton("x", "window.close")
        close.clicked.connect(self.closed)
        corner = row(self._count, self.filter, close)
        corner.setContentsMargins(0, 4, 8, 4)
        self.tabs.setCornerWidget(boxed(corner))
        self.box.addWidget(self.tabs)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self._narrow)
        self.filter.textChanged.connect(lambda: self._typing.start(TYPING_MS))
        self.tabs.currentChanged.connect(lambda _tab: self._narrow())
        desk.selection.changed.connect(self._show_selection)
        retext(self, self._word)

    def show_kind(self, kind: Kind) -> None:
        """Bring the tab of a kind to the front."""
        self.tabs.setCurrentWidget(self.tables[kind])

    def refresh(self, project: Project) -> None:
        for table in self.tables.values():
            table.rows.set_plan(project)
        self._word()
        self._narrow()
        self._show_selection()

    def _current(self) -> EntityTable:
        table = self.tabs.currentWidget()
        return table if isinstance(table, EntityTable) else self.tables[Kind.SITE]

    def _narrow(self) -> None:
        model = self._current().rows
        model.set_needle(self.filter.text())
        self._count.setText(
            tr(
                "panel.register.shown",
                n=i18n.number(model.rowCount()),
                total=i18n.number(model.total),
            )
        )

    def _word(self) -> None:
        self.filter.setPlaceholderText(tr("panel.drawer.filter"))
        self.filter.setAccessibleName(tr("panel.drawer.filter"))
        for tab, (kind, code) in enumerate(TABS.items()):
            self.tabs.setTabText(tab, tr(code))
            self.tables[kind].setAccessibleName(tr(code))

    def _show_selection(self) -> None:
        if self.isVisible():
            for kind, table in self.tables.items():
                table.show_picked(self.desk.selection.one(kind))
