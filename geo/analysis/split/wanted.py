"""What a split needs to know of a plan, read in the plan's process and sent to the worker whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.analysis.split.coverage import FloatArray
from geo.analysis.split.weights import DONE, Part, Weights
from geo.edit.merging import kept_ids, live_sites
from geo.gazetteer import Gazetteer
from geo.model.codec import AREA_COLUMN
from geo.model.entity import Area, Kind
from geo.model.vocabulary import (
    AdminLevel,
    AllegationStatus,
    Answer,
    Credibility,
    LegalStatus,
    Precision,
    Reliability,
)
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.reading import PlanRows
    from geo.progress import Progress

ENOUGH: Final = 0.8
"""Share of a province's communes that must be loaded before zones follow them; not all, because
units were divided since many a file was made, and the old ones cover the same ground."""
DIGITS: Final = {
    Precision.VILLAGE: 8,
    Precision.COMMUNE: 6,
    Precision.DISTRICT: 4,
}
"""How much of its code an allegation of a precision may be held to, but for one with a point."""
_STEP: Final = 1_000
COLUMNS: Final = tuple(Part)
_WIDTH: Final = 2 + 2 * len(COLUMNS)


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """The work of a plan, wherever it is, as columns.

    Attributes:
        lonlat: Positions of sites, and of allegations that are known to a point, shape ``(n, 2)``.
        work: Points of each part of the workload (`COLUMNS`), shape ``(n, 4)``.
        count: How many of each, shape ``(n, 4)``; the area's column stays 0.
        code: NCDD code of each, as far as it is known, shape ``(n,)``.
        spread: Code of a unit → work and count of what is known by that unit only.
        nowhere: Open allegations and sites of which no place is known: they are in no zone.
    """

    lonlat: FloatArray
    work: FloatArray
    count: FloatArray
    code: NDArray[np.object_]
    spread: Mapping[str, tuple[FloatArray, FloatArray]]
    nowhere: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Units that stay in a zone whose place the split takes.

    Attributes:
        zone_id: The zone, which goes on as the one that holds them.
        name: Its name, for what is refused.
        kept: Ids of the units that stay.
        units: Ids of all its units as it is now: by them those that stay hang together.
    """

    zone_id: str
    name: str
    kept: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wanted:
    """An order for a split; goes to the worker as it is.

    Attributes:
        area: To be split, without what is left out; None is the union of `communes`.
        communes: Official outlines by code, of which the units are made; empty for hexagons.
        into: Number of zones.
        seed: The same seed gives the same zones.
        weights: See there.
        demand: What there is to do.
        outlines: Of the units that `demand.spread` names, or of the units above them, by code.
        province_code: Code of the province if the area is one, else empty: a site a little off
            its coast is its own.
        candidates: Splits drawn, of which the best is kept.
        within: Deviation from equal workload that is asked for.
        keeps: Units that stay together in one zone each.
        notes: Codes of what must be said of the order itself, with their parameters.
    """

    area: Area | None
    communes: Mapping[str, Area]
    into: int
    seed: int
    weights: Weights
    demand: Demand
    outlines: Mapping[str, Area]
    province_code: str = ""
    candidates: int = 120
    within: float = 0.05
    keeps: tuple[Keep, ...] = ()
    notes: tuple[tuple[str, Mapping[str, object]], ...] = field(default=())


def gather(plan: PlanRows, weights: Weights, progress: Progress | None = None) -> Demand:
    """Return the work that a plan holds; on a worker thread, since it walks over all rows.

    Sites that were merged into another count once. What is known by a unit only is held to that
    unit, never to a point: an allegation with a precision below a point loses its position here,
    whatever the row says.

    Raises:
        InputError: The weights cannot be used.
        CancelledError: The user asked to stop.
    """
    weights.check()
    progress = progress or NoProgress()
    rows = _Rows(progress)
    _add_sites(rows, plan, weights)
    _add_allegations(rows, plan, weights)
    return rows.demand()


class _Rows:
    """Collects rows of sites and allegations."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self._rows: list[tuple[float, ...]] = []
        self._chunks: list[FloatArray] = []
        self._code: list[str] = []
        self._spread: dict[str, list[FloatArray]] = defaultdict(
            lambda: [np.zeros(len(COLUMNS)), np.zeros(len(COLUMNS))]
        )
        self._nowhere = 0

    def add(
        self,
        at: tuple[float, float] | None,
        code: str,
        work: tuple[float, ...],
        count: tuple[float, ...],
    ) -> None:
        if at is not None:
            self._rows.append((*at, *work, *count))
            self._code.append(code)
        elif code:
            self._spread[code][0] += work
            self._spread[code][1] += count
        else:
            self._nowhere += 1

    def step(self, done: int, total: int) -> None:
        """Tell the progress; rows become arrays in pieces, since each holds the interpreter."""
        self._chunks.append(np.array(self._rows, dtype=np.float64).reshape(-1, _WIDTH))
        self._rows = []
        self.progress.step(done, total, "split.step.reading")

    def demand(self) -> Demand:
        self.step(1, 1)
        code = np.empty(len(self._code), dtype=object)
        code[:] = self._code
        rows = np.concatenate(self._chunks)
        parts = len(COLUMNS)
        return Demand(
            lonlat=rows[:, :2].copy(),
            work=rows[:, 2 : 2 + parts].copy(),
            count=rows[:, 2 + parts :].copy(),
            code=code,
            spread={c: (w, n) for c, (w, n) in sorted(self._spread.items())},
            nowhere=self._nowhere,
        )


def _add_sites(rows: _Rows, plan: PlanRows, weights: Weights) -> None:
    table = plan.table(Kind.SITE)
    weight = {status.value: weights.of_site(status) for status in LegalStatus}
    live = np.flatnonzero(live_sites(table))
    columns = (table["lon"], table["lat"], table["admin_code"], table["legal_status"])
    for number, row in enumerate(live.tolist()):
        if number % _STEP == 0:
            rows.step(number, len(live))
        lon, lat, code, status = (c[row] for c in columns)
        at = (float(lon), float(lat)) if lon == lon and lat == lat else None  # noqa: PLR0124 - NaN
        rows.add(at, str(code or ""), (weight[str(status)], 0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0))


def _add_allegations(rows: _Rows, plan: PlanRows, weights: Weights) -> None:
    table = plan.table(Kind.ALLEGATION)
    sites = plan.table(Kind.SITE)
    kept = kept_ids(sites)
    grade = {(r.value, c.value): weights.of_grade(r, c) for r in Reliability for c in Credibility}
    done = {status.value for status in DONE & set(AllegationStatus)}
    names = ("lon", "lat", "admin_code", "precision", "site_id", "status", "held_now")
    columns = [table[name] for name in (*names, "reliability", "credibility")]
    for row in range(len(table)):
        if row % _STEP == 0:
            rows.step(row, len(table))
        lon, lat, code, precision, site, status, held, reliable, credible = (
            c[row] for c in columns
        )
        if str(status) in done:
            continue
        code, at = str(code or ""), None
        if str(precision) == Precision.POINT and lon == lon and lat == lat:  # noqa: PLR0124 - NaN
            at = (float(lon), float(lat))
        elif site and kept.get(str(site), str(site)) in sites.index:
            # Somebody linked it to a site: it is worked on there.
            there = sites.index[kept.get(str(site), str(site))]
            x, y = float(sites["lon"][there]), float(sites["lat"][there])
            at, code = ((x, y) if np.isfinite(x + y) else None), str(sites["admin_code"][there])
        elif str(precision) in DIGITS:
            code = code[: DIGITS[Precision(str(precision))]]
        is_held = 1.0 if str(held) == Answer.YES else 0.0
        work = (0.0, grade[str(reliable), str(credible)], is_held * weights.held, 0.0)
        rows.add(at, code, work, (0.0, 1.0, is_held, 0.0))


def official_outlines(plan: PlanRows, level: AdminLevel, within: str = "") -> dict[str, Area]:
    """Return the official outlines of a level that the plan holds, by code.

    Args:
        plan: The plan.
        level: For example communes.
        within: Code of the unit above, or empty for all.
    """
    blobs = _official_blobs(plan, (level,), within)
    return dict(zip(blobs, shapely.from_wkb(list(blobs.values())), strict=True))


def _official_blobs(plan: PlanRows, levels: Iterable[AdminLevel], within: str) -> dict[str, bytes]:
    table = plan.table(Kind.ADMIN_UNIT)
    wanted = {level.value for level in levels}
    columns = (table["code"], table["level"], table["approximate"], table[AREA_COLUMN])
    return {
        str(code): bytes(blob)
        for code, level, approximate, blob in zip(*columns, strict=True)
        if str(level) in wanted and blob and not approximate and str(code).startswith(within)
    }


def has_communes(outlines: Mapping[str, Area], province_code: str) -> bool:
    """Tell whether enough of a province's communes are among `outlines`."""
    listed = sum(
        1 for u in Gazetteer.load().at_level(AdminLevel.COMMUNE) if u.code.startswith(province_code)
    )
    mine = sum(1 for code in outlines if code.startswith(province_code))
    return mine > 0 and mine >= ENOUGH * listed


def outlines_for(plan: PlanRows, codes: Sequence[str]) -> dict[str, Area]:
    """Return the outline of each unit, or of the nearest unit above it that has one.

    What is known by a commune whose outline nobody has loaded spreads over its district, or over
    its province: never over less than is known.
    """
    from geo.territory import Territory

    roughly = cast("dict[str, Area]", Territory.load().provinces)
    official = _official_blobs(plan, AdminLevel, "")
    found: dict[str, Area] = {}
    decoded: dict[str, Area] = {}
    for code in codes:
        for above in (code[:n] for n in range(len(code), 1, -2)):
            if above in official and above not in decoded:
                decoded[above] = cast("Area", shapely.from_wkb(official[above]))
            outline = decoded.get(above) or roughly.get(above)
            if outline is not None:
                found[code] = outline
                break
    return found
