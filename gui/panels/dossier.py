"""The dossier: all that is known of what is selected, beside the map and never over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from geo.model.entity import Kind
from gui.panels import dossier_pages
from gui.panels.base import Desk, Panel
from gui.widgets.buttons import IconButton
from gui.widgets.in_place import InPlace
from gui.widgets.layouts import boxed, clear, column, row, scrolling
from gui.widgets.texts import Data, Elided

if TYPE_CHECKING:
    from geo.project import Project

WIDTH = 360


class Dossier(Panel):
    """Shows one selected row; of several, how many they are.

    Attributes:
        closed: The user closes it: nothing is selected any more.
        assign_asked: Zone and team that the user brings together.
        decide_asked: Site of which the legal status is to be decided.
        edit_zone_asked: Zone of which the outline is to be changed.
        edit_team_asked: Team to be changed.
        folds: Which sections the user opened or closed, by their heading's code.
        drafts: What was filled in and not yet kept, by what it is about: it is there again when
            the user comes back to it.
    """

    closed = Signal()
    assign_asked = Signal(str, str)
    unassign_asked = Signal(str)
    decide_asked = Signal(str)
    edit_zone_asked = Signal(str)
    edit_team_asked = Signal(str)
    add_team_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("dossier")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.kind_label = Data(role="caption")
        self.title = Data(role="title", wrap=True)
        self.second = Elided(role="muted")
        zoom = IconButton("focus-2", "action.zoom_selection")
        close = IconButton("x", "window.close", keys="Esc")
        zoom.clicked.connect(desk.selection.zoom_asked)
        close.clicked.connect(self.closed)
        head = row(column(self.kind_label, self.title, self.second, gap=2), zoom, close, gap=2)
        head.setStretch(0, 1)
        head.setAlignment(zoom, Qt.AlignmentFlag.AlignTop)
        head.setAlignment(close, Qt.AlignmentFlag.AlignTop)
        head.setContentsMargins(16, 12, 8, 10)
        top = boxed(head, "panelHead")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = column(gap=12)
        self.body.setContentsMargins(16, 12, 16, 16)
        self.box.addWidget(top)
        self.area = scrolling(boxed(column(self.body, None)))
        self.box.addWidget(self.area, 1)
        self.foot = column(margin=12)
        self.foot_box = boxed(self.foot, "dossierFoot")
        self.foot_box.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.foot_box.hide()
        self.box.addWidget(self.foot_box)
        self._shown: tuple[object, object] = (None, ())
        self.folds: dict[str, bool] = {}
        self.drafts: dict[object, object] = {}
        self._read = ""
        desk.selection.changed.connect(self._selected)
        self.setVisible(False)

    def _selected(self) -> None:
        chosen = self.desk.selection
        self._stale = self.project is None  # its coming up is not to make the page a second time
        self.setVisible(bool(chosen.ids) and chosen.kind in dossier_pages.PAGES)
        self.area.verticalScrollBar().setValue(0)
        self.refresh_now()
        self._log_read()

    def _log_read(self) -> None:
        """Log who looked at an allegation or a person: raids are betrayed by who may read."""
        chosen = self.desk.selection
        kind = Kind.PERSON_REF if chosen.kind is Kind.PERSON_REF else Kind.ALLEGATION
        read = chosen.one(kind)
        if read and read != self._read:
            self.desk.session.record("read", kind=kind.value, row=read)
        self._read = read

    def refresh(self, project: Project) -> None:
        chosen = self.desk.selection
        shown = (chosen.kind, chosen.ids)
        fields = self.findChildren(InPlace)  # those of an older page wait hidden for their end
        if shown == self._shown and any(f.editing and f.isVisibleTo(self.area) for f in fields):
            return  # what is being typed outlasts a change; `ended` comes back here
        focus, scrolled = self._focus_name(), self.area.verticalScrollBar().value()
        same, self._shown = shown == self._shown, shown
        self._build(project)
        if same:
            self._return_to(focus, scrolled)

    def _focus_name(self) -> str:
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None and self.area.isAncestorOf(focus) else ""

    def _return_to(self, focus: str, scrolled: int) -> None:
        """Put the keyboard and the page where they were before the page was made anew."""

        def settled() -> None:
            self.area.verticalScrollBar().setValue(scrolled)
            again = self.findChildren(QWidget, focus) if focus else []
            for part in again:  # those of the older page are hidden
                if part.isVisibleTo(self):
                    part.setFocus(Qt.FocusReason.OtherFocusReason)

        QTimer.singleShot(0, self, settled)

    def turn(self, code: str, part: QWidget, *, is_open: bool) -> None:
        """Remember that the user opened or closed a section, and show what was opened."""
        self.folds[code] = is_open
        if is_open:
            QTimer.singleShot(0, part, lambda: self._reveal(part))

    def _reveal(self, part: QWidget) -> None:
        view = self.area.viewport().height()
        self.area.ensureVisible(0, part.y() + min(part.height(), view - 8), 0, 8)

    def _build(self, project: Project) -> None:
        chosen = self.desk.selection
        clear(self.body)
        clear(self.foot)
        self.foot_box.hide()
        if chosen.kind is None or chosen.kind not in dossier_pages.PAGES:
            return
        still = tuple(i for i in chosen.ids if i in project.table(chosen.kind))
        if still != chosen.ids:  # an undo took it away
            chosen.select(chosen.kind, still)
            return
        if len(still) > 1:
            page = dossier_pages.several(project, chosen.kind, still, self)
        else:
            page = dossier_pages.PAGES[chosen.kind](project, still[0], self)
        self.kind_label.setText(page.kind)
        self.title.setText(page.title)
        self.second.setText(page.second)
        self.second.setVisible(bool(page.second))
        for part in page.parts:
            self.body.addWidget(part)

    def put_foot(self, part: QWidget) -> None:
        """Put a part below the page, where it is seen however far the page is scrolled."""
        self.foot.addWidget(part)

    def select(self, kind: Kind, entity_id: str) -> None:
        """Follow a link from one row to another."""
        self.desk.selection.select(kind, [entity_id], zoom=False)
