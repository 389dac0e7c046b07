"""Pictures of the import."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tests.pictures.a_map import sites

if TYPE_CHECKING:
    from tests.pilot import Pilot


def import_map(pilot: Pilot) -> None:
    from gui.dialogs.import_file import ImportDialog

    sites(pilot)
    path = Path(os.environ["UCM_HOME"]) / "register.csv"
    path.write_text(REGISTER, "utf-8")
    pilot.bench.edits.import_file(path)
    dialog = pilot.window.findChild(ImportDialog)
    pilot.wait(lambda: dialog.step == "map", "the columns")
    pilot.rest()


def import_summary(pilot: Pilot) -> None:
    from gui.dialogs.import_file import ImportDialog

    import_map(pilot)
    dialog = pilot.window.findChild(ImportDialog)
    dialog.next_button.click()
    pilot.wait(lambda: dialog.step == "summary", "the rows")
    pilot.rest()


def import_refused(pilot: Pilot) -> None:
    from gui.dialogs.import_file import ImportDialog

    sites(pilot)
    path = Path(os.environ["UCM_HOME"]) / "broken.xlsx"
    path.write_text("this is no workbook", "utf-8")
    pilot.bench.edits.import_file(path)
    dialog = pilot.window.findChild(ImportDialog)
    pilot.wait(lambda: dialog.step == "error", "the refusal")
    pilot.rest()


REGISTER = """code,name_en,name_km,kind,latitude,longitude,capacity,phone
D-1,Demo Mango Casino,កាស៊ីណូ ស្វាយ សាកល្បង,casino,10.612,103.522,300,012 345 678
D-2,Demo Papaya Hotel,សណ្ឋាគារ ល្ហុង សាកល្បង,hotel,10.622,103.531,40,
D-3,Demo Lotus Shop,ហាង ឈូក សាកល្បង,shop,95.0,103.53,many,
D-4,Demo Nowhere,,shop,0,0,,
D-1,Demo Mango Casino,កាស៊ីណូ ស្វាយ សាកល្បង,casino,10.612,103.522,300,
"""


SCENES = {
    "import-columns": import_map,
    "import-rows": import_summary,
    "import-refused": import_refused,
}
