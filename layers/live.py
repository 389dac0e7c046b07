"""Live layers on the map: rings around whatever answers a question that somebody saved.

A ring stands around the row's own symbol, which stays whole: that a row answers says nothing about
its status, and no allegation becomes a fact by it. What is known by a unit only has no point; it is
counted in the legend and gets no ring. No export ever gets them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.asking.answers import Answers
from geo.errors import PlanError
from geo.model.entity import Kind
from layers.drawlist import Symbols
from layers.points import PointIndex
from layers.style import Shape, SymbolSpec, symbol_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.drawlist import Op
    from layers.view import MapView

RING: Final = 1.55
"""Size of a ring in parts of a symbol."""
LIVE_SPECS: Final = (
    SymbolSpec(Shape.SQUARE, "#0E5E86", hollow=True, scale=RING),
    SymbolSpec(Shape.OCTAGON, "#B4236B", hollow=True, scale=RING),
    SymbolSpec(Shape.DIAMOND, "#1D4ED8", hollow=True, scale=RING + 0.2),
    SymbolSpec(Shape.SQUARE, "#7C4A03", hollow=True, dotted=True, scale=RING),
    SymbolSpec(Shape.OCTAGON, "#1F2937", hollow=True, dotted=True, scale=RING),
    SymbolSpec(Shape.CIRCLE, "#6D28D9", hollow=True, scale=RING),
)
"""The ring of each colour; the shape is the second sign."""
ASKED: Final = SymbolSpec(Shape.CIRCLE, "#0F766E", hollow=True, scale=RING + 0.25)
"""The ring of what answers the question that is asked at present."""
ASKED_COLOUR: Final = -1
MARGIN_PX: Final = 24.0
MADE_OF: Final = (
    Kind.LIVE_LAYER,
    Kind.SITE,
    Kind.ALLEGATION,
    Kind.CROSSING,
    Kind.LICENCE,
    Kind.INSPECTION,
    Kind.ZONE,
    Kind.ADMIN_UNIT,
)
"""Kinds whose rows an answer can follow from."""
NOWHERE: Final = PointIndex.of(np.empty((0, 2)))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LiveRows:
    """What answers a saved question now; never changed, so that the same object is one picture.

    Attributes:
        id: Of the live layer.
        name: Its name.
        colour: Index into `LIVE_SPECS`, or `ASKED_COLOUR`.
        answers: What was found, or None if it could not be asked.
        index: Places of the rows that answer and are known exactly.
        error: Why it could not be asked, or None.
        visible: Whether the map shows its rings.
    """

    id: str
    name: str
    colour: int
    answers: Answers | None
    index: PointIndex = NOWHERE
    error: PlanError | None = None
    visible: bool = True

    @property
    def spec(self) -> SymbolSpec:
        """Its ring."""
        if self.colour == ASKED_COLOUR:
            return ASKED
        return LIVE_SPECS[self.colour % len(LIVE_SPECS)]


def live_ops(live: Sequence[LiveRows], view: MapView, opacity: float) -> Iterator[Op]:
    """Yield the rings, each saved question in its own shape and colour."""
    size = symbol_size(view.zoom)
    for rows in live:
        found = rows.index.drawn(view, MARGIN_PX) if rows.visible else ()
        if len(found):
            at = view.mercator_to_pixel(rows.index.xy[found])
            yield Symbols(at, np.zeros(len(at), dtype=np.uint8), (rows.spec,), size, opacity)
