"""Asking the saved questions for the map, on a worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.asking.ask import ask
from geo.edit.live_layers import question_of
from geo.errors import CancelledError, PlanError
from geo.model.codec import POINT_COLUMNS
from geo.model.entity import Kind
from layers.features import is_exact, on_map
from layers.live import LiveRows
from layers.points import PointIndex
from layers.view import to_mercator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.analysis.asking.answers import Answers
    from geo.model.asking import LiveLayer
    from geo.model.table import Table
    from geo.progress import Progress
    from geo.project import Project


def live_rows(
    shown: Project, layers: Sequence[LiveLayer], on: date, progress: Progress
) -> tuple[LiveRows, ...]:
    """Ask every saved question of what is shown of a plan; on a worker thread.

    Raises:
        CancelledError: The user asked to stop.
    """
    return tuple(_rows(shown, layer, on, progress) for layer in layers)


def _rows(shown: Project, layer: LiveLayer, on: date, progress: Progress) -> LiveRows:
    try:
        answers = ask(shown, question_of(layer), on, progress)
    except CancelledError:
        raise
    except PlanError as error:
        # A zone that it names may be gone: the others are shown all the same.
        return LiveRows(
            id=layer.id, name=layer.name, colour=layer.colour, answers=None, error=error
        )
    table = shown.table(answers.question.about.kind)
    return LiveRows(
        id=layer.id,
        name=layer.name,
        colour=layer.colour,
        answers=answers,
        index=places_of(table, answers),
    )


def places_of(table: Table, answers: Answers) -> PointIndex:
    """Return where the rows that answer are, as far as a point of them is known."""
    exact = answers.mask & np.isfinite(table["lon"]) & np.isfinite(table["lat"])
    if table.kind is not Kind.CROSSING:
        exact &= is_exact(table)
    if table.kind is Kind.ALLEGATION:
        # A ring needs a symbol that it stands around.
        exact &= on_map(table)
    lon, lat = (table[name][exact] for name in POINT_COLUMNS)
    return PointIndex.of(np.column_stack(to_mercator(lon, lat)))
