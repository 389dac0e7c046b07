"""What lies over the map for a moment: a note, the hint line, a banner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from gui.map.text import font_of, is_khmer
from layers.style import TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTE = TextStyle(12.0, "#FFFFFF", "#1F2937")
_NOTE_HEAD = TextStyle(12.0, "#FFFFFF", "#1F2937", bold=True)


def paint_note(
    painter: QPainter, lines: Sequence[str], x: float, y: float, room: tuple[int, int]
) -> None:
    """Write a note beside a pixel, as plain text, turned so that it stays inside `room`."""
    styles = [_NOTE_HEAD, *[_NOTE] * (len(lines) - 1)]
    fonts = [font_of(s, khmer=is_khmer(line)) for s, line in zip(styles, lines, strict=True)]
    metrics = [QFontMetricsF(font) for font in fonts]
    width = max(m.horizontalAdvance(line) for m, line in zip(metrics, lines, strict=True)) + 18
    heights = [
        m.height() * (0.9 if is_khmer(t) else 1.0) for m, t in zip(metrics, lines, strict=True)
    ]
    height = sum(heights) + 12
    left = x + 14 if x + 14 + width < room[0] else x - 14 - width
    top = y + 16 if y + 16 + height < room[1] else y - 12 - height
    plate = QRectF(max(left, 4), max(top, 4), width, height)
    ground = QColor(_NOTE.halo)
    ground.setAlphaF(0.94)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(plate, 6, 6)
    painter.setPen(QColor(_NOTE.colour))
    at = plate.top() + 6
    for line, font, line_height in zip(lines, fonts, heights, strict=True):
        painter.setFont(font)
        painter.drawText(
            QRectF(plate.left() + 9, at, width - 9, line_height),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            line,
        )
        at += line_height


def paint_hint(painter: QPainter, line: str, room: tuple[int, int]) -> None:
    """Write what the next click does, at the bottom in the middle."""
    _paint_plate(painter, line, room[0], room[1] - 64)


def paint_banner(painter: QPainter, line: str, width: float) -> None:
    """Write what must not be overlooked, at the top in the middle."""
    _paint_plate(painter, line, width, 12)


def _paint_plate(painter: QPainter, line: str, room: float, top: float) -> None:
    style = TextStyle(12.5, _NOTE.colour, _NOTE.halo)
    font = font_of(style, khmer=is_khmer(line))
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(line) + 28
    plate = QRectF((room - width) / 2, top, width, 28)
    ground = QColor(style.halo)
    ground.setAlphaF(0.88)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(plate, 14, 14)
    painter.setFont(font)
    painter.setPen(QColor(style.colour))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, line)
