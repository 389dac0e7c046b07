"""The result of an analysis that lies on the map: one for the window, kept until it is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    # At run time this would bring numpy into the first second of the window.
    from geo.project import Project
    from layers.findings import Findings


class FindingsModel(QObject):
    """What is shown of the analysis, and which of its shapes is chosen.

    Attributes:
        changed: Another result is shown, or it is hidden, shown again or no longer of this plan.
        chosen: Another shape is chosen (its key; empty for none).
        zoom_asked: The map is to show a shape (its key), or with an empty one what was found.
        shown: The result, or None.
        visible: Whether the map shows it.
        stale: Whether the plan, the day or the filter is another one than it was computed from.
        shape: Key of the chosen shape, or empty.
    """

    changed = Signal()
    chosen = Signal(str)
    zoom_asked = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: Findings | None = None
        self.visible = True
        self.stale = False
        self.shape = ""

    def show(self, findings: Findings) -> None:
        """Show a result in place of the one before."""
        self.choose("")
        self.shown, self.visible, self.stale = findings, True, False
        self.changed.emit()

    def look_at(self) -> None:
        """Have the map show what was found, unless it does."""
        if self.shown is not None:
            self.zoom_asked.emit("")

    def clear(self) -> None:
        """Take the result away."""
        if self.shown is not None:
            self.choose("")
            self.shown, self.visible, self.stale = None, True, False
            self.changed.emit()

    def is_of(self, section: str) -> bool:
        """Tell whether what is shown was made by a section of the analysis."""
        return self.shown is not None and self.shown.section == section

    def set_visible(self, visible: bool) -> None:  # noqa: FBT001 - a setter
        """Hide the result, or show it again."""
        if visible != self.visible:
            self.visible = visible
            self.changed.emit()

    def choose(self, key: str, *, zoom: bool = False) -> None:
        """Choose a shape, or none, and with `zoom` show it on the map."""
        if key != self.shape:
            self.shape = key
            self.chosen.emit(key)
        if zoom and key:
            self.zoom_asked.emit(key)

    def judge(self, shown: Project) -> None:
        """Find out whether the plan as it is shown is still the one that was computed from."""
        if self.shown is None:
            return
        stale = any(shown.table(table.kind) is not table for table in self.shown.made_of)
        if stale != self.stale:
            self.stale = stale
            self.changed.emit()
