"""Photographs: choosing, adding, looking at, captioning, removing and destroying them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from geo.edit.verbs import Verb
from geo.errors import InputError, PlanError
from geo.model.entity import Kind
from gui import pictures
from gui.acts.doing import Acts
from gui.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from geo.edit.attachments import NewPhoto
    from geo.edit.edit import Edit
    from geo.model.entity import LonLat
    from geo.photos import Photo
    from geo.progress import Progress
    from geo.project import Project
    from gui.dialogs.photo import AddPhotosDialog
    from gui.dialogs.photo_viewer import PhotoViewer
    from gui.workbench import Workbench

PATTERNS = "*.jpg *.jpeg *.png *.webp"

Prepared = tuple[str, "Photo | PlanError", "QImage | None"]


class PhotoActs(Acts):
    """What the user can do with photographs.

    Attributes:
        viewer: The dialog that shows one, while it is open.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._window = bench.window_
        self.viewer: PhotoViewer | None = None
        answer = self.desk.intents.answer
        answer("photo.add", self.add)
        answer("photo.open", self.open)
        answer("photo.remove", self.remove)
        self.desk.session.closed.connect(pictures.forget)

    def add(self, owner_kind: Kind, owner_id: str, paths: Sequence[Path] = ()) -> None:
        """Add photographs to a row: those given, or those that the user chooses."""
        from gui.dialogs.photo import AddPhotosDialog

        project = self.project
        if project is None or not self.may(Verb.ATTACH):
            return
        chosen = list(paths) or self._choose()
        if not chosen:
            return
        dialog = AddPhotosDialog(len(chosen), self._window)
        kind = Kind(owner_kind)
        place = _place_of(project, kind, owner_id)
        dialog.ready.connect(lambda photos: self._attach(dialog, kind, owner_id, photos))
        self.ask(dialog)

        def work(progress: Progress) -> list[Prepared]:
            return [
                _prepared(path, number, len(chosen), progress) for number, path in enumerate(chosen)
            ]

        def done(found: list[Prepared]) -> None:
            if isValid(dialog):
                dialog.show_photos(found, place)

        def failed(error: PlanError) -> None:
            if isValid(dialog):
                dialog.refuse(error)

        task = self.desk.runner.run(work, done, failed)
        dialog.rejected.connect(task.cancel)

    def open(self, attachment_id: str) -> None:
        """Show a photograph."""
        from gui.dialogs.photo_viewer import PhotoViewer

        if self.project is None:
            return
        viewer = PhotoViewer(self.desk, attachment_id, self._window)
        viewer.remove_asked.connect(self.remove)
        viewer.destroy_asked.connect(self.destroy)
        viewer.caption_asked.connect(self.caption)
        self.viewer = viewer
        viewer.open()

    def remove(self, attachment_id: str) -> None:
        """Remove a photograph; undo brings it back."""
        from geo.edit.attachments import detach

        if self.may(Verb.DETACH):
            self.desk.session.do(lambda p: detach(p, attachment_id), self.tell)

    def destroy(self, attachment_id: str) -> None:
        """Ask once, and destroy a photograph for good."""
        from geo.edit.attachments import destroy
        from gui.dialogs.confirm import ConfirmDialog

        if not self.may(Verb.DETACH):
            return
        dialog = ConfirmDialog(
            self._window,
            "photo.destroy_title",
            "photo.destroy_text",
            "photo.destroy_means",
            "photo.destroy_now",
        )
        # Enter must not destroy what cannot come back.
        dialog.cancel_button.setDefault(True)
        dialog.cancel_button.setFocus()

        def done(_edit: Edit) -> None:
            pictures.forget()
            self.desk.toast.tell("photo.destroyed")

        dialog.ready.connect(
            lambda: self.desk.session.do(lambda p: destroy(p, attachment_id), done)
        )
        dialog.open()

    def caption(self, attachment_id: str) -> None:
        """Ask for another caption and day of a photograph."""
        from geo.edit.attachments import recaption
        from geo.model.evidence import Attachment
        from gui.dialogs.photo import CaptionDialog

        project = self.project
        row = project.find(Attachment, attachment_id) if project is not None else None
        if row is None or not self.may(Verb.RECAPTION):
            return
        dialog = CaptionDialog(row, self._window)
        dialog.ready.connect(
            lambda words, day: self.do(dialog, lambda p: recaption(p, attachment_id, words, day))
        )
        self.ask(dialog)

    # --- how ----------------------------------------------------------------------------------

    def _choose(self) -> list[Path]:
        names, _ = QFileDialog.getOpenFileNames(
            self._window, tr("photo.choose"), "", f"{tr('photo.files')} ({PATTERNS})"
        )
        return [Path(name) for name in names]

    def _attach(
        self, dialog: AddPhotosDialog, kind: Kind, owner_id: str, photos: Sequence[NewPhoto]
    ) -> None:
        from geo.edit.attachments import attach, contents_of

        contents = contents_of(photos)
        self.do(dialog, lambda p: attach(p, kind, owner_id, photos), contents=contents)


def _prepared(path: Path, number: int, total: int, progress: Progress) -> Prepared:
    """Read and prepare one file, on a worker thread; a file that cannot be used says why."""
    from geo.photos import MOST_BYTES, prepare
    from gui.dialogs.photo import small_picture

    progress.step(number, total, "photo.preparing")
    try:
        with path.open("rb") as stream:
            # One byte more than may be: what is too big is refused without reading all of it.
            data = stream.read(MOST_BYTES + 1)
        photo = prepare(data, path.name)
        return path.name, photo, small_picture(photo)
    except OSError:
        return path.name, InputError("error.photo.unreadable", name=path.name), None
    except PlanError as error:
        return path.name, error, None


def _place_of(project: Project, kind: Kind, owner_id: str) -> LonLat | None:
    """Return where a row is, if it is known to the point."""
    from geo.model.place import BorderCrossing
    from geo.model.result import Inspection
    from geo.model.site import Site

    if kind is Kind.CROSSING:
        crossing = project.find(BorderCrossing, owner_id)
        return crossing.point if crossing is not None else None
    if kind is Kind.INSPECTION:
        visit = project.find(Inspection, owner_id)
        owner_id = visit.site_id if visit is not None else ""
    site = project.find(Site, owner_id)
    return site.point if site is not None else None
