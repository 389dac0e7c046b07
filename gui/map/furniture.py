"""What stands around a map: scale bar, north arrow, sources, and where the pointer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from geo import crs, localise
from geo.catalogue import text
from geo.errors import InputError
from geo.measure import nice_scale_bar
from gui.map.text import font_of, is_khmer, write_haloed
from layers.palette import palette
from layers.style import TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.catalogue import Language
    from layers.palette import Palette, Theme
    from layers.view import MapView

EDGE = 10.0
SCALE_BAR_PX = 130.0
CAPTION_PX = 11.0
SOURCE_LINE_PX = 14.0
GAP = 12.0
BETWEEN = " · "


def paint_furniture(
    painter: QPainter,
    view: MapView,
    *,
    language: Language,
    theme: Theme,
    north: bool = True,
    official: bool = False,
) -> None:
    """Draw scale bar, sources and, for paper, the north arrow, in the view's logical pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bar = paint_scale_bar(painter, view, EDGE, view.height - EDGE, language=language, theme=theme)
    paint_attribution(painter, view, bar, language=language, theme=theme, official=official)
    if north:
        _paint_north(painter, view.width - EDGE - 12, EDGE + 20, palette(theme), language)
    painter.restore()


def paint_scale_bar(
    painter: QPainter,
    view: MapView,
    left: float,
    bottom: float,
    *,
    language: Language,
    theme: Theme,
) -> float:
    """Draw a scale bar, true in the middle of the view.

    Returns:
        Its right edge.
    """
    colours = palette(theme)
    metres, width = nice_scale_bar(view.ground_resolution, SCALE_BAR_PX)
    unit, number = ("map.unit.km", metres / 1000) if metres >= 1000 else ("map.unit.m", metres)  # noqa: PLR2004 - a kilometre
    caption = text(unit, language, n=localise.digits(f"{number:,g}", language))
    y = bottom - 3
    bar = QPolygonF(
        [
            QPointF(left, y - 5),
            QPointF(left, y),
            QPointF(left + width, y),
            QPointF(left + width, y - 5),
        ]
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, pen_width in ((colours.halo, 4.5), (colours.text, 1.6)):
        pen = QPen(QColor(colour), pen_width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolyline(bar)
    write(painter, caption, left + 5, y - 6, _caption_style(colours))
    return left + width


def paint_attribution(
    painter: QPainter,
    view: MapView,
    beside: float,
    *,
    language: Language,
    theme: Theme,
    official: bool = False,
) -> float:
    """Write the sources at the right, and that provinces are approximate unless they are not.

    They are all named on a narrow map too, in as many lines as it takes.

    Args:
        painter: Painter.
        view: The map.
        beside: Right edge of the scale bar, which they leave free.
        language: Language.
        theme: Theme.
        official: Whether the boundaries are official ones.

    Returns:
        Its left edge.
    """
    colours = palette(theme)
    line = text("map.attribution", language)
    if not official:
        line = f"{line} · {text('map.approximate', language)}"
    style = TextStyle(10.0, colours.text_muted, colours.halo)
    right = view.width - 8
    lines = source_lines(line, right - beside - GAP, lambda part: _width(part, style))
    lefts = [right - _width(part, style) for part in lines]
    for up, (part, left) in enumerate(zip(reversed(lines), reversed(lefts), strict=True)):
        write(painter, part, left, view.height - 7 - up * SOURCE_LINE_PX, style)
    return min(lefts)


def source_lines(line: str, room: float, width: Callable[[str], float]) -> list[str]:
    """Break the names of the sources into lines of at most `room`, between two names only."""
    lines: list[str] = []
    for name in line.split(BETWEEN):
        longer = f"{lines[-1]}{BETWEEN}{name}" if lines else name
        if lines and width(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(name)
    return lines


def _width(line: str, style: TextStyle) -> float:
    return QFontMetricsF(font_of(style, khmer=is_khmer(line))).horizontalAdvance(line)


def write(painter: QPainter, line: str, left: float, baseline: float, style: TextStyle) -> None:
    """Write one line with its halo."""
    font = font_of(style, khmer=is_khmer(line))
    write_haloed(painter, line, QPointF(left, baseline), font, style)


def _caption_style(colours: Palette) -> TextStyle:
    return TextStyle(CAPTION_PX, colours.text, colours.halo)


def _paint_north(
    painter: QPainter, x: float, y: float, colours: Palette, language: Language
) -> None:
    arrow = QPolygonF(
        [QPointF(x, y - 18), QPointF(x + 7, y + 4), QPointF(x, y - 1), QPointF(x - 7, y + 4)]
    )
    painter.setPen(QPen(QColor(colours.halo), 2.0))
    painter.setBrush(QColor(colours.text))
    painter.drawPolygon(arrow)
    letter = text("map.north", language)
    style = TextStyle(CAPTION_PX, colours.text, colours.halo, bold=True)
    width = QFontMetricsF(font_of(style, khmer=is_khmer(letter))).horizontalAdvance(letter)
    write(painter, letter, x - width / 2, y + 18, style)


def coordinate_text(lon: float, lat: float, language: Language) -> str:
    """Return a position as degrees, UTM and MGRS for the read-out."""
    khmer = language == "km"
    parts = [crs.format_decimal(lon, lat, khmer_digits=khmer)]
    try:
        parts += [
            crs.format_utm(lon, lat, khmer_digits=khmer),
            crs.format_mgrs(lon, lat, khmer_digits=khmer),
        ]
    except InputError:
        return parts[0]
    return "  ·  ".join(parts)


def readout_width(line: str) -> float:
    """Return the width of a read-out's plate in logical pixels."""
    style = TextStyle(CAPTION_PX, "#000000", "#FFFFFF")
    font = font_of(style, khmer=is_khmer(line))
    return QFontMetricsF(font).horizontalAdvance(line) + 16


def paint_readout(
    painter: QPainter, line: str, left: float, bottom: float, *, theme: Theme
) -> None:
    """Write the read-out on its plate."""
    colours = palette(theme)
    style = TextStyle(CAPTION_PX, colours.text, colours.halo)
    font = font_of(style, khmer=is_khmer(line))
    plate = QRectF(left, bottom - 20, readout_width(line), 20)
    ground = QColor(colours.halo)
    ground.setAlphaF(0.85)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(plate, 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, line)
