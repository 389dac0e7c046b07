"""The plane of a graph: what of it is seen, and which node or connection lies at a point."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QSizeF

if TYPE_CHECKING:
    from geo.analysis.links.network import IntArray
    from layers.view import FloatArray

ASIDE_PX, ABOVE_PX, BELOW_PX = 56.0, 22.0, 34.0
"""Around the outermost nodes: for their signs and names."""
REACH_PX: Final = 14.0
LINE_REACH_PX: Final = 6.0
LEAST_SCALE, MOST_SCALE = 4.0, 400.0
WIDER: Final = 2.0
BEST_PX: Final = 92.0
"""Length of a connection beyond which a small graph is not made larger to fill its room."""
_AHEAD: Final = 1e-6


class GraphPlane:
    """Places of nodes, in lengths of a connection, and the window onto them, in pixels."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.xy: FloatArray = np.zeros((0, 2))
        self.pairs: IntArray = np.zeros((0, 2), dtype=np.int64)
        self.size = QSizeF(1, 1)
        self.fitted = True
        self._scale, self._middle = np.full(2, BEST_PX), np.zeros(2)

    def show(self, xy: FloatArray, pairs: IntArray) -> None:
        """Take other nodes and connections; y grows downward, as pixels do."""
        self.xy, self.pairs = xy, pairs
        self.fit()

    def resize(self, size: QSizeF) -> None:
        """Take another size; what was seen whole still is."""
        self.size = size
        if self.fitted:
            self.fit()

    def fit(self) -> None:
        """Show the whole graph."""
        self.fitted = True
        if not len(self.xy):
            return
        low, high = self.xy.min(axis=0), self.xy.max(axis=0)
        width, height = np.maximum(high - low, 0.5)
        aside = max(self.size.width() - 2 * ASIDE_PX, 40) / width
        above = max(self.size.height() - ABOVE_PX - BELOW_PX, 40) / height
        # Names lie side by side: what is wide is stretched, for a drawing has no distances.
        room = np.array([min(aside, WIDER * above), min(above, WIDER * aside)])
        self._scale = np.clip(room, LEAST_SCALE, BEST_PX)
        lower = (BELOW_PX - ABOVE_PX) / 2 / self._scale[1]
        self._middle = (low + high) / 2 + np.array([0.0, lower])

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Make it larger or smaller about a point in pixels, or about the middle."""
        about = at if at is not None else QPointF(self.size.width() / 2, self.size.height() / 2)
        fixed = self._from_pixel(about)
        least, most = LEAST_SCALE / self._scale.min(), MOST_SCALE / self._scale.max()
        self._scale = self._scale * min(max(factor, least), most)
        self._middle = self._middle + fixed - self._from_pixel(about)
        self.fitted = False

    def pan(self, right: float, down: float) -> None:
        """Move what is seen by pixels."""
        self._middle = self._middle - np.array([right, down]) / self._scale
        self.fitted = False

    def bring(self, row: int) -> None:
        """Move a node into sight, with room for its name."""
        at, size = self.place_of(row), self.size
        right = max(ASIDE_PX - at.x(), 0) - max(at.x() - size.width() + ASIDE_PX, 0)
        down = max(ABOVE_PX - at.y(), 0) - max(at.y() - size.height() + BELOW_PX, 0)
        if right or down:
            self.pan(right, down)

    def place_of(self, row: int) -> QPointF:
        """Return where a node is, in pixels."""
        x, y = (self.xy[row] - self._middle) * self._scale
        return QPointF(self.size.width() / 2 + float(x), self.size.height() / 2 + float(y))

    def node_at(self, at: QPointF) -> int:
        """Return the row of the node at a point in pixels, or -1."""
        if not len(self.xy):
            return -1
        gaps = np.hypot(*((self.xy - self._from_pixel(at)) * self._scale).T)
        row = int(np.argmin(gaps))
        return row if gaps[row] <= REACH_PX else -1

    def connection_at(self, at: QPointF) -> int:
        """Return the row of the connection at a point in pixels, or -1."""
        if not len(self.pairs):
            return -1
        a, b = (self.xy[self.pairs] * self._scale).transpose(1, 0, 2)
        here, along = self._from_pixel(at) * self._scale - a, b - a
        length = np.maximum((along**2).sum(axis=1), 1e-12)
        share = np.clip((here * along).sum(axis=1) / length, 0, 1)
        gaps = np.hypot(*(here - along * share[:, None]).T)
        row = int(np.argmin(gaps))
        return row if gaps[row] <= LINE_REACH_PX else -1

    def beside(self, row: int, way: tuple[float, float]) -> int:
        """Return the node to which an arrow leads from another: near, and in its direction."""
        off = (self.xy - self.xy[row]) * self._scale
        along = off @ np.array(way)
        aside = np.abs(off @ np.array([way[1], way[0]]))
        cost = np.where(along > _AHEAD, along + 2 * aside, np.inf)
        found = int(np.argmin(cost))
        return found if math.isfinite(cost[found]) else -1

    def _from_pixel(self, at: QPointF) -> FloatArray:
        off = np.array([at.x() - self.size.width() / 2, at.y() - self.size.height() / 2])
        return np.asarray(self._middle + off / self._scale)
