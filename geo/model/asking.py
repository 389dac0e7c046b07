"""Questions that are kept: what was asked of the map, asked again whenever rows change."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model.entity import Entity, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveLayer(Entity):
    """A question saved under a name; its layer shows whatever answers it now.

    Attributes:
        of: Kind of the rows that it asks for.
        question: The form as JSON text.
        colour: Index into the colours of layers.
        made_by: User id.
    """

    name: str
    of: Kind
    question: str = "{}"
    colour: int = 0
    made_by: str = ""
