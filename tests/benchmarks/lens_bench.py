"""What filters and past days cost the map: prints JSON with medians in milliseconds.

Run with ``python tests/benchmarks/lens_bench.py [100000]``; sites, allegations and decisions are
made up.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtWidgets import QApplication

from geo.model.entity import Kind
from geo.model.table import Table
from geo.model.vocabulary import (
    Activity,
    AllegationKind,
    AllegationStatus,
    Credibility,
    LegalStatus,
    Precision,
    Reliability,
    SiteKind,
)
from geo.project import Project
from geo.store.memory import MemoryStore
from gui.map.canvas import MapCanvas
from layers.filters import EVERYTHING, AllegationFilter, MapFilter, SiteFilter
from layers.lens import Lens
from layers.moment import NOW, Mode, Moment
from layers.seen import FirstSeen
from layers.timeline import timeline
from layers.view import MapView
from tests.benchmarks.render_bench import (
    COUNTRY,
    PROVINCE,
    ROUNDS,
    SIZE,
    again,
    clustered,
    settle,
    timed,
    wait_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST = date(2019, 1, 1)
NARROW = MapFilter(
    sites=SiteFilter(
        kinds=frozenset({SiteKind.CASINO, SiteKind.ONLINE_GAMBLING}),
        statuses=frozenset({LegalStatus.ILLEGAL, LegalStatus.UNVERIFIED}),
        activities=frozenset({Activity.OPERATING}),
    ),
    allegations=AllegationFilter(
        least=(Reliability.B, Credibility.TWO),
        kinds=frozenset({AllegationKind.FORCED_LABOUR}),
        states=frozenset({AllegationStatus.RECEIVED, AllegationStatus.TRIAGED}),
        precisions=frozenset({Precision.POINT}),
        since=FIRST,
        linked=True,
    ),
)
MOMENTS = {
    "now": (NOW, EVERYTHING),
    "filtered": (NOW, NARROW),
    "decided": (Moment(Mode.DECIDED, date(2022, 9, 17)), EVERYTHING),
    "known": (Moment(Mode.KNOWN, date(2022, 9, 17)), NARROW),
}


def register(count: int) -> tuple[Project, FirstSeen]:
    """A plan of `count` sites, allegations and decisions."""
    rng = np.random.default_rng(5)

    def any_of(values: object) -> list[str]:
        listed = [str(v) for v in values]  # type: ignore[attr-defined]
        return [listed[i] for i in rng.integers(0, len(listed), count)]

    days = [(FIRST + timedelta(days=d)).isoformat() for d in range(2500)]
    sites, rows = [f"s{i:07d}" for i in range(count)], [1] * count
    lon, lat = clustered(count)
    place = {"lon": lon, "lat": lat, "precision": ["point"] * count}
    tables = {
        Kind.SITE: {
            **place,
            "kind": any_of(SiteKind),
            "legal_status": any_of(LegalStatus),
            "activity": any_of(Activity),
        },
        Kind.ALLEGATION: {
            **place,
            "kinds": any_of(['["torture"]', '["forced_labour"]', "[]"]),
            "status": any_of(AllegationStatus),
            "reliability": any_of(Reliability),
            "credibility": any_of(Credibility),
            "held_now": any_of(["yes", "no", "unknown"]),
            "received_on": any_of(days),
            "site_id": any_of([*sites[: count // 2], ""]),
        },
        Kind.STATUS_DECISION: {
            "site_id": any_of(sites),
            "from_status": any_of(LegalStatus),
            "to_status": any_of(LegalStatus),
            "decided_on": any_of(days),
            "recorded_at": [f"{day}T05:00:00+00:00" for day in any_of(days)],
            "annuls": [""] * count,
        },
    }
    plan = Project(MemoryStore())
    seen = {}
    for kind, columns in tables.items():
        ids = sites if kind is Kind.SITE else [f"{kind.value}{i}" for i in range(count)]
        plan._tables[kind] = Table.of(kind, ids, rows, columns)  # noqa: SLF001 - see render_bench
        seen |= dict(zip(ids, (f"{day}T05:00:00+00:00" for day in any_of(days)), strict=True))
    return plan, FirstSeen(seen)


def median(act: Callable[[], object]) -> float:
    """Return how long an act keeps the processor, and let its first time be none of them."""
    act()
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        act()
        times.append((time.process_time() - begun) * 1000)
    return statistics.median(times)


def measured(count: int) -> dict[str, float]:
    """Return the times of one plan."""
    plan, seen = register(count)
    found: dict[str, float] = {"rows": count}
    begun = time.process_time()
    for moment, wanted in MOMENTS.values():
        Lens(moment, wanted, seen).project(plan)
    found["first_of_all"] = (time.process_time() - begun) * 1000
    for name, (moment, wanted) in MOMENTS.items():
        lens = Lens(moment, wanted, seen)
        found[f"{name}_masks"] = median(lambda: Lens(moment, wanted, seen).masks(plan))  # noqa: B023
        found[f"{name}_tables"] = median(lambda: Lens(moment, wanted, seen).project(plan))  # noqa: B023
        found[f"{name}_again"] = median(lambda: lens.project(plan))  # noqa: B023
    line = (plan.table(Kind.ALLEGATION), plan.table(Kind.STATUS_DECISION))
    found["strip"] = median(lambda: timeline(*line))
    canvas = MapCanvas()
    canvas.resize(*SIZE)
    canvas.set_project(plan)
    canvas.show()
    wait_for(canvas)
    for name, (moment, wanted) in MOMENTS.items():
        canvas.set_lens(Lens(moment, wanted, seen))
        for where, bounds in (("country", COUNTRY), ("province", PROVINCE)):
            canvas.set_view(MapView.fit(bounds, *SIZE))
            wait_for(canvas)
            settle(canvas)
            frames, pans = [], []
            for i in range(ROUNDS):
                frames.append(timed(partial(again, canvas), canvas, until_frame=True))
                settle(canvas)
                panned = canvas.view.panned(9 if i % 2 else -9, 5)
                pans.append(timed(partial(canvas.set_view, panned), canvas, until_frame=False))
                settle(canvas)
            found[f"{name}_{where}_frame"] = statistics.median(frames)
            found[f"{name}_{where}_pan"] = statistics.median(pans)
    canvas.close()
    return {key: round(value, 2) for key, value in found.items()}


def main() -> None:
    """Measure and print."""
    app = QApplication.instance() or QApplication([])
    counts = [int(argument) for argument in sys.argv[1:]] or [100_000]
    print(json.dumps([measured(count) for count in counts], indent=1))  # noqa: T201
    del app


if __name__ == "__main__":
    main()
