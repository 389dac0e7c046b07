"""Ordering a split: which ground, which units, and what there is to do, read from the plan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import shapely

from geo.analysis.split.units import UnitKind
from geo.analysis.split.wanted import (
    Keep,
    Wanted,
    gather,
    has_communes,
    official_outlines,
    outlines_for,
)
from geo.analysis.split.weights import Weights
from geo.edit.splitting import replaceable
from geo.errors import InputError
from geo.model.command import Zone
from geo.model.vocabulary import AdminLevel
from geo.territory import Territory

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Any

    from geo.edit.reading import PlanRows
    from geo.model.entity import Area
    from geo.progress import Progress

FEWEST, MOST = 2, 99
PER_ZONE: Final = 3
"""Communes that each zone should have at least, or hexagons are taken."""
COVERED: Final = 0.99
"""Share of an area that loaded communes must cover before it is split along them."""
SLIVER_M2_DEGREES: Final = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user asks for.

    Attributes:
        into: Number of zones.
        seed: The same seed gives the same zones.
        weights: The formula.
        units: Communes or hexagons; None takes communes where they are loaded.
        candidates: Splits to draw.
        within: Deviation from equal workload that is asked for.
        left_out: Ids of zones whose ground is not split: they stay as they are.
        giving_way: Ids of zones whose place the new ones take: the units that stay in them do. None
            stands for earlier proposals of the same ground, which belong to no operation.
    """

    into: int
    seed: int = 1
    weights: Weights = field(default_factory=Weights)
    units: UnitKind | None = None
    candidates: int = 120
    within: float = 0.05
    left_out: tuple[str, ...] = ()
    giving_way: tuple[str, ...] | None = None


def order_province(
    plan: PlanRows, code: str, wish: Wish, progress: Progress | None = None
) -> Wanted:
    """Return the order for a split of a province; on a worker thread, as it walks over all rows.

    Raises:
        InputError: The number of zones or the weights make no sense, communes are asked for and not
            loaded, or everything is left out.
    """
    communes = official_outlines(plan, AdminLevel.COMMUNE, code)
    enough = has_communes(communes, code)
    if wish.units is UnitKind.COMMUNE and not enough:
        raise InputError("error.split.no_communes")
    notes: list[tuple[str, Mapping[str, object]]] = []
    few = enough and len(communes) < PER_ZONE * wish.into
    if few and wish.units is None:
        notes.append(("split.note.few_communes", {"count": len(communes)}))
    if wish.units is UnitKind.COMMUNE or (wish.units is None and enough and not few):
        return _order(plan, None, communes, code, wish, notes, progress)
    official = official_outlines(plan, AdminLevel.PROVINCE, code).get(code)
    if official is None:
        notes.append(("split.note.approximate", {}))
    outline = official or Territory.load().provinces[code]
    return _order(plan, _area(outline), {}, code, wish, notes, progress)


def order_area(plan: PlanRows, area: Area, wish: Wish, progress: Progress | None = None) -> Wanted:
    """Return the order for a split of any polygon, for example of a zone.

    Raises:
        InputError: As `order_province`.
    """
    loaded = official_outlines(plan, AdminLevel.COMMUNE)
    shapely.prepare(area)
    communes = {code: outline for code, outline in loaded.items() if area.intersects(outline)}
    covered = shapely.union_all(list(communes.values())).intersection(area).area
    enough = bool(communes) and covered >= COVERED * area.area
    if wish.units is UnitKind.COMMUNE and not enough:
        raise InputError("error.split.no_communes")
    few = len(communes) < PER_ZONE * wish.into
    if wish.units is UnitKind.HEXAGON or (wish.units is None and (few or not enough)):
        communes = {}
    return _order(plan, area, communes, "", wish, [], progress)


def order_rebalance(
    plan: PlanRows, zones: Sequence[Zone], weights: Weights, progress: Progress | None = None
) -> tuple[tuple[tuple[Area, tuple[str, ...]], ...], Wanted]:
    """Return what `job.weigh` needs to say of which units zones are made and what each weighs.

    Raises:
        InputError: A zone is not made of units, or the weights cannot be used.
    """
    if not zones or not all(zone.units for zone in zones):
        raise InputError("error.split.not_of_units")
    loaded = official_outlines(plan, AdminLevel.COMMUNE)
    names = {unit for zone in zones for unit in zone.units}
    communes = {code: outline for code, outline in loaded.items() if code in names}
    wish = Wish(into=max(len(zones), FEWEST), weights=weights, giving_way=())
    wanted = _order(plan, None, {}, "", wish, [], progress)
    return tuple((z.outline, z.units) for z in zones), replace(wanted, communes=communes)


def _order(
    plan: PlanRows,
    area: Area | None,
    communes: Mapping[str, Area],
    code: str,
    wish: Wish,
    notes: Sequence[tuple[str, Mapping[str, object]]],
    progress: Progress | None,
) -> Wanted:
    if not FEWEST <= wish.into <= MOST:
        raise InputError("error.split.into", fewest=FEWEST, most=MOST)
    kept = [z.outline for z in plan.all(Zone) if z.id in wish.left_out]
    notes = list(notes)
    if kept:
        area = _left(_area(area or shapely.union_all(list(communes.values()))), kept)
        # A commune that lies in what stays is none of these zones'.
        shapely.prepare(area)
        communes = {c: o for c, o in communes.items() if area.intersection(o).area > 0}
        notes.append(("split.note.left_out", {"count": len(kept)}))
    demand = gather(plan, wish.weights, progress)
    return Wanted(
        area=area,
        communes=communes,
        into=wish.into,
        seed=wish.seed,
        weights=wish.weights,
        demand=demand,
        outlines=outlines_for(plan, tuple(demand.spread)),
        province_code=code,
        candidates=wish.candidates,
        within=wish.within,
        keeps=_keeps(plan, wish, area, communes),
        notes=tuple(notes),
    )


def _keeps(
    plan: PlanRows, wish: Wish, area: Area | None, communes: Mapping[str, Area]
) -> tuple[Keep, ...]:
    """Return the units that stay in zones on the ground that is split."""
    going = wish.giving_way
    if going is not None and not going:
        return ()
    ground = _area(area or shapely.union_all(list(communes.values())))
    going = replaceable(plan, "", [ground]) if going is None else going
    shapely.prepare(ground)
    return tuple(
        Keep(zone.id, zone.name, zone.kept, zone.units)
        for zone in plan.all(Zone)
        if zone.kept and zone.id in going and ground.intersects(zone.outline.representative_point())
    )


def _left(area: Area, kept: Collection[Area]) -> Area:
    """Return what is left of an area beside zones that stay.

    Raises:
        InputError: Nothing is.
    """
    rest = area
    for outline in kept:
        if rest.intersects(outline):
            rest = _area(rest.difference(outline))
    return rest


def _area(shape: Any) -> Area:  # noqa: ANN401 - what shapely's operations return
    """Return the polygons of a geometry, without threads and specks.

    Raises:
        InputError: There are none.
    """
    parts = [
        p
        for p in shapely.get_parts(shapely.get_parts(shape))
        if p.geom_type == "Polygon" and p.area > SLIVER_M2_DEGREES
    ]
    if not parts:
        raise InputError("error.split.no_area")
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
