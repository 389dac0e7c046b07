"""How long the window stands still while a table of 100,000 sites is used: prints JSON.

Each act is given with the longest pause of the main thread between two turns of its event loop
(``stall_ms``), with the part of the longest one in which the thread itself was at work (``own_ms``:
on a busy machine the difference belongs to others), and with the time until the table shows what
was asked for. Run with
``python tests/benchmarks/table_bench.py [100000]``; the businesses are made up.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from geo.edit.edit import Delta, Edit
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.plan import User
from geo.model.table import Table
from geo.model.vocabulary import Activity, LegalStatus, Role, SiteKind
from geo.project import Project
from geo.store.memory import MemoryStore
from gui import i18n, theme
from gui.tables.page import TablePage

if TYPE_CHECKING:
    from collections.abc import Callable

GOAL_MS = 50
TYPED = "mango"
SCROLLED = 1000


def sites(count: int) -> Table:
    """Return a register as large as a country's, half of it named in Khmer too."""
    rng = np.random.default_rng(3)
    kinds = rng.choice([k.value for k in SiteKind], count)
    words = rng.choice(["Mango", "Lotus", "Papaya", "Naga", "River", "Golden"], (count, 2))
    khmer = rng.choice(["ស្វាយ", "ឈូក", "ល្ហុង", "នាគ\u200bរាជ", "ទន្លេ"], (count, 2))
    days = np.datetime64("2015-01-01") + rng.integers(0, 3000, count)
    columns = {
        "code": [f"DEMO-{i:06d}" for i in rng.permutation(count)],
        "name_en": [f"Demo {a} {b} {i}" for i, (a, b) in enumerate(words)],
        "name_km": [f"សាកល្បង {a}{b} {i}" if i % 2 else "" for i, (a, b) in enumerate(khmer)],
        "name_zh": [""] * count,
        "kind": kinds.tolist(),
        "lon": rng.uniform(102.5, 107.5, count).tolist(),
        "lat": rng.uniform(10.5, 14.5, count).tolist(),
        "precision": ["point"] * count,
        "accuracy_m": rng.choice([5.0, 10.0, 50.0, 200.0], count).tolist(),
        "admin_code": [f"{p:02d}{d:02d}{c:02d}" for p, d, c in rng.integers(1, 9, (count, 3))],
        "address": [f"Street {n}" for n in rng.integers(1, 400, count)],
        "capacity": [int(n) if n else None for n in rng.integers(0, 500, count)],
        "owner": [f"Demo owner {n}" for n in rng.integers(1, 20_000, count)],
        "legal_status": rng.choice([s.value for s in LegalStatus], count).tolist(),
        "claimed_status": [""] * count,
        "activity": rng.choice([a.value for a in Activity], count).tolist(),
        "visited_on": [str(day) for day in days],
        "source": rng.choice(["register A", "register B"], count).tolist(),
        "merged_into": [""] * count,
    }
    ids = [f"00000000-0000-4000-8000-{i:012d}" for i in range(count)]
    return Table.of(Kind.SITE, ids, [1] * count, columns)


def _now() -> tuple[float, float]:
    """Return the time, and the time that this thread itself has worked: others share the cores."""
    return time.perf_counter(), time.thread_time()


class _Store(MemoryStore):
    """Holds one big table without the detour of an import."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._big = table

    def load(self, kind: Kind, within: object = None) -> Table:  # noqa: ARG002 - as the protocol has it
        return self._big if kind is Kind.SITE else super().load(kind, None)


class Bench:
    """Uses a table page and measures."""

    def __init__(self, app: QApplication, count: int) -> None:
        self.app, self.count = app, count
        user = User(id="u", name="Bench", role=Role.PLANNER)
        self.project = Project(_Store(sites(count)), user)
        self.found: dict[str, dict[str, float]] = {}
        self._turns: list[tuple[float, float]] = []
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self._turns.append(_now()))

    def measure(self, name: str, act: Callable[[], object]) -> None:
        """Do something, wait until the table is at rest, and keep the longest pause."""
        self.live(20)
        self._turns = [_now()]
        self._timer.start()
        begin = time.perf_counter()
        QTimer.singleShot(0, act)
        self.live(1)
        while self.page.model.busy or self.page.model._looking.busy:  # noqa: SLF001 - a benchmark
            self.live(1)
        self.live(20)
        self._timer.stop()
        wall, own = np.diff(np.array([*self._turns, _now()]), axis=0).max(axis=0) * 1000
        settled = (time.perf_counter() - begin) * 1000 - 20
        self.found[name] = {
            "stall_ms": round(float(wall), 1),
            "own_ms": round(float(own), 1),
            "done_ms": round(settled, 1),
        }

    def live(self, milliseconds: int) -> None:
        """Let the event loop run."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def run(self) -> dict[str, dict[str, float]]:
        """Do everything once."""
        self.page = TablePage(Kind.SITE, None)
        self.page.resize(1286, 300)
        self.page.show()
        self.live(50)
        page = self.page
        self.measure("open the table", lambda: page.show_plan(self.project, None))
        for spec in page.model.specs:
            column = page.model.column_of(spec.key)
            for turn, order in (
                ("", Qt.SortOrder.AscendingOrder),
                (" back", Qt.SortOrder.DescendingOrder),
            ):
                act = lambda c=column, o=order: page.table.sortByColumn(c, o)  # noqa: E731
                self.measure(f"sort {spec.key}{turn}", act)
        page.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        for end in range(1, len(TYPED) + 1):
            typed = TYPED[:end]
            self.measure(f"type {typed}", lambda t=typed: page.model.set_needle(t))
        self.measure("type Khmer", lambda: page.model.set_needle("នាគរាជ"))
        self.measure("clear the text", lambda: page.model.set_needle(""))
        self.measure("open a filter", lambda: page.ask_filter("kind"))
        page.popover.close()
        bar = page.table.verticalScrollBar()
        for step in range(20):
            to = (step + 1) * SCROLLED // 20
            self.measure(
                f"scroll to {to}", lambda t=to: (bar.setValue(t), page.table.viewport().repaint())
            )
        self.measure("select all", page.table.selectAll)
        page.table.clearSelection()
        page.table.sortByColumn(page.model.column_of("name"), Qt.SortOrder.AscendingOrder)
        page.model.finish()
        self.measure("one edit, sorted by its column", self.edit)
        self.measure("language", lambda: i18n.set_language("km"))
        return self.found

    def edit(self) -> None:
        """Rename one site and tell the page."""
        table = self.project.table(Kind.SITE)
        delta = Delta(
            Kind.SITE,
            (str(table.ids[5]),),
            (int(table.versions[5]),),
            {"name_en": (table["name_en"][5],)},
            {"name_en": ("Demo Zebra",)},
        )
        self.project.absorb(Edit(verb=Verb.EDIT_SITE, params={"name": "x"}, deltas=(delta,)))
        self.page.show_plan(self.project, None)


def main() -> None:
    """Measure, print, and say whether the goal was reached."""
    app = QApplication([])
    app.setStyle("Fusion")
    theme.load_fonts()
    i18n.set_language("en")
    theme.apply(app, "light", "en")
    from geo.gazetteer import Gazetteer

    Gazetteer.load()  # the window reads it while nobody waits
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    bench = Bench(app, count)
    found = bench.run()
    slow = {name: f for name, f in found.items() if f["own_ms"] > GOAL_MS}
    result = {"rows": count, "goal_ms": GOAL_MS, "over": sorted(slow), "acts": found}
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
