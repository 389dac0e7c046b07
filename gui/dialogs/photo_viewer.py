"""Looking at the photographs of one row, one after another; each look is logged.

Nothing leaves from here: no saving, no printing, no copying, not even of the digest (the table of
grades denies every field of an attachment). The digest is shown in groups, to be compared by eye
with that of the original file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGraphicsScene,
    QGraphicsView,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from geo.edit.attachments import attachments_of
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.evidence import Attachment
from geo.model.plan import User
from gui import i18n, pictures, theme
from gui.i18n import retext, tr
from gui.rights import permit
from gui.widgets.buttons import Button, IconButton, explain
from gui.widgets.layouts import boxed, column, row
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QResizeEvent, QWheelEvent

    from geo.errors import PlanError
    from gui.panels.base import Desk

STEP: Final = 1.25
MOST_ZOOM: Final = 8.0
GROUP: Final = 8
SHARE: Final = 0.86
"""Of the window."""


class Canvas(QGraphicsView):
    """One picture: fitted into the window, or zoomed and moved by hand."""

    def __init__(self) -> None:
        super().__init__()
        self._stage = QGraphicsScene(self)
        self.setScene(self._stage)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fitted = True
        theme.on_theme(self, lambda: self.setBackgroundBrush(QColor(theme.current().ground)))

    def show_picture(self, image: QImage | None) -> None:
        """Show a picture, fitted; None shows nothing."""
        self._stage.clear()
        if image is not None:
            item = self._stage.addPixmap(QPixmap.fromImage(image))
            item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
            self._stage.setSceneRect(QRectF(image.rect()))
        self.fit()

    def fit(self) -> None:
        """Show all of it; a small picture is not made bigger than it is."""
        self.fitted = True
        self.resetTransform()
        shown, room = self._stage.sceneRect(), self.viewport().size()
        if shown.width() > room.width() or shown.height() > room.height():
            self.fitInView(shown, Qt.AspectRatioMode.KeepAspectRatio)

    def zoom(self, factor: float) -> None:
        """Make it bigger or smaller."""
        if self.transform().m11() * factor <= MOST_ZOOM:
            self.fitted = False
            self.scale(factor, factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(STEP if event.angleDelta().y() > 0 else 1 / STEP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fitted:
            self.fit()


class PhotoViewer(QDialog):
    """The photographs of one row.

    Attributes:
        remove_asked: A photograph is to be removed (its id).
        destroy_asked: One is to be destroyed for good.
        caption_asked: One is to get another caption and day.
        shown_id: Which one is shown.
    """

    remove_asked = Signal(str)
    destroy_asked = Signal(str)
    caption_asked = Signal(str)

    def __init__(self, desk: Desk, attachment_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._desk = desk
        self.shown_id = attachment_id
        self._place = 0
        self._others: list[str] = []
        self._pending = ""
        self.resize(parent.window().size() * SHARE)
        self.canvas = Canvas()
        self.states = StateView(self.canvas)
        self._arrange()
        for key, act in (
            (Qt.Key.Key_Left, lambda: self.step(-1)),
            (Qt.Key.Key_Right, lambda: self.step(1)),
            (Qt.Key.Key_Plus, lambda: self.canvas.zoom(STEP)),
            (Qt.Key.Key_Minus, lambda: self.canvas.zoom(1 / STEP)),
            (Qt.Key.Key_0, self.canvas.fit),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        retext(self, self._word)
        desk.session.changed.connect(self._changed)
        desk.session.closed.connect(self.reject)
        self.show_photo(attachment_id)

    def _arrange(self) -> None:
        self.caption = Data(role="heading", wrap=True)
        self.facts = Data(role="muted", wrap=True)
        self.digest = Data(role="caption", wrap=True)
        self.count = Data(role="muted")
        self.before = IconButton("chevron-left", "photo.before", keys="←")
        self.after = IconButton("chevron-right", "photo.after", keys="→")
        self.smaller = IconButton("zoom-out", "photo.smaller", keys="−")
        self.bigger = IconButton("zoom-in", "photo.bigger", keys="+")
        self.fit = IconButton("maximize", "photo.fit", keys="0")
        self.caption_button = Button("photo.caption_it", "pencil")
        self.remove_button = Button("photo.remove", "trash")
        self.destroy_button = Button("photo.destroy", "flame")
        self.close_button = Button("window.close", look="primary")
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.smaller.clicked.connect(lambda: self.canvas.zoom(1 / STEP))
        self.bigger.clicked.connect(lambda: self.canvas.zoom(STEP))
        self.fit.clicked.connect(self.canvas.fit)
        self.caption_button.clicked.connect(lambda: self.caption_asked.emit(self.shown_id))
        self.remove_button.clicked.connect(lambda: self.remove_asked.emit(self.shown_id))
        self.destroy_button.clicked.connect(lambda: self.destroy_asked.emit(self.shown_id))
        self.close_button.clicked.connect(self.accept)
        texts = column(self.caption, self.facts, self.digest, gap=2)
        tools = row(
            self.before, self.count, self.after, 12, self.smaller, self.fit, self.bigger, gap=4
        )
        head = row(texts, column(tools, None))
        head.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(12)
        box.addWidget(self.states, 1)
        box.addWidget(boxed(head))
        box.addWidget(Text("photo.evidence_note", role="caption", wrap=True))
        box.addLayout(
            row(
                self.caption_button,
                self.remove_button,
                self.destroy_button,
                None,
                self.close_button,
            )
        )

    # --- which one ----------------------------------------------------------------------------

    def show_photo(self, attachment_id: str) -> None:
        """Show a photograph and log that it was looked at."""
        project = self._desk.session.project
        row_ = project.find(Attachment, attachment_id) if project is not None else None
        if row_ is None:
            self.reject()
            return
        self.shown_id, self._pending = attachment_id, row_.content_sha256
        self._word()
        self._allow()
        self.canvas.show_picture(None)
        self.states.show_loading("photo.loading")
        self._desk.session.record("read", kind=Kind.ATTACHMENT.value, row=attachment_id)

        def done(image: QImage) -> None:
            if isValid(self) and self._pending == row_.content_sha256:
                self.states.show_full()
                self.canvas.show_picture(image)

        def failed(error: PlanError) -> None:
            if isValid(self) and self._pending == row_.content_sha256:
                self.states.show_error(error)

        pictures.load(self._desk, row_.content_sha256, None, done, failed)

    def step(self, by: int) -> None:
        """Go to the next photograph of the row, or the one before; at the end, nowhere."""
        rows = self._rows()
        place = next((i for i, each in enumerate(rows) if each.id == self.shown_id), 0) + by
        if 0 <= place < len(rows):
            self.show_photo(rows[place].id)

    def _rows(self) -> list[Attachment]:
        project = self._desk.session.project
        shown = project.find(Attachment, self.shown_id) if project is not None else None
        if project is None or shown is None:
            return []
        return attachments_of(project, shown.owner_kind, shown.owner_id)

    def _changed(self, _edit: object) -> None:
        """Follow the plan: a removed photograph gives its place to the next."""
        rows = self._rows()
        if rows:
            self._word()
            self._allow()
            return
        project = self._desk.session.project
        left = [i for i in self._others if project is not None and project.find(Attachment, i)]
        if left:
            self.show_photo(left[min(self._place, len(left) - 1)])
        else:
            self.accept()

    def _allow(self) -> None:
        project, rows = self._desk.session.project, self._rows()
        self._others = [each.id for each in rows]
        self._place = self._others.index(self.shown_id) if self.shown_id in self._others else 0
        explain(self.before, "" if self._place > 0 else "photo.why.first")
        explain(self.after, "" if self._place < len(rows) - 1 else "photo.why.last")
        permit(self.caption_button, project, Verb.RECAPTION)
        permit(self.remove_button, project, Verb.DETACH)
        permit(self.destroy_button, project, Verb.DETACH)

    # --- words --------------------------------------------------------------------------------

    def _word(self) -> None:
        self.setWindowTitle(tr("photo.title"))
        project = self._desk.session.project
        shown = project.find(Attachment, self.shown_id) if project is not None else None
        if project is None or shown is None:
            return
        rows = self._rows()
        place = next((i for i, each in enumerate(rows) if each.id == shown.id), 0)
        self.count.setText(f"{i18n.number(place + 1)} / {i18n.number(len(rows))}")
        self.caption.setText(shown.caption or shown.file_name)
        user = project.find(User, shown.added_by)
        added = tr(
            "photo.added",
            who=user.name if user is not None else "–",
            when=i18n.moment(shown.added_at),
        )
        taken = tr("photo.taken", day=i18n.day(shown.taken_on)) if shown.taken_on else ""
        file_name = shown.file_name if shown.caption else ""
        self.facts.setText(" · ".join(word for word in (taken, added, file_name) if word))
        groups = [shown.sha256[i : i + GROUP] for i in range(0, len(shown.sha256), GROUP)]
        self.digest.setText(f"{tr('photo.digest')} {' '.join(groups)}")
