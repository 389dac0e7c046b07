"""A graph of links beside the map: it is zoomed, moved about and walked through by keys.

What it draws was laid out off the main thread; places in it say who is linked with whom and nothing
of where anybody is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui import i18n, theme
from gui.i18n import retext, tr
from gui.tips import plain_tip
from gui.widgets.graph_paint import Look, paint_labels, paint_node, pen_of
from gui.widgets.graph_plane import GraphPlane

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QFocusEvent,
        QHelpEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from gui.models.link_work import GraphNode, ShownLinks

STEP: Final = 1.25
NAME_PX: Final = 12
DRAG_PX, PAN_PX = 4.0, 40.0
_WAYS: Final = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class LinkGraph(QWidget):
    """Nodes and connections; one of either is chosen at a time.

    Attributes:
        node_chosen: The user chose a node (its row).
        connection_chosen: The user chose a connection (its row).
        opened: The user wants the dossier of a node (its row).
    """

    node_chosen = Signal(int)
    connection_chosen = Signal(int)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(240, 160))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shown: ShownLinks | None = None
        self.plane = GraphPlane()
        self._order: list[int] = []
        self._look = Look()
        self._pressed: QPointF | None = None
        self._dragged = False
        retext(self, self._word)
        theme.on_theme(self, self.update)

    # --- what is shown --------------------------------------------------------------------------

    def show_links(self, shown: ShownLinks | None) -> None:
        """Show a result; where it is the one before with other signs, the view stays."""
        before, self._shown = self._shown, shown
        if shown is None:
            self.plane, self._order, self._look = GraphPlane(), [], Look()
            self.plane.resize(QSizeF(self.size()))
        elif before is None or before.links.measures is not shown.links.measures:
            # Up is up: a drawing's y grows upward, a screen's downward.
            xy = shown.links.measures.xy * np.array([1.0, -1.0])
            self.plane.show(xy, shown.links.network.pairs)
            self._order = shown.links.ranked
            self._look = Look(focused=self.hasFocus())
        self._word()
        self.update()

    @property
    def chosen(self) -> int:
        """Row of the chosen node, or -1."""
        return self._look.node

    def choose_node(self, row: int) -> None:
        """Set a node and its neighbours off, or none (-1); does not emit `node_chosen`."""
        if row == self._look.node:
            return
        near: frozenset[int] = frozenset()
        if self._shown is not None and row >= 0:
            network = self._shown.links.network
            near = frozenset(network.other(c, row) for c in network.beside(row))
        self._look = Look(row, -1, near, self.hasFocus())
        if row >= 0:
            self.plane.bring(row)
        self._word()
        self.update()

    def choose_connection(self, row: int) -> None:
        """Set a connection off, or none (-1); does not emit `connection_chosen`."""
        if row != self._look.connection:
            self._look = Look(-1 if row >= 0 else self._look.node, row, focused=self.hasFocus())
            self._word()
            self.update()

    # --- the view -------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole graph."""
        self.plane.fit()
        self.update()

    def zoom(self, factor: float) -> None:
        """Make it larger or smaller about its middle."""
        self.plane.zoom(factor)
        self.update()

    # --- Qt -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), QColor(theme.current().raised))
            if self._shown is not None:
                self._paint(painter, self._shown)
            if self._look.focused:
                painter.setPen(QPen(QColor(theme.current().accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        finally:
            painter.end()

    def _paint(self, painter: QPainter, shown: ShownLinks) -> None:
        tones, look, network = theme.current(), self._look, shown.links.network
        places = [self.plane.place_of(row) for row in range(len(shown.nodes))]
        for row, (a, b) in enumerate(network.pairs.tolist()):
            own = look.node in (a, b) or row == look.connection
            faint = (look.node >= 0 or look.connection >= 0) and not own
            colour = tones.accent if own else tones.strong_line if faint else tones.muted
            painter.setPen(pen_of(float(network.confidence[row]), colour, wide=own))
            painter.drawLine(places[a], places[b])
        for row, node in enumerate(shown.nodes):
            paint_node(painter, node, places[row], chosen=row == look.node)
        font = painter.font()
        font.setPixelSize(NAME_PX)
        painter.setFont(font)
        paint_labels(painter, shown.nodes, places, self._order, look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.plane.resize(QSizeF(event.size()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.plane.zoom(STEP ** (event.angleDelta().y() / 120), event.position())
        self.update()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            at = event.position()
            near = self.plane.node_at(at) >= 0 or self.plane.connection_at(at) >= 0
            shape = Qt.CursorShape.PointingHandCursor if near else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            return
        moved = event.position() - self._pressed
        if self._dragged or moved.manhattanLength() > DRAG_PX:
            self._dragged, self._pressed = True, event.position()
            self.plane.pan(moved.x(), moved.y())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._dragged or event.button() != Qt.MouseButton.LeftButton:
            return
        node = self.plane.node_at(event.position())
        connection = -1 if node >= 0 else self.plane.connection_at(event.position())
        if connection >= 0:
            self.choose_connection(connection)
            self.connection_chosen.emit(connection)
        else:
            self._go(node)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        node = self.plane.node_at(event.position())
        if node >= 0:
            self.opened.emit(node)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _WAYS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            right, down = _WAYS[Qt.Key(key)]
            self.plane.pan(-right * PAN_PX, -down * PAN_PX)
            self.update()
        elif key in _WAYS:
            way, first = _WAYS[Qt.Key(key)], self._order[0] if self._order else -1
            node = self.plane.beside(self.chosen, way) if self.chosen >= 0 else first
            if node >= 0:
                self._go(node)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key in {Qt.Key.Key_0, Qt.Key.Key_Home}:
            self.fit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._look.node >= 0:
            self.opened.emit(self._look.node)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._focus(False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            asked: QHelpEvent = event  # type: ignore[assignment] # of this type, by its kind
            words = self._tip(QPointF(asked.pos()))
            QToolTip.showText(asked.globalPos(), plain_tip(words) if words else "", self)
            return True
        return super().event(event)

    def _go(self, row: int) -> None:
        self.choose_connection(-1)
        self.choose_node(row)
        self.node_chosen.emit(row)

    def _focus(self, focused: bool) -> None:  # noqa: FBT001 - a setter
        look = self._look
        self._look = Look(look.node, look.connection, look.near, focused)
        self.update()

    def _tip(self, at: QPointF) -> str:
        if self._shown is None:
            return ""
        row = self.plane.node_at(at)
        if row >= 0:
            return self._told(self._shown.nodes[row], row)
        connection = self.plane.connection_at(at)
        if connection < 0:
            return ""
        network, lang = self._shown.links.network, i18n.language()
        ends = (self._shown.nodes[n].name.words(lang) for n in network.pairs[connection].tolist())
        kinds = ", ".join(i18n.label(kind) for kind in network.kinds[connection])
        sure = i18n.number(float(network.confidence[connection]) * 100)
        return f"{' – '.join(ends)} · {kinds} · {tr('panel.site.confidence', n=sure)}"

    def _told(self, node: GraphNode, row: int) -> str:
        lang = i18n.language()
        count = len(self._shown.links.network.beside(row)) if self._shown is not None else 0
        words = [node.name.words(lang), node.what.words(lang)]
        words.append(tr("links.graph.connections", n=i18n.number(count)))
        for holds, code in (
            (node.arrested, "panel.person.arrested"),
            (node.stops, "links.graph.stops"),
            (node.hub, "links.hub"),
        ):
            if holds:
                words.append(tr(code))
        return " · ".join(words)

    def _word(self) -> None:
        self.setAccessibleName(tr("links.graph.name"))
        node = self._look.node
        told = self._told(self._shown.nodes[node], node) if self._shown and node >= 0 else ""
        self.setAccessibleDescription(told or tr("links.graph.keys"))
        self.update()
