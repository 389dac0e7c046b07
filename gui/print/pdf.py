"""A report as PDF: vector map, embedded fonts, grade and page number on every page.

Needs a `QGuiApplication`, not a window: the offscreen platform will do.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from geo.catalogue import text
from geo.localise import format_number
from gui.print.cover import paint_cover, paint_framed_map
from gui.print.flow import Frame, Placed, pages_of
from gui.print.paper import Paper
from gui.print.result_parts import basis_height, chart_pieces, paint_basis
from gui.print.sheets import PaintPage, sheet_pages
from gui.print.tables import TITLE_PT, table_pieces
from gui.print.text import LINE, MUTED, POINT, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.export.content import ReportContent
    from layers.layer_list import LayerList

__all__ = [
    "MARGIN",
    "Paper",
    "Sheet",
    "paint_edges",
    "paint_running_head",
    "painted",
    "pdf_bytes",
    "room_on",
]

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

    def paint(painter: QPainter, writer: QPdfWriter) -> int:
        return _paint(painter, writer, content, sheet.size(), layers)

    return painted(sheet, f"{content.title.title}: {content.title.subtitle}", paint)


def painted(
    sheet: Sheet, title: str, paint: Callable[[QPainter, QPdfWriter], int]
) -> tuple[bytes, int]:
    """Return a PDF as bytes, and its number of pages.

    Args:
        sheet: Paper.
        title: What the file is called inside.
        paint: Paints all pages, beginning new ones at the writer, and returns how many.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(sheet.layout())
    writer.setResolution(UNITS_PER_INCH)
    writer.setCreator("Unity Command Map")
    writer.setTitle(title)
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        pages = paint(painter, writer)
    finally:
        # A painter that is still open when its writer goes takes the process with it.
        painter.end()
        buffer.close()
    return bytes(data.data()), pages


def room_on(size: QSizeF) -> QRectF:
    """Return the room between the running head and foot of a page."""
    return QRectF(
        MARGIN, MARGIN + HEAD, size.width() - 2 * MARGIN, size.height() - 2 * MARGIN - HEAD - FOOT
    )


def _paint(
    painter: QPainter,
    writer: QPdfWriter,
    content: ReportContent,
    size: QSizeF,
    layers: LayerList | None,
) -> int:
    room = room_on(size)
    box = room.adjusted(0, 0, 0, -basis_height(content, room.width()))
    frame = _frame(box, wide=bool(content.basis))
    following = [*_overview(content, box, layers), *_table_pages(content, frame)]
    for zone in content.sheets:
        following += sheet_pages(content, zone, box, layers)
    pages = 1 + len(following)
    paint_edges(painter, content, size, 1, pages)
    paint_basis(painter, content, room)
    paint_cover(painter, content, box, layers)
    for number, paint_page in enumerate(following, 2):
        writer.newPage()
        paint_edges(painter, content, size, number, pages)
        paint_basis(painter, content, room)
        paint_page(painter)
    return pages


def _overview(content: ReportContent, box: QRectF, layers: LayerList | None) -> list[PaintPage]:
    """Return the page with all of the province, if the first page's map leaves anything out."""
    if not content.map.outside:
        return []

    def paint(painter: QPainter) -> None:
        words = text("report.overview.title", content.language)
        title = Paragraph(words, box.width(), points=TITLE_PT, bold=True)
        title.draw(painter, box.left(), box.top())
        room = box.adjusted(0, title.height + 4 * POINT, 0, 0)
        overview, main = content.map.overview, content.map.bounds
        paint_framed_map(painter, content, room, layers, overview, marked=main)

    return [paint]


def _table_pages(content: ReportContent, frame: Frame) -> list[PaintPage]:
    of_tables = (
        piece
        for table in content.tables
        for piece in table_pieces(table, frame.width, content.language)
    )
    pieces = chain(chart_pieces(content, frame.width), of_tables)

    def painting(placed: list[Placed]) -> PaintPage:
        def paint(painter: QPainter) -> None:
            for piece, x, y in placed:
                piece.draw(painter, x, y)

        return paint

    return [painting(placed) for placed in pages_of(pieces, frame)]


def _frame(box: QRectF, *, wide: bool) -> Frame:
    columns = 1 if wide else max(round(box.width() / WIDEST_COLUMN), 1)
    if (
        not wide and box.width() > 1.2 * box.height()
    ):  # lying: lines across the whole page are hard to read
        columns = max(columns, 2)
    width = (box.width() - (columns - 1) * COLUMN_GAP) / columns
    lefts = tuple(box.left() + i * (width + COLUMN_GAP) for i in range(columns))
    return Frame(box.top(), box.bottom(), lefts, width)


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


def paint_edges(
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
