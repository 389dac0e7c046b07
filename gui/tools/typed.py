"""What is typed at a tool: positions in any format, a distance and a bearing, a radius, a turn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.localise import latin_digits
from geo.measure import wgs84

if TYPE_CHECKING:
    from gui.tools.tool import Corner

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_UNIT = r"(km|m|គម|ម)"
_STEP = re.compile(
    rf"{_NUMBER}\s*{_UNIT}?\s*([,;@<]|\s)\s*(?:{_NUMBER}\s*°?|([nsew]{{1,3}}))", re.IGNORECASE
)
_LENGTH = re.compile(rf"{_NUMBER}\s*{_UNIT}?", re.IGNORECASE)
_TURN = re.compile(rf"([+-]?){_NUMBER}\s*°")
_COMPASS: Final = (
    "n nne ne ene e ese se sse s ssw sw wsw w wnw nw nnw".split()  # noqa: SIM905 - a compass rose
)
_SIXTEENTH = 22.5
_KM = 1000.0
_FULL_TURN = 360.0


def read_corners(text: str, last: Corner | None) -> tuple[Corner, ...]:
    """Return positions that were typed, or the one at a distance and bearing from the last.

    Raises:
        InputError: It is neither, or there is no corner yet to go on from.
    """
    step = read_step(text)
    if step is None:
        from geo.shapes import typed

        try:
            found = typed(latin_digits(text))
        except InputError as error:
            raise InputError("error.tool.typed_corner", text=text) from error
        if not found:
            raise InputError("error.tool.typed_corner", text=text)
        return found
    if last is None:
        raise InputError("error.tool.no_corner_yet")
    return (beyond(last, *step),)


def read_step(text: str) -> tuple[float, float] | None:
    """Return metres and degrees clockwise from north, or None if the text is no such thing.

    ``500 m 45°``, ``1.2 km NE`` and ``500 @ 45`` are; two bare numbers are a position.
    """
    found = _STEP.fullmatch(latin_digits(text).strip())
    if found is None:
        return None
    number, unit, between, degrees, wind = found.groups()
    if not unit and between not in {"@", "<"}:
        return None
    if wind and wind.lower() not in _COMPASS:
        return None
    bearing = _COMPASS.index(wind.lower()) * _SIXTEENTH if wind else _float(degrees)
    return _metres(number, unit), bearing % _FULL_TURN


def read_length(text: str) -> float:
    """Return metres: ``500``, ``500 m``, ``1.5 km``.

    Raises:
        InputError: It is no length above zero.
    """
    found = _LENGTH.fullmatch(latin_digits(text).strip())
    metres = _metres(*found.groups()) if found is not None else 0.0
    if metres <= 0:
        raise InputError("error.tool.typed_length", text=text)
    return metres


def read_turn(text: str) -> float | None:
    """Return degrees clockwise, or None if the text is no turn such as ``-15°``."""
    found = _TURN.fullmatch(latin_digits(text).strip())
    if found is None:
        return None
    return -_float(found[2]) if found[1] == "-" else _float(found[2])


def beyond(start: Corner, metres: float, bearing: float) -> Corner:
    """Return the position at a distance and bearing from another, on the ellipsoid."""
    lon, lat, _ = wgs84().fwd(start[0], start[1], bearing, metres)
    return float(lon), float(lat)


def _metres(number: str, unit: str | None) -> float:
    return _float(number) * (_KM if (unit or "m").lower() in {"km", "គម"} else 1.0)


def _float(number: str) -> float:
    return float(number.replace(",", "."))
