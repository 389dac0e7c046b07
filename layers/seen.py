"""When the rows of a plan came into it, ready to be asked for any day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geo.model.entity import Kind
    from geo.model.table import Table

NEVER = np.datetime64("9999-12-31", "us")


class FirstSeen:
    """Id → when the row was first inserted; a row that is not in it came after it was read."""

    def __init__(self, times: Mapping[str, str] | None = None) -> None:
        """Take the answer of `geo.store.first_seen`."""
        moments = {text: _numpy(text) for text in set((times or {}).values())}
        self._times = {entity_id: moments[text] for entity_id, text in (times or {}).items()}
        # Of the few times, not of the many rows: it is asked for with every change of the day.
        self._first = min(moments.values(), default=None)
        self._kept: dict[Kind, tuple[NDArray[np.object_], NDArray[Any]]] = {}

    def by(self, table: Table, moment: datetime) -> NDArray[np.bool_]:
        """Return which rows of a table were in the plan at a moment."""
        known = self._kept.get(table.kind)
        if known is None or known[0] is not table.ids:
            times = np.array([self._times.get(i, NEVER) for i in table.ids], dtype="datetime64[us]")
            known = self._kept[table.kind] = (table.ids, times)
        found: NDArray[np.bool_] = known[1] <= _numpy(moment.isoformat())
        return found

    @property
    def earliest(self) -> datetime | None:
        """When the first row came into the plan; None if none is known."""
        first = self._first
        return None if first is None else datetime.fromisoformat(f"{first}+00:00")


def _numpy(text: str) -> np.datetime64:
    return np.datetime64(datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None), "us")
