"""A report as PDF: vector map, embedded fonts, grade and page number on every page.

Needs a `QGuiApplication`, not a window: the offscreen platform will do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from geo.catalogue import text
from geo.localise import format_number
from gui.print.cover import paint_cover
from gui.print.flow import Frame, Piece, Placed, pages_of
from gui.print.paper import Paper
from gui.print.tables import sheet_pieces, table_pieces
from gui.print.text import LINE, MUTED, POINT, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layers.export.content import ReportContent
    from layers.layer_list import LayerList

__all__ = ["MARGIN", "Paper", "Sheet", "paint_running_head", "pdf_bytes"]

UNITS_PER_INCH = 720
"""Tenths of points: see `gui.print.text`."""
MARGIN = 34 * POINT
HEAD = 20 * POINT
FOOT = 18 * POINT
COLUMN_GAP = 20 * POINT
WIDEST_COLUMN = 560 * POINT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, upright or lying."""

    paper: Paper = Paper.A4
    landscape: bool = True

    def layout(self) -> QPageLayout:
        """Return Qt's description of it, without margins: the report keeps its own."""
        size = QPageSize.PageSizeId.A3 if self.paper is Paper.A3 else QPageSize.PageSizeId.A4
        lying = QPageLayout.Orientation.Landscape
        upright = QPageLayout.Orientation.Portrait
        return QPageLayout(
            QPageSize(size), lying if self.landscape else upright, QMarginsF(0, 0, 0, 0)
        )

    def size(self) -> QSizeF:
        """Return width and height in tenths of points."""
        return self.layout().fullRect(QPageLayout.Unit.Point).size() * POINT


def pdf_bytes(
    content: ReportContent, sheet: Sheet | None = None, layers: LayerList | None = None
) -> tuple[bytes, int]:
    """Return a report as the bytes of a PDF, and its number of pages.

    Args:
        content: The report.
        sheet: Paper; None is A4, lying.
        layers: Visibility, order and opacity of the map's layers; None is as a new map has them.
    """
    sheet = sheet or Sheet()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(sheet.layout())
    writer.setResolution(UNITS_PER_INCH)
    writer.setCreator("Unity Command Map")
    writer.setTitle(f"{content.title.title}: {content.title.subtitle}")
    painter = QPainter(writer)
    try:
        pages = _paint(painter, writer, content, sheet.size(), layers)
    finally:
        # A painter that is still open when its writer goes takes the process with it.
        painter.end()
        buffer.close()
    return bytes(data.data()), pages


def _paint(
    painter: QPainter,
    writer: QPdfWriter,
    content: ReportContent,
    size: QSizeF,
    layers: LayerList | None,
) -> int:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(
        MARGIN, MARGIN + HEAD, size.width() - 2 * MARGIN, size.height() - 2 * MARGIN - HEAD - FOOT
    )
    frame = _frame(box)
    following = pages_of(_pieces(content, frame.width), frame)
    pages = 1 + len(following)
    _paint_edges(painter, content, size, 1, pages)
    paint_cover(painter, content, box, layers)
    for number, placed in enumerate(following, 2):
        writer.newPage()
        _paint_edges(painter, content, size, number, pages)
        _paint_pieces(painter, placed)
    return pages


def _frame(box: QRectF) -> Frame:
    columns = max(round(box.width() / WIDEST_COLUMN), 1)
    if box.width() > 1.2 * box.height():  # lying: lines across the whole page are hard to read
        columns = max(columns, 2)
    width = (box.width() - (columns - 1) * COLUMN_GAP) / columns
    lefts = tuple(box.left() + i * (width + COLUMN_GAP) for i in range(columns))
    return Frame(box.top(), box.bottom(), lefts, width)


def _pieces(content: ReportContent, width: float) -> Iterator[Piece]:
    for table in content.tables:
        yield from table_pieces(table, width, content.language)
    for zone in content.sheets:
        yield from sheet_pieces(zone, width, content.language)


def _paint_pieces(painter: QPainter, placed: list[Placed]) -> None:
    for piece, x, y in placed:
        piece.draw(painter, x, y)


_BANNER = {"command": "#9A3412", "restricted": "#B45309", "public": "#0F766E"}


def paint_running_head(painter: QPainter, content: ReportContent, size: QSizeF) -> None:
    """Paint the grade and, of a demonstration, that its data is invented."""
    title = content.title
    half = size.width() / 2 - MARGIN
    colour = _BANNER[content.grade.value]
    banner = Paragraph(title.banner, half, points=8, bold=True, colour=colour)
    banner.draw(painter, MARGIN, MARGIN - 4 * POINT)
    if title.fictional:
        right = Qt.AlignmentFlag.AlignRight
        says = Paragraph(title.fictional, half, points=8, colour=MUTED, align=right)
        says.draw(painter, MARGIN + half, MARGIN - 4 * POINT)


def _paint_edges(
    painter: QPainter, content: ReportContent, size: QSizeF, page: int, pages: int
) -> None:
    """Paint the running head and foot: grade; office, number, date, page."""
    paint_running_head(painter, content, size)
    title, language = content.title, content.language
    left, right = MARGIN, size.width() - MARGIN
    top = size.height() - MARGIN - FOOT + 6 * POINT
    painter.setPen(QPen(QColor(LINE), 0.5 * POINT))
    painter.drawLine(QLineF(left, top, right, top))
    share = (right - left) / 4
    words = f"{title.office} · {title.number} · {title.date}"
    foot = Paragraph(words, 3 * share, points=7.5, colour=MUTED)
    foot.draw(painter, left, top + 2 * POINT)
    words = text(
        "report.page",
        language,
        page=format_number(page, language),
        pages=format_number(pages, language),
    )
    align = Qt.AlignmentFlag.AlignRight
    at = Paragraph(words, share, points=7.5, colour=MUTED, align=align)
    at.draw(painter, right - share, top + 2 * POINT)
