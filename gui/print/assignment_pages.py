"""The assignment sheet on paper: its head, the zone's map, and the numbered blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen

from geo.localise import format_number
from gui.print.cover import legend_block, paint_framed_map, title_piece
from gui.print.flow import Frame, Piece, gap, pages_of
from gui.print.handwriting import signatures
from gui.print.pdf import Sheet, paint_edges, painted, room_on
from gui.print.tables import SHORT, fact_line, paragraph, stacked, table_pieces
from gui.print.text import LINE, POINT, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter, QPdfWriter

    from layers.export.blocks import AssignmentSheet, Block, ZoneBlocks
    from layers.layer_list import LayerList

WARNING = "#B91C1C"
BAND = "#E8EBEF"
MAP_HEIGHT = 236 * POINT
PAD = 5 * POINT
HEAD_COLUMNS = 2
BLOCK_PT = 9.5


def assignment_pdf(
    sheet: AssignmentSheet, paper: Sheet | None = None, layers: LayerList | None = None
) -> tuple[bytes, int]:
    """Return the sheet as the bytes of a PDF, and its number of pages.

    Args:
        sheet: What stands in it.
        paper: None is A4, upright.
        layers: Visibility, order and opacity of the map's layers; None is as a new map has them.
    """
    paper = paper or Sheet(landscape=False)
    size = paper.size()
    box = room_on(size)
    frame = Frame(box.top(), box.bottom(), (box.left(),), box.width())
    pages = [
        placed
        for i, zone in enumerate(sheet.zones)
        for placed in pages_of(_pieces(sheet, zone, box.width(), layers, first=i == 0), frame)
    ]

    def paint(painter: QPainter, writer: QPdfWriter) -> int:
        for number, page in enumerate(pages, 1):
            if number > 1:
                writer.newPage()
            paint_edges(painter, sheet.report, size, number, len(pages))
            for piece, x, y in page:
                piece.draw(painter, x, y)
        return len(pages)

    title = sheet.report.title
    return painted(paper, f"{title.title}: {title.subtitle}", paint)


def _pieces(
    sheet: AssignmentSheet,
    zone: ZoneBlocks,
    width: float,
    layers: LayerList | None,
    *,
    first: bool,
) -> Iterator[Piece]:
    if first:
        yield title_piece(sheet.report.title, width)
    if sheet.warning:
        yield paragraph(sheet.warning, width, points=10, bold=True, colour=WARNING)
        yield gap(4)
    yield _head(sheet, zone, width)
    yield gap(6)
    yield _map(sheet, zone, width, layers)
    yield gap(4)
    if zone.legend:
        yield legend_block(replace(sheet.report, legend=zone.legend), width)
        yield gap(4)
    annexes = [t for block in zone.blocks for t in block.tables if len(t.rows) > SHORT]
    for block in zone.blocks:
        yield from _block(block, sheet, width)
    # A long list would part what everybody must read from the signatures.
    for table in annexes:
        yield from table_pieces(table, width, sheet.report.language)


def _head(sheet: AssignmentSheet, zone: ZoneBlocks, width: float) -> Piece:
    """Return the small blocks in a grid of cells."""
    column = width / HEAD_COLUMNS
    inner = column - 2 * PAD
    cells = [
        stacked(_caption(block, sheet, inner), *(fact_line(n, v, inner) for n, v in block.facts))
        for block in zone.head
    ]
    rows = [cells[i : i + HEAD_COLUMNS] for i in range(0, len(cells), HEAD_COLUMNS)]
    heights = [max(c.height for c in row) + 2 * PAD for row in rows]

    def draw(painter: QPainter, x: float, y: float) -> None:
        painter.fillRect(QRectF(x, y - 3 * POINT, width, 3 * POINT), QColor(zone.colour))
        for row, height in zip(rows, heights, strict=True):
            for i, cell in enumerate(row):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(LINE), 0.6 * POINT))
                painter.drawRect(QRectF(x + i * column, y, column, height))
                cell.draw(painter, x + i * column + PAD, y + PAD)
            y += height

    return Piece(sum(heights), draw)


def _titled(block: Block, sheet: AssignmentSheet) -> str:
    return f"{format_number(block.number, sheet.report.language)}. {block.title}"


def _caption(block: Block, sheet: AssignmentSheet, width: float) -> Piece:
    return paragraph(_titled(block, sheet), width, points=BLOCK_PT, bold=True)


def _map(sheet: AssignmentSheet, zone: ZoneBlocks, width: float, layers: LayerList | None) -> Piece:
    """Return the inset map of the zone, which shows where in the country it lies."""
    report = sheet.report
    content = replace(report, map=replace(report.map, bounds=zone.bounds))

    def draw(painter: QPainter, x: float, y: float) -> None:
        paint_framed_map(painter, content, QRectF(x, y, width, MAP_HEIGHT), layers)

    return Piece(MAP_HEIGHT, draw)


def _block(block: Block, sheet: AssignmentSheet, width: float) -> Iterator[Piece]:
    yield _band(block, sheet, width)
    yield replace(gap(3), keep=True)
    last = len(block.facts) - 1
    for words in block.warnings:
        yield paragraph(words, width, points=9, bold=True, colour=WARNING, keep=bool(block.facts))
    for i, (name, value) in enumerate(block.facts):
        yield replace(fact_line(name, value, width), keep=i == last and bool(block.signatures))
    short = [table for table in block.tables if len(table.rows) <= SHORT]
    if short:
        yield gap(3)
    for table in short:
        yield from table_pieces(table, width, sheet.report.language)
    if block.signatures:
        yield signatures(block.signatures, width)
    yield gap(5)


def _band(block: Block, sheet: AssignmentSheet, width: float) -> Piece:
    laid = Paragraph(_titled(block, sheet), width - 2 * PAD, points=BLOCK_PT, bold=True)
    height = laid.height + 4 * POINT

    def draw(painter: QPainter, x: float, y: float) -> None:
        painter.fillRect(QRectF(x, y, width, height), QColor(BAND))
        laid.draw(painter, x + PAD, y + 2 * POINT)

    return Piece(height, draw, keep=True)
