"""Where things are: administrative units and border crossings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.model.entity import Area, Entity, LonLat
from geo.model.vocabulary import AdminLevel, CrossingClass, Neighbour


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminUnit(Entity):
    """A province, district, commune or village whose outline the plan knows.

    Attributes:
        code: NCDD code: 2 digits for a province, 4 district, 6 commune, 8 village.
        outline: Area in lon/lat degrees, or None.
        approximate: The outline is not official; said wherever it is shown.
        source: Where the outline comes from.
    """

    code: str
    level: AdminLevel
    name_km: str = ""
    name_en: str = ""
    parent_code: str = ""
    outline: Area | None = None
    approximate: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class OpenInterval:
    """A time in which a crossing was open, both days included; None is unbounded."""

    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderCrossing(Entity):
    """A border crossing.

    Attributes:
        opposite: Name of the place on the other side.
        open_intervals: When it was open, in order; empty means that nothing is known.
        approximate: The point is the village's or commune's, not the gate's.
        basis: What the position rests on.
    """

    name_en: str = ""
    name_km: str = ""
    neighbour: Neighbour
    opposite: str = ""
    crossing_class: CrossingClass
    open_intervals: tuple[OpenInterval, ...] = ()
    point: LonLat | None = None
    approximate: bool = True
    admin_code: str = ""
    basis: str = ""

    def open_on(self, day: date) -> bool | None:
        """Tell whether the crossing was open on `day`; None when no interval is known."""
        if not self.open_intervals:
            return None
        return any(
            (i.since is None or i.since <= day) and (i.until is None or day <= i.until)
            for i in self.open_intervals
        )
