"""What can be dragged in the window: a team onto a zone, a layer to another place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QMimeData, Qt
from PySide6.QtGui import QDrag

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TEAM: Final = "application/x-unity-command-map-team"
LAYER: Final = "application/x-unity-command-map-layer"


def carry(source: QWidget, what: str, name: str) -> None:
    """Let the pointer carry a team or layer, with the picture of `source` under it."""
    drag = QDrag(source)
    data = QMimeData()
    data.setData(what, QByteArray(name.encode()))
    drag.setMimeData(data)
    picture = source.grab()
    drag.setPixmap(picture)
    drag.setHotSpot(source.rect().center())
    drag.exec(Qt.DropAction.MoveAction)


def carried(data: QMimeData, what: str) -> str:
    """Return what is carried, or empty if it is something else."""
    return bytes(data.data(what).data()).decode() if data.hasFormat(what) else ""
