"""The far places of zones: those from which a drive is reckoned, whatever operation asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.analysis.readiness.inside import exact_rows, inside
from geo.analysis.readiness.travel import far_places
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.analysis.readiness.inside import Inside
    from geo.edit.reading import PlanRows


class Places:
    """The places of each zone of which one is the farthest from anywhere outside."""

    def __init__(
        self, plan: PlanRows, zones: Sequence[Zone] = (), within: Inside | None = None
    ) -> None:
        """Take over what is known already of some zones; their sites are in `within`."""
        self._plan = plan
        self._known: dict[str, NDArray[np.float64]] = {}
        if within is not None:
            self._keep(zones, within)

    def of(self, zone: Zone) -> NDArray[np.float64]:
        """Return the places of a zone, lon/lat degrees of shape ``(m, 2)``.

        The first zone that is not known yet brings those of all others with it: to look through the
        sites takes longer than to look into the zones.
        """
        if zone.id not in self._known:
            left = {z.id: z for z in (*self._plan.all(Zone), zone) if z.id not in self._known}
            sites, zones = self._plan.table(Kind.SITE), list(left.values())
            outlines = [z.outline for z in zones]
            self._keep(zones, inside(sites, outlines, exact_rows(sites), NoProgress()))
        return self._known[zone.id]

    def _keep(self, zones: Sequence[Zone], within: Inside) -> None:
        sites = self._plan.table(Kind.SITE)
        lon, lat = sites["lon"], sites["lat"]
        for zone, rows in zip(zones, within.rows, strict=True):
            self._known[zone.id] = far_places(zone.outline, lon[rows], lat[rows])
