"""The photographs of a row in its dossier: small pictures that open, and a place to drop files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

from geo.edit.attachments import attachments_of
from geo.edit.verbs import Verb
from geo.photos import SUFFIXES
from gui import i18n, icons, pictures, theme
from gui.i18n import retext, tr
from gui.panels.dossier_parts import fold, note
from gui.rights import permit, why_not
from gui.tips import plain_tip
from gui.widgets.buttons import Button
from gui.widgets.layouts import Flow, boxed, column, row

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QPaintEvent,
        QPixmap,
    )

    from geo.errors import PlanError
    from geo.model.entity import Kind
    from geo.model.evidence import Attachment
    from geo.project import Project
    from gui.panels.base import Desk
    from gui.panels.dossier import Dossier

SIZE: Final = QSize(100, 76)
FIRST: Final = 9
"""So many are shown at once; the viewer shows all."""
RADIUS: Final = 6


def photos_section(project: Project, owner_kind: Kind, owner_id: str, dossier: Dossier) -> QWidget:
    """Return the photographs of a site, an inspection or a crossing, with the way to add some."""
    rows = attachments_of(project, owner_kind, owner_id)
    return fold(
        dossier,
        "photo.section",
        lambda: [PhotoPart(project, owner_kind, owner_id, rows, dossier.desk)],
        count=len(rows),
    )


class PhotoPart(QWidget):
    """Small pictures, a button, and a place to drop files."""

    def __init__(
        self,
        project: Project,
        owner_kind: Kind,
        owner_id: str,
        rows: list[Attachment],
        desk: Desk,
    ) -> None:
        super().__init__()
        self._desk, self._owner = desk, (owner_kind, owner_id)
        self._aimed = False
        self.thumbs = [Thumb(each, desk) for each in rows[:FIRST]]
        self.add_button = Button("photo.add", "photo")
        self.add_button.clicked.connect(lambda: desk.intents.ask("photo.add", *self._owner))
        allowed = permit(self.add_button, project, Verb.ATTACH)
        self.setAcceptDrops(allowed)
        box = column(gap=8)
        if rows:
            flow = Flow(8)
            for thumb in self.thumbs:
                flow.addWidget(thumb)
            box.addWidget(boxed(flow))
        else:
            box.addWidget(note("photo.none"))
        buttons = row(self.add_button, None)
        if len(rows) > FIRST:
            self.more_button = Button("photo.more", look="link")
            self.more_button.say("photo.more", n=i18n.number(len(rows) - FIRST))
            next_id = rows[FIRST].id
            self.more_button.clicked.connect(lambda: desk.intents.ask("photo.open", next_id))
            buttons.insertWidget(1, self.more_button)
        box.addLayout(buttons)
        self.setLayout(box)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if photo_files(event):
            event.acceptProposedAction()
            self._aim(at=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(at=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(at=False)
        why, _ = why_not(self._desk.session.project, Verb.ATTACH)
        if found := photo_files(event):
            event.acceptProposedAction()
            if not why:
                self._desk.intents.ask("photo.add", *self._owner, found)

    def _aim(self, *, at: bool) -> None:
        self._aimed = at
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._aimed:
            return
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 2, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(theme.current().tint))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        finally:
            painter.end()


def photo_files(event: QDropEvent) -> list[Path]:
    """Return the dropped files that look like photographs; a HEIC too, which is then told."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [p for p in paths if p.suffix.lower() in {*SUFFIXES, ".heic", ".heif", ".avif"}]


class Thumb(QAbstractButton):
    """One small picture; a click opens it.

    Attributes:
        state: ``loading``, ``full`` or ``error``.
    """

    def __init__(self, row: Attachment, desk: Desk) -> None:
        super().__init__()
        self._row, self._desk = row, desk
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fault: PlanError | None = None
        self._picture = pictures.small(
            desk, row.content_sha256, SIZE * self.devicePixelRatioF(), self._take, self._fail
        )
        self.state = "loading" if self._picture is None else "full"
        self.clicked.connect(lambda: desk.intents.ask("photo.open", row.id))
        retext(self, self._word)
        theme.on_theme(self, self.update)

    def _take(self, picture: QPixmap) -> None:
        if isValid(self):
            self._picture = picture
            self.state = "full"
            self.update()

    def _fail(self, error: PlanError) -> None:
        if isValid(self):
            self._fault, self.state = error, "error"
            self._word()
            self.update()

    def _word(self) -> None:
        name = self._row.caption or self._row.file_name
        words = [name, i18n.day(self._row.taken_on) if self._row.taken_on else ""]
        words.append(i18n.message(self._fault) if self._fault else "")
        self.setAccessibleName(tr("photo.named", name=name))
        self.setToolTip(plain_tip(" · ".join(word for word in words if word)))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QPainterPath()
            frame.addRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            painter.fillPath(frame, QColor(colours.ground))
            if self._picture is not None:
                painter.setClipPath(frame)
                painter.drawPixmap(self.rect(), self._picture)
                painter.setClipping(False)
            else:
                self._paint_sign(painter)
            marked = self.hasFocus() or self.underMouse()
            edge = colours.accent if marked else colours.line
            painter.setPen(QPen(QColor(edge), 2 if marked else 1))
            painter.drawPath(frame)
        finally:
            painter.end()

    def _paint_sign(self, painter: QPainter) -> None:
        sign, role = ("photo", "muted") if self._fault is None else ("alert-triangle", "danger")
        colour = getattr(theme.current(), role)
        picture = icons.pixmap(sign, colour, 24, self.devicePixelRatioF())
        middle = self.rect().center()
        painter.drawPixmap(QRect(middle.x() - 12, middle.y() - 12, 24, 24), picture)
