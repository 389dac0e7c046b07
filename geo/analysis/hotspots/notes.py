"""What a result rests on, and what must be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from geo.analysis.density.result import AreaOnly
from geo.analysis.evidence import LeftOut
from geo.analysis.hotspots.result import Basis
from geo.analysis.hotspots.wish import Per, Statistic
from geo.analysis.note import Note
from geo.analysis.split.units import UnitKind
from geo.analysis.weighting import Weighting

if TYPE_CHECKING:
    from datetime import date

    from geo.analysis.evidence import Evidence
    from geo.analysis.hotspots.placing import Places
    from geo.analysis.hotspots.units import HotUnits
    from geo.analysis.hotspots.wish import HotOrder


def basis_of(said: Evidence, places: Places) -> Basis:
    """Return what a result rests on.

    Args:
        said: What lies in the units, with what was left out until then.
        places: Where it lies.
    """
    days = said.day[~np.isnat(said.day)]
    return Basis(
        n=len(said),
        sure=int((places.unit >= 0).sum()),
        left_out=said.left_out_counts,
        grades=said.grade_mix,
        neutral=said.neutral,
        precisions=said.precision_mix,
        since=cast("date", days.min().astype(object)) if len(days) else None,
        until=cast("date", days.max().astype(object)) if len(days) else None,
    )


def notes_of(
    order: HotOrder, units: HotUnits, said: Evidence, places: Places, untested: int
) -> tuple[Note, ...]:
    """Return what must be said of a result."""
    wish = order.wish
    wide = int((places.area >= 0).sum())
    left = said.left_out_counts.get(LeftOut.AREA_ONLY, 0)
    notes = [Note("hotspots.note.rate", {"rate": round(wish.rate * 100)})]
    if wide:
        notes.append(Note("hotspots.note.spread", {"n": wide, "of": len(said)}))
    if wish.area_only is AreaOnly.LEAVE_OUT and left:
        notes.append(Note("hotspots.note.left_out", {"n": left}))
    if untested:
        notes.append(Note("hotspots.note.untested", {"n": untested, "of": len(units)}))
    if wish.counting.weighting is Weighting.GRADE:
        notes.append(Note("hotspots.note.weighted"))
    if wish.statistic is Statistic.EMERGING:
        notes.append(Note("hotspots.note.no_rounds"))
    elif wish.doubt.rounds:
        notes.append(Note("hotspots.note.rounds", {"rounds": wish.doubt.rounds}))
        if wish.doubt.place:
            notes.append(Note("hotspots.note.crowded"))
    if units.kind is UnitKind.HEXAGON:
        notes.append(Note("hotspots.note.rim"))
    elif wish.per is Per.NOTHING:
        notes.append(Note("hotspots.note.sizes"))
    notes.append(Note("hotspots.note.known"))
    return tuple(notes)
