"""A map without a window: PNG for the command line and the reports, under an offscreen platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage, QPainter

from geo.model.entity import Kind
from gui.map.furniture import paint_furniture
from gui.map.overlay import paint_banner
from gui.map.painter import paint
from gui.map.text import measure
from layers.draw import draw_list
from layers.snapshot import snapshot
from layers.units import all_official

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geo.catalogue import Language
    from geo.project import Project
    from layers.findings import Findings
    from layers.layer_list import LayerList
    from layers.palette import Theme
    from layers.view import MapView

SCREEN_DPI = 96.0


def render_image(  # noqa: PLR0913 - what a picture depends on
    project: Project | None,
    layer_list: LayerList,
    view: MapView,
    *,
    language: Language = "km",
    theme: Theme = "light",
    selection: tuple[Kind, Iterable[str]] | None = None,
    on: date | None = None,
    scale: float = 1.0,
    furniture: bool = True,
    findings: Findings | None = None,
) -> QImage:
    """Return the map as a picture of ``view.width * scale`` by ``view.height * scale`` pixels.

    Args:
        project: The plan, or None for the bare basemap.
        layer_list: What is shown.
        view: The view in logical pixels.
        language: Of the writing.
        theme: Light or dark.
        selection: Kind and ids of the rows to set off.
        on: The map's date, or today.
        scale: Device pixels per logical pixel; 2 or 3 for print.
        furniture: Whether scale bar, north arrow and attribution are drawn. What is published
            without them must name the sources elsewhere.
        findings: The result of an analysis that is to lie on the map.

    A `QGuiApplication` must exist.
    """
    request = snapshot(
        layer_list,
        project,
        view,
        language=language,
        theme=theme,
        selection=selection,
        on=on,
        findings=findings,
    )
    image = QImage(
        round(view.width * scale),
        round(view.height * scale),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(scale)
    image.setDotsPerMeterX(round(SCREEN_DPI * scale / 0.0254))
    image.setDotsPerMeterY(round(SCREEN_DPI * scale / 0.0254))
    frame = draw_list(request, measure=measure)
    image.fill(QColor(frame.background))
    painter = QPainter(image)
    try:
        paint(painter, frame)
        if furniture:
            paint_furniture(
                painter,
                view,
                language=language,
                theme=theme,
                official=all_official(request.table(Kind.ADMIN_UNIT)),
            )
    finally:
        painter.end()
    return image


def write_over(image: QImage, words: str) -> None:
    """Write a few words across the top of a picture, such as of which past day it is."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        paint_banner(painter, words, image.width() / image.devicePixelRatio())
    finally:
        painter.end()
