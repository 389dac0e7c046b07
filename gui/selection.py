"""What is selected in the window: one signal that map, lists and dossier share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model.entity import Kind


class Selection(QObject):
    """Rows of one kind, or nothing.

    Attributes:
        changed: Something else is selected.
        zoom_asked: The map is to show what is selected.
    """

    changed = Signal()
    zoom_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind: Kind | None = None
        self.ids: tuple[str, ...] = ()

    def select(self, kind: Kind, ids: Sequence[str], *, zoom: bool = False) -> None:
        """Select rows, and with `zoom` show them on the map."""
        chosen = tuple(ids)
        if (kind, chosen) != (self.kind, self.ids):
            self.kind, self.ids = (kind, chosen) if chosen else (None, ())
            self.changed.emit()
        if zoom and chosen:
            self.zoom_asked.emit()

    def clear(self) -> None:
        """Select nothing."""
        if self.ids:
            self.kind, self.ids = None, ()
            self.changed.emit()

    def one(self, kind: Kind) -> str:
        """Return the id of the one selected row of a kind, or empty."""
        return self.ids[0] if self.kind is kind and len(self.ids) == 1 else ""
