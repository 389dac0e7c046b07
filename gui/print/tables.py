"""Tables and facts as pieces that flow over pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from geo.catalogue import Language, text
from gui.print.flow import Piece, gap
from gui.print.text import ACCENT, INK, LINE, MUTED, POINT, Paragraph, least_width, natural_width
from layers.export.content import Cell, Column, ReportTable, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter

CELL_PT = 8.5
HEAD_PT = 8.0
NOTE_PT = 7.5
LABEL_PT = 8.0
TITLE_PT = 11.0
PAD_X = 4 * POINT
PAD_Y = 2.2 * POINT
LEAST_TEXT = 46 * POINT
FACT_SHARE = 0.28
SPARE = 60 * POINT
"""A table is not spread over more than it needs and this: eyes lose the line."""
SHORT = 14
"""Tables of so many rows stay in one column."""
KEPT_ROWS = 2
"""So many rows never stand alone below the head or above the total."""


def paragraph(
    content: str,
    width: float,
    *,
    points: float = 9,
    bold: bool = False,
    colour: str = INK,
    keep: bool = False,
) -> Piece:
    """Return a paragraph as a piece."""
    laid = Paragraph(content, width, points=points, bold=bold, colour=colour)
    return Piece(laid.height, laid.draw, keep=keep)


def table_pieces(table: ReportTable, width: float, language: Language) -> Iterator[Piece]:
    """Yield a table: title, sentence, head, rows, total, note."""
    yield paragraph(table.title, width, points=TITLE_PT, bold=True, keep=True)
    if language == "km":  # signs below the line need their room
        yield replace(gap(2.5), keep=True)
    if table.before:
        yield paragraph(table.before, width, points=CELL_PT, colour=ACCENT, bold=True, keep=True)
    yield replace(gap(4 if language == "km" else 2), keep=True)
    widths = column_widths(table, width, language)
    head = _row(table, tuple(c.head for c in table.columns), widths, language, role="head")
    continued = paragraph(
        f"{table.title} {text('report.continued', language)}", width, points=NOTE_PT, colour=MUTED
    )
    repeated = stacked(continued, gap(1), head)
    yield replace(head, keep=True)
    last = len(table.rows) - 1
    for i, cells in enumerate(table.rows):
        row = _row(table, cells, widths, language, role="odd" if i % 2 else "even")
        edge = i < KEPT_ROWS - 1 or i > last - KEPT_ROWS or len(table.rows) <= SHORT
        keep = (edge and i < last) or (i == last and bool(table.total))
        yield replace(row, keep=keep, head=repeated if i >= KEPT_ROWS else None)
    if table.total:
        yield replace(
            _row(table, table.total, widths, language, role="total"),
            keep=bool(table.note),
            head=repeated,
        )
    if table.note:
        yield replace(gap(1.5), keep=True)
        yield paragraph(table.note, width, points=NOTE_PT, colour=MUTED)
    yield gap(14)


def column_widths(table: ReportTable, width: float, language: Language) -> list[float]:
    """Share a width among a table's columns.

    No word is torn; then cells get room to stand on one line, since a wrapped cell makes its row
    higher, then the heads.
    """
    columns = list(zip(*_cells(table), strict=True))
    least, cells_wide, natural = [], [], []
    for column, cells in zip(table.columns, columns, strict=True):
        texts = [_written(cell, column, language) for cell in cells]
        wide = max(natural_width(t, points=CELL_PT, bold=True) for t in texts)
        head = natural_width(column.head, points=HEAD_PT, bold=True)
        torn = max(
            *(least_width(t, points=CELL_PT, bold=True) for t in texts),
            least_width(column.head, points=HEAD_PT, bold=True),
        )
        floor = 0.0 if column.numeric else min(LEAST_TEXT, max(wide, head))
        around = 2 * PAD_X + POINT
        least.append(max(torn, floor) + around)
        cells_wide.append(max(least[-1], wide + around))
        natural.append(max(cells_wide[-1], head + around))
    if sum(least) >= width:
        return [w * width / sum(least) for w in least]
    widths = _wished(_wished(least, cells_wide, width), natural, width)
    widths[0] += max(0.0, min(width, max(sum(widths) + SPARE, width / 2)) - sum(widths))
    return widths


def _wished(widths: list[float], wish: list[float], room: float) -> list[float]:
    """Return widths grown towards what is wished for, all by the same share, within the room."""
    more = [w - m for w, m in zip(wish, widths, strict=True)]
    share = min(1.0, max(room - sum(widths), 0.0) / max(sum(more), 1.0))
    return [m + share * w for m, w in zip(widths, more, strict=True)]


def _written(cell: Cell, column: Column, language: Language) -> str:
    """Return a cell's text; a number stays with its unit on one line."""
    written = shown(cell, language)
    return written.replace(" ", "\N{NO-BREAK SPACE}") if column.numeric else written


def _cells(table: ReportTable) -> list[tuple[Cell, ...]]:
    return (
        [*table.rows, table.total] if table.total else [*table.rows] or [("",) * len(table.columns)]
    )


def _row(
    table: ReportTable,
    cells: tuple[Cell, ...],
    widths: list[float],
    language: Language,
    *,
    role: str,
) -> Piece:
    right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
    laid = [
        Paragraph(
            shown(cell, language) if role == "head" else _written(cell, column, language),
            width - 2 * PAD_X,
            points=HEAD_PT if role == "head" else CELL_PT,
            bold=role in {"head", "total"},
            colour="#FFFFFF" if role == "head" else INK,
            align=right if column.numeric else left,
        )
        for cell, width, column in zip(cells, widths, table.columns, strict=True)
    ]
    height = max(p.height for p in laid) + 2 * PAD_Y
    ground = {"head": "#374151", "odd": "#F4F5F7", "total": "#E8EBEF"}.get(role)

    def draw(painter: QPainter, x: float, y: float) -> None:
        if ground:
            painter.fillRect(QRectF(x, y, sum(widths), height), QColor(ground))
        at = x
        for cell, width in zip(laid, widths, strict=True):
            low = height - PAD_Y - cell.height if role == "head" else PAD_Y
            cell.draw(painter, at + PAD_X, y + low)
            at += width
        painter.setPen(QPen(QColor(INK if role == "total" else LINE), 0.5 * POINT))
        edge = y if role == "total" else y + height
        painter.drawLine(QLineF(x, edge, x + sum(widths), edge))

    return Piece(height, draw)


def stacked(*pieces: Piece) -> Piece:
    """Return pieces one above the other as one that is never torn."""
    rest = list(pieces)
    while rest and rest[-1].gap:
        rest.pop()

    def draw(painter: QPainter, x: float, y: float) -> None:
        for piece in rest:
            piece.draw(painter, x, y)
            y += piece.height

    return Piece(sum(piece.height for piece in rest), draw)


def fact_row(name: str, value: str, width: float) -> Piece:
    """Return a label with its number at the right."""
    right = Qt.AlignmentFlag.AlignRight
    number = Paragraph(
        value,
        min(natural_width(value, points=LABEL_PT, bold=True) + POINT, width / 2),
        points=LABEL_PT,
        bold=True,
        align=right,
    )
    label = Paragraph(name, width - number.width - 6 * POINT, points=LABEL_PT, colour=MUTED)

    def draw(painter: QPainter, x: float, y: float) -> None:
        label.draw(painter, x, y)
        number.draw(painter, x + width - number.width, y)

    return Piece(max(label.height, number.height) + 0.6 * POINT, draw)


def fact_line(name: str, value: str, width: float) -> Piece:
    """Return a label with its text beside it."""
    name_width = width * FACT_SHARE
    left = Paragraph(name, name_width - PAD_X, points=CELL_PT, colour=MUTED)
    right = Paragraph(value, width - name_width, points=CELL_PT)

    def draw(painter: QPainter, x: float, y: float) -> None:
        left.draw(painter, x, y)
        right.draw(painter, x + name_width, y)

    return Piece(max(left.height, right.height) + PAD_Y, draw)


def rule(width: float) -> Piece:
    """Return a thin line with room around it."""

    def draw(painter: QPainter, x: float, y: float) -> None:
        painter.setPen(QPen(QColor(LINE), 0.5 * POINT))
        painter.drawLine(QLineF(x, y + 4 * POINT, x + width, y + 4 * POINT))

    return Piece(8 * POINT, draw)
