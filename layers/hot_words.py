"""What a result of the hotspots rests on, in sentences: method, parameters, n, grades, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from geo.analysis.clusters.result import ClusterMethod
from geo.analysis.hotspots.result import Basis, HotClass
from geo.analysis.hotspots.wish import Per, Statistic
from geo.analysis.hotspots.words import mixes, not_counted, said_of
from layers.area_findings import grade_words
from layers.hot_findings import UNSURE
from layers.said import Said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geo.analysis.clusters.concentration import Concentration
    from geo.analysis.clusters.result import Clusters
    from geo.analysis.density.result import Density
    from geo.analysis.evidence import Evidence
    from geo.analysis.hotspots.result import Hotspots
    from geo.analysis.note import Note
    from layers.said import Words

WARNINGS = frozenset(
    {
        "hotspots.note.sizes",
        "hotspots.note.spread",
        "hotspots.note.left_out",
        "hotspots.note.untested",
        "hotspots.note.no_rounds",
    }
)
"""Notes that keep a reader from taking the result for more than it is."""


def basis_of_evidence(said: Evidence) -> Basis:
    """Return what a result rests on that was made of all of some evidence."""
    days = said.day[~np.isnat(said.day)]
    return Basis(
        n=len(said),
        sure=int(said.placed.sum()),
        left_out=said.left_out_counts,
        grades=said.grade_mix,
        neutral=said.neutral,
        precisions=said.precision_mix,
        since=cast("date", days.min().astype(object)) if len(days) else None,
        until=cast("date", days.max().astype(object)) if len(days) else None,
    )


def said_notes(notes: Iterable[Note], *, warn: bool) -> tuple[Words, ...]:
    """Return the notes of a result as sentences: the warnings, or all others."""
    return tuple(_said(note) for note in notes if (note.code in WARNINGS) is warn)


def units_said(result: Hotspots, *, warn: bool = False) -> tuple[Words, ...]:
    """Return method, parameters, n and mixes of hotspots over units, or what warns of them."""
    per = result.wish.per
    said = said_notes(said_of(result), warn=warn)
    if per is Per.NOTHING or warn:
        return said
    return (said[0], Said(f"hot.said.per.{per.value}"), *said[1:])


def basis_words(basis: Basis) -> tuple[Words, ...]:
    """Return n, the mixes, the days and what was left out, a sentence each."""
    said: list[Words] = [Said("hot.said.n", {"n": basis.n, "sure": basis.sure})]
    said += said_notes(mixes(basis.grades, basis.neutral, basis.precisions), warn=False)
    if basis.since is not None and basis.until is not None:
        said.append(Said("hotspots.said.period", {"since": basis.since, "until": basis.until}))
    return (*said, *said_notes(not_counted(basis.left_out), warn=False))


def _said(note: Note) -> Words:
    if note.code == "evidence.grades":
        # The counts in the digits of the language, the grades as everybody writes them.
        pairs = (part.rpartition(" ") for part in str(note.params["grades"]).split(", "))
        grades = {grade: int(n) for grade, _, n in pairs if n.isdigit()}
        return Said(note.code, {**note.params, "grades": grade_words(grades)})
    return Said(note.code, note.params)


def units_headline(result: Hotspots) -> Words:
    """Return the result in one sentence; what is unsure is told apart."""
    told = bool(np.isfinite(result.certain).any())
    warm = [HotClass.HOT, HotClass.HIGH_HIGH]
    if result.wish.statistic is Statistic.EMERGING:
        marked = int((result.codes < list(HotClass).index(HotClass.AREA)).sum())
        new = int(result.of_class(HotClass.NEW).sum())
        return Said("hot.headline.emerging", {"n": marked, "new": new})
    hot = np.any([result.of_class(c) for c in warm if c in UNSURE], axis=0)
    if not told:
        return Said("hot.headline.untold", {"n": int(hot.sum())})
    sure = int((hot & result.is_sure).sum())
    return Said("hot.headline.units", {"sure": sure, "unsure": int(hot.sum()) - sure})


def density_said(result: Density, basis: Basis) -> tuple[Words, ...]:
    """Return method and parameters of a density."""
    code = "chosen" if result.chosen else "rule"
    said: list[Words] = [
        Said(f"hot.said.{result.bandwidth.value}", {"metres": round(result.radius_m)}),
        Said(f"hot.said.radius.{code}"),
        Said("hot.said.cell", {"metres": round(result.raster.cell)}),
    ]
    return (*said, *basis_words(basis))


def density_warned(result: Density) -> tuple[Words, ...]:
    """Return what keeps a reader from taking a density for more than it is."""
    said: list[Words] = []
    if result.spread:
        n, of = result.spread, result.spread + result.points
        said.append(Said("hot.warn.spread", {"n": n, "of": of}))
    if result.nowhere:
        said.append(Said("hot.warn.nowhere", {"n": result.nowhere}))
    said.append(Said("hot.warn.no_test"))
    return tuple(said)


def clusters_said(result: Clusters, basis: Basis) -> tuple[Words, ...]:
    """Return method and parameters of clusters."""
    said: list[Words] = []
    if result.method is ClusterMethod.DBSCAN:
        metres = round(result.distance_m)
        said.append(Said("hot.said.dbscan", {"metres": metres, "fewest": result.fewest}))
        said.append(Said(f"hot.said.distance.{'chosen' if result.chosen else 'rule'}"))
    else:
        said.append(Said("hot.said.hdbscan", {"fewest": result.fewest}))
    said.append(Said("hot.said.alone", {"n": result.alone, "of": result.points}))
    return (*said, *basis_words(basis))


def clusters_warned(result: Clusters) -> tuple[Words, ...]:
    """Return what keeps a reader from taking clusters for more than they are."""
    said: list[Words] = []
    if result.nowhere:
        said.append(Said("hot.warn.in_no_cluster", {"n": result.nowhere}))
    if result.doubtful:
        said.append(Said("hot.warn.doubtful", {"n": result.doubtful}))
    said.append(Said("hot.warn.no_test"))
    return tuple(said)


def concentration_said(result: Concentration, basis: Basis) -> tuple[Words, ...]:
    """Return what the list of the fewest places says, and what chance alone would."""
    low, high = (round(v, 2) for v in result.interval)
    least, most = (round(v, 2) for v in result.chance)
    return (
        Said("hot.said.concentration", {"percent": round(result.share * 100)}),
        Said(
            "hot.said.gini",
            {"gini": round(result.gini, 2), "low": low, "high": high, "least": least, "most": most},
        ),
        *basis_words(basis),
    )
