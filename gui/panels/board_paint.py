"""How a cell of the board looks: a chip with its state, a conflict with a sign of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from gui import i18n, icons, theme
from gui.models.board import FACE, Face

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

    from gui.panels.board_view import BoardView
    from gui.theme import Theme

ROW_PX: Final = 31
SIGN_PX: Final = 16
CHIP_PX: Final = 22
PAD_PX: Final = 8


@dataclass(frozen=True, slots=True)
class Hover:
    """The cell over which something is carried.

    Attributes:
        words: What dropping it would bring, in few words.
        tone: ``fits``, ``conflict`` or ``refused``.
    """

    row: int
    column: int
    words: str
    tone: str


SIGNS: Final = {"fits": "check", "conflict": "alert-triangle", "refused": "ban"}


class CellPainter(QStyledItemDelegate):
    """Paints the cells."""

    def __init__(self, view: BoardView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(120, ROW_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tones = theme.current()
        face = index.data(FACE)
        area: QRect = option.rect
        state = option.state
        inner = area.adjusted(3, 3, -4, -4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hover = self._view.hover
        if hover is not None and (hover.row, hover.column) == (index.row(), index.column()):
            _paint_hover(painter, inner, hover, tones)
        elif isinstance(face, Face):
            if self._view.heads.chosen == index.column():
                painter.fillRect(area, QColor(tones.tint))
            _paint_face(painter, inner, face, tones)
        painter.setPen(QColor(tones.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        focused = bool(state & QStyle.StateFlag.State_HasFocus) or (
            self._view.hasFocus() and self._view.currentIndex() == index
        )
        if focused or self._view.currentIndex() == index:
            painter.setPen(QPen(QColor(tones.accent), 2.0 if focused else 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area.adjusted(1, 1, -3, -3)), 4, 4)
        painter.restore()


def _paint_hover(painter: QPainter, area: QRect, hover: Hover, tones: Theme) -> None:
    """Say in the cell itself what dropping would bring."""
    ground, ink = {
        "fits": (tones.tint, tones.accent),
        "conflict": (tones.warning_tint, tones.warning),
        "refused": (tones.danger_tint, tones.danger),
    }[hover.tone]
    painter.setBrush(QColor(ground))
    painter.setPen(QPen(QColor(ink), 2, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(QRectF(area), 6, 6)
    ratio = painter.device().devicePixelRatioF()
    middle = area.center().y() - SIGN_PX // 2
    painter.drawPixmap(
        area.left() + PAD_PX, middle, icons.pixmap(SIGNS[hover.tone], ink, SIGN_PX, ratio)
    )
    words = area.adjusted(PAD_PX + SIGN_PX + 4, 0, -4, 0)
    _write(painter, words, hover.words, ink)


def _paint_face(painter: QPainter, area: QRect, face: Face, tones: Theme) -> None:
    if not face.chip:
        _write(painter, area.adjusted(PAD_PX, 0, -4, 0), "–", tones.muted)
        return
    left = area.left() + 4
    if face.conflict:
        painter.setBrush(QColor(tones.warning_tint))
        painter.setPen(QPen(QColor(tones.warning), 1))
        painter.drawRoundedRect(QRectF(area), 6, 6)
        ratio = painter.device().devicePixelRatioF()
        sign = icons.pixmap("alert-triangle", tones.warning, SIGN_PX, ratio)
        painter.drawPixmap(area.right() - SIGN_PX - 4, area.center().y() - SIGN_PX // 2, sign)
    width = _paint_chip(painter, left, area.center().y(), face, tones)
    room = area.adjusted(left - area.left() + width + 6, 0, -(SIGN_PX + 8), 0)
    _write(painter, room, face.state, tones.muted, caption=True)


def _paint_chip(painter: QPainter, left: int, middle: int, face: Face, tones: Theme) -> int:
    """Paint the chip of a team and return its width in pixels."""
    font = theme.font(bold=not face.whole, language=i18n.language())
    width = QFontMetrics(font).horizontalAdvance(face.chip) + 2 * PAD_PX
    chip = QRect(left, middle - CHIP_PX // 2, width, CHIP_PX)
    if face.whole:
        # It stands here only because it has the whole operation: outlined, not filled.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tones.strong_line), 1, Qt.PenStyle.DashLine))
    else:
        painter.setBrush(QColor(tones.raised if face.conflict else tones.tint))
        painter.setPen(QPen(QColor(tones.accent), 1))
    painter.drawRoundedRect(QRectF(chip), CHIP_PX / 2, CHIP_PX / 2)
    painter.setFont(font)
    painter.setPen(QColor(tones.muted if face.whole else tones.accent))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, face.chip)
    return width


def _write(
    painter: QPainter, area: QRect, words: str, colour: str, *, caption: bool = True
) -> None:
    size = theme.CAPTION_PX if caption else theme.TEXT_PX
    font = theme.font(size, language=i18n.language())
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def chip_picture(face: Face, ratio: float) -> QPixmap:
    """Return the chip of a team as the picture that the pointer carries."""
    tones = theme.current()
    font = theme.font(bold=True, language=i18n.language())
    width = QFontMetrics(font).horizontalAdvance(face.chip) + 2 * PAD_PX + 2
    picture = QPixmap(QSize(round(width * ratio), round((CHIP_PX + 2) * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_chip(painter, 1, CHIP_PX // 2 + 1, face, tones)
    finally:
        painter.end()
    return picture
