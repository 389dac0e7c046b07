"""A report's map as a picture, with title, grade, legend, scale bar and north arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from gui.print.cover import paint_cover
from gui.print.pdf import MARGIN, paint_running_head
from gui.print.result_parts import basis_height, paint_basis
from gui.print.text import POINT

if TYPE_CHECKING:
    from layers.export.content import ReportContent
    from layers.layer_list import LayerList

PIXELS_PER_POINT = 2.0


def png_bytes(
    content: ReportContent,
    width: int = 1684,
    height: int = 1190,
    layers: LayerList | None = None,
) -> bytes:
    """Return the first page of a report as the bytes of a PNG picture.

    Args:
        content: The report.
        width: Pixels; the usual size is a lying A4 page at 144 dots per inch.
        height: Pixels.
        layers: Visibility, order and opacity of the map's layers; None is as a new map has them.
    """
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#FFFFFF"))
    scale = PIXELS_PER_POINT / POINT
    size = QRectF(0, 0, width / scale, height / scale)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        paint_running_head(painter, content, size.size())
        inner = MARGIN * 0.6
        room = size.adjusted(MARGIN, MARGIN + 14 * POINT, -MARGIN, -inner)
        paint_basis(painter, content, room)
        box = room.adjusted(0, 0, 0, -basis_height(content, room.width()))
        paint_cover(painter, content, box, layers)
    finally:
        painter.end()
    return png_of(image)


def png_of(image: QImage) -> bytes:
    """Return an image as the bytes of a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    buffer.close()
    return bytes(data.data())
