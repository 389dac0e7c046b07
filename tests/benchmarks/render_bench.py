"""How quickly the map draws: prints JSON with medians in milliseconds.

Run with ``python tests/benchmarks/render_bench.py [20000 1000000]``; the points are made up.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from geo.model.entity import Kind
from geo.project import Project
from geo.store.memory import MemoryStore
from gui.map.canvas import MapCanvas
from layers.view import MapView
from tests.layers.scenes import site_table

SIZE = (1920, 1080)
COUNTRY = (102.3, 10.2, 107.7, 14.7)
PROVINCE = (102.4, 13.2, 103.5, 14.2)
TOWN = (102.53, 13.62, 102.63, 13.70)
ROUNDS = 7


def clustered(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Towns of very different size, roads between them, and the country around."""
    rng = np.random.default_rng(11)
    towns = np.column_stack((rng.uniform(102.6, 107.2, 50), rng.uniform(10.6, 14.2, 50)))
    towns[0] = (102.575, 13.66)
    weight = 1 / np.arange(1, 51) ** 0.9
    kind = rng.choice(3, count, p=(0.6, 0.25, 0.15))
    a, b = (towns[rng.choice(50, count, p=weight / weight.sum())] for _ in range(2))
    in_town = a + rng.standard_t(3, (count, 2)) * 0.02
    on_road = a + (b - a) * rng.random((count, 1)) + rng.normal(0, 0.004, (count, 2))
    around = np.column_stack((rng.uniform(102.4, 107.5, count), rng.uniform(10.4, 14.5, count)))
    xy = np.choose(kind[:, None], (in_town, on_road, around))
    return np.clip(xy[:, 0], 102.3, 107.7), np.clip(xy[:, 1], 9.9, 14.7)


class Watch:
    """Measures how long the main thread is held between two turns of its event loop."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def reset(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()


def wait_for(canvas: MapCanvas) -> None:
    loop = QEventLoop()
    canvas.frame_ready.connect(loop.quit)
    QTimer.singleShot(60_000, loop.quit)
    loop.exec()
    canvas.frame_ready.disconnect(loop.quit)


def timed(act: object, canvas: MapCanvas, *, until_frame: bool) -> float:
    begun = time.perf_counter()
    act()  # type: ignore[operator]
    if until_frame:
        wait_for(canvas)
    else:
        canvas.repaint()
    return (time.perf_counter() - begun) * 1000


def settle(canvas: MapCanvas) -> None:
    while not canvas.settled:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def measured(count: int) -> dict[str, float]:
    """Return the times of one plan of `count` sites."""
    project = Project(MemoryStore())
    lon, lat = clustered(count)
    project._tables[Kind.SITE] = site_table(lon, lat)  # noqa: SLF001 - a million commits say nothing here
    canvas = MapCanvas()
    canvas.resize(*SIZE)
    watch = Watch()
    canvas.set_language("en")
    begun = time.perf_counter()
    canvas.set_project(project)
    set_project = (time.perf_counter() - begun) * 1000
    canvas.zoom_to_bounds(*COUNTRY)
    canvas.show()
    wait_for(canvas)
    found = {"points": count, "set_project": set_project}
    found["first_frame"] = (time.perf_counter() - begun) * 1000
    found["first_frame_stall"] = watch.longest * 1000
    settle(canvas)
    for name, bounds in (("country", COUNTRY), ("province", PROVINCE), ("town", TOWN)):
        canvas.set_view(MapView.fit(bounds, *SIZE))
        wait_for(canvas)
        settle(canvas)
        watch.reset()
        frames, pans, zooms, true_zooms = [], [], [], []
        for i in range(ROUNDS):
            frames.append(timed(partial(again, canvas), canvas, until_frame=True))
            settle(canvas)
            panned = canvas.view.panned(9 if i % 2 else -9, 5)
            pans.append(timed(partial(canvas.set_view, panned), canvas, until_frame=False))
            settle(canvas)
            factor = 1.3 if i % 2 else 1 / 1.3
            zoomed = canvas.view.zoomed_at(700, 400, factor)
            begun = time.perf_counter()
            zooms.append(timed(partial(canvas.set_view, zoomed), canvas, until_frame=False))
            wait_for(canvas)
            true_zooms.append((time.perf_counter() - begun) * 1000)
            settle(canvas)
        found[f"{name}_frame"] = statistics.median(frames)
        found[f"{name}_pan"] = statistics.median(pans)
        found[f"{name}_zoom_seen"] = statistics.median(zooms)
        found[f"{name}_zoom_true_frame"] = statistics.median(true_zooms)
        found[f"{name}_stall"] = watch.longest * 1000
    canvas.close()
    return {key: round(value, 1) for key, value in found.items()}


def again(canvas: MapCanvas) -> None:
    """Ask for a whole frame of the same view."""
    canvas.maker.frame = None
    canvas.refresh()


def main() -> None:
    """Measure and print."""
    app = QApplication.instance() or QApplication([])
    counts = [int(argument) for argument in sys.argv[1:]] or [20_000, 1_000_000]
    print(json.dumps([measured(count) for count in counts], indent=1))  # noqa: T201
    del app


if __name__ == "__main__":
    main()
