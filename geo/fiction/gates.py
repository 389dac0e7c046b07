"""Border crossings that closed in 2025, some of them open again: the days are a demonstration's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from geo.edit.crossings import change_crossing
from geo.model.place import BorderCrossing, OpenInterval

if TYPE_CHECKING:
    from geo.project import Project

CLOSED: Final = {
    "Poipet": date(2025, 6, 24),
    "Stueng Bot": date(2025, 6, 24),
    "Malai": date(2025, 6, 28),
    "Boeung Trakuon": date(2025, 6, 28),
    "Phnom Dei (Km 13)": date(2025, 7, 3),
    "Doung (Daung)": date(2025, 7, 3),
}
"""Crossing → first closed day."""
OPEN_AGAIN: Final = {"Poipet": 95, "Phnom Dei (Km 13)": 40, "Doung (Daung)": 300}
"""Crossing → so many days before the demonstration it opened again."""


def close_gates(project: Project, day: date) -> None:
    """Close the crossings to Thailand in the demonstration's provinces, and reopen three."""
    for crossing in project.all(BorderCrossing):
        closed = CLOSED.get(crossing.name_en)
        if closed is None:
            continue
        intervals = [OpenInterval(None, closed - timedelta(days=1))]
        opened = day - timedelta(days=OPEN_AGAIN.get(crossing.name_en, 0))
        if crossing.name_en in OPEN_AGAIN and opened > closed:
            intervals.append(OpenInterval(opened, None))
        said = "days of closing and opening: demonstration dates / ថ្ងៃសាកល្បង"
        changes: dict[str, object] = {
            "open_intervals": tuple(intervals),
            "basis": f"{crossing.basis}; {said}",
        }
        project.commit(change_crossing(project, crossing.id, changes))
