"""What answers the saved questions at present: one for the window, kept up to date by its acts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    # At run time this would bring numpy into the first second of the window.
    from layers.live import LiveRows


class LiveModel(QObject):
    """The live layers with their rows.

    Attributes:
        changed: Other rows answer, or a layer is hidden or shown.
        rows: One for each live layer of the plan, in the order in which they were saved.
        asked: What answers the question that is asked at present, kept or not.
        busy: They are being asked.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[LiveRows, ...] = ()
        self.asked: LiveRows | None = None
        self.busy = False
        self._hidden: set[str] = set()

    def show(self, rows: tuple[LiveRows, ...]) -> None:
        """Show other rows; what is hidden stays hidden."""
        self.rows = tuple(replace(r, visible=r.id not in self._hidden) for r in rows)
        self.changed.emit()

    def show_asked(self, rows: LiveRows | None) -> None:
        """Show what answers the question that is asked at present."""
        if rows is not self.asked:
            self.asked = rows
            self.changed.emit()

    @property
    def drawn(self) -> tuple[LiveRows, ...]:
        """What the map draws, the undermost first."""
        return self.rows if self.asked is None else (*self.rows, self.asked)

    def set_visible(self, layer_id: str, visible: bool) -> None:  # noqa: FBT001 - a setter
        """Hide a layer, or show it again."""
        (self._hidden.discard if visible else self._hidden.add)(layer_id)
        self.show(self.rows)

    def of(self, layer_id: str) -> LiveRows | None:
        """Return the rows of a layer, or None before they were asked for."""
        return next((rows for rows in self.rows if rows.id == layer_id), None)

    def forget(self) -> None:
        """Start anew for another plan."""
        self._hidden = set()
        self.asked = None
        self.show(())
