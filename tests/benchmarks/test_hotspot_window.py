"""How long the window waits while hotspots of 100,000 allegations are computed beside it."""

from __future__ import annotations

import sys
import time

import pytest
from PySide6.QtCore import QTimer

from tests.gui.conftest import dressed, furnished, make_window  # noqa: F401 - fixtures
from tests.gui.panels.test_hotspots import HOT, alleged, computed, open_window  # noqa: F401 - one

pytestmark = pytest.mark.benchmark

STALL_MS = 50.0


class Watch:
    """Measures the longest time in which the main thread did not come back to its events."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(0)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def stop(self) -> float:
        """Return the longest pause in milliseconds."""
        self._timer.stop()
        return self.longest * 1000


def test_the_window_goes_on_while_hotspots_are_computed(open_window, qtbot, capsys):  # noqa: F811 - fixture
    made = open_window(*alleged(50_000, HOT, 0.05, 1), *alleged(50_000, (103.7, 10.8), 0.2, 2))
    section = made.workbench.analyse.section("hotspots")
    pauses = []
    for _ in range(3):
        qtbot.waitUntil(lambda: made.workbench.map.canvas.settled, timeout=20_000)
        watch = Watch()
        started = time.perf_counter()
        computed(section, qtbot)
        took = time.perf_counter() - started
        pauses.append(watch.stop())
        with capsys.disabled():
            sys.stdout.write(f"\n100,000 allegations: {took:.2f} s, ")
            sys.stdout.write(f"longest pause {pauses[-1]:.0f} ms\n")
    assert sorted(pauses)[1] <= STALL_MS
