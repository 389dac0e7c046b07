"""What a result of 15,000 hexagons costs a frame: numbers beside it, paint in short steps.

In time of this thread alone: what other programs take beside it is not counted.
"""

from __future__ import annotations

import statistics
import sys
import time

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from gui.map.painter import paint_steps
from layers.draw_findings import finding_at, finding_ops
from layers.findings import FindingClass, Findings, found_cells
from layers.ramps import COLD, HOT, area_style
from layers.said import Named
from layers.view import MapView

pytestmark = pytest.mark.benchmark

STEP_MS, HIT_MS = 8.0, 8.0
VIEWS = {
    "country": (102.2, 10.2, 107.8, 14.8),
    "region": (103.0, 11.0, 105.5, 13.0),
    "province": (103.3, 10.3, 104.2, 11.0),
}


@pytest.fixture(scope="module")
def findings() -> Findings:
    """Fictional classes over the hexagons of the country; most of them stand for nothing."""
    import h3

    ground = h3.LatLngPoly([(10.3, 102.4), (10.3, 107.6), (14.6, 107.6), (14.6, 102.4)])
    cells = sorted(h3.polygon_to_cells(ground, 7))[:15_000]
    rings = [np.array([(lon, lat) for lat, lon in h3.cell_to_boundary(c)]) for c in cells]
    random = np.random.default_rng(1)
    codes = np.where(random.random(len(cells)) < 0.8, 2, random.integers(0, 4, len(cells)))
    looks = ((HOT[2], False), (HOT[1], True), (HOT[0], False), (COLD[2], False))
    return Findings(
        section="bench",
        title=Named("សាកល្បង", "test"),
        classes=tuple(
            FindingClass(label=Named("ក", "class"), area=area_style(colour, unsure=unsure))
            for colour, unsure in looks
        ),
        areas=found_cells(rings, cells, codes),
    )


@pytest.mark.parametrize("name", VIEWS)
def test_a_result_is_painted_in_short_steps_and_asked_in_no_time(qapp, findings, name, capsys):
    view = MapView.fit(VIEWS[name], 1366, 768)
    numbers, paints, worst, hits = [], [], [], []
    for _ in range(5):
        started = time.thread_time()
        ops = list(finding_ops(findings, view, "light"))
        numbers.append(time.thread_time() - started)
        picture = QImage(1366, 768, QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        steps, last = [], time.thread_time()
        for _ in paint_steps(painter, ops):
            now = time.thread_time()
            steps.append(now - last)
            last = now
        painter.end()
        paints.append(sum(steps))
        worst.append(max(steps))
        started = time.thread_time()
        finding_at(findings, view, 600, 300)
        hits.append(time.thread_time() - started)
    told = [statistics.median(each) * 1000 for each in (numbers, paints, worst, hits)]
    with capsys.disabled():
        words = zip(("numbers", "paint", "longest step", "hit"), told, strict=True)
        sys.stdout.write(f"\n{name}: {', '.join(f'{w} {ms:.1f} ms' for w, ms in words)}\n")
    assert told[2] <= STEP_MS
    assert told[3] <= HIT_MS
