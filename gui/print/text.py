"""Paragraphs on paper: plain text, laid out once for a width, Khmer broken where a syllable ends.

The unit of everything on paper is a tenth of a point, so that whole pixel sizes of fonts are fine
enough and no hinting of a screen is in the way.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextLayout,
    QTextOption,
)

from gui.map.text import ensure_fonts, is_khmer

POINT = 10.0
"""Units of paper in one point."""

INK = "#1F2937"
MUTED = "#5B6470"
LINE = "#C9CED6"
ACCENT = "#0F766E"

ZERO_WIDTH_SPACE = "\u200b"
LONG_RUN = 12
"""Khmer letters without a space from which a line may be broken between syllables."""

_KHMER_RUN = re.compile(f"[\u1780-\u17d3\u17dd]{{{LONG_RUN},}}")
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]")
# A letter begins a syllable if a vowel, sign or coeng follows it and no coeng joins it to the one
# before. A bare consonant is mostly the end of a syllable: it stays with what stands before it.
_SYLLABLE = re.compile("(?<!\u17d2)(?=[\u1780-\u17b3][\u17b6-\u17ca\u17d2])")


def breakable(text: str) -> str:
    """Return `text` with places to break in long runs of Khmer, which has no spaces between words.

    Qt would break anywhere, also between a consonant and its subscript.
    """

    def opened(run: re.Match[str]) -> str:
        return _SYLLABLE.sub(ZERO_WIDTH_SPACE, run.group()).removeprefix(ZERO_WIDTH_SPACE)

    return _KHMER_RUN.sub(opened, text)


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
        y = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
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
    return QFontMetricsF(paper_font(text, points, bold=bold)).horizontalAdvance(_one_line(text))


def least_width(text: str, *, points: float = 9, bold: bool = False) -> float:
    """Return the width below which a word of a text would be torn."""
    metrics = QFontMetricsF(paper_font(text, points, bold=bold))
    words = re.split(f"[ {ZERO_WIDTH_SPACE}]+", breakable(_one_line(text)))
    return max((metrics.horizontalAdvance(word) for word in words), default=0.0)


def _one_line(text: str) -> str:
    """Return `text` on one line, without signs that are not seen but turn or break what is."""
    return re.sub(" +", " ", _UNSEEN.sub(" ", text)).strip(" ")
