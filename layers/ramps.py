"""Colours of results: ColorBrewer's ramps that colour-blind eyes can read, and none of them red.

Cynthia Brewer's BrBG (diverging) and its brown half (sequential): red would call people a danger.
"""

from __future__ import annotations

from typing import Final

from layers.style import AreaStyle, Hatch, LineStyle

HOT: Final = ("#DFC27D", "#BF812D", "#8C510A")
"""More than the rest, from little to much."""
COLD: Final = ("#80CDC1", "#35978F", "#01665E")
"""Less than the rest, from little to much."""
MIDDLE: Final = "#E7E7E7"
"""Neither more nor less."""
SEQUENTIAL: Final = ("#F6E8C3", "#DFC27D", "#BF812D", "#8C510A", "#543005")
"""From little to much."""
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
