"""Painting the map's window: the last frame where it belongs now, and what lies over it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from geo.catalogue import Language, text
from gui.map.frames import Frame, Writing
from gui.map.furniture import (
    EDGE,
    coordinate_text,
    paint_attribution,
    paint_readout,
    paint_scale_bar,
    readout_width,
)
from gui.map.overlay import paint_hint, paint_note
from gui.map.painter import paint_steps
from gui.map.sketches import paint_sketch
from gui.map.text import draw_label_picture
from gui.tools.tool import Corner, Sketch
from layers.drawlist import Op
from layers.palette import Theme, palette
from layers.view import MapView

READOUT_LEFT = 165.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the window of a map shows at a moment.

    Attributes:
        dpr: Device pixels per logical pixel.
        frames: Painted frames, the lower first.
        writing: The names.
        selected: What sets the selected rows off, in pixels of the view.
        sketch: What the tool is making.
        cursor: Where the pointer is, in degrees, or None.
        hint: Code of what the next click does, or empty.
        note: Lines about what lies under the pointer and the pixel, or None.
        focused: Whether the map has the keyboard.
        official: Whether every boundary is an official one.
    """

    view: MapView
    theme: Theme
    language: Language
    dpr: float
    frames: tuple[Frame, ...]
    writing: Writing | None
    selected: tuple[Op, ...]
    sketch: Sketch
    cursor: Corner | None
    hint: str
    note: tuple[tuple[str, ...], float, float] | None
    focused: bool
    official: bool


def paint_scene(painter: QPainter, scene: Scene) -> None:
    """Paint a scene; costs a few milliseconds whatever the plan holds."""
    view = scene.view
    colours = palette(scene.theme)
    whole = QRectF(0, 0, view.width, view.height)
    painter.fillRect(whole, QColor(colours.sea))
    for frame in scene.frames:
        paint_frame(painter, frame, view, scene.dpr)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for _ in paint_steps(painter, scene.selected):
        pass
    if scene.writing is not None:
        paint_writing(painter, scene.writing, view, scene.dpr)
    paint_sketch(painter, scene.sketch, view, scene.theme)
    _paint_furniture(painter, scene)
    if scene.focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours.highlight), 2.0))
        painter.drawRect(whole.adjusted(1, 1, -1, -1))


def paint_frame(painter: QPainter, frame: Frame, view: MapView, dpr: float) -> None:
    """Draw a frame's picture where it belongs in a view, scaled while a zoom waits for its own."""
    west, south, east, north = frame.view.bounds
    left, _, _, top = view.bounds
    x, y = (west - left) / view.resolution, (top - north) / view.resolution
    if frame.view.resolution == view.resolution:
        painter.drawImage(QPointF(round(x * dpr) / dpr, round(y * dpr) / dpr), frame.image)
        return
    width, height = (east - west) / view.resolution, (north - south) / view.resolution
    # Only what is seen is scaled: far inside a picture the rest would be millions of pixels.
    seen = QRectF(0, 0, view.width, view.height)
    target = QRectF(x, y, width, height).intersected(seen)
    share = frame.image.width() / width
    source = QRectF(
        (target.x() - x) * share,
        (target.y() - y) * share,
        target.width() * share,
        target.height() * share,
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, frame.image, source)


def paint_writing(painter: QPainter, writing: Writing, view: MapView, dpr: float) -> None:
    """Draw the labels at their places; they keep their size while a zoom waits for its frame."""
    left, _, _, top = writing.view.bounds
    west, _, _, north = view.bounds
    scale = writing.view.resolution / view.resolution
    dx, dy = (left - west) / view.resolution, (north - top) / view.resolution
    for label in writing.labels:
        x, y = label.x * scale + dx, label.y * scale + dy
        if -200 < x < view.width + 200 and -40 < y < view.height + 40:  # noqa: PLR2004 - half a label
            draw_label_picture(painter, label, x, y, dpr)


def _paint_furniture(painter: QPainter, scene: Scene) -> None:
    view, language, theme = scene.view, scene.language, scene.theme
    room = (view.width, view.height)
    bar = paint_scale_bar(painter, view, EDGE, view.height - EDGE, language=language, theme=theme)
    sources = paint_attribution(
        painter, view, bar, language=language, theme=theme, official=scene.official
    )
    if scene.cursor is not None:
        line = coordinate_text(*scene.cursor, language)
        left, bottom = READOUT_LEFT, view.height - 6.0
        if left + readout_width(line) > sources:
            # The sources must stay readable: in a narrow window it stands above the scale bar.
            left, bottom = EDGE, view.height - 36.0
        paint_readout(painter, line, left, bottom, theme=theme)
    if scene.hint:
        paint_hint(painter, text(scene.hint, language), room)
    if scene.note is not None:
        paint_note(painter, *scene.note, room)
