"""What a density is asked for, and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.analysis.columns import FloatArray
from geo.analysis.density.raster import Raster
from geo.model.entity import Area


class Bandwidth(StrEnum):
    """Whether every point is spread alike."""

    FIXED = "fixed"
    ADAPTIVE = "adaptive"


class AreaOnly(StrEnum):
    """What becomes of an allegation that is known by its unit only."""

    SPREAD = "spread"
    LEAVE_OUT = "leave-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class DensityWish:
    """How a density is wanted.

    Attributes:
        bandwidth: Fixed, or by Abramson's rule.
        radius_m: Radius of the kernel; None takes the default of `bandwidth.default_radius`.
        cell_m: Edge of a cell; None is a twentieth of the radius, more where the grid
            would grow too large.
        area_only: Spread over the unit, or left out.
    """

    bandwidth: Bandwidth = Bandwidth.FIXED
    radius_m: float | None = None
    cell_m: float | None = None
    area_only: AreaOnly = AreaOnly.SPREAD


@dataclass(frozen=True, slots=True, eq=False)
class DensityClass:
    """The smallest area that holds a share of what was counted.

    Attributes:
        share: 0.25 is the densest quarter.
        per_km2: Density at its edge, weighted allegations per square kilometre.
        area: Lon/lat degrees, of the share and of no denser class.
        km2: Size of the whole area that holds the share.
        n: Allegations with a position in that whole area.
    """

    share: float
    per_km2: float
    area: Area
    km2: float
    n: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Density:
    """A density on its grid.

    Attributes:
        raster: The grid, metres of UTM zone 48.
        per_km2: Weighted allegations per square kilometre, shape ``raster.shape``.
        classes: From the densest.
        bandwidth: Fixed or adaptive.
        radius_m: Radius of the kernel, of an adaptive one the pilot's.
        radii_m: Smallest and largest radius that was used.
        chosen: The radius was set by somebody, not by the rule.
        points: Allegations with a position.
        spread: Allegations spread over their unit.
        nowhere: Allegations known by a unit that were left out: by choice, or because nobody has
            loaded an outline of the unit.
        effective: Equal weights that would tell as much as the weights of the points.
    """

    raster: Raster
    per_km2: FloatArray
    classes: tuple[DensityClass, ...]
    bandwidth: Bandwidth
    radius_m: float
    radii_m: tuple[float, float]
    chosen: bool
    points: int
    spread: int
    nowhere: int
    effective: float
