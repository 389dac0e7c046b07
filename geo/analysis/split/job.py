"""The whole of a split, as it runs in the worker process: units, workload, zones, what to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.analysis.note import Note
from geo.analysis.split.coverage import joined
from geo.analysis.split.drawing import Search
from geo.analysis.split.kept import draw_around, resolution_of
from geo.analysis.split.parts import draw
from geo.analysis.split.result import Split, SplitZone
from geo.analysis.split.state import Ground, members
from geo.analysis.split.units import UnitKind, communes, hexagons
from geo.analysis.split.workload import Load, measure
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.split.coverage import FloatArray, IntArray
    from geo.analysis.split.parts import Drawn
    from geo.analysis.split.units import Units
    from geo.analysis.split.wanted import Wanted
    from geo.model.entity import Area
    from geo.progress import Progress

WARM: Final = ("geo.analysis.split.job", "gerrychain.partition", "gerrychain.tree")
"""Modules to load ahead of the first split (`geo.compute.Computer.warm`)."""


def split(wanted: Wanted, progress: Progress) -> Split:
    """Split an area as it was ordered.

    Raises:
        InputError: There are fewer units than zones, nothing to split, or units that stay cannot.
    """
    progress.step(0, wanted.candidates, "split.step.units")
    units = units_of(wanted)
    if len(units.ids) < wanted.into:
        raise InputError("error.split.few_units", units=len(units.ids), into=wanted.into)
    load = measure(units, wanted.demand, wanted.outlines, wanted.weights, wanted.province_code)
    notes = [Note(code, params) for code, params in wanted.notes]
    work = load.total
    if not work.sum():
        work = units.square_km
        notes.append(Note("split.note.nothing"))
    search = Search(wanted.seed, wanted.candidates, wanted.within)
    if wanted.keeps:
        drawn = draw_around(units, work, wanted, search, progress)
    else:
        drawn = draw(units, work, wanted.into, search, progress)
    notes += _notes(wanted, units, load, work, drawn)
    return made(units, load, drawn.zone, wanted, drawn, tuple(notes))


def units_of(wanted: Wanted) -> Units:
    """Return the units of an order.

    Raises:
        InputError: Nothing is there to be split.
    """
    if wanted.communes:
        return communes(wanted.communes, wanted.area)
    if wanted.area is None or wanted.area.is_empty:
        raise InputError("error.split.no_area")
    return hexagons(wanted.area, resolution=resolution_of(wanted.keeps))


def made(
    units: Units,
    load: Load,
    zone: IntArray,
    wanted: Wanted,
    drawn: Drawn,
    notes: tuple[Note, ...],
) -> Split:
    """Return a split with the outlines and figures of its zones."""
    count = wanted.into
    work, number = load.of_zones(zone, count)
    stay = {int(zone[units.ids.index(keep.kept[0])]): keep for keep in wanted.keeps}
    zones = tuple(
        SplitZone(
            units=tuple(units.ids[u] for u in np.flatnonzero(zone == z).tolist()),
            outline=joined(units.outlines[zone == z]),
            workload=round(float(work[z].sum()), 6),
            deviation=round(float(drawn.judged.deviation[z]), 6),
            compactness=round(float(drawn.judged.compactness[z]), 4),
            work=tuple(work[z].tolist()),
            count=tuple(number[z].tolist()),
            continues=stay[z].zone_id if z in stay else "",
            kept=stay[z].kept if z in stay else (),
        )
        for z in range(count)
    )
    ground = Ground(units, load.total)
    return Split(
        zones=zones,
        units=units,
        zone=zone,
        load=load,
        weights=wanted.weights,
        seed=wanted.seed,
        candidates=drawn.candidates,
        travel_m=round(drawn.judged.travel_m, 1),
        contiguous=all(ground.connected(m) for m in members(zone, count)),
        notes=notes,
    )


def weigh(
    zones: tuple[tuple[Area, tuple[str, ...]], ...], wanted: Wanted, progress: Progress
) -> tuple[Units, IntArray, Load]:
    """Return the units of zones as they are now, the zone of each and their work, to move them.

    Raises:
        InputError: A zone is not made of units any more.
    """
    from geo.analysis.split.units import units_of_zones

    progress.step(0, 1, "split.step.units")
    units, zone = units_of_zones(zones, wanted.communes)
    return (
        units,
        zone,
        measure(units, wanted.demand, wanted.outlines, wanted.weights, wanted.province_code),
    )


def _notes(wanted: Wanted, units: Units, load: Load, work: FloatArray, drawn: Drawn) -> list[Note]:
    percent = round(wanted.within * 100)
    share = float(work.sum()) / wanted.into
    notes = [
        Note(
            "split.note.heavy",
            {
                "unit": units.ids[unit],
                "share": round(float(work[unit]) / float(work.sum()) * 100),
                "most": round(100 / wanted.into),
                "within": percent,
            },
        )
        for unit in drawn.heavy
    ]
    worst = drawn.judged.worst
    if worst > wanted.within and not drawn.heavy:
        params: Mapping[str, object] = {
            "deviation": round(worst * 100, 1),
            "within": percent,
            "units": len(units.ids),
            "largest": round(float(work.max()) / share * 100),
        }
        notes.append(Note("split.note.coarse", params))
    if worst > wanted.within and units.kind is UnitKind.COMMUNE:
        notes.append(Note("split.note.finer"))
    if len(units.links.pairs):
        longest = float(units.links.metres.max()) / 1000
        notes.append(
            Note("split.note.links", {"count": len(units.links.pairs), "km": f"{longest:.1f}"})
        )
    if wanted.keeps:
        kept = sum(len(keep.kept) for keep in wanted.keeps)
        notes.append(Note("split.note.kept", {"count": kept, "zones": len(wanted.keeps)}))
    if load.wide >= 1:
        notes.append(Note("split.note.wide", {"count": round(load.wide)}))
    if wanted.demand.nowhere:
        notes.append(Note("split.note.nowhere", {"count": wanted.demand.nowhere}))
    return notes


def outline_of(units: Units, chosen: IntArray) -> Area:
    """Return the union of some units."""
    return joined(units.outlines[np.asarray(chosen)])


def whole(units: Units) -> Area:
    """Return the union of all units: the area that was split."""
    area: Area = joined(units.outlines)
    shapely.prepare(area)
    return area
