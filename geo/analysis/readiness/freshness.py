"""How old the newest thing is that is known of a zone, and what it is.

Visits, inspections, indicator checks, decisions of authorities, imports of the register, and
allegations received say that somebody looked at the place or heard of it; a day in the future is a
slip of the pen and says nothing. A corrected spelling is no look at the place and does not count.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geo.clock import CAMBODIA_TIME
from geo.model.entity import Kind
from geo.model.plan import ImportBatch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.table import Table

SOURCES: Final = (
    "readiness.newest.import",
    "readiness.newest.decision",
    "readiness.newest.check",
    "readiness.newest.allegation",
    "readiness.newest.visit",
)
"""What a day may be of, by the codes of the catalogue; of two on one day the later one is told."""
_IMPORT, _DECISION, _CHECK, _ALLEGATION, _VISIT = range(len(SOURCES))
_EPOCH: Final = date(1970, 1, 1)
NEVER: Final = -1
_PIECE: Final = 5_000


class Newest(NamedTuple):
    """The newest thing known: what it is, by its code, and on which day."""

    what: str
    day: date


class Freshness:
    """The newest mark of what is known of a plan's sites; a mark is a day and what it is of."""

    def __init__(self, plan: PlanRows, today: date) -> None:
        """Read what hangs on the sites; the plan's tables never change."""
        self._today = today
        self._sites = plan.table(Kind.SITE)
        self._allegations = plan.table(Kind.ALLEGATION)
        self._marks = np.full(len(self._sites), NEVER, dtype=np.int64)
        for kind, column, what in (
            (Kind.INSPECTION, "inspected_at", _VISIT),
            (Kind.STATUS_DECISION, "recorded_at", _DECISION),
            (Kind.INDICATOR_CHECK, "checked_on", _CHECK),
        ):
            table = plan.table(kind)
            positions = self._positions(table)
            known = positions >= 0
            np.maximum.at(self._marks, positions[known], self._of(table[column][known], what))
        self._files = self._imported(plan.all(ImportBatch))

    def newest(self, sites: NDArray[np.intp], allegations: NDArray[np.intp]) -> Newest | None:
        """Return the newest thing known of some sites and allegations, or None if no day is.

        Args:
            sites: Positions in the table of sites, shape ``(n,)``.
            allegations: Positions in the table of allegations, shape ``(m,)``.
        """
        visited = self._of(self._sites["visited_on"][sites], _VISIT)
        received = self._of(self._allegations["received_on"][allegations], _ALLEGATION)
        files = set(self._sites["source"][sites]) & self._files.keys()
        marks = np.concatenate((self._marks[sites], visited, received))
        mark = max([int(marks.max(initial=NEVER)), *(self._files[f] for f in files)])
        if mark == NEVER:
            return None
        day, what = divmod(mark, len(SOURCES))
        return Newest(SOURCES[what], _EPOCH + timedelta(days=day))

    def _of(self, days: NDArray[np.object_], what: int) -> NDArray[np.int64]:
        """Return days as marks; those unknown and in the future are none."""
        marks = np.full(len(days), NEVER, dtype=np.int64)
        written = np.flatnonzero(days.astype(np.bool_))
        for start in range(0, len(written), _PIECE):
            piece = written[start : start + _PIECE]
            # The first ten letters are the day, of a date as of a moment.
            numbers = days[piece].astype("U10").astype("datetime64[D]").astype(np.int64)
            past = numbers <= (self._today - _EPOCH).days
            marks[piece[past]] = numbers[past] * len(SOURCES) + what
        return marks

    def _positions(self, table: Table) -> NDArray[np.intp]:
        if not len(table):
            return np.zeros(0, dtype=np.intp)
        index = self._sites.index
        return np.fromiter(
            (index.get(i, -1) for i in table["site_id"]), dtype=np.intp, count=len(table)
        )

    def _imported(self, batches: Iterable[ImportBatch]) -> dict[str, int]:
        """Return the mark of each file of sites: the last time that one of its name came in."""
        files: dict[str, int] = {}
        for batch in batches:
            if batch.target is Kind.SITE:
                day = min(_local_day(batch.imported_at), self._today)
                mark = (day - _EPOCH).days * len(SOURCES) + _IMPORT
                files[batch.file_name] = max(mark, files.get(batch.file_name, NEVER))
        return files


def _local_day(moment: datetime) -> date:
    return (moment.astimezone(CAMBODIA_TIME) if moment.tzinfo else moment).date()
