"""Allegations before and after an operation, inside, around and elsewhere; runs in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import shapely

from geo.analysis.effect.difference import (
    Difference,
    displacement_difference,
    scaled_difference,
)
from geo.analysis.effect.doors import Doors
from geo.analysis.effect.wish import Order, Wish
from geo.analysis.evidence import LeftOut
from geo.analysis.shares import in_degrees, in_metres, shares_of_discs, shares_within
from geo.crs import to_utm
from geo.model.entity import Area
from geo.territory import Territory

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.progress import Progress

FEWEST: Final = 10
"""Allegations inside, before and after together, known to a point, below which nothing is tested;
the same for the control area."""
ALIKE: Final = 2.0
"""A control area is like the treated one if it had at most so many times as many before."""


class Where(StrEnum):
    """The three areas, in the order of their arrays."""

    INSIDE = "inside"
    RING = "ring"
    CONTROL = "control"


class Verdict(StrEnum):
    """What may be said."""

    FEWER = "fewer"
    MORE = "more"
    UNCLEAR = "unclear"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Allegations of one area.

    Attributes:
        before: Known to a point, in the time before.
        after: The same, in the time after.
        perhaps_before: Sum of the shares of those that are known by an area only.
        perhaps_after: The same, after.
        km2: Size of the area.
    """

    before: int
    after: int
    perhaps_before: float
    perhaps_after: float
    km2: float

    @property
    def counts(self) -> tuple[float, float]:
        """Before and after, shares included."""
        return self.before + self.perhaps_before, self.after + self.perhaps_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What followed an operation.

    Attributes:
        wish: What was asked.
        name: Of the operation.
        starts: Its first day.
        ends: Its last day.
        before: First day of the time before.
        after: Last day of the time after.
        counted: Of each area.
        published: The difference as published; None where it was refused.
        scaled: The difference to the control's growth; None where it was refused or cannot be told.
        alike: Whether the control area was about as busy before as the inside.
        verdict: By both where the areas are alike, else by the scaled one.
        doors: How soon what was alleged was looked at.
        outlines: Of each area, lon/lat degrees, to be drawn.
        others: Other operations that were under way in these times.
        n: Allegations of both times that count, wherever they lie.
        grades: Grade → how many of `n`.
        left_out: Why others do not count.
    """

    wish: Wish
    name: str
    starts: date
    ends: date
    before: date
    after: date
    counted: Mapping[Where, Counted]
    published: Difference | None
    scaled: Difference | None
    alike: bool
    verdict: Verdict
    doors: Doors
    outlines: Mapping[Where, Area]
    others: tuple[str, ...]
    n: int
    grades: Mapping[str, int]
    left_out: Mapping[LeftOut, int]

    @property
    def read(self) -> Difference | None:
        """The difference to be read first: of those that decide the more careful one."""
        deciding = _deciding(self.published, self.scaled, alike=self.alike)
        return min(deciding, key=lambda told: max(told.low, -told.high), default=None)


def effect(order: Order, progress: Progress) -> Effect:
    """Return what followed an operation."""
    progress.step(1, 2, "effect.step.counting")
    areas = _areas(order)
    counted = _counted(order, areas)
    inside, ring, control = (counted[where] for where in Where)
    enough = min(inside.before + inside.after, control.before + control.after) >= FEWEST
    published = scaled = None
    if enough:
        published = displacement_difference(inside.counts, control.counts, ring.counts)
        scaled = scaled_difference(inside.counts, control.counts, ring.counts)
    busy, quiet = max(inside.counts[0], control.counts[0]), min(inside.counts[0], control.counts[0])
    alike = busy <= ALIKE * quiet
    return Effect(
        wish=order.wish,
        name=order.name,
        starts=order.starts,
        ends=order.ends,
        before=order.before,
        after=order.after,
        counted=counted,
        published=published,
        scaled=scaled,
        alike=alike,
        verdict=_verdict(_deciding(published, scaled, alike=alike)),
        doors=order.doors,
        outlines={
            where: cast("Area", in_degrees(_on_land(where, area))) for where, area in areas.items()
        },
        others=order.others,
        n=len(order.said),
        grades=order.said.grade_mix,
        left_out=order.said.left_out_counts,
    )


def _deciding(
    published: Difference | None, scaled: Difference | None, *, alike: bool
) -> tuple[Difference, ...]:
    """Return the differences that must agree.

    The published one takes what changed everywhere for an effect wherever the control area is not
    exactly as busy as the inside, and in the ring, which has no control: if allegations double in
    the whole province it calls up to four in ten operations a success or a failure. So it is
    never believed without the scaled one.
    """
    return tuple(told for told in (published if alike else None, scaled) if told is not None)


def _verdict(deciding: tuple[Difference, ...]) -> Verdict:
    if not deciding:
        return Verdict.REFUSED
    if all(told.high < 0 for told in deciding):
        return Verdict.FEWER
    return Verdict.MORE if all(told.low > 0 for told in deciding) else Verdict.UNCLEAR


def _areas(order: Order) -> dict[Where, BaseGeometry]:
    """Return the three areas in metres of UTM zone 48; none holds ground of another."""
    inside, control = shapely.make_valid(in_metres([order.inside, order.control]))
    grown = shapely.buffer(inside, order.wish.ring_m)
    return {
        Where.INSIDE: inside,
        Where.RING: shapely.difference(grown, inside),
        Where.CONTROL: shapely.difference(control, grown),
    }


def _on_land(where: Where, area: BaseGeometry) -> BaseGeometry:
    """Return a ring without what lies abroad or at sea: nothing of a plan can lie there."""
    if where is not Where.RING:
        return area
    near = shapely.clip_by_rect(Territory.load().outline, *in_degrees(area).envelope.bounds)
    (land,) = shapely.make_valid(in_metres([near]))
    return cast("BaseGeometry", shapely.intersection(area, land))


def _counted(order: Order, areas: Mapping[Where, BaseGeometry]) -> dict[Where, Counted]:
    said, later = order.said, order.later
    # A position that may be off by more than the ring is wide is an area too.
    wide = said.placed & (said.accuracy_m > order.wish.ring_m)
    placed = said.placed & ~wide
    xy = to_utm(np.column_stack((said.lon[placed], said.lat[placed])))
    vague, every = said.area_only, list(areas.values())
    shares = np.concatenate(
        [
            shares_within(said.unit[vague].tolist(), order.outlines, every),
            shares_of_discs(
                to_utm(np.column_stack((said.lon[wide], said.lat[wide]))),
                said.accuracy_m[wide],
                every,
            ),
        ]
    )
    after_vague = np.concatenate([later[vague], later[wide]])
    found = {}
    for number, (where, area) in enumerate(areas.items()):
        shapely.prepare(area)
        here = shapely.contains_xy(area, xy[:, 0], xy[:, 1])
        after, share = later[placed], shares[:, number]
        found[where] = Counted(
            before=int((here & ~after).sum()),
            after=int((here & after).sum()),
            perhaps_before=float(share[~after_vague].sum()),
            perhaps_after=float(share[after_vague].sum()),
            km2=float(_on_land(where, area).area) / 1e6,
        )
    return found
