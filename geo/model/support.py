"""What several zones share: ambulances and fire trucks, and where they wait."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model.entity import Entity, LonLat
from geo.model.vocabulary import VehicleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportUnit(Entity):
    """An ambulance or a fire truck that stands by for every zone in its reach.

    Attributes:
        kind: Ambulance or fire truck.
        point: Where it waits; None is unknown, and then it is in reach of nothing.
        contact: Radio channel or duty telephone.
    """

    name: str
    kind: VehicleKind = VehicleKind.AMBULANCE
    point: LonLat | None = None
    province_code: str = ""
    contact: str = ""
