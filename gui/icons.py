"""Icons: one family of SVG outlines, coloured by the theme."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

SIZES: Final = (16, 20, 24, 40)


@cache
def _source(name: str) -> str:
    return (files("resources") / "icons" / f"{name}.svg").read_text("utf-8")


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a picture of `size` × `size` device-independent pixels."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    # A thinner line than Tabler's own two pixels sits better beside 13 px text.
    svg = (
        _source(name)
        .replace("currentColor", colour)
        .replace('stroke-width="2"', 'stroke-width="1.75"')
    )
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    painter = QPainter(made)
    try:
        renderer.render(painter, QRectF(0, 0, made.width(), made.height()))
    finally:
        painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@cache
def icon(name: str, colour: str, checked: str = "", disabled: str = "") -> QIcon:
    """Return an icon in a colour, with other colours for what is checked or disabled."""
    made = QIcon()
    states = (
        (colour, QIcon.Mode.Normal, QIcon.State.Off),
        (checked or colour, QIcon.Mode.Normal, QIcon.State.On),
        (disabled or colour, QIcon.Mode.Disabled, QIcon.State.Off),
        (disabled or colour, QIcon.Mode.Disabled, QIcon.State.On),
    )
    for tone, mode, state in states:
        for size in SIZES:
            made.addPixmap(pixmap(name, tone, size), mode, state)
    return made


def set_icon(button: QAbstractButton, name: str, *, role: str = "text", checked: str = "") -> None:
    """Give a button an icon that follows the theme.

    Args:
        button: Gets the icon.
        name: File name in ``resources/icons`` without its suffix.
        role: Field of `Theme` that colours it.
        checked: Field of `Theme` that colours it while the button is checked.
    """
    known = button in _WORN
    _WORN[button] = (name, role, checked)
    if known:
        _dress(button)
    else:
        theme.on_theme(button, lambda: _dress(button))


_WORN: Final[WeakKeyDictionary[QAbstractButton, tuple[str, str, str]]] = WeakKeyDictionary()
"""Which icon each button has, so that a new one takes the place of the old."""


def _dress(button: QAbstractButton) -> None:
    name, role, checked = _WORN[button]
    tones = theme.current()
    button.setIcon(
        icon(
            name,
            getattr(tones, role),
            getattr(tones, checked) if checked else "",
            tones.strong_line,
        )
    )
