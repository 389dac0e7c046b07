"""Ordering hotspots: which ground, which units, which allegations, read from the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import shapely

from geo.analysis.evidence import evidence
from geo.analysis.hotspots.wish import HotOrder, Per, Statistic
from geo.analysis.split.units import UnitKind
from geo.analysis.split.wanted import has_communes, official_outlines, outlines_for
from geo.edit.merging import live_sites
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.vocabulary import AdminLevel, Precision
from geo.territory import Territory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from geo.analysis.hotspots.wish import HotWish
    from geo.edit.reading import PlanRows
    from geo.model.entity import Area
    from geo.progress import Progress

COUNTRY: Final = "all"
"""Instead of a province's code."""


def order(
    plan: PlanRows,
    wish: HotWish,
    province: str,
    on: date,
    *,
    given: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> HotOrder:
    """Return the order for a plan; on a worker thread, as it walks over all rows.

    Args:
        plan: The plan, or what the lens shows of it.
        wish: What is asked for.
        province: NCDD code, or `COUNTRY`.
        on: The day shown.
        given: Unit id → people or businesses, for `Per.GIVEN`.
        progress: Told of each step.

    Raises:
        InputError: The wish makes no sense, or communes are asked for and not loaded.
    """
    wish.check()
    if progress is not None:
        progress.step(0, 3, "hotspots.step.reading")
    if wish.per is Per.GIVEN and not given:
        raise InputError("error.hotspots.nothing_given")
    code = "" if province == COUNTRY else province
    communes = _communes(plan, wish, code)
    kind = UnitKind.COMMUNE if communes else UnitKind.HEXAGON
    until = wish.until or on
    said = evidence(plan, replace(wish.counting, placeless=False)).between(wish.since, wish.until)
    said = said.until(on)
    if wish.statistic is Statistic.EMERGING:
        said = said.between(until - timedelta(days=wish.step_days * wish.steps - 1), until)
    per = wish.per
    if per is Per.FITTING:
        by_ground = bool(communes) and wish.statistic is not Statistic.EMERGING
        per = Per.AREA if by_ground else Per.NOTHING
    return HotOrder(
        wish=replace(wish, units=kind, per=per),
        area=None if communes else _ground(plan, code),
        communes=communes,
        province=code,
        said=said,
        outlines=outlines_for(plan, sorted(set(said.unit[said.area_only].tolist()))),
        sites=_sites(plan) if wish.per is Per.SITES else None,
        given=dict(given or {}),
        last=until,
    )


def _communes(plan: PlanRows, wish: HotWish, code: str) -> dict[str, Area]:
    if wish.units is UnitKind.HEXAGON:
        return {}
    found = official_outlines(plan, AdminLevel.COMMUNE, code)
    if found and (wish.units is UnitKind.COMMUNE or has_communes(found, code)):
        return found
    if wish.units is UnitKind.COMMUNE:
        raise InputError("error.hotspots.no_communes")
    return {}


def _ground(plan: PlanRows, code: str) -> Area:
    """Return the outline of a province or of the country, the official one if the plan has it."""
    if not code:
        return cast("Area", shapely.union_all(list(Territory.load().provinces.values())))
    official = official_outlines(plan, AdminLevel.PROVINCE, code)
    return official.get(code) or cast("Area", Territory.load().provinces[code])


def _sites(plan: PlanRows) -> NDArray[np.float64]:
    sites = plan.table(Kind.SITE)
    exact = live_sites(sites) & np.isfinite(sites["lon"]) & np.isfinite(sites["lat"])
    exact &= np.asarray(sites["precision"] == Precision.POINT.value, dtype=np.bool_)
    return np.column_stack([sites[name][exact].astype(np.float64) for name in ("lon", "lat")])
