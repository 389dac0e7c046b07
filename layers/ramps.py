"""Colours of results: ColorBrewer's ramps that colour-blind eyes can read, and none of them red.

Cynthia Brewer's BrBG (diverging) and its brown half (sequential): red would call people a danger.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from layers.style import AreaStyle, Hatch, LineStyle

if TYPE_CHECKING:
    from layers.palette import Theme

HOT: Final = ("#DFC27D", "#BF812D", "#8C510A")
"""More than the rest, from little to much."""
COLD: Final = ("#80CDC1", "#35978F", "#01665E")
"""Less than the rest, from little to much."""
MIDDLE: Final = "#E7E7E7"
"""Neither more nor less."""
SEQUENTIAL: Final = ("#F6E8C3", "#DFC27D", "#BF812D", "#8C510A", "#543005")
"""From little to much."""
ON_DARK: Final = {
    "#F6E8C3": "#5C5138",
    "#DFC27D": "#8F7440",
    "#BF812D": "#C98A3C",
    "#8C510A": "#F0A94A",
    "#543005": "#FFD58F",
    "#80CDC1": "#2F7068",
    "#35978F": "#3FA89E",
    "#01665E": "#6FE3D4",
    "#E7E7E7": "#4B5563",
}
"""On a dark ground the strongest is the brightest, as it is the darkest on a light one."""
ALPHA: Final = 0.66
UNSURE_ALPHA: Final = 0.3
SHADE: Final = 0.7


def area_style(colour: str, *, unsure: bool = False, hatch: Hatch = Hatch.NONE) -> AreaStyle:
    """Return how an area of a result looks: what is unsure is paler and hatched.

    Args:
        colour: Of the ramp.
        unsure: It would not stand if places or grades were a little otherwise.
        hatch: A second sign where several classes have colours that are close.
    """
    ink = shaded(colour)
    if unsure:
        edge = LineStyle(ink, 0.8, alpha=0.5)
        return AreaStyle(colour, UNSURE_ALPHA, edge, hatch=Hatch.RISING, ink=ink)
    return AreaStyle(colour, ALPHA, LineStyle(ink, 0.8), hatch=hatch, ink=ink)


def steps(n: int, ramp: tuple[str, ...] = SEQUENTIAL) -> tuple[str, ...]:
    """Return `n` colours of a ramp, from its beginning to its end.

    Raises:
        ValueError: The ramp has not so many.
    """
    if not 0 < n <= len(ramp):
        message = f"a ramp of {len(ramp)} colours has not {n}"
        raise ValueError(message)
    if n == 1:
        return (ramp[len(ramp) // 2],)
    return tuple(ramp[round(i * (len(ramp) - 1) / (n - 1))] for i in range(n))


def shaded(colour: str) -> str:
    """Return a colour darker, for its edge."""
    red, green, blue = (int(int(colour[i : i + 2], 16) * SHADE) for i in (1, 3, 5))
    return f"#{red:02X}{green:02X}{blue:02X}"


def on_theme(colour: str, theme: Theme) -> str:
    """Return a colour of a ramp as a theme shows it."""
    return ON_DARK.get(colour, colour) if theme == "dark" else colour


def dressed(style: AreaStyle, theme: Theme) -> AreaStyle:
    """Return how an area of a result looks in a theme."""
    fill = on_theme(style.fill, theme)
    if fill == style.fill:
        return style
    ink = shaded(fill)
    edge = replace(style.edge, colour=ink) if style.edge is not None else None
    return replace(style, fill=fill, edge=edge, ink=ink)
