"""The sites of the zones on the day: those still to be visited first, the nearest on top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from geo.edit.verbs import Verb
from geo.localise import format_length
from geo.model.entity import Kind
from gui import i18n
from gui.i18n import retext, tr
from gui.models.faces import face_of
from gui.panels.operate_zone_choice import ZoneChoice
from gui.rights import permit
from gui.widgets.buttons import Button, explain
from gui.widgets.entity_list import FaceDelegate
from gui.widgets.layouts import column
from gui.widgets.no_copy import keep_from_clipboard
from gui.widgets.states import StateView
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from geo.model.command import Assignment, Zone
    from geo.model.table import Table
    from geo.project import Project
    from gui.models.faces import Face
    from gui.models.table_model import Index
    from gui.panels.operate_watch import DayFound

METRES_PER_DEGREE: Final = 111_320.0
CLOCK: Final = slice(len("2022-09-17T"), len("2022-09-17T06:30"))


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site of the list.

    Attributes:
        metres: From where the team was last, or from the middle of them all; None once visited.
        visited_at: ISO, local; empty while it was not visited.
    """

    id: str
    metres: float | None
    visited_at: str = ""


def ordered(sites: Table, ids: Sequence[str], seen: Mapping[str, str]) -> list[SiteRow]:
    """Return sites in the order in which they matter.

    First those that were not visited, from the one next to the site that was visited last; then
    those that were, the latest first.
    """
    known = [i for i in dict.fromkeys(ids) if i in sites]
    open_ = [i for i in known if i not in seen]
    done = sorted((i for i in known if i in seen), key=lambda i: seen[i], reverse=True)
    rows = np.array([sites.index[i] for i in open_], dtype=np.intp)
    start = [sites.index[done[0]]] if done else rows
    if len(rows):
        lon, lat = sites["lon"][start].mean(), sites["lat"][start].mean()
        east = (sites["lon"][rows] - lon) * np.cos(np.radians(lat))
        metres = np.hypot(east, sites["lat"][rows] - lat) * METRES_PER_DEGREE
        order = np.argsort(metres, kind="stable")
        found = [SiteRow(open_[at], float(metres[at])) for at in order]
    else:
        found = []
    return [*found, *(SiteRow(i, None, seen[i]) for i in done)]


class SiteRows(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[SiteRow] = []
        self._project: Project | None = None

    def show_rows(self, project: Project, rows: list[SiteRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._project, self.rows = project, rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            face = self.face(index)
            return f"{face.title}. {face.right}" if face is not None else None
        return None

    def face(self, index: Index) -> Face | None:
        """Return how a row looks: at its right how far it is, or when it was visited."""
        project = self._project
        if project is None or not 0 <= index.row() < len(self.rows):
            return None
        row, sites = self.rows[index.row()], project.table(Kind.SITE)
        if row.id not in sites:
            return None
        face = face_of(project, sites, sites.index[row.id])
        if row.visited_at:
            right = "✓ " + i18n.digits(row.visited_at[CLOCK])
        else:
            right = format_length(row.metres or 0.0, i18n.language())
        return replace(face, right=right)


class SitesPage(QWidget):
    """The list and what can be done with the site that is chosen in it.

    Attributes:
        picked: The user chose a site (its id).
        visit_asked: The user wants to record the visit of a site (its id).
    """

    picked = Signal(str)
    visit_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.zone = ZoneChoice("operate.every_zone")
        self.zone.chosen.connect(lambda _id: self._fill())
        self.list = QListView()
        keep_from_clipboard(self.list)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.rows = SiteRows(self)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(FaceDelegate(self, self.rows.face))
        self.list.activated.connect(lambda at: self.visit_asked.emit(self.rows.rows[at.row()].id))
        self.list.selectionModel().currentChanged.connect(self._chosen)
        retext(self.list, lambda: self.list.setAccessibleName(tr("operate.page.sites")))
        self.count = Data(role="caption")
        self.record = Button("operate.record", "clipboard-check", look="primary")
        self.record.clicked.connect(lambda: self.visit_asked.emit(self.site_id))
        self.states = StateView(self.list)
        box = column(self.zone, self.count, self.states, self.record, gap=6)
        box.setContentsMargins(12, 4, 12, 8)
        box.setStretch(2, 1)
        self.setLayout(box)
        self._given: tuple[Project, DayFound, tuple[Assignment, ...]] | None = None
        self._filling = False

    @property
    def site_id(self) -> str:
        """The site that is chosen, or empty."""
        at = self.list.currentIndex().row()
        return self.rows.rows[at].id if 0 <= at < len(self.rows.rows) else ""

    def show_day(
        self,
        project: Project,
        zones: Sequence[Zone],
        found: DayFound,
        duties: tuple[Assignment, ...],
    ) -> None:
        """Show the sites of a day."""
        self._given = (project, found, duties)
        self.zone.offer([(z.id, z.name) for z in zones])
        self._fill()

    def _fill(self) -> None:
        if self._given is None:
            return
        project, found, duties = self._given
        chosen = self.zone.zone_id
        zones = [chosen] if chosen else list(found.progress.zones)
        ids = [i for zone in zones for i in found.progress.zones.get(zone, ())]
        seen = found.progress.seen(zones, duties)
        before, focused = self.site_id, self.list.hasFocus()
        rows = ordered(project.table(Kind.SITE), ids, seen)
        self._filling = True
        self.rows.show_rows(project, rows)
        at = next((n for n, row in enumerate(rows) if row.id == before), -1)
        if at >= 0:
            self.list.setCurrentIndex(self.rows.index(at))
        if focused:
            self.list.setFocus()
        self._filling = False
        visited = sum(bool(row.visited_at) for row in rows)
        self.count.setText(tr("operate.visited", n=i18n.number(visited), of=i18n.number(len(rows))))
        if rows:
            self.states.show_full()
        else:
            self.states.show_empty(
                "operate.sites_empty", "operate.sites_empty_next", icon="map-pin"
            )
        self._allow()

    def show_picked(self, site_id: str) -> None:
        """Mark the row of a site that was chosen elsewhere."""
        at = next((n for n, row in enumerate(self.rows.rows) if row.id == site_id), -1)
        if at >= 0 and self.site_id != site_id:
            self._filling = True
            self.list.setCurrentIndex(self.rows.index(at))
            self._filling = False
            self._allow()

    def _chosen(self) -> None:
        self._allow()
        if not self._filling and self.site_id:
            self.picked.emit(self.site_id)

    def _allow(self) -> None:
        project = self._given[0] if self._given is not None else None
        if permit(self.record, project, Verb.INSPECT) and not self.site_id:
            explain(self.record, "operate.why.no_site")
