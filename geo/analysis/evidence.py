"""What a statistic may rest on: the allegations of a plan as arrays, each with its doubt.

Every analysis begins here, so that all of them count alike and can say what they counted:

- A duplicate is counted once, under the allegation that it repeats, with that one's place and
  grade. Where that one is not among the rows that are shown, the earliest of its duplicates counts.
- What was found *unsubstantiated* or *insufficient* is left out, unless the caller counts it.
- A place known only by a unit has no position here, whatever the row holds: longitude and latitude
  are NaN, and `Evidence.unit` is the smallest unit that is known. It is an area, never a point.
- What has no place at all is left out of statistics of places, and counted among what is left out.

Grades F and 6 are neutral; nothing is left out or weighs less because of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis.columns import (
    ANSWERS,
    CREDIBILITIES,
    DIGITS,
    KINDS,
    PRECISIONS,
    RELIABILITIES,
    STATUSES,
    BoolArray,
    Codes,
    Days,
    FloatArray,
    bits,
    by_value,
    codes,
    days,
    firsts,
    places,
    to_sites,
)
from geo.analysis.weighting import Weighting, table_of
from geo.model.entity import Kind
from geo.model.vocabulary import (
    AllegationKind,
    AllegationStatus,
    Credibility,
    Precision,
    Reliability,
)

if TYPE_CHECKING:
    from datetime import date

    from geo.edit.reading import PlanRows
    from geo.model.table import Table

__all__ = [
    "ANSWERS", "CREDIBILITIES", "DIGITS", "KINDS", "PRECISIONS", "RELIABILITIES", "STATUSES",
    "Counting", "Evidence", "LeftOut", "Weighting", "evidence",
]  # fmt: skip

_F: Final = RELIABILITIES.index(Reliability.F)
_SIX: Final = CREDIBILITIES.index(Credibility.SIX)


class LeftOut(StrEnum):
    """Why an allegation does not count."""

    DUPLICATE = "duplicate"
    UNSUBSTANTIATED = "unsubstantiated"
    INSUFFICIENT = "insufficient"
    NO_PLACE = "no_place"
    NO_DAY = "no_day"
    OTHER_PERIOD = "other_period"
    ELSEWHERE = "elsewhere"
    AREA_ONLY = "area_only"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What is counted; stated with every result.

    Attributes:
        weighting: Whether grades weigh.
        unsubstantiated: Count what was found unsubstantiated too.
        insufficient: Count what was found insufficient to be judged too.
        placeless: Keep what has no place: for counts by month, not for statistics of places.
        at_sites: What is known by a unit only and was linked to a site by somebody lies at that
            site, with the site's accuracy.
    """

    weighting: Weighting = Weighting.NONE
    unsubstantiated: bool = False
    insufficient: bool = False
    placeless: bool = False
    at_sites: bool = False


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Evidence:
    """The allegations that count, as arrays of shape ``(n,)``, and what does not.

    Attributes:
        ids: Ids, object array.
        lon: Degrees; NaN where only a unit, or no place, is known.
        lat: The same.
        unit: NCDD code of the smallest unit that is known, or empty. Of an allegation with a
            position it is what the row says.
        precision: Codes into `PRECISIONS`; never finer than what the row's unit code has.
        accuracy_m: Radius of doubt around a position in metres; NaN where nobody said.
        reliability: Codes into `RELIABILITIES`.
        credibility: Codes into `CREDIBILITIES`.
        weight: By `Counting.weighting`.
        occurred: Day, ``datetime64[D]``, NaT where unknown.
        received: The same.
        kinds: One bit for each of `KINDS`, the first in the lowest.
        status: Codes into `STATUSES`.
        held_now: Codes into `ANSWERS`.
        site: Id of the site that each is linked to, or empty, object array.
        left_out: Reason of each allegation that does not count, by id.
        counting: How it was counted.
    """

    ids: NDArray[np.object_]
    lon: FloatArray
    lat: FloatArray
    unit: NDArray[np.str_]
    precision: Codes
    accuracy_m: FloatArray
    reliability: Codes
    credibility: Codes
    weight: FloatArray
    occurred: Days
    received: Days
    kinds: NDArray[np.uint16]
    status: Codes
    held_now: Codes
    site: NDArray[np.object_]
    left_out: dict[str, LeftOut] = field(default_factory=dict)
    counting: Counting = field(default_factory=Counting)

    def __len__(self) -> int:
        """Return how many allegations count."""
        return len(self.ids)

    @property
    def placed(self) -> BoolArray:
        """Which are known to a point."""
        return np.isfinite(self.lon) & np.isfinite(self.lat)

    @property
    def area_only(self) -> BoolArray:
        """Which are known by a unit only."""
        known: BoolArray = ~self.placed & (self.unit != "")
        return known

    @property
    def day(self) -> Days:
        """The day on which each occurred, else the one on which it was received."""
        return np.where(np.isnat(self.occurred), self.received, self.occurred)

    def of_kind(self, kind: AllegationKind) -> BoolArray:
        """Return which allege a kind."""
        alleged: BoolArray = (self.kinds >> KINDS.index(kind)) & 1 == 1
        return alleged

    @property
    def left_out_counts(self) -> dict[LeftOut, int]:
        """Return how many were left out for each reason, only reasons that occur."""
        reasons = list(self.left_out.values())
        return {reason: reasons.count(reason) for reason in LeftOut if reason in reasons}

    @property
    def grade_mix(self) -> dict[str, int]:
        """Return how many have each grade, ``{"B2": 3, …}`` in the order of the scale."""
        width = len(CREDIBILITIES)
        cells = np.bincount(
            self.reliability.astype(np.int64) * width + self.credibility,
            minlength=len(RELIABILITIES) * width,
        )
        return {
            f"{RELIABILITIES[i // width].value}{CREDIBILITIES[i % width].value}": int(cells[i])
            for i in np.flatnonzero(cells).tolist()
        }

    @property
    def neutral(self) -> int:
        """How many have a grade that nobody could judge: F or 6."""
        return int(((self.reliability == _F) | (self.credibility == _SIX)).sum())

    @property
    def precision_mix(self) -> dict[Precision, int]:
        """Return how many places are known how exactly, only what occurs."""
        cells = np.bincount(self.precision.astype(np.int64), minlength=len(PRECISIONS))
        return {p: int(n) for p, n in zip(PRECISIONS, cells.tolist(), strict=True) if n}

    def only(self, mask: BoolArray, reason: LeftOut = LeftOut.OTHER) -> Evidence:
        """Return the part of this evidence for which `mask` holds; the rest is left out.

        Args:
            mask: Shape ``(n,)``.
            reason: Why the others are left out.
        """
        if mask.all():
            return self
        arrays = {
            f.name: getattr(self, f.name)[mask]
            for f in fields(self)
            if f.name not in {"left_out", "counting"}
        }
        gone = dict.fromkeys(self.ids[~mask].tolist(), reason)
        return replace(self, **arrays, left_out=self.left_out | gone)

    def between(self, since: date | None, until: date | None) -> Evidence:
        """Return what lies in a period, both days included; what has no day lies in none."""
        if since is None and until is None:
            return self
        dated = self.only(~np.isnat(self.day), LeftOut.NO_DAY)
        inside = np.ones(len(dated), dtype=bool)
        if since is not None:
            inside &= dated.day >= np.datetime64(since)
        if until is not None:
            inside &= dated.day <= np.datetime64(until)
        return dated.only(inside, LeftOut.OTHER_PERIOD)

    def until(self, on: date) -> Evidence:
        """Return what is not dated later than the day shown; what has no day stays."""
        told = np.isnat(self.day) | (self.day <= np.datetime64(on))
        return self.only(told, LeftOut.OTHER_PERIOD)


def evidence(plan: PlanRows, counting: Counting | None = None) -> Evidence:
    """Return what a plan's allegations bring to a statistic.

    Safe on any thread: tables never change in place. 100,000 rows take about 0.3 s.

    Args:
        plan: The plan, or what the lens shows of it.
        counting: What is counted; none is the default of `Counting`.
    """
    counting = counting or Counting()
    table, sites = plan.table(Kind.ALLEGATION), plan.table(Kind.SITE)
    made: Evidence = table.kept(
        "evidence", (sites, counting), lambda: _made(table, sites, counting)
    )
    return made


def _made(table: Table, sites: Table, counting: Counting) -> Evidence:
    reliability = codes(table["reliability"], RELIABILITIES)
    credibility = codes(table["credibility"], CREDIBILITIES)
    lon, lat, unit, precision, accuracy = places(table)
    if counting.at_sites:
        to_sites(table, sites, lon, lat, precision, accuracy)
    whole = Evidence(
        ids=table.ids,
        lon=lon,
        lat=lat,
        unit=unit,
        precision=precision,
        accuracy_m=accuracy,
        reliability=reliability,
        credibility=credibility,
        weight=table_of(counting.weighting)[reliability, credibility],
        occurred=days(table["occurred_on"]),
        received=days(table["received_on"]),
        kinds=by_value(table["kinds"], bits, np.uint16),
        status=codes(table["status"], STATUSES),
        held_now=codes(table["held_now"], ANSWERS),
        site=by_value(table["site_id"], lambda v: str(v or ""), object),
        counting=counting,
    )
    found = whole.only(firsts(table, whole.received, whole.status), LeftOut.DUPLICATE)
    if not counting.unsubstantiated:
        found = _without(found, AllegationStatus.UNSUBSTANTIATED, LeftOut.UNSUBSTANTIATED)
    if not counting.insufficient:
        found = _without(found, AllegationStatus.INSUFFICIENT, LeftOut.INSUFFICIENT)
    if not counting.placeless:
        found = found.only(found.placed | found.area_only, LeftOut.NO_PLACE)
    return found


def _without(found: Evidence, status: AllegationStatus, reason: LeftOut) -> Evidence:
    return found.only(found.status != STATUSES.index(status), reason)
