"""A result in words: sentences for window, report and command line alike, as codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.analysis.hotspots.wish import Statistic
from geo.analysis.note import Note
from geo.model.vocabulary import Precision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.analysis.evidence import LeftOut
    from geo.analysis.hotspots.result import HotClass, Hotspots


def class_code(which: HotClass) -> str:
    """Return the code of what a class is called."""
    return f"hotspots.class.{which.value}"


def said_of(found: Hotspots) -> tuple[Note, ...]:
    """Return method, parameters, n, grade and precision mix, what was left out, and the notes."""
    wish, basis, units = found.wish, found.basis, found.units
    methods = {
        Statistic.GI_STAR: Note("hotspots.said.gi_star"),
        Statistic.LOCAL_MORAN: Note("hotspots.said.local_moran"),
        Statistic.EMERGING: Note(
            "hotspots.said.emerging", {"steps": wish.steps, "days": wish.step_days}
        ),
    }
    over = {"units": len(units), "resolution": units.resolution, "rings": units.rings}
    if units.resolution < 0:
        del over["resolution"]
    said = [
        methods[wish.statistic],
        Note(f"hotspots.said.{units.kind.value}", over),
        Note("hotspots.said.n", {"n": basis.n, "sure": basis.sure}),
        *mixes(basis.grades, basis.neutral, basis.precisions),
    ]
    if basis.since is not None:
        said.append(Note("hotspots.said.period", {"since": basis.since, "until": basis.until}))
    return (*said, *not_counted(basis.left_out), *found.notes)


def mixes(
    grades: Mapping[str, int], neutral: int, precisions: Mapping[Precision, int]
) -> tuple[Note, ...]:
    """Return the grade mix and the precision mix of evidence."""
    words = ", ".join(f"{grade} {count}" for grade, count in grades.items())
    exact = {p.value: precisions.get(p, 0) for p in Precision}
    return (
        Note("evidence.grades", {"grades": words or "–", "neutral": neutral}),
        Note("evidence.precisions", exact),
    )


def not_counted(left_out: Mapping[LeftOut, int]) -> tuple[Note, ...]:
    """Return what does not count, a sentence for each reason."""
    return tuple(
        Note(f"evidence.left_out.{reason.value}", {"n": count})
        for reason, count in left_out.items()
    )
