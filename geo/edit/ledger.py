"""The legal status of every site on a past day, derived from the ledger of status decisions.

*As decided* looks back with all that is known today: the decisions that were in force on the day,
and of one that an appeal took down later, that it was annulled. *As known then* looks with the eyes
of that evening: a decision that was entered later, even one dated back, is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from geo.model.entity import Kind
from geo.model.vocabulary import LegalStatus

if TYPE_CHECKING:
    from datetime import date

    from geo.edit.reading import PlanRows
    from geo.model.table import Table

STATUSES = tuple(LegalStatus)
_TEXTS: NDArray[np.object_] = np.array([status.value for status in STATUSES], dtype=object)
_UNVERIFIED = STATUSES.index(LegalStatus.UNVERIFIED)
NEVER = np.datetime64("9999-12-31", "us")
UTC_SUFFIX = "+00:00"


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood in the ledger on a day, for each row of the table of sites.

    Attributes:
        codes: Legal status as its place in `STATUSES`, shape ``(n,)``.
        annulled: Whether the decision behind it was annulled by a later one, shape ``(n,)``.
        since: Position of that decision in its table, -1 for a site without one, shape ``(n,)``.
    """

    codes: NDArray[np.uint8]
    annulled: NDArray[np.bool_]
    since: NDArray[np.intp]

    @property
    def status(self) -> NDArray[np.object_]:
        """Legal status as text, as the table of sites holds it, shape ``(n,)``."""
        return _TEXTS[self.codes]


class Ledger:
    """The decisions of a plan in their order, prepared once for any number of days."""

    def __init__(self, sites: Table, decisions: Table) -> None:
        """Sort the decisions about `sites`; the tables must not change, which they never do."""
        self._count = len(sites)
        position = sites.index
        decided = decisions["decided_on"].astype(str)
        # Written in UTC by the program; compared as moments all the same, whoever wrote them.
        recorded = np.array([_utc(v) for v in decisions["recorded_at"]], dtype="datetime64[us]")
        of_site = np.fromiter(
            (position.get(i, -1) for i in decisions["site_id"]), dtype=np.intp, count=len(decisions)
        )
        code = {status.value: i for i, status in enumerate(STATUSES)}
        to = np.fromiter(
            (code[v] for v in decisions["to_status"]), dtype=np.uint8, count=len(decisions)
        )
        order = np.lexsort((recorded, decided))
        order = order[of_site[order] >= 0]
        self._rows: NDArray[np.intp] = order
        self._site: NDArray[np.intp] = of_site[order]
        self._decided: NDArray[Any] = decided[order].astype("datetime64[D]")
        self._recorded: NDArray[Any] = recorded[order]
        self._to: NDArray[np.uint8] = to[order]
        by_row = _annulled(decisions, recorded)
        self._annulled: NDArray[Any] = by_row[order]
        self._annulled_by_now: NDArray[np.bool_] = by_row < NEVER

    def on(self, day: date, *, known_at: datetime | None = None) -> Standing:
        """Return what stood on a day.

        Args:
            day: Decisions of this day or before count.
            known_at: Only decisions that were entered by then count, and only annulments too; None
                is all that is known today.
        """
        seen = self._decided <= np.datetime64(day, "D")
        annulled = self._annulled < NEVER
        if known_at is not None:
            then = np.datetime64(_utc(known_at.isoformat()), "us")
            seen &= self._recorded <= then
            annulled = self._annulled <= then
        held = np.full(self._count, -1, dtype=np.intp)
        chosen = np.flatnonzero(seen)
        # Of several values for one place the last is kept: the latest decision.
        held[self._site[chosen]] = chosen
        decided = held >= 0
        codes = np.full(self._count, _UNVERIFIED, dtype=np.uint8)
        codes[decided] = self._to[held[decided]]
        flags = np.zeros(self._count, dtype=bool)
        flags[decided] = annulled[held[decided]]
        since = np.full(self._count, -1, dtype=np.intp)
        since[decided] = self._rows[held[decided]]
        return Standing(codes, flags, since)

    def annulled_by_now(self, standing: Standing) -> NDArray[np.bool_]:
        """Return whether what stood for each site is annulled as of today, shape ``(n,)``.

        Whatever was known on the day: nobody may read an annulled decision as one that holds.
        """
        decided = standing.since >= 0
        flags = np.zeros(self._count, dtype=bool)
        flags[decided] = self._annulled_by_now[standing.since[decided]]
        return flags


def standing_at(plan: PlanRows, day: date, *, known_at: datetime | None = None) -> Standing:
    """Return what stood in a plan's ledger on a day; see `Ledger.on`."""
    ledger = Ledger(plan.table(Kind.SITE), plan.table(Kind.STATUS_DECISION))
    return ledger.on(day, known_at=known_at)


def status_at(
    plan: PlanRows, day: date, *, known_at: datetime | None = None
) -> NDArray[np.object_]:
    """Return the legal status of each row of the table of sites on a day; see `Ledger.on`."""
    return standing_at(plan, day, known_at=known_at).status


def _annulled(decisions: Table, recorded: NDArray[Any]) -> NDArray[Any]:
    """Return for each decision when the one that annuls it was entered, or `NEVER`."""
    found = np.full(len(decisions), NEVER, dtype="datetime64[us]")
    for row in np.flatnonzero(decisions["annuls"].astype(bool)):
        target = decisions.index.get(decisions["annuls"][row])
        if target is not None:
            found[target] = min(found[target], recorded[row])
    return found


def _utc(moment: str) -> str:
    """Return a written moment as UTC without its zone, as numpy reads its times."""
    if moment.endswith(UTC_SUFFIX):
        return moment[: -len(UTC_SUFFIX)]
    read = datetime.fromisoformat(moment)
    return (read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read).isoformat()
