"""The first page of a report: head, map, legend, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from geo.catalogue import text
from gui.map.symbols import draw_symbol
from gui.print.flow import Piece, gap
from gui.print.map_picture import paint_frame, paint_map
from gui.print.result_parts import paint_result_sign, wide
from gui.print.tables import fact_row, paragraph, rule
from gui.print.text import ACCENT, INK, LINE, MUTED, POINT, Paragraph

if TYPE_CHECKING:
    from layers.export.content import Bounds, LegendEntry, ReportContent, TitleBlock
    from layers.layer_list import LayerList

MAP_PIXEL = 0.64 * POINT
"""One pixel of the map on paper: symbols of 13 pixels are 8 points wide."""
SIDE = 172 * POINT
"""Width of the legend beside the map."""
BESIDE_FROM = 1.15
"""Pages wider than this share of their height have the legend beside the map."""
LEGEND_COLUMN = 165 * POINT
LEGEND_PT = 8.0
SIGN = 16 * POINT
SYMBOL = 10 * POINT


def paint_cover(
    painter: QPainter, content: ReportContent, box: QRectF, layers: LayerList | None = None
) -> None:
    """Paint the first page into the room between the running head and foot."""
    title = title_piece(content.title, box.width())
    title.draw(painter, box.left(), box.top())
    top = box.top() + title.height
    gap = 8 * POINT
    if box.width() > BESIDE_FROM * box.height():
        side = QRectF(box.right() - SIDE, top, SIDE, box.bottom() - top)
        _paint_side(painter, content, side)
        room = QRectF(box.left(), top, box.width() - SIDE - 2 * gap, box.bottom() - top)
    else:
        under = _under(content, box.width())
        below = sum(piece.height for piece in under)
        room = QRectF(box.left(), top, box.width(), box.bottom() - top - below - gap)
        y = room.bottom() + gap
        for piece in under:
            piece.draw(painter, box.left(), y)
            y += piece.height
    paint_framed_map(painter, content, room, layers)


def paint_framed_map(
    painter: QPainter,
    content: ReportContent,
    room: QRectF,
    layers: LayerList | None = None,
    bounds: Bounds | None = None,
    *,
    marked: Bounds | None = None,
) -> None:
    """Paint a map into its frame.

    Args:
        painter: In tenths of points.
        content: The report.
        room: The frame.
        layers: Layers of the map; None is as a new map has them.
        bounds: West, south, east, north in degrees; None is the main map's, with a locator.
        marked: What another map shows, to be marked on this one.
    """
    width, height = int(room.width() / MAP_PIXEL), int(room.height() / MAP_PIXEL)
    painter.save()
    try:
        painter.translate(room.topLeft())
        painter.scale(MAP_PIXEL, MAP_PIXEL)
        findings = content.map.findings
        if findings is not None and wide(content.map.bounds):
            # The locator would hide what lies in the corner, and shows the same land again.
            bounds = bounds or content.map.bounds
        view = paint_map(painter, content, width, height, layers, bounds, findings)
        if marked is not None:
            paint_frame(painter, view, marked)
    finally:
        painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#4B5563"), 0.8 * POINT))
    painter.drawRect(room)


def title_piece(title: TitleBlock, width: float) -> Piece:
    """Return the head of a paper, as the ministry's letters have it."""
    centre, right = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
    lines = [
        Paragraph(words, width, points=points, bold=True, align=centre)
        for words, points in ((title.kingdom, 12.0), (title.motto, 10.5))
    ]
    below = sum(line.height for line in lines)
    third = width * 0.31
    middle = width - 2 * third
    office = Paragraph(title.office, third, points=9, bold=True)
    number = Paragraph(title.number, third, points=8.5, colour=MUTED)
    date = Paragraph(title.date, third, points=8.5, colour=MUTED, align=right)
    grade = Paragraph(title.grade, third, points=9, bold=True, colour=ACCENT, align=right)
    name = Paragraph(title.title, middle, points=14, bold=True, align=centre)
    of = Paragraph(title.subtitle, middle, points=10, align=centre)
    highest = max(
        office.height + number.height, date.height + grade.height, name.height + of.height
    )

    def draw(painter: QPainter, x: float, y: float) -> None:
        for line in lines:
            line.draw(painter, x, y)
            y += line.height
        _paint_ornament(painter, x + width / 2, y + 3 * POINT)
        y += 8 * POINT
        for upper, lower, left in (
            (office, number, x),
            (date, grade, x + width - third),
            (name, of, x + third),
        ):
            upper.draw(painter, left, y)
            lower.draw(painter, left, y + upper.height)

    return Piece(below + 8 * POINT + highest + 6 * POINT, draw)


def _paint_ornament(painter: QPainter, x: float, y: float) -> None:
    """Draw the small rule that stands under the motto in official letters."""
    painter.setPen(QPen(QColor(INK), 0.6 * POINT))
    painter.drawLine(QLineF(x - 30 * POINT, y, x - 6 * POINT, y))
    painter.drawLine(QLineF(x + 6 * POINT, y, x + 30 * POINT, y))
    diamond = QPainterPath(QPointF(x - 3 * POINT, y))
    for dx, dy in ((0, -2), (3, 0), (0, 2)):
        diamond.lineTo(QPointF(x + dx * POINT, y + dy * POINT))
    diamond.closeSubpath()
    painter.fillPath(diamond, QColor(ACCENT))


def _under(content: ReportContent, width: float) -> list[Piece]:
    signs = [legend_block(content, width)] if content.legend else []
    return [*signs, *_glance(content, width), *_note_pieces(content, width)]


def _glance(content: ReportContent, width: float) -> list[Piece]:
    """Return what there is in numbers, in as many columns as the legend has."""
    if not content.facts:
        return []
    columns = max(int(width // LEGEND_COLUMN), 1)
    column = width / columns
    title = text("report.glance.title", content.language)
    rows = -(-len(content.facts) // columns)
    laid = [
        fact_row(name, value, column - (12 * POINT if columns > 1 else 0))
        for name, value in content.facts
    ]
    heights = [max(piece.height for piece in laid[row::rows]) for row in range(rows)]

    def draw(painter: QPainter, x: float, y: float) -> None:
        for i, piece in enumerate(laid):
            row, col = i % rows, i // rows
            piece.draw(painter, x + col * column, y + sum(heights[:row]))

    return [
        gap(4),
        paragraph(title, width, points=10, bold=True),
        Piece(sum(heights), draw),
        rule(width),
    ]


def _paint_side(painter: QPainter, content: ReportContent, side: QRectF) -> None:
    y = side.top()
    for piece in _under(content, side.width()):
        piece.draw(painter, side.left(), y)
        y += piece.height


def _note_pieces(content: ReportContent, width: float) -> list[Piece]:
    pieces = []
    for i, note in enumerate(content.notes):
        stands_out = i == 0
        pieces.append(
            paragraph(
                note,
                width,
                points=LEGEND_PT if stands_out else 7.5,
                bold=stands_out,
                colour=ACCENT if stands_out else MUTED,
            )
        )
    return pieces


def legend_block(content: ReportContent, width: float) -> Piece:
    """Return the legend in as many columns as there is room for."""
    title = Paragraph(text("report.legend.title", content.language), width, points=10, bold=True)
    columns = max(int(width // LEGEND_COLUMN), 1)
    column = width / columns
    entries = [
        (entry, Paragraph(entry.label, column - SIGN - 10 * POINT, points=LEGEND_PT))
        for entry in content.legend
    ]
    rows = -(-len(entries) // columns) if entries else 0
    heights = [
        max((max(laid.height, 12 * POINT) for _, laid in entries[row::rows]), default=0.0)
        for row in range(rows)
    ]
    height = title.height + sum(heights) + 7 * POINT

    def draw(painter: QPainter, x: float, y: float) -> None:
        title.draw(painter, x, y)
        for i, (entry, laid) in enumerate(entries):
            row, col = i % rows, i // rows
            left = x + col * column
            above = y + title.height + sum(heights[:row])
            _paint_sign(painter, entry, left + SIGN / 2, above + heights[row] / 2)
            laid.draw(painter, left + SIGN + 4 * POINT, above + (heights[row] - laid.height) / 2)
        painter.setPen(QPen(QColor(LINE), 0.5 * POINT))
        painter.drawLine(QLineF(x, y + height - 3 * POINT, x + width, y + height - 3 * POINT))

    return Piece(height, draw)


def _paint_sign(painter: QPainter, entry: LegendEntry, x: float, y: float) -> None:
    if entry.symbol is not None:
        scale = min(entry.symbol.scale, 1.3) / entry.symbol.scale
        draw_symbol(painter, entry.symbol, x, y, SYMBOL * scale)
        return
    if entry.area is not None or entry.line is not None:
        paint_result_sign(painter, entry, x, y)
        return
    fill = QColor(entry.fill)
    painter.setPen(QPen(fill, 1.2 * POINT))
    fill.setAlphaF(0.25)
    painter.setBrush(fill)
    painter.drawRect(QRectF(x - 6 * POINT, y - 4 * POINT, 12 * POINT, 8 * POINT))
