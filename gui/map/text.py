"""Writing on the map: fonts, sizes and cached pictures of labels with their halo."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from gui import theme
from layers.drawlist import Label, TextLine

if TYPE_CHECKING:
    from layers.style import TextStyle

HALO_PX = 3.0
HALO_ALPHA = 0.5
PAPER = frozenset({QPaintEngine.Type.Pdf, QPaintEngine.Type.SVG, QPaintEngine.Type.Picture})
"""Where lines and letters are drawn as vectors."""
_HALO_SHIFTS = tuple(
    (HALO_PX / 2 * math.cos(k * math.pi / 6), HALO_PX / 2 * math.sin(k * math.pi / 6))
    for k in range(12)
)
_PICTURE_MARGIN = 4
_LATIN = ("Noto Sans", "Noto Sans Khmer")
_KHMER = _LATIN[::-1]
# Khmer letters are small for their size.
_KHMER_SCALE = 1.1
# Noto Sans Khmer leaves room for two rows of signs below; names of places seldom need the second.
_KHMER_HEIGHT = 0.95
_LATIN_HEIGHT = 0.92


@cache
def ensure_fonts() -> None:
    """Load the shipped fonts, once per process."""
    theme.load_fonts()


def is_khmer(text: str) -> bool:
    """Tell whether a text has Khmer letters."""
    return any("ក" <= letter <= "៿" for letter in text)


@lru_cache(maxsize=128)
def font_of(style: TextStyle, *, khmer: bool) -> QFont:
    """Return the font of a text style; for the main thread, as fonts are not shared."""
    return _font(style, khmer=khmer)


def _font(style: TextStyle, *, khmer: bool) -> QFont:
    ensure_fonts()
    font = QFont()
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFamilies(list(_KHMER if khmer else _LATIN))
    font.setPixelSize(max(round(style.size * (_KHMER_SCALE if khmer else 1.0)), 1))
    font.setWeight(QFont.Weight.DemiBold if style.bold else QFont.Weight.Normal)
    font.setItalic(style.italic)
    if style.spacing and not khmer:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, style.spacing)
    return font


@lru_cache(maxsize=20_000)
def measure(text: str, style: TextStyle) -> tuple[float, float]:
    """Return width and height of a text in logical pixels; may be called from any thread."""
    khmer = is_khmer(text)
    metrics = QFontMetricsF(_font(style, khmer=khmer))
    share = _KHMER_HEIGHT if khmer else _LATIN_HEIGHT
    return metrics.horizontalAdvance(text) - style.spacing, metrics.height() * share


def draw_label(painter: QPainter, label: Label, x: float, y: float) -> None:
    """Write a label with its halo around a centre: on paper and into the cached picture."""
    top = y - label.height / 2
    for line in label.lines:
        width, height = measure(line.text, line.style)
        _draw_line(painter, line, x - width / 2, top, height)
        top += height


def _draw_line(painter: QPainter, line: TextLine, left: float, top: float, height: float) -> None:
    font = font_of(line.style, khmer=is_khmer(line.text))
    metrics = QFontMetricsF(font)
    baseline = top + height / 2 + (metrics.ascent() - metrics.descent()) / 2
    if is_khmer(line.text):
        baseline -= metrics.height() * 0.04
    write_haloed(painter, line.text, QPointF(left, baseline), font, line.style)


def write_haloed(painter: QPainter, text: str, at: QPointF, font: QFont, style: TextStyle) -> None:
    """Write one line at its baseline with a halo: stroked on paper, shifted copies on screen.

    Stroking the outlines of Khmer letters takes 15 ms a line; a dozen shifted copies take 0.1 ms.
    """
    halo = QColor(style.halo)
    on_paper = painter.paintEngine().type() in PAPER
    parts, plain = _spaced_out(text, at, font) if on_paper else ([(at, text)], font)
    painter.setFont(plain)
    if on_paper:
        path = QPainterPath()
        for place, part in parts:
            path.addText(place, plain, part)
        pen = QPen(halo, HALO_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
    else:
        halo.setAlphaF(HALO_ALPHA)
        painter.setPen(halo)
        for dx, dy in _HALO_SHIFTS:
            painter.drawText(QPointF(at.x() + dx, at.y() + dy), text)
    painter.setPen(QColor(style.colour))
    for place, part in parts:
        painter.drawText(place, part)


def _spaced_out(text: str, at: QPointF, font: QFont) -> tuple[list[tuple[QPointF, str]], QFont]:
    """Return the parts of a line with their places, and the font for them.

    Qt scales the room between letters with the resolution of paper, so each letter gets its place.
    """
    if not font.letterSpacing():
        return [(at, text)], font
    metrics, plain = QFontMetricsF(font), QFont(font)
    plain.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0)
    ends = [metrics.horizontalAdvance(text[:i]) for i in range(len(text))]
    return [(at + QPointF(x, 0), letter) for x, letter in zip(ends, text, strict=True)], plain


@lru_cache(maxsize=2_000)
def _picture(lines: tuple[TextLine, ...], dpr: float) -> QPixmap:
    sizes = [measure(line.text, line.style) for line in lines]
    width, height = max(w for w, _ in sizes), sum(h for _, h in sizes)
    outer_w, outer_h = width + 2 * _PICTURE_MARGIN, height + 2 * _PICTURE_MARGIN + 4
    pixmap = QPixmap(round(outer_w * dpr) + 1, round(outer_h * dpr) + 1)
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_label(painter, Label(lines, 0, 0, width, height), outer_w / 2, outer_h / 2)
    finally:
        painter.end()
    return pixmap


def draw_label_picture(painter: QPainter, label: Label, x: float, y: float, dpr: float) -> None:
    """Draw a label from its cached picture: on screen, where it moves with every pan."""
    pixmap = _picture(label.lines, dpr)
    width, height = pixmap.width() / dpr, pixmap.height() / dpr
    # Whole device pixels keep the letters sharp.
    left, top = round((x - width / 2) * dpr) / dpr, round((y - height / 2) * dpr) / dpr
    painter.setOpacity(label.opacity)
    painter.drawPixmap(QPointF(left, top), pixmap)
    painter.setOpacity(1.0)
