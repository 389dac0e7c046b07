"""The table drawer: every row of a kind with its columns, below the map until it is closed (F6)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QTabWidget

from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.panels.base import Desk, Panel
from gui.tables.entity_table import EntityTable
from gui.tables.page import TablePage
from gui.tables.sharing import Sharing
from gui.widgets.buttons import IconButton, explain
from gui.widgets.layouts import boxed, row
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from geo.project import Project
    from geo.question.form import Question

__all__ = ["TABS", "Drawer", "EntityTable"]

TABS: Final = {
    Kind.SITE: "panel.register.sites",
    Kind.ALLEGATION: "panel.register.allegations",
    Kind.LICENCE: "table.tab.licences",
    Kind.CROSSING: "panel.register.crossings",
    Kind.TEAM: "panel.plan.teams",
    Kind.ZONE: "panel.plan.zones",
}
TYPING_MS: Final = 150


class Drawer(Panel):
    """Sites, allegations, licences, crossings, teams and zones as tables.

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
        self.box.addWidget(self.tabs)
        kept = desk.settings.tables
        self.pages = {kind: TablePage(kind, kept.get(kind.value)) for kind in TABS}
        self.tables = {kind: page.table for kind, page in self.pages.items()}
        self._sharing = Sharing(desk, self.tables)
        for page in self.pages.values():
            page.narrowed.connect(self._narrowed)
            page.laid_out.connect(self._remember)
            desk.session.closed.connect(partial(page.model.set_plan, None))
            desk.session.closed.connect(partial(page.show_only, None))
            page.table.copy_asked.connect(lambda: self._ask("copy"))
            page.table.chosen.connect(lambda _ids: self._permit())
            page.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            page.table.customContextMenuRequested.connect(self._rows_menu)
            self.tabs.addTab(page, "")
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(200)
        self._count = Data(role="caption")
        self.filter_button = IconButton("filter", "table.filter.by")
        self.columns_button = IconButton("adjustments-horizontal", "table.menu.columns")
        self.zoom_button = IconButton("focus-2", "action.zoom_selection", keys="Ctrl+.")
        self.edit_button = IconButton("pencil", "table.bulk")
        self.decide_button = IconButton("gavel", "table.decide")
        self.copy_button = IconButton("copy", "table.copy", keys="Ctrl+C")
        self.export_button = IconButton("table-export", "table.export")
        close = IconButton("x", "window.close")
        self.filter_button.clicked.connect(self._filter_menu)
        self.columns_button.clicked.connect(self._columns)
        self.zoom_button.clicked.connect(self._sharing.zoom)
        for button, what in (
            (self.edit_button, "bulk"),
            (self.decide_button, "decide"),
            (self.copy_button, "copy"),
            (self.export_button, "export"),
        ):
            button.clicked.connect(lambda _on=False, what=what: self._ask(what))
        close.clicked.connect(self.closed)
        corner = row(
            self._count,
            6,
            self.filter,
            6,
            self.filter_button,
            self.columns_button,
            self.zoom_button,
            self.edit_button,
            self.decide_button,
            self.copy_button,
            self.export_button,
            close,
            gap=2,
        )
        corner.setContentsMargins(0, 4, 8, 4)
        self.tabs.setCornerWidget(boxed(corner))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self._narrow)
        self.filter.textChanged.connect(lambda: self._typing.start(TYPING_MS))
        self.tabs.currentChanged.connect(lambda _tab: self._turned())
        desk.selection.changed.connect(self._show_selection)
        retext(self, self._word)

    @property
    def page(self) -> TablePage:
        """The tab that is in front."""
        return self.pages[self.kind]

    @property
    def kind(self) -> Kind:
        """Kind of the rows that are in front."""
        return list(TABS)[max(self.tabs.currentIndex(), 0)]

    def show_kind(self, kind: Kind) -> None:
        """Bring the tab of a kind to the front."""
        self.tabs.setCurrentWidget(self.pages[kind])

    def show_only(
        self,
        kind: Kind,
        ids: Collection[str],
        said: Callable[[], str],
        question: Question | None = None,
    ) -> None:
        """Show only some rows of a kind, with all its filters taken away, and say which."""
        self.show_kind(kind)
        self.filter.clear()
        page = self.pages[kind]
        page.clear_filters()
        page.show_only(ids, said, question)

    def refresh(self, project: Project) -> None:
        lens = self.desk.moment.lens
        then, masks = lens.at(project), lens.masks(project) if lens.hides else {}
        for kind, page in self.pages.items():
            page.show_plan(then, masks.get(kind))
        self._word()
        self._narrow()
        self._show_selection()
        self._permit()

    # --- what is shown ----------------------------------------------------------------------------

    def _turned(self) -> None:
        self._narrow()
        self._permit()

    def _narrow(self) -> None:
        self.page.model.set_needle(self.filter.text())
        self._say_count()

    def _narrowed(self) -> None:
        self._say_count()
        self._show_selection()

    def _say_count(self) -> None:
        model = self.page.model
        if model.busy:
            self._count.setText(tr("table.sorting"))
            return
        n, total = model.rowCount(), model.total
        self._count.setText(tr("panel.register.shown", n=i18n.number(n), total=i18n.number(total)))

    def _word(self) -> None:
        self.filter.setPlaceholderText(tr("panel.drawer.filter"))
        self.filter.setAccessibleName(tr("panel.drawer.filter"))
        for tab, (kind, code) in enumerate(TABS.items()):
            self.tabs.setTabText(tab, tr(code))
            self.tables[kind].setAccessibleName(tr(code))
        self._say_count()

    def _show_selection(self) -> None:
        if self.isVisible():
            self._sharing.show()
            self._permit()

    # --- what can be done -------------------------------------------------------------------------

    def _permit(self) -> None:
        some = bool(len(self.page.table.chosen_rows()))
        for button in (self.zoom_button, self.edit_button, self.decide_button, self.copy_button):
            explain(button, "" if some else "table.why.none_chosen")
        self.decide_button.setVisible(self.kind is Kind.SITE)

    def _ask(self, what: str) -> None:
        """Have something done with the selected rows, or with all that are shown."""
        page = self.page
        ids = page.table.chosen_ids()
        self.desk.intents.ask(f"table.{what}", self.kind, ids, page)

    def _filter_menu(self) -> None:
        menu = self.page.filter_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._below(self.filter_button))

    def _rows_menu(self, at: QPoint) -> None:
        """Offer at the rows themselves what the buttons do with them."""
        menu = QMenu(self)
        for button in (
            self.zoom_button,
            self.edit_button,
            self.decide_button,
            self.copy_button,
            self.export_button,
        ):
            if not button.isHidden():
                action = menu.addAction(button.accessibleName())
                action.setEnabled(button.isEnabled())
                action.triggered.connect(lambda _on=False, button=button: button.click())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.page.table.viewport().mapToGlobal(at))

    def _columns(self) -> None:
        self.page.ask_columns(self._below(self.columns_button))

    def _below(self, button: IconButton) -> QPoint:
        return button.mapToGlobal(QPoint(0, button.height() + 2))

    def _remember(self) -> None:
        for kind, table in self.tables.items():
            self.desk.settings.tables[kind.value] = table.layout_of.as_json()
