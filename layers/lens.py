"""The one way in which a plan is looked at: of which day, and through which filter.

Map, legend, lists, tables and reports all take their rows from here, so that none shows what
another hides. What was made is kept until a table, the day or the filter is another one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from geo.clock import end_of_day
from geo.edit.ledger import STATUSES, Ledger
from geo.edit.merging import live_sites
from geo.model.entity import Kind
from geo.model.table import Table
from layers import duty_rows
from layers.coded import coded, flags_of, tell
from layers.duty import EVERY as EVERY_DUTY
from layers.duty import Duty
from layers.filters import (
    EVERYTHING,
    FILTERED,
    UNJUDGED,
    MapFilter,
    allegation_mask,
    crossing_mask,
    judged,
    site_mask,
)
from layers.moment import NOW, Mode, Moment
from layers.read_only import ShownPlan
from layers.seen import FirstSeen

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geo.project import Project

    BoolArray = NDArray[np.bool_]

ANNULLED = "annulled"
"""Column that the table of sites of a past day has besides: the decision was annulled later."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of a kind is shown.

    Attributes:
        n: Rows that are shown.
        of: Rows that there are at the moment, before the filter.
        unjudged: Rows that the least grade leaves out because F or 6 forbid to judge.
        undated: Rows that are left out because nobody knows when they came in.
        later: Rows that came into the plan after the moment.
    """

    n: int
    of: int
    unjudged: int = 0
    undated: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is known of a kind at the moment: its table, and which rows there were."""

    table: Table
    there: BoolArray
    undated: int = 0
    later: int = 0


class Lens:
    """A moment and a filter over a plan. Neither changes: another one is another lens."""

    def __init__(
        self,
        moment: Moment = NOW,
        wanted: MapFilter = EVERYTHING,
        first_seen: FirstSeen | None = None,
        duty: Duty = EVERY_DUTY,
    ) -> None:
        """Look at a moment through a filter.

        Args:
            moment: What day, and with whose eyes.
            wanted: What is shown of it.
            first_seen: When each row came into the plan, for *as known then*.
            duty: Of which operation and period zones and assignments are shown.
        """
        self.moment, self.wanted, self.duty = moment, wanted, duty
        self._first_seen = first_seen or FirstSeen()
        self._kept: dict[str, tuple[tuple[Any, ...], Any]] = {}

    @property
    def hides(self) -> bool:
        """Whether it shows anything but the plan as it is now and whole."""
        return self.moment.is_past or self.wanted.is_active

    def project(self, plan: Project) -> Project:
        """Return a plan of the rows that are shown, with their status at the moment; only to read.

        It is the plan itself where that is all the same, and the same object until something is
        another.
        """
        shown = {kind: self._shown(plan, kind) for kind in FILTERED}
        if self.duty.is_chosen:
            shown |= {kind: self._of_duty(plan, kind) for kind in duty_rows.KINDS}
        if all(table is plan.table(kind) for kind, table in shown.items()):
            return plan
        parts = (*(plan.table(kind) for kind in Kind), plan.user)
        made = self._once("project", parts, lambda: ShownPlan(plan, shown, self.moment.on))
        return cast("Project", made)

    def at(self, plan: Project) -> Project:
        """Return the plan with all its rows, in their places, as they stood at the moment."""
        table = self._moment_rows(plan, Kind.SITE).table
        if table is plan.table(Kind.SITE):
            return plan
        parts = (*(plan.table(kind) for kind in Kind), plan.user)
        made = self._once("at", parts, lambda: ShownPlan(plan, {Kind.SITE: table}, self.moment.on))
        return cast("Project", made)

    def masks(self, plan: Project) -> dict[Kind, BoolArray]:
        """Return which rows of the plan's own tables are shown, for each kind that is filtered."""
        return {kind: self.mask(plan, kind) for kind in FILTERED}

    def mask(self, plan: Project, kind: Kind) -> BoolArray:
        """Return which rows of a kind are shown."""
        rows = self._moment_rows(plan, kind)
        licences = plan.table(Kind.LICENCE)
        parts = (rows, licences, self.moment.on)
        made = self._once(f"mask {kind}", parts, lambda: self._wanted_rows(rows, licences))
        return cast("BoolArray", made)

    def mask_of_moment(self, plan: Project, kind: Kind) -> BoolArray:
        """Return which rows of a kind there were at the moment, whatever the filter shows."""
        return self._moment_rows(plan, kind).there

    def shown(self, plan: Project, kind: Kind) -> Shown:
        """Return how much of a kind is shown, and why not the rest."""
        rows, mask = self._moment_rows(plan, kind), self.mask(plan, kind)
        unjudged, least = 0, self.wanted.allegations.least
        if kind is Kind.ALLEGATION and least is not None:
            others = replace(self.wanted.allegations, least=None)
            left = rows.there & allegation_mask(rows.table, others)
            unjudged = int((left & (judged(rows.table, least) == UNJUDGED)).sum())
        return Shown(int(mask.sum()), int(rows.there.sum()), unjudged, rows.undated, rows.later)

    # --- the moment -----------------------------------------------------------------------------

    def _moment_rows(self, plan: Project, kind: Kind) -> _Rows:
        table, decisions = plan.table(kind), plan.table(Kind.STATUS_DECISION)
        parts = (table, decisions, self.moment.on)
        makers: dict[Kind, Callable[[], _Rows]] = {
            Kind.SITE: lambda: self._sites(table, decisions),
            Kind.ALLEGATION: lambda: self._allegations(table),
        }
        make = makers.get(kind, lambda: _Rows(table, _all(table)))
        return cast("_Rows", self._once(f"moment {kind}", parts, make))

    def _sites(self, table: Table, decisions: Table) -> _Rows:
        own = flags_of(table["merged_into"], "live", lambda: live_sites(table))
        if not self.moment.is_past:
            return _Rows(table, own)
        known = self.moment.mode is Mode.KNOWN
        ledger = ledger_of(table, decisions)
        day = self.moment.on
        standing = ledger.on(day, known_at=end_of_day(day) if known else None)
        status = standing.status
        tell(status, standing.codes, tuple(s.value for s in STATUSES))
        # As known then too: what was annulled since may not be read as a verdict that holds.
        annulled = ledger.annulled_by_now(standing)
        columns = table.columns | {"legal_status": status, ANNULLED: annulled}
        then = replace(table, columns=columns)
        there = own & self._in_plan(table) if known else own
        return _Rows(then, there, later=int((own & ~there).sum()))

    def _allegations(self, table: Table) -> _Rows:
        if not self.moment.is_past:
            return _Rows(table, _all(table))
        last = self.moment.on.isoformat()
        received = coded(table["received_on"])
        dated = received.where(bool)
        there = received.where(lambda v: bool(v) and v <= last)
        if self.moment.mode is not Mode.KNOWN:
            return _Rows(table, there, undated=int((~dated).sum()))
        # What stood in the plan that evening had been received, whether or not the day was noted.
        in_plan = self._in_plan(table)
        there = (there | ~dated) & in_plan
        return _Rows(table, there, later=int((~in_plan).sum()))

    def _in_plan(self, table: Table) -> BoolArray:
        return self._first_seen.by(table, end_of_day(self.moment.on))

    # --- the filter -----------------------------------------------------------------------------

    def _wanted_rows(self, rows: _Rows, licences: Table) -> BoolArray:
        wanted, table = self.wanted.of(rows.table.kind), rows.table
        if not wanted.is_active:
            return rows.there
        if table.kind is Kind.SITE:
            return rows.there & site_mask(table, licences, self.wanted.sites)
        if table.kind is Kind.ALLEGATION:
            return rows.there & allegation_mask(table, self.wanted.allegations)
        return rows.there & crossing_mask(table, self.wanted.crossings, self.moment.on)

    def _shown(self, plan: Project, kind: Kind) -> Table:
        rows, mask = self._moment_rows(plan, kind), self.mask(plan, kind)
        made = self._once(f"table {kind}", (rows, mask), lambda: _part(rows.table, mask))
        return cast("Table", made)

    def _of_duty(self, plan: Project, kind: Kind) -> Table:
        table, zones = plan.table(kind), plan.table(Kind.ZONE)

        def make() -> Table:
            return _part(table, duty_rows.duty_mask(plan, kind, self.duty))

        return cast("Table", self._once(f"duty {kind}", (table, zones), make))

    def _once(self, name: str, parts: tuple[Any, ...], make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever was made
        known = self._kept.get(name)
        if known is not None and all(map(_same, known[0], parts)):
            return known[1]
        made = make()
        self._kept[name] = (parts, made)
        return made


def _same(a: object, b: object) -> bool:
    """Compare days by value, and tables by identity: they never change in place."""
    return a is b or (isinstance(a, date) and a == b)


def ledger_of(sites: Table, decisions: Table) -> Ledger:
    """Return the ledger of two tables, kept for the next day asked for."""
    return decisions.kept("ledger", (sites.ids,), lambda: Ledger(sites, decisions))


def _all(table: Table) -> BoolArray:
    return np.ones(len(table), dtype=bool)


def _part(table: Table, mask: BoolArray) -> Table:
    if mask.all():
        return table
    rows = np.flatnonzero(mask)
    return replace(
        table,
        ids=table.ids[rows],
        versions=table.versions[rows],
        columns={name: column[rows] for name, column in table.columns.items()},
        _index={},
    )
