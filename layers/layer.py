"""One layer of the map, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LayerId(StrEnum):
    """The layers that a map can have; the value is written into settings."""

    LIVE = "live"
    ALLEGATIONS = "allegations"
    SITES = "sites"
    CROSSINGS = "crossings"
    ZONES = "zones"
    DOUBT = "doubt"
    PLACES = "places"
    BORDERS = "borders"
    PROVINCES = "provinces"
    RIVERS = "rivers"
    WATER = "water"
    LAND = "land"


BASEMAP = frozenset(
    {
        LayerId.PLACES,
        LayerId.BORDERS,
        LayerId.PROVINCES,
        LayerId.RIVERS,
        LayerId.WATER,
        LayerId.LAND,
    }
)


@dataclass(frozen=True, slots=True)
class Layer:
    """What stands in the layer panel.

    Attributes:
        id: Which layer.
        visible: Whether it is drawn.
        opacity: 0 (unseen) to 1.
    """

    id: LayerId
    visible: bool = True
    opacity: float = 1.0

    @property
    def title_code(self) -> str:
        """Code of its title in the catalogue."""
        return f"layer.{self.id.value}"

    @property
    def is_basemap(self) -> bool:
        """Whether it belongs to the ground and not to the plan."""
        return self.id in BASEMAP
