"""Hotspots from order to result, as it runs in the computing process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.density.result import AreaOnly
from geo.analysis.evidence import LeftOut
from geo.analysis.hotspots.deciding import Found, Judge
from geo.analysis.hotspots.emerging import CLASSES as COURSES
from geo.analysis.hotspots.emerging import course_of
from geo.analysis.hotspots.notes import basis_of, notes_of
from geo.analysis.hotspots.placing import placed
from geo.analysis.hotspots.resampling import Rounds, interval
from geo.analysis.hotspots.result import CLASSES, HotClass, Hotspots
from geo.analysis.hotspots.significance import Weight
from geo.analysis.hotspots.units import commune_units, hexagon_units, shares_inside
from geo.analysis.hotspots.wish import Per, Statistic
from geo.errors import InputError
from geo.measure import area_m2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.evidence import Evidence
    from geo.analysis.hotspots.locating import Locator
    from geo.analysis.hotspots.placing import Places
    from geo.analysis.hotspots.units import HotUnits
    from geo.analysis.hotspots.wish import HotOrder, HotWish
    from geo.progress import Progress

FloatArray = NDArray[np.float64]

MIN_ALLEGATIONS: Final = 30
"""So many must surely lie in one unit each; fewer would make a map of chance."""
MIN_UNITS: Final = 30
"""Over fewer units no neighbourhood can be told from the rest."""
MIN_PER_STEP: Final = 5
"""So many allegations a step, in the mean, before their course is looked at."""
MIN_PER: Final = 5.0
"""A rate per fewer than so many is no rate: the unit is not tested."""
SUM_DECIMALS: Final = 9
"""Sums that are equal but for the order of adding are tied."""
AT_ONCE: Final = 16
"""Rounds between two reports of progress."""
WARM: Final = ("geo.analysis.hotspots.job", "scipy.sparse", "scipy.special", "scipy.spatial")
"""Modules to load ahead of the first hotspots (`geo.compute.Computer.warm`)."""

_EMERGING = np.array([CLASSES.index(HotClass(c.value)) for c in COURSES], dtype=np.int8)


def find(order: HotOrder, progress: Progress) -> Hotspots:
    """Look for hotspots.

    Raises:
        InputError: Too few allegations or units to say anything, or everywhere the same.
        CancelledError: The user asked to stop.
    """
    wish = order.wish
    progress.step(0, 4, "hotspots.step.units")
    units = _units(order)
    progress.step(1, 4, "hotspots.step.placing")
    places, finder = placed(order.said, units, order.outlines, order.province)
    said, places = _here(order.said, places, wish)
    _demand_enough(len(said), int((places.unit >= 0).sum()), len(units), wish)
    per = _per(order, units, finder)
    countable = None if wish.per is Per.AREA else per
    tested = np.ones(len(units), dtype=bool) if countable is None else countable >= MIN_PER
    if tested.sum() < MIN_UNITS:
        raise InputError("error.hotspots.few_units", units=int(tested.sum()), least=MIN_UNITS)
    near = units.neighbours if tested.all() else units.neighbours.only(tested)
    kept = _Kept(tested)
    base = np.ones(len(units)) if per is None else per
    inside = None
    if order.area is not None and countable is None:
        inside = shares_inside(units.outlines, order.area)
    judge = Judge(wish.statistic, near, kept(base), wish.rate, inside)
    progress.step(2, 4, "hotspots.step.testing")
    sure = places.sure(said.weight)
    whole = sure + places.spread(said.weight)
    if np.ptp(judge.values(kept(whole))) == 0:
        raise InputError("error.hotspots.all_alike")
    series, steps = np.zeros((0, 0)), np.zeros((0, 0), dtype=np.int8)
    if wish.statistic is Statistic.EMERGING:
        found, series, steps = _emerging(order, said, places, judge, kept)
    else:
        weights = Weight.of(said.weight), Weight.of(said.weight[places.unit >= 0])
        found = judge.with_areas(kept(whole), kept(sure), weights)
    progress.step(3, 4, "hotspots.step.testing")
    rounds = Rounds(said, places, finder, wish.doubt, units.outlines)
    certain, low, high = _rounds(rounds, wish, judge, kept, found, progress)
    basis = basis_of(said, places)
    exact = np.flatnonzero(places.unit >= 0)
    return Hotspots(
        wish=wish,
        units=units,
        count=whole,
        sure=sure,
        per=per,
        value=kept.back(judge.values(kept(whole))),
        statistic=kept.back(found.statistic),
        z=kept.back(found.z),
        p=kept.back(found.p),
        p_chance=kept.back(found.p_chance),
        q=kept.back(found.q),
        codes=kept.classes(found.codes),
        certain=kept.back(certain),
        low=kept.back(low),
        high=kept.back(high),
        basis=basis,
        series=series,
        hot_steps=steps,
        members=dict(zip(said.ids[exact].tolist(), places.unit[exact].tolist(), strict=True)),
        notes=notes_of(order, units, said, places, int((~tested).sum())),
    )


class _Kept:
    """Keeps to the units that are tested, and back."""

    def __init__(self, tested: NDArray[np.bool_]) -> None:
        self._tested = tested

    def __call__(self, values: FloatArray) -> FloatArray:
        return values[self._tested]

    def back(self, values: FloatArray) -> FloatArray:
        whole = np.full(len(self._tested), np.nan)
        whole[self._tested] = values
        return whole

    def classes(self, codes: NDArray[np.int8]) -> NDArray[np.int8]:
        whole = np.full(len(self._tested), CLASSES.index(HotClass.NO_DATA), dtype=np.int8)
        whole[self._tested] = codes
        return whole

    def marks(self, signs: NDArray[np.int8]) -> NDArray[np.int8]:
        whole = np.zeros((len(self._tested), signs.shape[1]), dtype=np.int8)
        whole[self._tested] = signs
        return whole


def _units(order: HotOrder) -> HotUnits:
    wish = order.wish
    if order.area is None:
        return commune_units(order.communes, rings=wish.rings)
    return hexagon_units(order.area, wish.resolution, rings=wish.rings)


def _here(said: Evidence, places: Places, wish: HotWish) -> tuple[Evidence, Places]:
    """Return what lies in the units, and what of it the wish takes."""
    here = places.anywhere
    said, places = said.only(here, LeftOut.ELSEWHERE), places.only(here)
    if wish.area_only is AreaOnly.LEAVE_OUT:
        exact = places.unit >= 0
        said, places = said.only(exact, LeftOut.AREA_ONLY), places.only(exact)
    return said, places


def _demand_enough(n: int, sure: int, units: int, wish: HotWish) -> None:
    if units < MIN_UNITS:
        raise InputError("error.hotspots.few_units", units=units, least=MIN_UNITS)
    if n < MIN_ALLEGATIONS:
        raise InputError("error.hotspots.few", n=n, least=MIN_ALLEGATIONS)
    if sure < MIN_ALLEGATIONS:
        raise InputError("error.hotspots.few_sure", n=n, sure=sure, least=MIN_ALLEGATIONS)
    if wish.statistic is Statistic.EMERGING and sure < MIN_PER_STEP * wish.steps:
        raise InputError(
            "error.hotspots.few_steps", sure=sure, steps=wish.steps, least=MIN_PER_STEP * wish.steps
        )


def _per(order: HotOrder, units: HotUnits, finder: Locator) -> FloatArray | None:
    if order.wish.per is Per.AREA:
        return np.array([area_m2(outline) / 1e6 for outline in units.outlines])
    if order.wish.per is Per.SITES and order.sites is not None:
        unit = finder.units_at(order.sites)
        return np.bincount(unit[unit >= 0], minlength=len(units)).astype(np.float64)
    if order.wish.per is Per.GIVEN:
        return np.array([float(order.given.get(unit, 0.0)) for unit in units.ids])
    return None


def _emerging(
    order: HotOrder, said: Evidence, places: Places, judge: Judge, kept: _Kept
) -> tuple[Found, FloatArray, NDArray[np.int8]]:
    wish = order.wish
    ago = (np.datetime64(order.last, "D") - said.day).astype(np.int64) // wish.step_days
    step = wish.steps - 1 - ago
    whole, sure = (np.zeros((places.count, wish.steps)) for _ in range(2))
    weights: list[tuple[Weight, Weight]] = []
    for number in range(wish.steps):
        then = step == number
        part, weight = places.only(then), said.weight[then]
        sure[:, number] = part.sure(weight)
        whole[:, number] = sure[:, number] + part.spread(weight)
        weights.append((Weight.of(weight), Weight.of(weight[part.unit >= 0])))
    every, certain = (Weight.of_columns(w) for w in zip(*weights, strict=True))
    found = judge.with_areas(kept(whole), kept(sure), (every, certain))
    hot, cold = (found.codes == CLASSES.index(c) for c in (HotClass.HOT, HotClass.COLD))
    sums = judge.near.sums(judge.values(kept(whole)), own=True)
    course = course_of(np.round(sums, SUM_DECIMALS), hot, cold, wish.rate)
    last = Found(
        found.z[:, -1], course.trend_z, course.trend_p, found.p_chance[:, -1], found.q[:, -1],
        _EMERGING[course.codes],
    )  # fmt: skip
    return last, whole, kept.marks(hot.astype(np.int8) - cold.astype(np.int8))


def _rounds(
    rounds: Rounds, wish: HotWish, judge: Judge, kept: _Kept, found: Found, progress: Progress
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return how often each unit kept its class, and both ends of the interval of its value."""
    count = wish.doubt.rounds
    if not count or wish.statistic is Statistic.EMERGING:
        nothing = np.full(len(found.z), np.nan)
        return nothing, nothing, nothing
    drawn = np.empty((len(found.z), count))
    same = np.zeros(len(found.z))
    for first in range(0, count, AT_ONCE):
        progress.step(first, count, "hotspots.step.rounds")
        columns = slice(first, min(first + AT_ONCE, count))
        weights = []
        for column in range(columns.start, columns.stop):
            counts, weight = rounds.draw()
            drawn[:, column] = kept(counts)
            weights.append(weight)
        same += _same(judge, drawn[:, columns], weights, found)
    grain = judge.values(np.ones(len(found.z)))[:, None]
    low, high = interval(judge.values(drawn) + rounds.jitter(drawn.shape) * grain)
    return same / count, np.maximum(low, 0.0), high


def _same(
    judge: Judge, drawn: FloatArray, weights: Sequence[Weight], found: Found
) -> NDArray[np.int64]:
    """Return in how many of some rounds each unit is of the class that it was found to be."""
    if judge.statistic is Statistic.LOCAL_MORAN:
        codes = np.column_stack(
            [judge.judge(drawn[:, k], weight).codes for k, weight in enumerate(weights)]
        )
    else:
        every = Weight.of_columns(weights)
        codes = judge.judge(drawn, every, only_classes=True).codes
    same: NDArray[np.int64] = (codes == found.codes[:, None]).sum(axis=1)
    return same
