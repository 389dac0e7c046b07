"""Photographs of the plan as pictures: read on the store's thread, decoded on a worker, kept small.

Only small pictures are kept, in Qt's own cache, and only while the plan is open: a protected plan
must not stay readable in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap, QPixmapCache

from geo.errors import PlanError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.progress import Progress
    from gui.panels.base import Desk


def load(
    desk: Desk,
    sha256: str,
    box: QSize | None,
    done: Callable[[QImage], None],
    failed: Callable[[PlanError], None],
) -> None:
    """Read and decode a photograph; `done` or `failed` is called on the main thread.

    Args:
        desk: Of the window.
        sha256: Of what the plan keeps.
        box: Pixels that it shall cover; None decodes all of it.
        done: Takes the picture.
        failed: Takes why there is none.
    """
    try:
        reading = desk.session.on_store_thread(lambda project: project.store.content(sha256))
    except PlanError as error:
        failed(error)
        return

    def work(_progress: Progress) -> QImage:
        try:
            data = reading.result()
        except KeyError:
            raise PlanError("photo.error.not_kept") from None
        return decoded(data, box)

    desk.runner.run(work, done, failed)


def decoded(data: bytes, box: QSize | None) -> QImage:
    """Return the picture in a file's bytes, made as small as still covers `box`; on any thread.

    Raises:
        PlanError: There is none in it.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if box is not None and size.isValid():
        small = size.scaled(box, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        if small.width() < size.width():
            reader.setScaledSize(small)
    image = reader.read()
    if image.isNull():
        raise PlanError("photo.error.not_shown")
    return image


def _key(sha256: str, box: QSize) -> str:
    return f"photo/{sha256}/{box.width()}x{box.height()}"


def small(
    desk: Desk,
    sha256: str,
    box: QSize,
    done: Callable[[QPixmap], None],
    failed: Callable[[PlanError], None],
) -> QPixmap | None:
    """Return a small picture cut to `box`, or None and call `done` or `failed` later.

    A dossier is built anew with every change: who asks while it is on its way waits for the same.
    """
    key, picture = _key(sha256, box), QPixmap()
    if QPixmapCache.find(key, picture):
        return picture
    _waiting.setdefault(key, []).append((done, failed))
    if len(_waiting[key]) > 1:
        return None

    def decoded_to(image: QImage) -> None:
        part = QRect(QPoint(0, 0), box.boundedTo(image.size()))
        part.moveCenter(image.rect().center())
        made = QPixmap.fromImage(image.copy(part))
        if key in _waiting:  # else the plan was closed meanwhile
            QPixmapCache.insert(key, made)
        for take, _ in _waiting.pop(key, ()):
            take(made)

    def not_read(error: PlanError) -> None:
        for _, tell in _waiting.pop(key, ()):
            tell(error)

    load(desk, sha256, box, decoded_to, not_read)
    return None


_waiting: dict[str, list[tuple[Callable[[QPixmap], None], Callable[[PlanError], None]]]] = {}
"""Who waits for a small picture, by its key; touched by the main thread only."""


def forget() -> None:
    """Forget every picture: the plan is closed."""
    _waiting.clear()
    QPixmapCache.clear()
