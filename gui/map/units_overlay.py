"""The units of zones painted over the map: the zones that a split proposes, or units on the move.

It lies over the map's picture and below its controls, takes no gesture, and is painted anew within
a few milliseconds: paths are kept in metres, and only moved and scaled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QTextLayout,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from gui.icons import pixmap
from gui.map.overlay import paint_note
from gui.map.text import font_of, is_khmer
from layers.palette import palette
from layers.style import ZONE_COLOURS, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from gui.map.canvas import MapCanvas
    from layers.zone_units import Rings, ShownZones, UnitShapes

NAME_PX: Final = 150.0
NOTE_PX: Final = 280.0
PADLOCK_PX: Final = 20.0
FAINT, FULL = 0.22, 0.68
"""How much a unit without work covers, and the heaviest."""
_REFUSED: Final = "#D55E00"
_NAME: Final = TextStyle(12.5, "#FFFFFF", "#1F2937", bold=True)
_SECOND: Final = TextStyle(11.5, "#FFFFFF", "#1F2937")
_PLATE: Final = "#1F2937"


class UnitsOverlay(QWidget):
    """Shows zones and their units over a map; nothing until it is told what."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.shown: ShownZones | None = None
        self._shapes: UnitShapes | None = None
        self._origin = (0.0, 0.0)
        self._units: list[QPainterPath] = []
        self._ground: tuple[object, object, object, QPixmap] | None = None
        self._edges: dict[int, tuple[Rings, QPainterPath]] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lower()
        self.hide()
        canvas.installEventFilter(self)
        canvas.view_changed.connect(lambda _view: self.update())
        canvas.dressed.connect(self.update)

    def show_zones(self, shown: ShownZones | None) -> None:
        """Show zones, or nothing."""
        self.shown = shown
        if shown is not None and shown.shapes is not self._shapes:
            self._take(shown.shapes)
        self.setVisible(shown is not None)
        self.resize(self._canvas.size())
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.resize(self._canvas.size())
        return super().eventFilter(watched, event)

    # --- paths ----------------------------------------------------------------------------------

    def _take(self, shapes: UnitShapes) -> None:
        self._shapes = shapes
        x, y = shapes.middle.mean(axis=0).tolist()
        self._origin = (x, y)
        self._units = [self._path(rings) for rings in shapes.rings]
        self._edges.clear()

    def _path(self, rings: Rings) -> QPainterPath:
        """Return rings as a path in metres from the middle: pixels of a float are exact there."""
        x, y = self._origin
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for ring in rings:
            path.addPolygon(QPolygonF([QPointF(a - x, y - b) for a, b in ring.tolist()]))
            path.closeSubpath()
        return path

    def _edge(self, zone: int, rings: Rings) -> QPainterPath:
        kept = self._edges.get(zone)
        if kept is None or kept[0] is not rings:
            kept = self._edges[zone] = (rings, self._path(rings))
        return kept[1]

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.shown is None:
            return
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter, self.shown)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, shown: ShownZones) -> None:
        view = self._canvas.view
        west, _, _, north = view.bounds
        scale = 1.0 / view.resolution
        x, y = self._origin
        there = QTransform(scale, 0, 0, scale, (x - west) * scale, (north - y) * scale)
        self._paint_ground(painter, shown, there)
        painter.setTransform(there)
        self._paint_edges(painter, shown)
        self._paint_hand(painter, shown)
        painter.resetTransform()
        self._paint_kept(painter, shown, there)
        pixels = view.mercator_to_pixel(shown.places).tolist()
        _paint_names(painter, shown.names, pixels)
        if shown.note is not None:
            lines, left, top = shown.note
            wrapped = tuple(part for line in lines for part in _wrapped(line))
            paint_note(painter, wrapped, left, top, (view.width, view.height))

    def _paint_ground(self, painter: QPainter, shown: ShownZones, there: QTransform) -> None:
        """Paint the units, or their picture if nothing of them is another than last time."""
        view, dpr = self._canvas.view, self.devicePixelRatioF()
        key = (view, shown.colours, shown.locked, self._canvas.theme, dpr)
        kept = self._ground
        if (
            kept is None
            or kept[0] != key
            or kept[1] is not shown.zone
            or kept[2] is not self._units
        ):
            picture = QPixmap(round(view.width * dpr), round(view.height * dpr))
            picture.setDevicePixelRatio(dpr)
            picture.fill(Qt.GlobalColor.transparent)
            brush = QPainter(picture)
            try:
                brush.setRenderHint(QPainter.RenderHint.Antialiasing)
                brush.setTransform(there)
                self._paint_units(brush, shown)
            finally:
                brush.end()
            kept = self._ground = (key, shown.zone, self._units, picture)
        painter.drawPixmap(0, 0, kept[3])

    def _paint_units(self, painter: QPainter, shown: ShownZones) -> None:
        thin = _pen(QColor(palette(self._canvas.theme).highlight_casing), 1.0)
        for unit, path in enumerate(self._units):
            zone = int(shown.zone[unit])
            colour = _colour(shown, zone)
            colour.setAlphaF(FAINT + (FULL - FAINT) * float(shown.share[unit]) ** 0.5)
            painter.fillPath(path, colour)
            if zone in shown.locked:
                painter.fillPath(path, _hatch(colour, painter))
            painter.strokePath(path, thin)

    def _paint_edges(self, painter: QPainter, shown: ShownZones) -> None:
        colours = palette(self._canvas.theme)
        paths = [self._edge(zone, rings) for zone, rings in enumerate(shown.edges)]
        for path in paths:
            painter.strokePath(path, _pen(QColor(colours.highlight_casing), 5.0))
        for path in paths:
            painter.strokePath(path, _pen(QColor(colours.highlight), 2.2))

    def _paint_kept(self, painter: QPainter, shown: ShownZones, there: QTransform) -> None:
        """Paint a dashed border and a padlock on each unit that stays."""
        colours = palette(self._canvas.theme)
        dashes = _pen(QColor(colours.highlight), 2.0)
        dashes.setDashPattern([3.0, 2.0])
        painter.setTransform(there)
        for unit in sorted(shown.kept):
            painter.strokePath(self._units[unit], _pen(QColor(colours.highlight_casing), 4.0))
            painter.strokePath(self._units[unit], dashes)
        painter.resetTransform()
        places = self._canvas.view.mercator_to_pixel(shown.shapes.middle[sorted(shown.kept)])
        for x, y in places.tolist():
            paint_padlock(painter, x, y)

    def _paint_hand(self, painter: QPainter, shown: ShownZones) -> None:
        colours = palette(self._canvas.theme)
        accent = QColor(_REFUSED if shown.refused else colours.highlight)
        for unit in sorted(shown.chosen):
            wash = QColor(accent)
            wash.setAlphaF(0.35)
            painter.fillPath(self._units[unit], wash)
            painter.strokePath(self._units[unit], _pen(accent, 2.0))
        if shown.target is not None and shown.target < len(shown.edges):
            painter.strokePath(
                self._edge(shown.target, shown.edges[shown.target]), _pen(accent, 4.0)
            )
        if shown.focus is not None:
            path = self._units[shown.focus]
            painter.strokePath(path, _pen(QColor(colours.highlight_casing), 5.0))
            painter.strokePath(path, _pen(accent, 3.0))


def paint_padlock(painter: QPainter, x: float, y: float) -> None:
    """Paint a padlock on a round plate, the same on every ground."""
    painter.setPen(QPen(QColor(_NAME.colour), 1.2))
    painter.setBrush(QColor(_PLATE))
    painter.drawEllipse(QPointF(x, y), PADLOCK_PX / 2, PADLOCK_PX / 2)
    size = round(PADLOCK_PX * 0.7)
    picture = pixmap("lock", _NAME.colour, size, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(x - size / 2, y - size / 2), picture)


def _colour(shown: ShownZones, zone: int) -> QColor:
    return QColor(ZONE_COLOURS[shown.colours[zone] % len(ZONE_COLOURS)] if zone >= 0 else "#888888")


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _hatch(colour: QColor, painter: QPainter) -> QBrush:
    """Return the lines over a locked zone, as wide on the screen at every scale."""
    lines = QColor(_PLATE)
    lines.setAlphaF(min(0.25 + colour.alphaF() / 2, 0.5))
    brush = QBrush(lines, Qt.BrushStyle.BDiagPattern)
    undone, _ = painter.transform().inverted()
    brush.setTransform(undone)
    return brush


def _paint_names(
    painter: QPainter, names: Sequence[tuple[str, str]], places: Sequence[Sequence[float]]
) -> None:
    """Write what stands in each zone; a plate gives way downwards to those above it."""
    taken: list[QRectF] = []
    for number in sorted(range(len(names)), key=lambda n: places[n][1]):
        lines = [(t, style) for t, style in zip(names[number], (_NAME, _SECOND), strict=True) if t]
        fonts = [font_of(style, khmer=is_khmer(text)) for text, style in lines]
        sizes = [QFontMetricsF(font) for font in fonts]
        words = [
            m.elidedText(text, Qt.TextElideMode.ElideRight, NAME_PX)
            for m, (text, _) in zip(sizes, lines, strict=True)
        ]
        width = max(m.horizontalAdvance(t) for m, t in zip(sizes, words, strict=True)) + 14
        height = sum(m.height() for m in sizes) + 6
        x, y = places[number]
        plate = QRectF(x - width / 2, y - height / 2, width, height)
        for other in taken:
            if plate.intersects(other):
                plate.moveTop(other.bottom() + 2)
        taken.append(plate)
        _paint_plate(painter, plate, list(zip(words, fonts, sizes, strict=True)))


def _paint_plate(
    painter: QPainter, plate: QRectF, lines: Sequence[tuple[str, QFont, QFontMetricsF]]
) -> None:
    ground = QColor(_PLATE)
    ground.setAlphaF(0.85)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(plate, 5, 5)
    painter.setPen(QColor(_NAME.colour))
    top = plate.top() + 3
    for text, font, size in lines:
        painter.setFont(font)
        painter.drawText(
            QRectF(plate.left(), top, plate.width(), size.height()),
            Qt.AlignmentFlag.AlignCenter,
            text,
        )
        top += size.height()


def _wrapped(line: str) -> list[str]:
    """Return a line of a note in parts that are no wider than a note may be."""
    layout = QTextLayout(line, font_of(_SECOND, khmer=is_khmer(line)))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    parts = []
    while (part := layout.createLine()).isValid():
        part.setLineWidth(NOTE_PX)
        parts.append(line[part.textStart() : part.textStart() + part.textLength()].strip())
    layout.endLayout()
    return parts
