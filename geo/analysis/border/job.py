"""Border pressure as it runs in the worker process: crossings, their rank, corridors."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.analysis.border.corridors import corridors
from geo.analysis.border.intervals import month_numbers, months_of, open_mask
from geo.analysis.border.result import Basis, CrossingPressure, Pressure
from geo.analysis.border.trend import MONTH_DAYS, trend_of
from geo.analysis.shares import shares_of_discs, shares_within
from geo.crs import to_utm
from geo.measure import distances_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.analysis.border.wish import Order
    from geo.analysis.evidence import Evidence
    from geo.analysis.shares import FloatArray
    from geo.model.entity import LonLat
    from geo.model.place import BorderCrossing
    from geo.progress import Progress

_SCALE: Final = 1.002
"""UTM's metres are off by less than 0.2 % in Cambodia: what may be near is then measured."""
_SEGMENTS: Final = 32


def pressure(order: Order, progress: Progress) -> Pressure:
    """Return what lies near each crossing of an order, and the corridors."""
    progress.step(1, 3, "pressure.step.crossings")
    said = order.said
    area_only = _rows(said, np.flatnonzero(said.area_only))
    within = order.wish.within_m
    # A position that may be off by more than what is asked for is an area too.
    wide = said.placed & (said.accuracy_m > within)
    points = said.placed & ~wide
    places = [c.point for c in order.crossings if c.point is not None]
    discs = np.empty(len(places), dtype=object)
    discs[:] = [
        shapely.Point(to_utm(place)).buffer(within, quad_segs=_SEGMENTS) for place in places
    ]
    shares = np.concatenate(
        [
            shares_within(area_only.unit.tolist(), order.outlines, discs),
            shares_of_discs(
                to_utm(np.column_stack((said.lon[wide], said.lat[wide]))),
                said.accuracy_m[wide],
                discs,
            ),
        ]
    )
    lonlat = np.column_stack((said.lon[points], said.lat[points]))
    xy, sites_xy = to_utm(lonlat), to_utm(order.sites)
    found = []
    for number, (crossing, place) in enumerate(zip(order.crossings, places, strict=True)):
        rows = np.flatnonzero(points)[_near(lonlat, xy, place, within)]
        sites = _near(order.sites, sites_xy, place, within)
        found.append(_told(order, crossing, place, rows, shares[:, number], len(sites)))
    progress.step(2, 3, "pressure.step.corridors")
    months = tuple(first for first, _ in months_of(order.since, order.on))
    return Pressure(
        wish=order.wish,
        on=order.on,
        since=order.since,
        months=months,
        crossings=_ranked(found),
        corridors=corridors(order),
        basis=Basis(
            n=len(said),
            area_only=len(shares),
            unknown_area=int(sum(code not in order.outlines for code in area_only.unit.tolist())),
            left_out=said.left_out_counts,
            grades=said.grade_mix,
            precision=said.precision_mix,
        ),
    )


def _rows(said: Evidence, rows: NDArray[np.intp]) -> Evidence:
    """Return some rows; what others were left out for is asked of the whole."""
    arrays = {
        f.name: getattr(said, f.name)[rows]
        for f in fields(said)
        if f.name not in {"left_out", "counting"}
    }
    return replace(said, **arrays, left_out={})


def _near(lonlat: FloatArray, xy: FloatArray, place: LonLat, within: float) -> NDArray[np.intp]:
    """Return the positions within a geodesic distance of a place."""
    if not len(xy):
        return np.zeros(0, dtype=np.intp)
    maybe = np.flatnonzero(np.hypot(*(xy - to_utm(place)).T) <= within * _SCALE)
    if not len(maybe):
        return maybe
    return maybe[distances_m(lonlat[maybe], place) <= within]


def _told(
    order: Order,
    crossing: BorderCrossing,
    place: LonLat,
    rows: NDArray[np.intp],
    shares: FloatArray,
    sites: int,
) -> CrossingPressure:
    near = _rows(order.said, rows)
    day = order.day[rows]
    is_open = open_mask(crossing, order.since, order.on)
    months = months_of(order.since, order.on)
    on_open = is_open[(day - np.datetime64(order.since)).astype(np.int64)]
    open_days = [
        int(is_open[(a - order.since).days :][: (b - a).days + 1].sum()) for a, b in months
    ]
    numbers = month_numbers(day, order.since)
    counts = np.bincount(numbers, minlength=len(months))
    counted = np.bincount(numbers[on_open], minlength=len(months))
    all_open = int(is_open.sum())
    was_open = crossing.open_on(order.on)
    return CrossingPressure(
        id=crossing.id,
        name_en=crossing.name_en,
        name_km=crossing.name_km,
        neighbour=crossing.neighbour,
        crossing_class=crossing.crossing_class,
        point=place,
        approximate=crossing.approximate,
        rank=0,
        n=len(rows),
        weight=float(near.weight.sum()),
        perhaps=float(shares.sum()),
        may=int((shares > 0).sum()),
        sites=sites,
        closed_now=None if was_open is None else not was_open,
        closed_days=len(is_open) - all_open,
        days=len(is_open),
        while_closed=int((~on_open).sum()),
        per_month=float(on_open.sum()) / all_open * MONTH_DAYS if all_open else None,
        trend=trend_of(counted, np.array(open_days)),
        counts=tuple(counts.tolist()),
        open_days=tuple(open_days),
        grades=near.grade_mix,
        ids=tuple(str(i) for i in near.ids),
    )


def _ranked(found: list[CrossingPressure]) -> tuple[CrossingPressure, ...]:
    """Return crossings by what is sure, then by what may be, then by sites; equals share a rank."""

    def key(told: CrossingPressure) -> tuple[float, float, int]:
        return (-round(told.weight, 9), -round(told.perhaps, 2), -told.sites)

    ordered = sorted(found, key=lambda told: (*key(told), told.name_en or told.name_km))
    ranked: list[CrossingPressure] = []
    for place, told in enumerate(ordered, start=1):
        same = bool(ranked) and key(ranked[-1]) == key(told)
        ranked.append(replace(told, rank=ranked[-1].rank if same else place))
    return tuple(ranked)
