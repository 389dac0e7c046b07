"""What a split is: its zones with all that is shown of them, and what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.analysis.note import Note
from geo.analysis.split.coverage import IntArray
from geo.analysis.split.units import Units
from geo.analysis.split.weights import Weights
from geo.analysis.split.workload import Load
from geo.model.entity import Area

if TYPE_CHECKING:
    from geo.analysis.split.coverage import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class SplitZone:
    """A zone of a split.

    Attributes:
        units: Ids of its units, in order.
        outline: Union of them, lon/lat degrees.
        workload: All its points.
        deviation: From the mean workload, as a share of it: -0.03 is 3 % too little.
        compactness: Polsby-Popper, 1 for a disc.
        work: Points of each part of the workload, in the order of `weights.Part`.
        count: Sites, open allegations, those of people held now, km²; the same order. A fraction
            is a share of what is known by a wider area only.
        continues: Id of the zone that it takes the place of, because it holds the units that stay
            in that one; or empty.
        kept: Those units.
    """

    units: tuple[str, ...]
    outline: Area
    workload: float
    deviation: float
    compactness: float
    work: tuple[float, ...]
    count: tuple[float, ...]
    continues: str = ""
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A split of an area.

    Attributes:
        zones: From the north-west on.
        units: All units of the area.
        zone: Position of the zone of each unit.
        load: Work of each unit.
        weights: The formula that was used.
        seed: The same seed gives the same zones.
        candidates: Splits that were drawn, of which this is the best.
        travel_m: Mean distance of the work to the middle of its zone.
        contiguous: Every zone hangs together, links over water counted in.
        notes: What must be said.
    """

    zones: tuple[SplitZone, ...]
    units: Units
    zone: IntArray
    load: Load
    weights: Weights
    seed: int
    candidates: int
    travel_m: float
    contiguous: bool
    notes: tuple[Note, ...] = ()

    @property
    def max_deviation(self) -> float:
        """The largest deviation from the mean workload, as a share of it."""
        return max(abs(z.deviation) for z in self.zones)

    @property
    def total(self) -> FloatArray:
        """Points of each unit."""
        return self.load.total
