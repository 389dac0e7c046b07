"""How a graph of links is painted: connections by how sure they are, persons and places by sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from geo.analysis.links.result import LIKELY, POSSIBLE
from gui import i18n, theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gui.models.link_work import GraphNode

NODE_PX: Final = 9.0
"""Radius of a person's sign; a place's is as large."""
LABEL_PX: Final = 150.0
GAP_PX: Final = 3.0
HUB_PX, STOP_PX = 4.5, 4.5
_DASH: Final = [4.0, 3.0]


@dataclass(frozen=True, slots=True)
class Look:
    """What of a graph is set off.

    Attributes:
        node: Row of the chosen node, or -1.
        connection: Row of the chosen connection, or -1.
        near: Rows of the chosen node's neighbours.
        focused: The keyboard is in the graph.
    """

    node: int = -1
    connection: int = -1
    near: frozenset[int] = frozenset()
    focused: bool = False


def pen_of(confidence: float, colour: str, *, wide: bool = False) -> QPen:
    """Return the pen of a connection: thick where it is likely, dashed where it is doubtful."""
    width = 2.6 if confidence >= LIKELY else 1.7 if confidence >= POSSIBLE else 1.3
    pen = QPen(QColor(colour), width + (1.4 if wide else 0.0))
    if confidence < POSSIBLE:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern(_DASH)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def paint_node(painter: QPainter, node: GraphNode, at: QPointF, *, chosen: bool = False) -> None:
    """Paint a node around a point."""
    tones = theme.current()
    painter.save()
    painter.translate(at)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.tint))
        painter.drawEllipse(QPointF(), NODE_PX + 9, NODE_PX + 9)
        painter.setPen(QPen(QColor(tones.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(), NODE_PX + 9, NODE_PX + 9)
    if node.hub:
        painter.setPen(QPen(QColor(tones.accent), 2.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(), NODE_PX + HUB_PX, NODE_PX + HUB_PX)
    if node.symbol is not None:
        from gui.map.symbols import draw_symbol

        draw_symbol(painter, node.symbol, 0, 0, NODE_PX * 1.7 / node.symbol.scale)
    else:
        _paint_person(painter, node)
    if node.stops:
        _paint_stop(painter)
    painter.restore()


def _paint_person(painter: QPainter, node: GraphNode) -> None:
    """Paint a head and shoulders in a ring: filled where the person was arrested."""
    tones = theme.current()
    ink, ground = (tones.surface, tones.text) if node.arrested else (tones.text, tones.surface)
    painter.setPen(QPen(QColor(tones.text), 1.5))
    painter.setBrush(QColor(ground))
    painter.drawEllipse(QPointF(), NODE_PX, NODE_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawEllipse(QPointF(0, -2.6), 2.7, 2.7)
    body = QPainterPath()
    body.moveTo(-4.8, 5.6)
    body.cubicTo(-4.8, -0.4, 4.8, -0.4, 4.8, 5.6)
    body.closeSubpath()
    painter.drawPath(body)
    if node.what_is_decided:
        painter.setPen(QPen(QColor(tones.text), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(), NODE_PX + 3, NODE_PX + 3)


def _paint_stop(painter: QPainter) -> None:
    """Paint the bar at which a chain stops, above the person."""
    tones = theme.current()
    top = -NODE_PX - STOP_PX
    for colour, width in ((tones.surface, 6.0), (tones.warning, 3.0)):
        pen = QPen(QColor(colour), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(-NODE_PX, top), QPointF(NODE_PX, top))


def paint_labels(
    painter: QPainter,
    nodes: Sequence[GraphNode],
    places: Sequence[QPointF],
    order: Sequence[int],
    look: Look,
) -> None:
    """Write the names below the nodes, the most important first; one that would cover is left out.

    Args:
        painter: With the font of the names.
        nodes: The nodes.
        places: Where each is, in pixels.
        order: Rows, the most important first.
        look: What is chosen is always named.
    """
    tones, metrics = theme.current(), QFontMetricsF(painter.font())
    language = i18n.language()
    taken = [_around(places[row]) for row in range(len(nodes))]
    for row in _named_first(order, look):
        name = metrics.elidedText(
            nodes[row].name.words(language), Qt.TextElideMode.ElideRight, LABEL_PX
        )
        width, height = metrics.horizontalAdvance(name), metrics.height()
        top = places[row].y() + NODE_PX + GAP_PX + (HUB_PX if nodes[row].hub else 0)
        box = QRectF(places[row].x() - width / 2, top, width, height)
        must = row == look.node
        if not must and any(box.intersects(other) for other in taken):
            continue
        taken.append(box)
        path = QPainterPath()
        path.addText(QPointF(box.left(), box.top() + metrics.ascent()), painter.font(), name)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        halo = QPen(QColor(tones.raised), 3.5)
        halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(halo)
        painter.drawPath(path)
        strong = must or row in look.near
        painter.fillPath(path, QColor(tones.text if strong or look.node < 0 else tones.muted))


def _named_first(order: Sequence[int], look: Look) -> Iterator[int]:
    if look.node >= 0:
        yield look.node
        yield from sorted(look.near)
    seen = look.near | {look.node}
    yield from (row for row in order if row not in seen)


def _around(at: QPointF) -> QRectF:
    return QRectF(at.x() - NODE_PX, at.y() - NODE_PX, 2 * NODE_PX, 2 * NODE_PX)
