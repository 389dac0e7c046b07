"""How things look, as data: a painter, a legend, a PDF and a web map all read the same styles.

Colour never stands alone: every meaning has a shape or a mark besides (Okabe and Ito's colours,
safe for colour-blind eyes). An allegation is not a verdict: it is solid only for a grade of B2 or
better.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.model.vocabulary import Activity, CrossingClass, LegalStatus

BLUE = "#0072B2"
VERMILION = "#D55E00"
GREY = "#6B7280"
AMBER = "#E69F00"
PURPLE = "#882E72"
DARK_GREEN = "#117733"
SLATE = "#374151"
WHITE = "#FFFFFF"
ZONE_COLOURS = ("#56B4E9", "#F0E442", "#009E73", "#CC79A7")


class Shape(StrEnum):
    """Outline of a symbol."""

    CIRCLE = "circle"
    DIAMOND = "diamond"
    SQUARE = "square"
    OCTAGON = "octagon"
    TRIANGLE = "triangle"
    GATE = "gate"


class Mark(StrEnum):
    """A sign inside a symbol."""

    NONE = ""
    QUESTION = "question"
    PAUSE = "pause"
    CROSS = "cross"
    CHECK = "check"
    BAR = "bar"
    PLUS = "plus"
    FLAME = "flame"


@dataclass(frozen=True, slots=True)
class SymbolSpec:
    """A point symbol.

    Attributes:
        shape: Outline.
        fill: Colour of the body, and of the stroke when hollow.
        second: Colour of the other half of a body in two halves, or empty.
        edge: Colour of the thin line that sets the symbol off from the map.
        mark: Sign inside.
        hollow: The body is empty and its outline is drawn in `fill`.
        dotted: The outline is dotted: it cannot be judged.
        struck: A line strikes it through.
        ring: A second line runs around it.
        scale: Size relative to other symbols.
    """

    shape: Shape
    fill: str
    second: str = ""
    edge: str = WHITE
    mark: Mark = Mark.NONE
    hollow: bool = False
    dotted: bool = False
    struck: bool = False
    ring: bool = False
    scale: float = 1.0

    @property
    def solid(self) -> bool:
        """Whether it reads as a statement of fact: a full body within a whole line."""
        return not self.hollow and not self.dotted


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A line; width and dashes in logical pixels."""

    colour: str
    width: float
    alpha: float = 1.0
    dash: tuple[float, ...] = ()


class Hatch(StrEnum):
    """Strokes over an area, as a second sign beside its colour."""

    NONE = ""
    RISING = "rising"
    FALLING = "falling"
    LEVEL = "level"
    UPRIGHT = "upright"
    CROSSED = "crossed"
    DOTS = "dots"


@dataclass(frozen=True, slots=True)
class AreaStyle:
    """A filled area with an edge.

    Attributes:
        hatch: Strokes over the fill; `Hatch.RISING` always means unsure.
        ink: Colour of the strokes.
    """

    fill: str
    alpha: float = 1.0
    edge: LineStyle | None = None
    hatch: Hatch = Hatch.NONE
    ink: str = ""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Writing on the map; size in logical pixels."""

    size: float
    colour: str
    halo: str
    bold: bool = False
    italic: bool = False
    spacing: float = 0.0


_SITE = {
    LegalStatus.UNVERIFIED: (Shape.CIRCLE, GREY, "", Mark.QUESTION),
    LegalStatus.UNDER_REVIEW: (Shape.CIRCLE, AMBER, WHITE, Mark.NONE),
    LegalStatus.LEGAL: (Shape.CIRCLE, BLUE, "", Mark.NONE),
    LegalStatus.ILLEGAL: (Shape.DIAMOND, VERMILION, "", Mark.NONE),
    LegalStatus.MIXED: (Shape.SQUARE, BLUE, VERMILION, Mark.NONE),
    LegalStatus.SUSPENDED: (Shape.SQUARE, BLUE, "", Mark.PAUSE),
    LegalStatus.REVOKED: (Shape.OCTAGON, SLATE, "", Mark.CROSS),
    LegalStatus.REGULARISED: (Shape.DIAMOND, BLUE, "", Mark.CHECK),
}


def site_symbol(
    status: LegalStatus, activity: Activity = Activity.OPERATING, *, annulled: bool = False
) -> SymbolSpec:
    """Return a site's symbol: shape and colour by legal status; closed is the same, hollow.

    Sealed is hollow and struck through, reopened has a second ring. A status of a past day whose
    decision was annulled later is only the dotted outline of it, struck through: it must not read
    as a fact.
    """
    shape, fill, second, mark = _SITE[status]
    if annulled:
        return SymbolSpec(shape, fill, second, mark=mark, hollow=True, dotted=True, struck=True)
    return SymbolSpec(
        shape=shape,
        fill=fill,
        second=second,
        mark=mark,
        hollow=activity in {Activity.CLOSED, Activity.SEALED},
        struck=activity is Activity.SEALED,
        ring=activity is Activity.REOPENED,
    )


def allegation_symbol(as_good_as_b2: bool | None, *, held_now: bool = False) -> SymbolSpec:  # noqa: FBT001 - the answer of `at_least`
    """Return an allegation's symbol for the answer of `geo.model.allegation.at_least`.

    Solid for B2 or better, outlined below, dotted when it cannot be judged (F or 6). People held
    now add a ring, never a fill.
    """
    return SymbolSpec(
        shape=Shape.TRIANGLE,
        fill=PURPLE,
        hollow=as_good_as_b2 is not True,
        dotted=as_good_as_b2 is None,
        ring=held_now,
    )


_CROSSING_SCALE = {
    CrossingClass.INTERNATIONAL: 1.5,
    CrossingClass.BILATERAL: 1.25,
    CrossingClass.LOCAL_CORRIDOR: 1.0,
    CrossingClass.UNOFFICIAL: 0.8,
}


def crossing_symbol(crossing_class: CrossingClass, *, is_open: bool | None = True) -> SymbolSpec:
    """Return a crossing's gate: its size by class, struck through when closed on the map's date.

    A gate of which no interval is known is hollow.
    """
    return SymbolSpec(
        shape=Shape.GATE,
        fill=DARK_GREEN,
        hollow=is_open is None or crossing_class is CrossingClass.UNOFFICIAL,
        struck=is_open is False,
        scale=_CROSSING_SCALE[crossing_class],
    )


def symbol_size(zoom: float) -> float:
    """Return the size of a symbol in pixels: small over a country, readable over a street."""
    if zoom < 7:  # noqa: PLR2004 - a country fits the window
        return 8.0
    if zoom < 9:  # noqa: PLR2004 - a province
        return 10.0
    if zoom < 12:  # noqa: PLR2004 - a district
        return 13.0
    return 16.0
