"""The analysis beside QGIS's processing, in one sitting: both take turns on the same made-up data.

Both programs run warm, and both are given what they hold anyway: QGIS its layers with a spatial
index on disk, which is quicker for it than layers in memory; this program its points as arrays,
which cross to the computing process and back within the time that is measured. Writes medians and
ratios, and holds the results against each other: a quick answer must be the same answer.

    python tests/benchmarks/qgis_bench.py [--rounds 3] [--points 1000000] [--python PYTHON]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import shapely

from geo.analysis.clusters.dbscan import dbscan
from geo.analysis.counting import polygon_of_each
from geo.analysis.density.raster import Raster
from geo.analysis.density.smoothing import smooth
from geo.compute import Computer
from tests.benchmarks.qgis_data import communes, points, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.progress import Progress

SIDE = Path(__file__).with_name("qgis_side.py")
COMMUNES = 1650
REACH_M, FEWEST = 220.0, 20
RADIUS_M, CELL_M = 5000.0, 500.0
GOALS = {"points in polygons": 10.0, "DBSCAN": 5.0, "kernel density": 20.0}
WITHIN = 0.01
"""Each cell of the rasters agrees within this share of its value, or of one point's summit."""
ABSENT = "QGIS is not there (apt-get install python3-qgis qgis-providers): nothing was compared."


class Qgis:
    """A process of QGIS that waits for jobs."""

    def __init__(self, python: str) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        environment.pop("PYTHONPATH", None)
        self._process = subprocess.Popen(
            [python, str(SIDE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        self.version = self._line()["version"]

    def ask(self, **job: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return self._line()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            message = "QGIS ended without an answer"
            raise RuntimeError(message)
        return json.loads(line)


def count_job(xy: np.ndarray, wkb: np.ndarray, progress: Progress) -> np.ndarray:
    """Return how many points each polygon holds; runs in the computing process."""
    progress.step(0, 1)
    areas = shapely.from_wkb(wkb)
    found = polygon_of_each(xy, list(areas))
    return np.bincount(found[found >= 0], minlength=len(areas))


def dbscan_job(xy: np.ndarray, progress: Progress) -> np.ndarray:
    """Return the clusters; runs in the computing process."""
    return dbscan(xy, REACH_M, FEWEST, progress)


def density_job(xy: np.ndarray, raster: Raster, progress: Progress) -> np.ndarray:
    """Return the density in the numbers of a raster file; runs in the computing process."""
    progress.step(0, 1)
    return smooth(xy, None, raster, RADIUS_M).astype(np.float32)


def as_qgis_places(xy: np.ndarray) -> np.ndarray:
    """Return points where QGIS 3.22 takes them to be: mirrored within their row of cells.

    Its heatmap measures a point's distance north from the grid's lower edge and writes the answer
    from the upper one, so that a point is up to a cell away from where it is. The comparison of the
    rasters takes the same places; this program's own densities do not.
    """
    low, high = xy[:, 1].min() - RADIUS_M, xy[:, 1].max() + RADIUS_M
    from_below = (xy[:, 1] - low) / CELL_M % 1.0 - 0.5
    row = np.floor((high - xy[:, 1]) / CELL_M)
    return np.column_stack([xy[:, 0], high - (row + 0.5 + from_below) * CELL_M])


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    made = act()
    return made, time.perf_counter() - begun


def raster_of(answer: dict[str, Any], path: Path) -> np.ndarray:
    values = np.fromfile(path, dtype=np.float32).reshape(answer["rows"], answer["columns"])
    return np.where(values == answer["nothing"], 0.0, values.astype(np.float64))


def compare(folder: Path, python: str, rounds: int, count: int) -> dict[str, Any]:
    """Let both take turns and return what each took and whether they agree."""
    xy, areas = points(count), communes(COMMUNES)
    wkb = shapely.to_wkb(areas)  # as the plan keeps them
    write(folder / "points.gpkg", shapely.points(xy), "Point")
    write(folder / "communes.gpkg", areas, "Polygon")
    layers = {
        "points": str(folder / "points.gpkg"),
        "polygons": str(folder / "communes.gpkg"),
        "memory": False,
    }
    qgis = Qgis(python)
    raster = Raster.around(xy, RADIUS_M, CELL_M)
    mirrored = as_qgis_places(xy)
    tif = str(folder / "density.tif")
    theirs: dict[str, Callable[[], dict[str, Any]]] = {
        "points in polygons": lambda: qgis.ask(do="count", **layers),
        "DBSCAN": lambda: qgis.ask(do="dbscan", reach=REACH_M, fewest=FEWEST, **layers),
        "kernel density": lambda: qgis.ask(
            do="kde", radius=RADIUS_M, cell=CELL_M, out=tif, **layers
        ),
    }
    with Computer() as computer:
        computer.warm("tests.benchmarks.qgis_bench", "scipy.fft", "scipy.sparse.csgraph")
        ours: dict[str, Callable[[], np.ndarray]] = {
            "points in polygons": lambda: computer.run(count_job, xy, wkb),
            "DBSCAN": lambda: computer.run(dbscan_job, xy),
            "kernel density": lambda: computer.run(density_job, mirrored, raster),
        }
        took: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in ours}
        made: dict[str, Any] = {}
        said: dict[str, dict[str, Any]] = {}
        for _ in range(rounds):
            for name, job in ours.items():
                made[name], seconds = timed(job)
                took[name][0].append(seconds)
                said[name] = theirs[name]()
                took[name][1].append(said[name]["seconds"])
    qgis.close()
    theirs_raster = raster_of(said["kernel density"], Path(tif + ".f32"))
    away = np.abs(made["kernel density"] - theirs_raster)
    found: dict[str, Any] = {"qgis": qgis.version, "points": count, "rounds": rounds}
    for name, (own, other) in took.items():
        found[name] = {
            "ours_s": round(statistics.median(own), 3),
            "qgis_s": round(statistics.median(other), 3),
            "ratio": round(statistics.median(b / a for a, b in zip(own, other, strict=True)), 1),
            "goal": GOALS[name],
        }
    found["points in polygons"]["same"] = bool(
        (made["points in polygons"] == said["points in polygons"]["counts"]).all()
    )
    clusters = said["DBSCAN"]
    found["DBSCAN"]["same"] = (
        int(made["DBSCAN"].max()) + 1 == clusters["clusters"]
        and int((made["DBSCAN"] >= 0).sum()) == clusters["clustered"]
    )
    found["kernel density"] |= {
        "raster": f"{raster.columns} x {raster.rows}",
        "furthest_apart": float((away / np.maximum(theirs_raster, 1.0)).max()),
        "same": bool((away <= WITHIN * np.maximum(theirs_raster, 1.0)).all()),
    }
    return found


def is_there(python: str) -> bool:
    """Return whether a Python with QGIS is there."""
    try:
        tried = subprocess.run([python, "-c", "import qgis.core"], capture_output=True, check=False)
    except OSError:
        return False
    return tried.returncode == 0


def main() -> int:
    """Compare, print, and say with the exit code whether every goal was reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--python", default="/usr/bin/python3")
    options = parser.parse_args()
    if not is_there(options.python):
        sys.stdout.write(ABSENT + "\n")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = compare(Path(folder), options.python, options.rounds, options.points)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    reached = all(found[name]["ratio"] >= GOALS[name] and found[name]["same"] for name in GOALS)
    return 0 if reached else 1


if __name__ == "__main__":
    from tests.benchmarks import qgis_bench

    sys.exit(qgis_bench.main())
