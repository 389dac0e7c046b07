"""Pictures of official boundaries; the file may not be shipped, so these are made up."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pictures.a_map import sites

if TYPE_CHECKING:
    from tests.pilot import Pilot


def boundaries(pilot: Pilot) -> None:
    """Districts as squares with the names of Preah Sihanouk's, two of them misspelt."""
    from geo.gazetteer import Gazetteer
    from gui.acts.boundaries import BoundaryActs
    from gui.dialogs.boundaries import BoundariesDialog

    sites(pilot)
    features = []
    for i, unit in enumerate(Gazetteer.load().children("18")):
        west, south = 103.50 + i * 0.05, 10.60
        corners = [(0, 0), (0.05, 0), (0.05, 0.05), (0, 0.05), (0, 0)]
        ring = [[west + x, south + y] for x, y in corners]
        name = unit.name_en if i != 1 else "Nowhere (made up)"
        features.append(
            {
                "type": "Feature",
                "properties": {"ADM2_EN": name, "ADM2_PCODE": f"KH{unit.code}" if i else ""},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    path = Path(os.environ["UCM_HOME"]) / "districts (made up).geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    acts = next(a for a in pilot.bench.acts if isinstance(a, BoundaryActs))
    acts.open(path)
    dialog = pilot.window.findChild(BoundariesDialog)
    pilot.wait(lambda: dialog.states.state != "loading", "the boundaries")
    pilot.rest()


SCENES = {"boundaries": boundaries}
