"""The left side: layers with the legend of a result above, the list of a workspace below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from gui.panels.layers import LayerPanel

LAYERS_PX: Final = 230
LEAST_LAYERS: Final = 90
LEAST_LIST: Final = 200
LEAST_PANEL: Final = 250
"""The highest of all panels is seldom the one that is seen; a page below needs the room."""
FIRST_PX: Final = 728
"""Height before the window was shown."""
LOW_PX: Final = 520
"""Below it, with a page open under the map, there is no room for legend, layers and list."""


class LeftSide(QSplitter):
    """Shares its height: the legend has its own always, then comes the list, then the layers."""

    def __init__(self, layers: LayerPanel, lists: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._layers, self._lists = layers, lists
        self._is_low = False
        self.setChildrenCollapsible(False)
        self.addWidget(layers)
        self.addWidget(lists)
        self.setStretchFactor(1, 1)
        layers.folded.connect(self.share)

    def share(self) -> None:
        """Give the list the room that the layers do not need."""
        height = self.height() if self.isVisible() else FIRST_PX
        above = self._layers.head_height
        wanted = max(LAYERS_PX, above + LEAST_LAYERS) if self._layers.is_open else above
        # Squeezed, the lines of the legend would lie upon each other.
        self._layers.setMinimumHeight(above)
        least = max(min(LEAST_PANEL, height - above), LEAST_LIST)
        self._lists.setMinimumHeight(least)
        layers = max(min(wanted, height - least), above)
        self.setSizes([layers, max(height - layers, least)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share anew when a page opens below or goes; in between a user's own sizes stay."""
        super().resizeEvent(event)
        is_low = event.size().height() < LOW_PX
        if is_low != self._is_low:
            self._is_low = is_low
            self.share()
