"""What is filled in by hand: boxes to tick, lines to write on, places to sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from gui.print.flow import Piece
from gui.print.text import INK, LINE, MUTED, POINT, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

BOX = 9 * POINT
WRITING = 19 * POINT
"""Room for a line of handwriting."""
SIGNING = 34 * POINT
LABEL_PT = 8.0


def paint_box(painter: QPainter, x: float, y: float) -> None:
    """Paint a box to tick with its top left corner at a place."""
    painter.setPen(QPen(QColor(INK), 0.8 * POINT))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(x, y, BOX, BOX))


def ticks(labels: Sequence[str], width: float, columns: int) -> Piece:
    """Return boxes to tick, each before its label, down the columns."""
    column = width / columns
    rows = -(-len(labels) // columns)
    laid = [Paragraph(words, column - BOX - 12 * POINT, points=8.5) for words in labels]
    heights = [max(*(p.height for p in laid[row::rows]), BOX) + 4 * POINT for row in range(rows)]

    def draw(painter: QPainter, x: float, y: float) -> None:
        for i, words in enumerate(laid):
            left, top = x + (i // rows) * column, y + sum(heights[: i % rows])
            paint_box(painter, left, top + (heights[i % rows] - 4 * POINT - BOX) / 2)
            words.draw(painter, left + BOX + 5 * POINT, top)

    return Piece(sum(heights), draw)


def grid(labels: Sequence[str], heads: Sequence[str], width: float) -> Piece:
    """Return a row for each label with a box under each head."""
    cell = 62 * POINT
    name = width - cell * len(heads)
    centre = Qt.AlignmentFlag.AlignHCenter
    tops = [Paragraph(h, cell, points=7.5, bold=True, colour=MUTED, align=centre) for h in heads]
    head = max(p.height for p in tops) + 1 * POINT
    laid = [Paragraph(words, name - 4 * POINT, points=8.5) for words in labels]
    heights = [max(p.height, BOX) + 3.6 * POINT for p in laid]

    def draw(painter: QPainter, x: float, y: float) -> None:
        for i, top in enumerate(tops):
            top.draw(painter, x + name + i * cell, y)
        y += head
        for words, height in zip(laid, heights, strict=True):
            painter.setPen(QPen(QColor(LINE), 0.5 * POINT))
            painter.drawLine(QLineF(x, y, x + width, y))
            words.draw(painter, x, y + (height - words.height) / 2)
            for i in range(len(heads)):
                middle = x + name + (i + 0.5) * cell
                paint_box(painter, middle - BOX / 2, y + (height - BOX) / 2)
            y += height
        painter.setPen(QPen(QColor(LINE), 0.5 * POINT))
        painter.drawLine(QLineF(x, y, x + width, y))

    return Piece(head + sum(heights), draw)


def blanks(labels: Sequence[str], width: float) -> Piece:
    """Return labels side by side, each with room to write behind it on one line."""
    share = width / len(labels)
    laid = [Paragraph(words, share * 0.62, points=LABEL_PT, colour=MUTED) for words in labels]
    height = max(WRITING, *(p.height + 4 * POINT for p in laid))

    def draw(painter: QPainter, x: float, y: float) -> None:
        for i, words in enumerate(laid):
            left = x + i * share
            words.draw(painter, left, y + height - words.height - 1 * POINT)
            _line(painter, left + _reach(words), y + height, left + share - 8 * POINT)

    return Piece(height + 2 * POINT, draw)


def lines(count: int, width: float) -> Piece:
    """Return empty lines to write on."""

    def draw(painter: QPainter, x: float, y: float) -> None:
        for i in range(1, count + 1):
            _line(painter, x, y + i * WRITING, x + width)

    return Piece(count * WRITING + 2 * POINT, draw)


def signatures(labels: Sequence[str], width: float) -> Piece:
    """Return places to sign side by side."""
    share = width / len(labels)
    laid = [Paragraph(w, share - 16 * POINT, points=LABEL_PT, colour=MUTED) for w in labels]
    below = max(p.height for p in laid)

    def draw(painter: QPainter, x: float, y: float) -> None:
        for i, words in enumerate(laid):
            left = x + i * share
            _line(painter, left, y + SIGNING, left + share - 16 * POINT)
            words.draw(painter, left, y + SIGNING + 1 * POINT)

    return Piece(SIGNING + below + 2 * POINT, draw)


def _reach(words: Paragraph) -> float:
    return min(words.natural, words.width) + 5 * POINT


def _line(painter: QPainter, left: float, y: float, right: float) -> None:
    painter.setPen(QPen(QColor(MUTED), 0.6 * POINT, Qt.PenStyle.DotLine))
    painter.drawLine(QLineF(left, y, right, y))
