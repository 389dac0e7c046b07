"""How an operation is looked back upon for the window: on a worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.analysis.effect.job import Where, effect
from geo.analysis.effect.wish import Wish, order
from geo.model.entity import Kind
from gui.models.found_rows import FoundColumn, FoundRows
from gui.models.shown_result import ShownResult
from layers.effect import area_words, findings, headline, statement, warned

if TYPE_CHECKING:
    from datetime import date

    from geo.analysis.effect.job import Effect
    from geo.compute import Computer
    from geo.progress import Progress
    from geo.project import Project

READS: Final = (Kind.ALLEGATION, Kind.SITE, Kind.OPERATION, Kind.INSPECTION, Kind.ADMIN_UNIT)
"""Tables whose change makes the result an old one; zones of what is completed never change."""


def compute(
    plan: Project, wish: Wish, on: date, computer: Computer, progress: Progress
) -> ShownResult:
    """Compute what is asked for.

    Raises:
        PlanError: The operation cannot be looked back upon, or the user asked to stop.
    """
    ordered = order(plan, wish, on, progress)
    found: Effect = computer.run(effect, ordered, progress=progress)
    return ShownResult(
        asked=wish,
        headline=headline(found),
        said=statement(found),
        warned=warned(found),
        findings=findings(found, tuple(plan.table(kind) for kind in READS)),
        rows=rows(found),
    )


def rows(found: Effect) -> FoundRows:
    """Return the three areas, each with its counts."""
    areas = tuple(Where)
    counted = [found.counted[where] for where in areas]

    def numbers(head: str, values: list[float] | list[int], decimals: int = 0) -> FoundColumn:
        return FoundColumn(
            head_code=f"effect.head.{head}",
            numbers=np.array(values, dtype=np.float64),
            decimals=decimals,
            width=150 if "perhaps" in head else 110,
        )

    return FoundRows(
        keys=tuple(where.value for where in areas),
        columns=(
            FoundColumn(
                head_code="effect.head.area", words=lambda at: area_words(areas[at]), width=240
            ),
            numbers("before", [c.before for c in counted]),
            numbers("after", [c.after for c in counted]),
            numbers("change", [c.after - c.before for c in counted]),
            numbers("perhaps_before", [c.perhaps_before for c in counted], 1),
            numbers("perhaps_after", [c.perhaps_after for c in counted], 1),
            numbers("km2", [c.km2 for c in counted], 1),
        ),
    )
