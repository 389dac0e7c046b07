"""Which allegations may speak of the same thing: proposals, never more.

Two allegations of one event name the same place as exactly as their sources knew it, days that
lie near each other, at least one kind that both allege, and numbers of people that do not exclude
each other. That one came in by another channel speaks for a second source, not against a duplicate.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis import near
from geo.analysis.duplicates import (
    COMMUNE_DIGITS,
    MOST_PAIRS,
    NOBODY_SAID_M,
    Pair,
    apart_words,
)
from geo.edit.apart import pairs_apart
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationStatus, Channel, Precision
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo.analysis.near import FloatArray, Pairs
    from geo.edit.reading import PlanRows
    from geo.progress import Progress

WITHIN_M: Final = 500.0
WITHIN_DAYS: Final = 14
LEAST: Final = 0.6
MOST_REACH_M: Final = 250.0
LEAST_TEXT: Final = 80.0
SHORTEST_TEXT: Final = 20

_WEIGHTS: Final = {"place": 4.0, "days": 3.0, "kinds": 2.0, "people": 2.0, "text": 3.0}
_IN_COMMUNE = 0.5
_OTHER_PEOPLE = 0.2
_SOME_PEOPLE = 0.5


def allegation_pairs(
    plan: PlanRows,
    *,
    within_m: float = WITHIN_M,
    within_days: int = WITHIN_DAYS,
    most: int = MOST_PAIRS,
    progress: Progress | None = None,
) -> tuple[Pair, ...]:
    """Return the pairs of allegations that may repeat each other, the likeliest first.

    What is a duplicate already, and pairs that were found to be different, are left out.

    Args:
        plan: The plan; its tables never change, so that a worker thread may read them.
        within_m: Metres between two places that may be one, besides their accuracies.
        within_days: Days between two events that may be one.
        most: How many pairs at most.
        progress: Told of each step, and asked whether to go on.

    Raises:
        CancelledError: The user asked to stop.
    """
    looking = _Allegations(plan, within_m, within_days, progress or NoProgress())
    found = [pair for pair in looking.pairs() if pair is not None]
    found.sort(key=lambda pair: -pair.score)
    return tuple(found[:most])


class _Allegations:
    """The columns of the allegations, made ready to be compared."""

    def __init__(
        self, plan: PlanRows, within_m: float, within_days: int, progress: Progress
    ) -> None:
        table = plan.table(Kind.ALLEGATION)
        alive = (table["status"] != AllegationStatus.DUPLICATE.value) & ~table[
            "duplicate_of"
        ].astype(bool)
        self._rows = np.flatnonzero(alive)
        self._table = table
        self._within_m, self._within_days = within_m, float(within_days)
        self._progress = progress
        self._apart = pairs_apart(plan, Kind.ALLEGATION)
        self._occurred = _days(table["occurred_on"])
        self._received = _days(table["received_on"])
        self._kinds = [frozenset(json.loads(k)) if k else frozenset() for k in table["kinds"]]
        exact = np.isfinite(table["lon"]) & np.isfinite(table["lat"])
        self._exact = exact & np.asarray(table["precision"] == Precision.POINT.value, dtype=bool)
        self._reach = np.array(
            [
                min(NOBODY_SAID_M if v is None else float(v), MOST_REACH_M)
                for v in table["accuracy_m"]
            ]
        )
        self._xy = np.full((len(table), 2), np.nan)
        self._xy[self._exact] = near.metres(table["lon"][self._exact], table["lat"][self._exact])
        self._communes = np.empty(len(table), dtype=object)
        self._communes[:] = [
            code[:COMMUNE_DIGITS] if len(code or "") >= COMMUNE_DIGITS else ""
            for code in table["admin_code"]
        ]

    def pairs(self) -> Iterator[Pair | None]:
        """Yield each pair that is worth a look, or None where the closer look says no."""
        a, b = near.once(list(self._candidates()), len(self._table))
        for done, (one, other) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
            if done % 1000 == 0:
                self._progress.step(done, len(a), "duplicates.step.allegations")
            yield self._pair(one, other)

    def _candidates(self) -> Iterator[Pairs]:
        """Yield pairs in one place within the days, by the day of the event or of the receipt."""
        for column in (self._table["site_id"], self._communes):
            for days in (self._occurred, self._received):
                rows = self._rows[column[self._rows].astype(bool) & ~np.isnan(days[self._rows])]
                codes = np.unique(column[rows].astype(str), return_inverse=True)[1]
                yield near.in_window(rows, codes, days[rows], self._within_days)
        exact = self._rows[self._exact[self._rows]]
        for here, there in near.within(self._xy[exact], self._reach[exact], self._within_m):
            a, b = exact[here], exact[there]
            gap = np.fmin(
                np.abs(self._occurred[a] - self._occurred[b]),
                np.abs(self._received[a] - self._received[b]),
            )
            yield a[gap <= self._within_days], b[gap <= self._within_days]

    def _pair(self, a: int, b: int) -> Pair | None:
        ids = str(self._table.ids[a]), str(self._table.ids[b])
        if (min(ids), max(ids)) in self._apart:
            return None
        parts = [
            self._place(a, b), self._day(a, b), self._kind(a, b), self._people(a, b),
            self._text(a, b),
        ]  # fmt: skip
        found = [part for part in parts if part is not None]
        if any(value <= 0 for _, value, _ in found):
            return None
        weight = sum(_WEIGHTS[name] for name, _, _ in found)
        score = float(sum(_WEIGHTS[name] * value for name, value, _ in found) / weight)
        if score < LEAST:
            return None
        reasons = [reason for _, _, reason in found]
        return Pair(*ids, score, (*reasons, *self._channels(a, b)))

    # --- each piece of evidence: its name, how much it says (0 excludes), and its words ---------

    def _place(self, a: int, b: int) -> _Part:
        site = self._table["site_id"]
        if site[a] and site[a] == site[b]:
            return "place", 1.0, ("duplicates.reason.site", {})
        if self._exact[a] and self._exact[b]:
            metres = float(np.hypot(*(self._xy[a] - self._xy[b])))
            accuracy = float(self._reach[a] + self._reach[b])
            beyond = max(metres - accuracy, 0.0)
            said = self._table["accuracy_m"]
            # Also in one commune: both sources knew the place better than that.
            says = 1.0 - beyond / (self._within_m + 1.0)
            return "place", says, apart_words(metres, said[a], said[b])
        return "place", _IN_COMMUNE, ("duplicates.reason.commune", {})

    def _day(self, a: int, b: int) -> _Part:
        event = abs(self._occurred[a] - self._occurred[b])
        known = not np.isnan(event)
        gap = event if known else abs(self._received[a] - self._received[b])
        if np.isnan(gap):
            return None
        code = "duplicates.reason.occurred" if known else "duplicates.reason.received"
        return "days", 1.0 - gap / (self._within_days + 1.0), (code, {"days": int(gap)})

    def _kind(self, a: int, b: int) -> _Part:
        both, either = self._kinds[a] & self._kinds[b], self._kinds[a] | self._kinds[b]
        if not either:
            return None
        kinds = ",".join(sorted(both))
        return "kinds", len(both) / len(either), ("duplicates.reason.kinds", {"kinds": kinds})

    def _people(self, a: int, b: int) -> _Part:
        ranges = [self._range(i) for i in (a, b)]
        if None in ranges:
            return None
        (low, high), (other_low, other_high) = sorted(r for r in ranges if r is not None)
        shared = min(high, other_high) - other_low + 1
        whole = max(high, other_high) - low + 1
        if shared <= 0:  # estimates of one event may miss each other: it counts against, no more
            return "people", _OTHER_PEOPLE, ("duplicates.reason.people_differ", {})
        return "people", max(shared / whole, _SOME_PEOPLE), ("duplicates.reason.people", {})

    def _range(self, row: int) -> tuple[int, int] | None:
        low, high = self._table["people_min"][row], self._table["people_max"][row]
        known = [int(v) for v in (low, high) if v is not None]
        return (known[0], known[-1]) if known else None

    def _text(self, a: int, b: int) -> _Part:
        from rapidfuzz import fuzz

        texts = [str(self._table["text"][i] or "") for i in (a, b)]
        if min(map(len, texts)) < SHORTEST_TEXT:
            return None
        alike = fuzz.token_sort_ratio(*texts)
        if alike < LEAST_TEXT:  # two people tell one event in different words
            return None
        return "text", alike / 100, ("duplicates.reason.text", {"percent": int(alike)})

    def _channels(self, a: int, b: int) -> Iterator[tuple[str, dict[str, int | str]]]:
        source = self._table["source_id"]
        if source[a] and source[a] == source[b]:
            yield "duplicates.reason.same_source", {}
        channels = {self._table["channel"][a], self._table["channel"][b]}
        if len(channels) > 1 and Channel.UNKNOWN not in channels:
            yield "duplicates.reason.channels", {}


_Part = tuple[str, float, tuple[str, dict[str, int | str]]] | None


def _days(column: NDArray[np.object_]) -> FloatArray:
    """Return ISO days as numbers, NaN where there is none."""
    return np.array([date.fromisoformat(d).toordinal() if d else np.nan for d in column])
