"""What is told of the border: each crossing, the corridors, and what all of it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geo.analysis.border.corridors import Corridors
from geo.analysis.border.trend import Trend
from geo.analysis.border.wish import Wish
from geo.analysis.evidence import LeftOut
from geo.model.entity import LonLat
from geo.model.vocabulary import CrossingClass, Neighbour, Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingPressure:
    """A crossing with what lies near it.

    Attributes:
        id: Of the crossing.
        name_en: May be empty if `name_km` is not.
        name_km: The same.
        neighbour: The country behind it.
        crossing_class: Its class.
        point: Degrees.
        approximate: The point is the village's or commune's, not the gate's.
        rank: 1 is the first; those that nothing tells apart share a rank.
        n: Allegations known to a point within the distance.
        weight: The same, weighted as asked.
        perhaps: Of those known by an area only, the sum of the shares of their areas that lie
            within the distance.
        may: How many have such a share at all.
        sites: Sites known to a point within the distance.
        closed_now: Closed on the day shown; None if no interval is known.
        closed_days: Days of the period on which it was closed.
        days: Days of the period.
        while_closed: Allegations of `n` whose day is one of the closed ones.
        per_month: Allegations on open days in 30 of them; None without an open day.
        trend: Over its open months.
        counts: Allegations of each month, in order.
        open_days: Open days of each month.
        grades: Grade → how many of `n`.
        ids: Of the `n` allegations.
    """

    id: str
    name_en: str
    name_km: str
    neighbour: Neighbour
    crossing_class: CrossingClass
    point: LonLat
    approximate: bool
    rank: int
    n: int
    weight: float
    perhaps: float
    may: int
    sites: int
    closed_now: bool | None
    closed_days: int
    days: int
    while_closed: int
    per_month: float | None
    trend: Trend
    counts: tuple[int, ...]
    open_days: tuple[int, ...]
    grades: Mapping[str, int]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a result rests on.

    Attributes:
        n: Allegations of the period that count.
        area_only: Those of them that are known by an area only, or with a doubt greater than the
            distance.
        unknown_area: Those of them of whose area nobody knows an outline: they are nowhere.
        left_out: Why others do not count.
        grades: Grade → how many of `n`.
        precision: Precision → how many of `n`.
    """

    n: int
    area_only: int
    unknown_area: int
    left_out: Mapping[LeftOut, int]
    grades: Mapping[str, int]
    precision: Mapping[Precision, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """Border pressure in a period that ends on the day shown.

    Attributes:
        wish: What was asked.
        on: The day shown, the last of the period.
        since: Its first day.
        months: First day of each of its months.
        crossings: By rank.
        corridors: Found and refused.
        basis: What was counted.
    """

    wish: Wish
    on: date
    since: date
    months: tuple[date, ...]
    crossings: tuple[CrossingPressure, ...]
    corridors: Corridors
    basis: Basis
