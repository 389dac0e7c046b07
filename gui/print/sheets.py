"""Zone and team sheets: a page for each team to take along, with a map of its zone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from gui.print.cover import paint_framed_map
from gui.print.flow import Frame, Piece, gap, pages_of
from gui.print.tables import TITLE_PT, fact_line, stacked, table_pieces
from gui.print.text import POINT, Paragraph

if TYPE_CHECKING:
    from layers.export.content import ReportContent, Sheet
    from layers.layer_list import LayerList

PaintPage = Callable[[QPainter], None]

GAP = 20 * POINT
LEAST_MAP = 150 * POINT
"""A map less high is left out."""
MAP_SHARE = 0.62


def sheet_pages(
    content: ReportContent, sheet: Sheet, box: QRectF, layers: LayerList | None
) -> list[PaintPage]:
    """Return what paints the pages of a sheet: one, or more if its tables need them.

    Args:
        content: The report, for the map and the language.
        sheet: The zone's sheet.
        box: Room between the running head and foot.
        layers: Layers of the map; None is as a new map has them.
    """
    lying = box.width() > box.height()
    made = _lying(content, sheet, box, layers) if lying else _upright(content, sheet, box, layers)
    return [made] if made else _flowing(content, sheet, box)


def _lying(
    content: ReportContent, sheet: Sheet, box: QRectF, layers: LayerList | None
) -> PaintPage | None:
    """Map and groups at the left, facts and sites at the right."""
    left = (box.width() - GAP) * MAP_SHARE
    right = box.width() - GAP - left
    title = _title(sheet, box.width())
    *groups, sites = sheet.tables
    beside = stacked(_facts(sheet, right), gap(12), *table_pieces(sites, right, content.language))
    below = [stacked(*table_pieces(table, left, content.language)) for table in groups]
    room = box.height() - title.height - sum(table.height + GAP * 0.7 for table in below)
    if room < LEAST_MAP or title.height + beside.height > box.height():
        return None

    def paint(painter: QPainter) -> None:
        title.draw(painter, box.left(), box.top())
        top = box.top() + title.height
        frame = QRectF(box.left(), top, left, room)
        paint_framed_map(painter, content, frame, layers, sheet.bounds)
        beside.draw(painter, box.left() + left + GAP, top)
        y = top + room
        for table in below:
            table.draw(painter, box.left(), y + GAP * 0.7)
            y += table.height + GAP * 0.7

    return paint


def _upright(
    content: ReportContent, sheet: Sheet, box: QRectF, layers: LayerList | None
) -> PaintPage | None:
    """Map above, then facts beside the sites, then the groups."""
    half = (box.width() - GAP) / 2
    title = _title(sheet, box.width())
    facts = _facts(sheet, half)
    *others, sites = sheet.tables
    narrow = stacked(*table_pieces(sites, half, content.language))
    groups = [stacked(*table_pieces(table, box.width(), content.language)) for table in others]
    middle = max(facts.height, narrow.height)
    below = middle + sum(table.height + GAP for table in groups)
    room = box.height() - title.height - below - GAP
    if room < LEAST_MAP:
        return None

    def paint(painter: QPainter) -> None:
        title.draw(painter, box.left(), box.top())
        top = box.top() + title.height
        frame = QRectF(box.left(), top, box.width(), room)
        paint_framed_map(painter, content, frame, layers, sheet.bounds)
        top += room + GAP
        facts.draw(painter, box.left(), top)
        narrow.draw(painter, box.left() + half + GAP, top)
        top += middle + GAP
        for table in groups:
            table.draw(painter, box.left(), top)
            top += table.height + GAP

    return paint


def _flowing(content: ReportContent, sheet: Sheet, box: QRectF) -> list[PaintPage]:
    """Without a map, over as many pages as it takes."""
    pieces = [_title(sheet, box.width()), _facts(sheet, box.width()), gap(8)]
    for table in sheet.tables:
        pieces += table_pieces(table, box.width(), content.language)
    frame = Frame(box.top(), box.bottom(), (box.left(),), box.width())

    def painting(placed: list[tuple[Piece, float, float]]) -> PaintPage:
        def paint(painter: QPainter) -> None:
            for piece, x, y in placed:
                piece.draw(painter, x, y)

        return paint

    return [painting(placed) for placed in pages_of(pieces, frame)]


def _facts(sheet: Sheet, width: float) -> Piece:
    return stacked(*(fact_line(name, value, width) for name, value in sheet.facts))


def _title(sheet: Sheet, width: float) -> Piece:
    band = 5 * POINT
    laid = Paragraph(sheet.title, width - 3 * band, points=TITLE_PT + 1, bold=True)
    height = laid.height + 10 * POINT

    def draw(painter: QPainter, x: float, y: float) -> None:
        painter.fillRect(QRectF(x, y, band, height - 6 * POINT), QColor(sheet.colour))
        laid.draw(painter, x + 2 * band, y + 2 * POINT)

    return Piece(height, draw)
