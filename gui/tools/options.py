"""What is switched on for every tool that draws: snapping, tracing, shared edges."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Option(StrEnum):
    """A switch of the tools."""

    SNAPPING = "snapping"
    TRACING = "tracing"
    SHARED = "shared"


class ToolOptions(QObject):
    """The switches as they stand; kept while tools come and go.

    Attributes:
        changed: One of them was switched.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on = {Option.SNAPPING: True, Option.TRACING: False, Option.SHARED: True}

    @property
    def snapping(self) -> bool:
        """Whether corners are drawn to what is there."""
        return self._on[Option.SNAPPING]

    @property
    def tracing(self) -> bool:
        """Whether the line follows what is there from one click to the next."""
        return self._on[Option.TRACING]

    @property
    def shared(self) -> bool:
        """Whether an edge that zones share moves for all of them."""
        return self._on[Option.SHARED]

    def is_on(self, option: Option) -> bool:
        """Tell whether something is switched on."""
        return self._on[option]

    def switch(self, option: Option) -> None:
        """Switch something on or off."""
        self._on[option] = not self._on[option]
        self.changed.emit()
