"""Tables and zone sheets as pieces that flow over pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from geo.catalogue import Language, text
from gui.print.flow import Piece, gap
from gui.print.text import ACCENT, INK, LINE, MUTED, POINT, Paragraph, least_width, natural_width
from layers.export.content import Cell, Column, ReportTable, Sheet, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter

CELL_PT = 8.5
HEAD_PT = 8.0
NOTE_PT = 7.5
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
    repeated = _stacked(continued, head)
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


def sheet_pieces(sheet: Sheet, width: float, language: Language) -> Iterator[Piece]:
    """Yield a zone sheet: its title with the zone's colour, facts, tables."""
    yield _sheet_title(sheet, width)
    name_width = width * FACT_SHARE
    for i, (name, value) in enumerate(sheet.facts):
        yield replace(_fact(name, value, name_width, width), keep=i < len(sheet.facts) - 1)
    yield gap(8)
    for table in sheet.tables:
        yield from table_pieces(table, width, language)
    yield gap(8)


def column_widths(table: ReportTable, width: float, language: Language) -> list[float]:
    """Share a width among a table's columns: no word is torn, then long texts get what is left."""
    columns = list(zip(*_cells(table), strict=True))
    least, natural = [], []
    for column, cells in zip(table.columns, columns, strict=True):
        texts = [_written(cell, column, language) for cell in cells]
        wide = [natural_width(t, points=CELL_PT, bold=True) for t in texts]
        wide.append(natural_width(column.head, points=HEAD_PT, bold=True))
        torn = [least_width(t, points=CELL_PT, bold=True) for t in texts]
        torn.append(least_width(column.head, points=HEAD_PT, bold=True))
        floor = 0.0 if column.numeric else min(LEAST_TEXT, max(wide))
        least.append(max(*torn, floor) + 2 * PAD_X)
        natural.append(max(wide) + 2 * PAD_X + POINT)
    room = width - sum(least)
    if room <= 0:
        return [w * width / sum(least) for w in least]
    wish = [n - m for n, m in zip(natural, least, strict=True)]
    share = min(1.0, room / max(sum(wish), 1.0))
    widths = [m + share * w for m, w in zip(least, wish, strict=True)]
    widths[0] += max(0.0, min(width, max(sum(widths) + SPARE, width / 2)) - sum(widths))
    return widths


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


def _stacked(upper: Piece, lower: Piece) -> Piece:
    def draw(painter: QPainter, x: float, y: float) -> None:
        upper.draw(painter, x, y)
        lower.draw(painter, x, y + upper.height + POINT)

    return Piece(upper.height + lower.height + POINT, draw)


def _sheet_title(sheet: Sheet, width: float) -> Piece:
    band = 5 * POINT
    laid = Paragraph(sheet.title, width - 3 * band, points=TITLE_PT + 1, bold=True)
    height = laid.height + 6 * POINT

    def draw(painter: QPainter, x: float, y: float) -> None:
        painter.fillRect(QRectF(x, y, band, height - 2 * POINT), QColor(sheet.colour))
        laid.draw(painter, x + 2 * band, y + 2 * POINT)

    return Piece(height, draw, keep=True)


def _fact(name: str, value: str, name_width: float, width: float) -> Piece:
    left = Paragraph(name, name_width - PAD_X, points=CELL_PT, colour=MUTED)
    right = Paragraph(value, width - name_width, points=CELL_PT)
    height = max(left.height, right.height) + PAD_Y

    def draw(painter: QPainter, x: float, y: float) -> None:
        left.draw(painter, x, y)
        right.draw(painter, x + name_width, y)

    return Piece(height, draw)
