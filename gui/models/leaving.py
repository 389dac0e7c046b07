"""The result of an analysis on its way out: what it can become, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.catalogue import Language
    from geo.model.vocabulary import Grade
    from geo.progress import Progress
    from geo.project import Project
    from layers.export.content import ReportContent
    from layers.export.found_rows import FoundTable

    MakeTable = Callable[[], FoundTable]
    MakeReport = Callable[[Project, Grade, Language, Progress], ReportContent]

REPORTS = (".pdf", ".html")
LAYERS = (".xlsx", ".gpkg", ".geojson", ".csv")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leaving:
    """A result that somebody wants to hand on.

    Attributes:
        name: Begins the name of its file.
        rows: How many rows it has.
        report: Makes its report, on a worker thread.
        table: Makes its rows with their outlines; None where they may not leave.
    """

    name: str
    rows: int
    report: MakeReport
    table: MakeTable | None = None

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What files it can become."""
        return (*REPORTS, *(LAYERS if self.table is not None else ()))


def refused(grade: Grade) -> InputError | None:
    """Return why no result of an analysis may leave at a grade; None if it may."""
    from layers.export.analysis import demand_command

    try:
        demand_command(grade)
    except InputError as error:
        return error
    return None
