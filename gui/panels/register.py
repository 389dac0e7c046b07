"""Register: what is known of sites, allegations and crossings, and how more comes in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QToolButton

from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.vocabulary import LegalStatus
from gui import facts, i18n
from gui.i18n import retext, tr
from gui.models.columns import COLUMNS
from gui.models.table_model import TableModel
from gui.panels.base import Desk, Panel
from gui.rights import permit
from gui.widgets.buttons import Button, MenuButton, Segments
from gui.widgets.entity_list import EntityList
from gui.widgets.layouts import boxed, column, row
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Text
from layers import style
from layers.coded import coded

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout

    from geo.project import Project
    from gui.actions import Actions

ADDING = ("add_site", "add_allegation", "add_crossing", "boundaries")
CHECKING = ("waiting_rows", "licences", "duplicates")
LISTS = {"sites": Kind.SITE, "allegations": Kind.ALLEGATION, "crossings": Kind.CROSSING}
TYPING_MS = 150


class StatusButton(QToolButton):
    """A legal status with its symbol and count; pressed, only such sites are listed."""

    def __init__(self, status: LegalStatus) -> None:
        super().__init__()
        from gui.map.symbols import symbol_pixmap

        self.status = status
        self._count = 0
        self.setCheckable(True)
        self.setProperty("flat", "true")
        self.setProperty("status", "true")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setIconSize(QSize(16, 16))
        self.setIcon(QIcon(symbol_pixmap(style.site_symbol(status), 16, self.devicePixelRatioF())))
        retext(self, self._word)

    def set_count(self, count: int) -> None:
        """Show how many sites have this status."""
        self._count = count
        self._word()

    def _word(self) -> None:
        self.setText(f"{i18n.label(self.status)}  {i18n.number(self._count)}")
        self.setToolTip(tr("panel.register.only", status=i18n.label(self.status)))


class RegisterPanel(Panel):
    """The register as lists.

    Attributes:
        import_asked: The user wants to import a file.
    """

    import_asked = Signal()

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__(desk)
        self.add_button = MenuButton("plus", "panel.register.add", [actions[n] for n in ADDING])
        self.check_button = MenuButton(
            "checklist", "panel.register.check", [actions[n] for n in CHECKING]
        )
        self.import_button = Button("panel.register.import", "file-import", look="primary")
        self.import_button.clicked.connect(self.import_asked)
        self.kind_choice = Segments(
            [(key, f"panel.register.{key}") for key in LISTS], "panel.register.lists"
        )
        self.kind_choice.choose("sites")
        self.kind_choice.chosen.connect(self.show_list)
        self._kind = Kind.SITE
        self.filter = QLineEdit()
        self.filter.setClearButtonEnabled(True)
        retext(self.filter, self._word_filter)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.timeout.connect(self._narrow)
        self.filter.textChanged.connect(lambda: self._typing.start(TYPING_MS))
        self.models = {kind: TableModel(kind, COLUMNS[kind]) for kind in LISTS.values()}
        for model in self.models.values():
            desk.session.closed.connect(partial(model.set_plan, None))
        for model in self.models.values():
            model.arranged.connect(self._say_count)
        self.lists = {kind: EntityList(model) for kind, model in self.models.items()}
        self._statuses = [StatusButton(status) for status in LegalStatus]
        self.nothing = Text(role="muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(24, 24, 24, 0)
        self._count = Data(role="caption")
        retext(self._count, self._say_count)
        self.states = StateView(boxed(self._full()))
        self.box.addLayout(
            row(
                Text("action.register", role="title"),
                None,
                self.add_button,
                self.check_button,
                self.import_button,
                margin=12,
            )
        )
        self.box.addWidget(self.states, 1)
        desk.selection.changed.connect(self._show_selection)

    def _full(self) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setSpacing(2)
        grid.setContentsMargins(8, 0, 8, 0)
        self._grid = grid
        for place, button in enumerate(self._statuses):
            grid.addWidget(button, place // 2, place % 2)
            button.clicked.connect(self._narrow)
        self._status_area = boxed(grid)
        head = column(self.kind_choice, self.filter, gap=8)
        head.setContentsMargins(12, 0, 12, 0)
        foot = row(self._count)
        foot.setContentsMargins(14, 2, 12, 6)
        whole = column(head, self._status_area, gap=6)
        for kind, view in self.lists.items():
            view.setVisible(kind is self._kind)
            view.picked.connect(lambda i, kind=kind: self.desk.selection.select(kind, [i]))
            view.zoom_asked.connect(
                lambda i, kind=kind: self.desk.selection.select(kind, [i], zoom=True)
            )
            retext(view, partial(_name_list, view, kind))
            whole.addWidget(view, 1)
        whole.addWidget(self.nothing, 1)
        whole.addLayout(foot)
        return whole

    def show_list(self, key: str) -> None:
        """Show sites, allegations or crossings."""
        self._kind = LISTS[key]
        self.kind_choice.choose(key)
        self._status_area.setVisible(self._kind is Kind.SITE)
        self._word_filter()
        self._narrow()

    def refresh(self, project: Project) -> None:
        able = permit(self.import_button, project, Verb.IMPORT)
        lens = self.desk.moment.lens
        then = lens.at(project)
        counts = facts.status_counts(lens.project(project))
        for button in self._statuses:
            self._grid.removeWidget(button)
            button.set_count(counts[button.status])
        seen = [b for b in self._statuses if counts[b.status]]
        for place, button in enumerate(seen):
            self._grid.addWidget(button, place // 2, place % 2)
        for button in self._statuses:
            button.setVisible(button in seen)
            if button not in seen:
                button.setChecked(False)  # a filter that nobody sees would hide rows
        for model in self.models.values():
            model.set_plan(then)
        if self.desk.moment.is_past or any(model.total for model in self.models.values()):
            self.states.show_full()
        else:
            self.states.show_empty(
                "panel.register.empty",
                "panel.register.empty_next",
                icon="file-import",
                button="panel.register.import",
                press=self.import_asked.emit if able else None,
            )
        self._narrow()
        self._show_selection()

    def _narrow(self) -> None:
        model, project = self.models[self._kind], self.project
        lens = self.desk.moment.lens
        mask = lens.mask(project, self._kind) if project is not None and lens.hides else None
        wanted = {b.status.value for b in self._statuses if b.isChecked()}
        if self._kind is Kind.SITE and wanted:
            chosen = coded(model.table["legal_status"]).where(lambda v: v in wanted)
            mask = chosen if mask is None else mask & chosen
        model.set_mask(mask)
        model.set_needle(self.filter.text())
        self._say_count()
        self._show_selection()

    def _say_nothing(self) -> None:
        """Say in the place of a list without rows why there are none."""
        model, moment = self.models[self._kind], self.desk.moment.moment
        listed = model.rowCount() > 0
        for kind, view in self.lists.items():
            view.setVisible(listed and kind is self._kind)
        self.nothing.setVisible(not listed)
        narrowed = bool(self.filter.text()) or any(b.isChecked() for b in self._statuses)
        if moment.is_past and not narrowed:
            self.nothing.say("panel.register.none_then", day=i18n.day(moment.day))
        elif model.total:
            self.nothing.say("panel.register.none_match")
        else:
            self.nothing.say("panel.register.none")

    def _say_count(self) -> None:
        self._say_nothing()
        model, project = self.models[self._kind], self.project
        total = model.total
        if project is not None and self.desk.moment.is_past:
            total = self.desk.moment.lens.shown(project, self._kind).of
        self._count.setText(
            tr(
                "panel.register.shown",
                n=i18n.number(model.rowCount()),
                total=i18n.number(total),
            )
        )

    def _word_filter(self) -> None:
        name = tr("panel.register.filter", what=_list_name(self._kind))
        self.filter.setPlaceholderText(name)
        self.filter.setAccessibleName(name)

    def _show_selection(self) -> None:
        for kind, view in self.lists.items():
            view.show_picked(self.desk.selection.one(kind))


def _list_name(kind: Kind) -> str:
    return tr(f"panel.register.{next(key for key, k in LISTS.items() if k is kind)}")


def _name_list(view: EntityList, kind: Kind) -> None:
    view.setAccessibleName(_list_name(kind))
