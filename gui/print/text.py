"""Paragraphs on paper: plain text, laid out once for a width, Khmer broken between words.

The unit of everything on paper is a tenth of a point, so that whole pixel sizes of fonts are fine
enough and no hinting of a screen is in the way.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QTextLayout,
    QTextOption,
)

from gui.map.text import ensure_fonts, is_khmer
from gui.print.khmer import ZERO_WIDTH_SPACE, breakable

POINT = 10.0
"""Units of paper in one point."""

INK = "#1F2937"
MUTED = "#5B6470"
LINE = "#C9CED6"
ACCENT = "#0F766E"

ENDLESS = 1e6
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]")


def paper_font(text: str, points: float, *, bold: bool = False) -> QFont:
    """Return the report's font for a text at a size in points, for painting in tenths of points.

    The family that can shape Khmer leads where there is any: Qt warns when the other one is tried.
    """
    ensure_fonts()
    families = ["Noto Sans", "Noto Sans Khmer"]
    font = QFont(families[::-1] if is_khmer(text) else families)
    font.setPixelSize(round(points * POINT))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


class Paragraph:
    """A text laid out in a width.

    Attributes:
        width: Room that it was given, in tenths of points.
        height: What it takes.
        natural: What its widest line takes of the width.
    """

    def __init__(
        self,
        text: str,
        width: float,
        *,
        points: float = 9,
        bold: bool = False,
        colour: str = INK,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Lay `text` out; it is plain text, whatever stands in it."""
        self.width = width
        self._colour = QColor(colour)
        self._layout = QTextLayout(breakable(_one_line(text)), paper_font(text, points, bold=bold))
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        y = self.natural = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            self.natural = max(self.natural, line.naturalTextWidth())
            y += line.height()
        self._layout.endLayout()
        self.height = y

    @property
    def lines(self) -> int:
        """Number of lines."""
        return self._layout.lineCount()

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Paint it with its top left corner at a place."""
        painter.setPen(self._colour)
        self._layout.draw(painter, QPointF(x, y))


def natural_width(text: str, *, points: float = 9, bold: bool = False) -> float:
    """Return the width of a text on one line."""
    return _width(breakable(_one_line(text)), points, bold=bold)


def least_width(text: str, *, points: float = 9, bold: bool = False) -> float:
    """Return the width below which a word of a text would be torn."""
    words = re.split(f"[ {ZERO_WIDTH_SPACE}]+", breakable(_one_line(text)))
    return max((_width(word, points, bold=bold) for word in words), default=0.0)


@lru_cache(maxsize=4_000)
def _width(text: str, points: float, *, bold: bool) -> float:
    """Return the width as it is laid out: font metrics take some Khmer words for narrower."""
    layout = QTextLayout(text, paper_font(text, points, bold=bold))
    layout.beginLayout()
    line = layout.createLine()
    width = 0.0
    if line.isValid():
        line.setLineWidth(ENDLESS)
        width = line.naturalTextWidth()
    layout.endLayout()
    return width


def _one_line(text: str) -> str:
    """Return `text` on one line, without signs that are not seen but turn or break what is."""
    return re.sub(" +", " ", _UNSEEN.sub(" ", text)).strip(" ")
