"""Which rows lie within a distance of something, which may, and which do not.

A position with an accuracy is a disc, and what is known by its unit only is the whole unit: it lies
within only if all of it does, and may lie within if any of it does.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.analysis.asking.answers import NO, PERHAPS, UNJUDGED, YES, BoolArray, IntArray, States
from geo.analysis.asking.targets import VILLAGE_M, Target, Units, target_of
from geo.analysis.columns import by_value, places
from geo.crs import EARTH_RADIUS, to_utm
from geo.model.entity import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.progress import Progress
    from geo.question.form import Near

    FloatArray = NDArray[np.float64]

PIECE: Final = 4_000
"""Rows measured in one step: GEOS keeps the interpreter as long as it works."""
SQUARES: Final = 3
"""Squares of the sieve along the distance that is asked for."""
CROWDED: Final = 0.3
"""With more squares than this for each position the sieve saves nothing."""
HALF_DIAGONAL: Final = 0.7072
SCALE_0: Final = 0.9996
EAST_0: Final = 500_000.0


class Places:
    """Where the rows of a table are, and how exactly."""

    def __init__(self, plan: PlanRows, kind: Kind) -> None:
        """Read nothing yet."""
        self._plan, self._table = plan, plan.table(kind)
        self.units: Units = plan.table(Kind.ADMIN_UNIT).kept("asking units", (), self._units)
        self.approximate = False

    def _units(self) -> Units:
        return Units(self._plan)

    @cached_property
    def _known(self) -> tuple[FloatArray, NDArray[np.str_], FloatArray]:
        made: tuple[FloatArray, NDArray[np.str_], FloatArray] = self._table.kept(
            "asking places", (), self._read
        )
        return made

    def _read(self) -> tuple[FloatArray, NDArray[np.str_], FloatArray]:
        """Return metres of UTM zone 48 (NaN without a point), unit and doubt in metres."""
        table = self._table
        if table.kind is Kind.CROSSING:
            lonlat = np.column_stack((table["lon"], table["lat"]))
            rough = table["approximate"].astype(bool)
            return _plane(lonlat), _codes(table["admin_code"]), np.where(rough, VILLAGE_M, 0.0)
        lon, lat, unit, _, accuracy = places(table)
        return _plane(np.column_stack((lon, lat))), unit, np.nan_to_num(accuracy)

    def judge(self, condition: Near, rows: IntArray, progress: Progress) -> States:
        """Return the state of some rows before `negated` is looked at, shape ``(m,)``.

        Raises:
            InputError: There is no such place, or nobody knows where it is.
        """
        target = target_of(self._plan, condition, self.units)
        if target is None:
            return np.full(len(rows), NO, dtype=np.uint8)
        if target.code and not condition.metres:
            return self._in_unit(target, rows)
        self.approximate |= target.approximate
        whole, units, doubts = self._known
        xy, unit, doubt = whole[rows], units[rows], doubts[rows]
        states = np.full(len(rows), UNJUDGED, dtype=np.uint8)
        exact = np.isfinite(xy[:, 0])
        reach = doubt[exact] + target.doubt_m
        states[exact] = _of_points(target, xy[exact], condition.metres, reach, progress)
        left = np.flatnonzero(~exact & (unit != ""))
        if len(left):
            metres, codes = condition.metres, unit[left].astype(object)
            states[left] = by_value(codes, lambda c: self._area(target, c, metres), np.uint8)
        if target.site_id:
            states[self._table.ids[rows] == target.site_id] = NO
        return states

    def _area(self, target: Target, code: str, metres: float) -> int:
        """Return the state of what lies somewhere in a unit."""
        found = self.units.holding(code)
        if found is None:
            return UNJUDGED
        area, approximate = found
        # At the middle of the unit: within one unit the scale changes by less than its outline.
        plane = metres * float(scale(np.array([area.centroid.x]))[0])
        if not shapely.dwithin(target.prepared, area, plane + target.doubt_m):
            return NO
        self.approximate |= approximate
        sure = plane - target.doubt_m
        return YES if sure >= 0 and target.reaches_all(area, sure) else PERHAPS

    def _in_unit(self, target: Target, rows: IntArray) -> States:
        """Return whether rows lie in a unit: by codes, else by its outline."""
        whole, units, _ = self._known
        xy, unit = whole[rows], units[rows]

        def judge(code: str) -> int:
            if code.startswith(target.code):
                return YES
            return (PERHAPS if code else UNJUDGED) if target.code.startswith(code) else NO

        states: States = by_value(unit.astype(object), judge, np.uint8)
        open_ = np.flatnonzero(np.isin(states, (PERHAPS, UNJUDGED)) & np.isfinite(xy[:, 0]))
        if len(open_) and not target.shape.is_empty:
            inside = np.asarray(shapely.intersects_xy(target.prepared, *xy[open_].T))
            states[open_] = np.where(inside, YES, NO)
            self.approximate |= target.approximate
        return states

    def by_area(self, rows: IntArray) -> int:
        """Return how many rows are known by a unit only."""
        xy, unit, _ = self._known
        return int((~np.isfinite(xy[rows, 0]) & (unit[rows] != "")).sum())


def _of_points(
    target: Target, xy: FloatArray, metres: float, reach: FloatArray, progress: Progress
) -> States:
    """Return the state of positions, each with a reach of doubt in metres."""
    states, left = _sieved(target, xy, metres, reach)
    for start in range(0, len(left), PIECE):
        progress.step(start, len(left), "ask.step.places")
        piece = left[start : start + PIECE]
        here, doubt = xy[piece], reach[piece]
        # What is a metre on the ground is not quite one on the plane.
        factor = scale(here[:, 0])
        may = _within(target, here, (metres + doubt) * factor)
        found = np.where(may, YES, NO).astype(np.uint8)
        unsure = np.flatnonzero(may & (doubt > 0))
        if len(unsure):
            sure = metres - doubt[unsure]
            within = _within(target, here[unsure], np.maximum(sure, 0.0) * factor[unsure])
            found[unsure[~within | (sure < 0)]] = PERHAPS
        states[piece] = found
    return states


def _sieved(
    target: Target, xy: FloatArray, metres: float, reach: FloatArray
) -> tuple[States, IntArray]:
    """Return the state of what is clear by its square of a grid, and the positions that are not.

    Many positions share a square: only those in squares at the very distance are measured.
    """
    states = np.full(len(xy), NO, dtype=np.uint8)
    everything = np.arange(len(xy))
    size = metres / SQUARES
    if len(xy) < PIECE or not metres:
        return states, everything
    column, line = np.floor(xy / size).astype(np.int64).T
    line -= line.min()
    height = int(line.max()) + 1
    keys, square = np.unique(column * height + line, return_inverse=True)
    if len(keys) > len(xy) * CROWDED:
        return states, everything
    middle = (np.column_stack((keys // height, keys % height)) + 0.5) * size
    middle[:, 1] += (np.floor(xy[:, 1].min() / size)) * size
    limit, half = metres * scale(middle[:, 0]), size * HALF_DIAGONAL
    sure = _within(target, middle, np.maximum(limit - half, 0.0)) & (limit > half)
    may = _within(target, middle, limit + half)
    exact = reach == 0
    states[exact & sure[square]] = YES
    # A position with a doubt of its own is measured wherever it is.
    return states, np.flatnonzero(~exact | (may & ~sure)[square])


def _within(target: Target, xy: FloatArray, metres: FloatArray) -> BoolArray:
    points = shapely.points(xy)
    found: BoolArray = shapely.dwithin(target.prepared, points, metres)  # type: ignore[call-overload] # an array too
    return found


def scale(easting: FloatArray) -> FloatArray:
    """Return how many metres of UTM one metre on the ground is, to 1e-6 in Cambodia.

    Source:
        Snyder (1987), Map Projections: A Working Manual, USGS PP 1395, equation 8-11.
    """
    off = (easting - EAST_0) / SCALE_0
    factor: FloatArray = SCALE_0 * (1.0 + off**2 / (2.0 * EARTH_RADIUS**2))
    return factor


def _plane(lonlat: FloatArray) -> FloatArray:
    xy = np.full(lonlat.shape, np.nan)
    known = np.isfinite(lonlat).all(axis=1)
    xy[known] = to_utm(lonlat[known])
    return xy


def _codes(column: NDArray[np.object_]) -> NDArray[np.str_]:
    return by_value(column, lambda v: str(v or ""), "<U8")
