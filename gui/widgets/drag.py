"""What can be dragged in the window: a team, its assignment, a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QMimeData, Qt
from PySide6.QtGui import QDrag

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

TEAM: Final = "application/x-unity-command-map-team"
LAYER: Final = "application/x-unity-command-map-layer"
DUTY: Final = "application/x-unity-command-map-assignment"


def carry(source: QWidget, what: str, name: str, picture: QPixmap | None = None) -> None:
    """Let the pointer carry something, with its picture under it, or that of `source`."""
    drag = QDrag(source)
    data = QMimeData()
    data.setData(what, QByteArray(name.encode()))
    drag.setMimeData(data)
    shown = source.grab() if picture is None else picture
    drag.setPixmap(shown)
    drag.setHotSpot(source.rect().center() if picture is None else shown.rect().center())
    drag.exec(Qt.DropAction.MoveAction)


def carried(data: QMimeData, what: str) -> str:
    """Return what is carried, or empty if it is something else."""
    return bytes(data.data(what).data()).decode() if data.hasFormat(what) else ""
