"""Conditions on what is known of a row: each gives yes, no or "cannot be judged" for many rows."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.analysis.asking.answers import NO, UNJUDGED, YES, IntArray, States
from geo.analysis.asking.linked import last_visits, linked, positions
from geo.analysis.columns import (
    ANSWERS,
    CREDIBILITIES,
    KINDS,
    RELIABILITIES,
    by_value,
    codes,
    days,
)
from geo.model.allegation import at_least
from geo.model.entity import Kind
from geo.model.place import BorderCrossing
from geo.model.vocabulary import Answer
from geo.question.form import (
    About,
    AtLeast,
    Condition,
    GradeAtLeast,
    Lately,
    OneOf,
    Period,
    Unseen,
)
from geo.question.wire import grade_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows

_UNKNOWN: Final = Answer.UNKNOWN.value


class Attributes:
    """Judges conditions on the rows of a plan, as they were on a day."""

    def __init__(self, plan: PlanRows, about: About, on: date) -> None:
        """Read nothing yet; every column is read when a condition asks for it."""
        self._plan, self._about, self._on = plan, about, on
        self._table = plan.table(about.kind)

    def judge(self, condition: Condition, rows: IntArray) -> States:
        """Return the state of some rows before `negated` is looked at.

        Args:
            condition: Any but a place.
            rows: Positions in the table, shape ``(m,)``.

        Returns:
            Shape ``(m,)``.
        """
        if isinstance(condition, OneOf):
            return self._one_of(condition, rows)
        if isinstance(condition, AtLeast):
            return self._at_least(condition, rows)
        if isinstance(condition, GradeAtLeast):
            return self._grade(condition, rows)
        if isinstance(condition, Unseen):
            return self._unseen(condition, rows)
        if isinstance(condition, Lately):
            since = self._on - timedelta(days=condition.days - 1)
            return self._between(condition.field, since, self._on, rows)
        if isinstance(condition, Period):
            return self._between(condition.field, condition.since, condition.until, rows)
        raise TypeError(type(condition))

    # --- choices --------------------------------------------------------------------------------

    def _one_of(self, condition: OneOf, rows: IntArray) -> States:
        wanted, field = set(condition.values), condition.field
        if self._about is About.SITES and field in {"alleged", "held_now"}:
            return self._of_allegations(field, wanted)[rows]
        if field in {"licensed", "linked"}:
            return _choice(self._yes_no(field)[rows], wanted)
        if field == "open":
            return _choice(self._open()[rows], wanted)
        column = self._table[field][rows]
        if field == "kinds":
            return by_value(column, lambda v: _kinds(v, wanted), np.uint8)
        # That nobody knows how exactly is known: it is no point then.
        return _choice(column, wanted, unknown=field != "precision")

    def _yes_no(self, field: str) -> NDArray[np.object_]:
        if field == "linked":
            has = self._table["site_id"].astype(bool)
        else:
            has = np.zeros(len(self._table), dtype=bool)
            at = positions(self._table, self._plan.table(Kind.LICENCE)["site_id"])
            has[at[at >= 0]] = True
        return np.where(has, "yes", "no").astype(object)

    def _open(self) -> NDArray[np.object_]:
        """Return yes, no or unknown for each crossing: some dozens of rows."""
        states = {True: Answer.YES.value, False: Answer.NO.value, None: _UNKNOWN}
        found = np.empty(len(self._table), dtype=object)
        found[:] = [
            states[c.open_on(self._on)] if isinstance(c, BorderCrossing) else _UNKNOWN
            for c in self._table.entities()
        ]
        return found

    def _of_allegations(self, field: str, wanted: set[str]) -> States:
        """Return for each site what its allegations say: the most that any of them does."""
        found, site = linked(self._plan)
        if field == "alleged":
            bits = sum(1 << KINDS.index(k) for k in KINDS if k.value in wanted)
            each = np.where(found.kinds & bits > 0, YES, np.where(found.kinds == 0, UNJUDGED, NO))
        else:
            words = np.array([answer.value for answer in ANSWERS], dtype=object)
            each = _choice(words[found.held_now], wanted)
        return _most(each.astype(np.uint8), site, len(self._table))

    # --- numbers and grades ---------------------------------------------------------------------

    def _at_least(self, condition: AtLeast, rows: IntArray) -> States:
        least = condition.value
        if condition.field == "allegations":
            _, site = linked(self._plan)
            counts = np.bincount(site[site >= 0], minlength=len(self._table))[rows]
            return np.where(counts >= least, YES, NO).astype(np.uint8)
        if condition.field == "people":
            low = self._table["people_min"][rows].astype(np.float64)
            high = self._table["people_max"][rows].astype(np.float64)
        else:
            low = high = self._table[condition.field][rows].astype(np.float64)
        # A number that is not known is NaN, which is neither large nor small.
        states = np.full(len(rows), UNJUDGED, dtype=np.uint8)
        states[high < least] = NO
        states[low >= least] = YES
        return states

    def _grade(self, condition: GradeAtLeast, rows: IntArray) -> States:
        least = grade_of(condition.least)
        table = np.array(
            [[_graded(at_least(r, c, than=least)) for c in CREDIBILITIES] for r in RELIABILITIES],
            dtype=np.uint8,
        )
        if self._about is About.SITES:
            found, site = linked(self._plan)
            each = table[found.reliability, found.credibility]
            return _most(each, site, len(self._table))[rows]
        first = codes(self._table["reliability"][rows], RELIABILITIES)
        second = codes(self._table["credibility"][rows], CREDIBILITIES)
        states: States = table[first, second]
        return states

    # --- days -----------------------------------------------------------------------------------

    def _between(
        self, field: str, since: date | None, until: date | None, rows: IntArray
    ) -> States:
        day = days(self._table[field][rows])
        inside = np.ones(len(rows), dtype=bool)
        if since is not None:
            inside &= day >= np.datetime64(since)
        if until is not None:
            inside &= day <= np.datetime64(until)
        states = np.where(inside, YES, NO).astype(np.uint8)
        states[np.isnat(day)] = UNJUDGED
        return states

    def _unseen(self, condition: Unseen, rows: IntArray) -> States:
        last = last_visits(self._plan, self._on)
        border = np.datetime64(self._on - timedelta(days=condition.days))
        states = np.where(last <= border, YES, NO).astype(np.uint8)
        states[np.isnat(last)] = YES if condition.unrecorded else UNJUDGED
        if self._about is About.SITES:
            return states[rows]
        site = positions(self._plan.table(Kind.SITE), self._table["site_id"][rows])
        # What is linked to no site has none that could have been inspected.
        found = np.full(len(rows), UNJUDGED, dtype=np.uint8)
        found[site >= 0] = states[site[site >= 0]]
        return found


def _choice(column: NDArray[Any], wanted: Collection[str], *, unknown: bool = True) -> States:
    """Return whether a value is wanted; "unknown" is no answer unless it was asked for.

    Args:
        column: Values.
        wanted: Of its vocabulary.
        unknown: Whether "unknown" says that nobody can tell.
    """

    def judge(value: object) -> int:
        if value in wanted:
            return YES
        return UNJUDGED if not value or (unknown and value == _UNKNOWN) else NO

    states: States = by_value(column, judge, np.uint8)
    return states


def _kinds(value: object, wanted: set[str]) -> int:
    alleged = json.loads(str(value or "[]"))
    if not alleged:
        return UNJUDGED
    return NO if wanted.isdisjoint(alleged) else YES


def _graded(good: bool | None) -> int:  # noqa: FBT001 - the answer of `at_least`
    return UNJUDGED if good is None else YES if good else NO


def _most(each: States, site: IntArray, count: int) -> States:
    """Return the highest state of each site's allegations; a site without any has none: no."""
    states = np.full(count, NO, dtype=np.uint8)
    known = site >= 0
    np.maximum.at(states, site[known], each[known])
    return states
