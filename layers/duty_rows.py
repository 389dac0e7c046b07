"""The zones and assignments of an operation and its period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.model.entity import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.project import Project
    from layers.duty import Duty

KINDS = (Kind.ZONE, Kind.ASSIGNMENT)
"""Kinds of which only the rows of the duty are shown."""


def duty_mask(plan: Project, kind: Kind, duty: Duty) -> NDArray[np.bool_]:
    """Return which zones or assignments belong to a duty.

    An assignment for the whole operation belongs to each of its periods.
    """
    table = plan.table(kind)
    shown = np.ones(len(table), dtype=bool)
    if kind is Kind.ZONE and duty.operation_id:
        shown &= table["operation_id"] == duty.operation_id
    if kind is Kind.ASSIGNMENT and duty.operation_id:
        zones = plan.table(Kind.ZONE)
        own = set(zones.ids[zones["operation_id"] == duty.operation_id])
        shown &= np.fromiter((z in own for z in table["zone_id"]), dtype=bool, count=len(table))
    if kind is Kind.ASSIGNMENT and duty.period_id:
        shown &= (table["period_id"] == duty.period_id) | (table["period_id"] == "")
    return shown
