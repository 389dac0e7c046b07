"""QGIS's side of `qgis_bench.py`: one process of QGIS that does one job for each line it reads.

Runs under the system's Python, which has QGIS, and imports nothing of this project. A line is a
JSON object: ``{"do": "count" | "dbscan" | "kde", "points": …, "polygons": …, …}``; the answer is a
line too, with the seconds that QGIS's own algorithm took, reading its input included.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PLUGINS = "/usr/share/qgis/python/plugins"

from qgis.analysis import QgsNativeAlgorithms  # noqa: E402 - Qt reads its platform at import
from qgis.core import (  # noqa: E402
    Qgis,
    QgsApplication,
    QgsFeatureRequest,
    QgsRasterLayer,
    QgsVectorLayer,
)


class Side:
    """Layers are opened once; in memory they stay as QGIS keeps them."""

    def __init__(self, run) -> None:
        self._run = run
        self._layers: dict[tuple[str, bool], QgsVectorLayer] = {}

    def layer(self, path: str, *, memory: bool) -> QgsVectorLayer:
        if (path, memory) not in self._layers:
            layer = QgsVectorLayer(path, "points", "ogr")
            if memory:
                layer = layer.materialize(QgsFeatureRequest())
            self._layers[path, memory] = layer
        return self._layers[path, memory]

    def timed(self, algorithm: str, parameters: dict) -> tuple[dict, float]:
        begun = time.perf_counter()
        made = self._run(algorithm, parameters)
        return made, time.perf_counter() - begun

    def count(self, ask: dict) -> dict:
        made, seconds = self.timed(
            "native:countpointsinpolygon",
            {
                "POLYGONS": self.layer(ask["polygons"], memory=ask["memory"]),
                "POINTS": self.layer(ask["points"], memory=ask["memory"]),
                "FIELD": "NUMPOINTS",
                "OUTPUT": "memory:",
            },
        )
        found = {f["id"]: int(f["NUMPOINTS"]) for f in made["OUTPUT"].getFeatures()}
        return {"seconds": seconds, "counts": [found[key] for key in sorted(found)]}

    def dbscan(self, ask: dict) -> dict:
        made, seconds = self.timed(
            "native:dbscanclustering",
            {
                "INPUT": self.layer(ask["points"], memory=ask["memory"]),
                "MIN_SIZE": ask["fewest"],
                "EPS": ask["reach"],
                "DBSCAN*": False,
                "FIELD_NAME": "CLUSTER",
                "OUTPUT": "memory:",
            },
        )
        named = [f["CLUSTER"] for f in made["OUTPUT"].getFeatures()]
        held = [int(name) for name in named if isinstance(name, int)]
        return {"seconds": seconds, "clusters": len(set(held)), "clustered": len(held)}

    def kde(self, ask: dict) -> dict:
        made, seconds = self.timed(
            "qgis:heatmapkerneldensityestimation",
            {
                "INPUT": self.layer(ask["points"], memory=ask["memory"]),
                "RADIUS": ask["radius"],
                "PIXEL_SIZE": ask["cell"],
                "KERNEL": 0,
                "OUTPUT_VALUE": 0,
                "OUTPUT": ask["out"],
            },
        )
        raster = QgsRasterLayer(made["OUTPUT"], "density")
        provider, box = raster.dataProvider(), raster.extent()
        block = provider.block(1, box, raster.width(), raster.height())
        Path(ask["out"] + ".f32").write_bytes(bytes(block.data()))
        return {
            "seconds": seconds,
            "rows": raster.height(),
            "columns": raster.width(),
            "west": box.xMinimum(),
            "north": box.yMaximum(),
            "nothing": provider.sourceNoDataValue(1),
        }


def main() -> None:
    app = QgsApplication([], False)
    app.initQgis()
    sys.path.append(PLUGINS)
    import processing
    from processing.core.Processing import Processing

    Processing.initialize()
    registry = QgsApplication.processingRegistry()
    if registry.providerById("native") is None:
        registry.addProvider(QgsNativeAlgorithms())
    side = Side(processing.run)
    # What QGIS itself prints must not be taken for an answer.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    print(json.dumps({"version": Qgis.QGIS_VERSION}), file=out, flush=True)
    for line in sys.stdin:
        ask = json.loads(line)
        print(json.dumps(getattr(side, ask.pop("do"))(ask)), file=out, flush=True)
    os._exit(0)  # QGIS takes its time to close, and may fall over


if __name__ == "__main__":
    main()
