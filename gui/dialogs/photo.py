"""Adding photographs: what each shows, when it was taken, and what it said of its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from geo import localise
from geo.edit.attachments import NewPhoto
from geo.errors import InputError, PlanError
from geo.photos import metres_off
from gui import i18n, pictures
from gui.dialogs.base import FormDialog, add_field, form, line
from gui.i18n import retext, tr
from gui.widgets.field_values import day_text, read_day
from gui.widgets.layouts import boxed, card, column, row, scrolling
from gui.widgets.states import StateView
from gui.widgets.texts import Data, Elided, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtGui import QImage

    from geo.model.entity import LonLat
    from geo.model.evidence import Attachment
    from geo.photos import Photo

SIZE: Final = QSize(120, 90)
LIST_PX: Final = 330
LABEL_PX: Final = 70
SHARPEST: Final = 2
"""Screens with more dots to a pixel than this show it a little less sharp."""


class PhotoEntry(QWidget):
    """One photograph to be added, or why it cannot be."""

    def __init__(
        self,
        name: str,
        found: Photo | PlanError,
        small: QImage | None,
        place: LonLat | None,
        changed: Callable[[], object],
    ) -> None:
        super().__init__()
        self.name = name
        self.photo: Photo | None = None
        head = Elided(name, role="heading")
        if isinstance(found, PlanError):
            refusal = Data(i18n.message(found), role="danger", wrap=True)
            self.setLayout(column(card(column(head, refusal, margin=12, gap=4), "danger")))
            return
        self.photo = found
        self.chosen = QCheckBox()
        self.chosen.setChecked(True)
        self.chosen.setAccessibleName(tr("photo.take_it", name=name))
        self.chosen.toggled.connect(lambda _on: changed())
        self.caption = line(changed)
        self.day = line(changed, day_text(found.taken_on))
        retext(self, self._word)
        fields = form()
        for code, field in (("photo.caption", self.caption), ("photo.day", self.day)):
            add_field(fields, code, field)
            fields.labelForField(field).setMinimumWidth(LABEL_PX)
        top = row(self.chosen, head)
        top.setStretch(1, 1)
        inner = row(_picture(small), column(top, fields, None, gap=6), gap=12)
        inner.setStretch(1, 1)
        parts: list[QWidget] = [boxed(inner)]
        metres = metres_off(found, place)
        if metres is not None:
            far = localise.format_length(metres, i18n.language())
            parts.append(Text("photo.far", role="warning", wrap=True, far=far))
        self.setLayout(column(card(column(*parts, margin=12, gap=8))))

    def _word(self) -> None:
        self.caption.setPlaceholderText(tr("photo.caption_example"))
        self.day.setPlaceholderText(tr("photo.day_unknown"))

    def taken_on(self) -> date | None:
        """Return the day as it was typed.

        Raises:
            InputError: It is none.
        """
        return read_day(self.day.text())

    def is_chosen(self) -> bool:
        """Tell whether it shall be added."""
        return self.photo is not None and self.chosen.isChecked()


def small_picture(photo: Photo) -> QImage:
    """Return a small picture of a photograph; on any thread."""
    return pictures.decoded(photo.content, SIZE * SHARPEST).scaled(
        SIZE * SHARPEST,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def _picture(small: QImage | None) -> QLabel:
    shown = QLabel()
    shown.setFixedSize(SIZE)
    shown.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    if small is not None:
        picture = QPixmap.fromImage(small)
        picture.setDevicePixelRatio(SHARPEST)
        shown.setPixmap(picture)
    return shown


class AddPhotosDialog(FormDialog):
    """Asks what photographs show, while they are read and after.

    Attributes:
        ready: The `NewPhoto`s that were chosen.
    """

    ready = Signal(object)

    def __init__(self, count: int, parent: QWidget) -> None:
        """Wait for `count` files."""
        super().__init__(parent, "photo.add_title", "photo.add_these", width=620)
        self.entries: list[PhotoEntry] = []
        self._list = column(gap=10)
        area = scrolling(boxed(column(self._list, None)))
        self.states = StateView(area)
        self.states.setMinimumHeight(LIST_PX)
        self.states.show_loading("photo.preparing")
        self.body.addWidget(self.states, 1)
        self.body.addWidget(Text("photo.stripped_note", role="caption", wrap=True))
        self.body.addWidget(Text("photo.evidence_note", role="caption", wrap=True))
        self._count = count
        self.check()

    def show_photos(
        self,
        found: Sequence[tuple[str, Photo | PlanError, QImage | None]],
        place: LonLat | None,
    ) -> None:
        """Show what became of the files.

        Args:
            found: Name, photograph or refusal, and small picture of each.
            place: Where the row is that they will belong to.
        """
        self.entries = [
            PhotoEntry(name, each, small, place, self.check) for name, each, small in found
        ]
        for entry in self.entries:
            self._list.addWidget(entry)
        self.states.show_full()
        first = next((e for e in self.entries if e.photo is not None), None)
        if first is not None:
            first.caption.setFocus()
        self.check()

    def missing(self) -> str:
        if self.states.state == "loading":
            return "photo.why.loading"
        chosen = [entry for entry in self.entries if entry.is_chosen()]
        if not chosen:
            return "photo.why.none"
        return "photo.why.day" if any(map(_day_is_wrong, chosen)) else ""

    def finish(self) -> None:
        self.ready.emit(
            [
                NewPhoto(
                    photo=entry.photo,
                    file_name=entry.name,
                    caption=entry.caption.text(),
                    taken_on=entry.taken_on(),
                )
                for entry in self.entries
                if entry.photo is not None and entry.is_chosen()
            ]
        )


def _day_is_wrong(entry: PhotoEntry) -> bool:
    try:
        entry.taken_on()
    except InputError:
        return True
    return False


class CaptionDialog(FormDialog):
    """Asks for a photograph's caption and day.

    Attributes:
        ready: The caption, and the day or None.
    """

    ready = Signal(str, object)

    def __init__(self, photo: Attachment, parent: QWidget) -> None:
        super().__init__(parent, "photo.caption_it", "photo.keep_caption", width=460)
        self.caption: QLineEdit = line(self.check, photo.caption)
        self.day = line(self.check, day_text(photo.taken_on))
        retext(self.day, lambda: self.day.setPlaceholderText(tr("photo.day_unknown")))
        fields = form()
        add_field(fields, "photo.caption", self.caption)
        add_field(fields, "photo.day", self.day)
        self.body.addWidget(Data(photo.file_name, role="muted", wrap=True))
        self.body.addLayout(fields)
        self.caption.setFocus()
        self.check()

    def missing(self) -> str:
        try:
            read_day(self.day.text())
        except InputError:
            return "photo.why.day"
        return ""

    def finish(self) -> None:
        self.ready.emit(self.caption.text(), read_day(self.day.text()))
