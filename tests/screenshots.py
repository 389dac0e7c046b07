"""Takes the pictures of docs/screenshots/ anew: every screen, in Khmer and English, light and dark.

    python tests/screenshots.py [--only NAME] [--out docs/screenshots]

The plan is the demonstration plan, made for the occasion, so that every business in the pictures
is fictional.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pilot import Pilot

PREAH_SIHANOUK = (103.46, 10.53, 103.72, 10.72)
POIPET = (102.46, 13.58, 102.66, 13.72)
BORDER = (102.25, 13.35, 103.05, 13.95)


def start(pilot: Pilot) -> None:
    pilot.window.session.close()
    pilot.rest()


def sites(pilot: Pilot) -> None:
    pilot.bench.show_workspace("register")
    pilot.look_at(*PREAH_SIHANOUK)


def dossier(pilot: Pilot) -> None:
    from geo.model.entity import Kind

    sites(pilot)
    table = pilot.project.table(Kind.SITE)
    chosen = next(
        i for i, s in zip(table.ids, table["legal_status"], strict=True) if s == "illegal"
    )
    pilot.bench.show_row(Kind.SITE, str(chosen))
    pilot.rest(0.5)
    pilot.settle()


def border(pilot: Pilot) -> None:
    pilot.bench.show_workspace("register")
    pilot.look_at(*POIPET)


def country(pilot: Pilot) -> None:
    pilot.bench.show_workspace("analyse")
    pilot.look_at(102.2, 10.2, 107.8, 14.8)


def drawing(pilot: Pilot) -> None:
    pilot.bench.show_workspace("plan")
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.tools.take("draw_zone")
    for lon, lat in ((103.60, 10.66), (103.66, 10.68), (103.70, 10.65), (103.68, 10.61)):
        pilot.click(lon, lat)
    pilot.move(103.63, 10.615)
    pilot.rest()


def assigned(pilot: Pilot) -> None:
    from geo.model.command import Zone
    from geo.model.entity import Kind

    pilot.bench.show_workspace("plan")
    pilot.look_at(*PREAH_SIHANOUK)
    zone = next(z for z in pilot.project.all(Zone))
    pilot.bench.show_row(Kind.ZONE, zone.id)
    pilot.rest(0.5)
    pilot.settle()


def operate(pilot: Pilot) -> None:
    pilot.bench.show_workspace("operate")
    pilot.look_at(*PREAH_SIHANOUK)


def held(pilot: Pilot) -> None:
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.toggle_held()
    pilot.rest(0.4)


def report(pilot: Pilot) -> None:
    pilot.bench.show_workspace("report")
    pilot.look_at(*PREAH_SIHANOUK)


def tables(pilot: Pilot) -> None:
    sites(pilot)
    pilot.bench.toggle_drawer()
    pilot.rest(0.5)
    pilot.settle()


def search(pilot: Pilot) -> None:
    from PySide6.QtTest import QTest

    sites(pilot)
    box = pilot.bench.top.search
    pilot.window.activateWindow()
    box.setFocus()
    QTest.keyClicks(box, "lotus")
    pilot.wait(box.results.isVisible, "findings")
    pilot.rest()


def undo(pilot: Pilot) -> None:
    from geo.model.command import Zone

    pilot.bench.show_workspace("plan")
    pilot.look_at(*PREAH_SIHANOUK)
    zone = pilot.project.all(Zone)[-1]
    pilot.bench.edits.reshape_zone(zone.id, zone.outline.buffer(0.004))
    pilot.wait(lambda: not pilot.window.session.busy, "the edit")
    pilot.rest()


def decide(pilot: Pilot) -> None:
    from geo.model.entity import Kind

    sites(pilot)
    table = pilot.project.table(Kind.SITE)
    chosen = next(
        i for i, s in zip(table.ids, table["legal_status"], strict=True) if s == "under_review"
    )
    pilot.bench.show_row(Kind.SITE, str(chosen))
    pilot.bench.edits.decide(str(chosen))
    pilot.rest(0.5)
    pilot.settle()


def team(pilot: Pilot) -> None:
    from geo.model.command import Team

    pilot.bench.show_workspace("plan")
    pilot.look_at(*PREAH_SIHANOUK)
    pilot.bench.edits.edit_team(pilot.project.all(Team)[0].id)
    pilot.rest()


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


def new_plan(pilot: Pilot) -> None:
    start(pilot)
    pilot.window.ask_new_plan()
    pilot.rest()


def refused(pilot: Pilot) -> None:
    start(pilot)
    path = Path(os.environ["UCM_HOME"]) / "broken.gpkg"
    path.write_text("this is no plan", "utf-8")
    pilot.window.open_plan(path)
    pilot.wait(lambda: pilot.window.start.states.state == "error", "the refusal")
    pilot.rest()


REGISTER = """code,name_en,name_km,kind,latitude,longitude,capacity,phone
D-1,Demo Mango Casino,កាស៊ីណូ ស្វាយ សាកល្បង,casino,10.612,103.522,300,012 345 678
D-2,Demo Papaya Hotel,សណ្ឋាគារ ល្ហុង សាកល្បង,hotel,10.622,103.531,40,
D-3,Demo Lotus Shop,ហាង ឈូក សាកល្បង,shop,95.0,103.53,many,
D-4,Demo Nowhere,,shop,0,0,,
D-1,Demo Mango Casino,កាស៊ីណូ ស្វាយ សាកល្បង,casino,10.612,103.522,300,
"""


# In the order they are taken; `start` comes last because it closes the plan.
SCENES: dict[str, Callable[[Pilot], None]] = {
    "map-preah-sihanouk": sites,
    "dossier": dossier,
    "border-poipet": border,
    "country": country,
    "zone-being-drawn": drawing,
    "team-assigned": assigned,
    "operate": operate,
    "held-now": held,
    "report": report,
    "tables": tables,
    "search": search,
    "undo": undo,
    "decide": decide,
    "team": team,
    "import-columns": import_map,
    "import-rows": import_summary,
    "import-refused": import_refused,
    "new-plan": new_plan,
    "plan-refused": refused,
    "start": start,
}
WITHOUT_PLAN = {"new-plan", "plan-refused", "start"}


def take(folder: Path, only: str, plan: Path) -> None:
    """Take every scene in both languages and themes into `folder`."""
    from tests.pilot import Pilot

    pilot = Pilot(build_demo=lambda _folder, _progress: plan)
    for language in ("en", "km"):
        for theme in ("light", "dark"):
            pilot.window.set_language(language)
            pilot.window.set_theme(theme)
            for name, scene in SCENES.items():
                if only and name != only:
                    continue
                if pilot.window.session.project is None and name not in WITHOUT_PLAN:
                    pilot.open(plan)
                scene(pilot)
                pilot.shoot(folder / f"{name}-{language}-{theme}.png")
                tidy(pilot)
    pilot.close()


def tidy(pilot: Pilot) -> None:
    """Put the window back as a new user finds it."""
    from PySide6.QtWidgets import QDialog

    for dialog in pilot.window.findChildren(QDialog):
        dialog.reject()
    pilot.window.toast.hide()
    pilot.window.start.show_page()
    if pilot.window.session.project is None:
        return
    pilot.bench.top.search.clear()
    pilot.window.setFocus()
    pilot.bench.top.search.results.hide()
    if pilot.project.history.undoable and pilot.project.history.undoable[-1].verb == "edit_zone":
        pilot.window.session.undo()
        pilot.wait(lambda: not pilot.window.session.busy, "the undo")
    pilot.bench.tools.take("select")
    pilot.bench.desk.selection.clear()
    if pilot.bench.drawer.isVisible():
        pilot.bench.toggle_drawer()
    pilot.rest(0.3)


def shrink(folder: Path) -> None:
    """Give every picture a palette of its own: a quarter of the size, and the same colours."""
    from PIL import Image

    for path in folder.glob("*.png"):
        with Image.open(path) as picture:
            if picture.mode == "P":
                continue
            # The median cut would melt the amber of "under review" into the vermilion of "illegal".
            small = picture.convert("RGB").quantize(
                256, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE
            )
        small.save(path, optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", choices=["", *SCENES])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["UCM_HOME"] = os.environ["HOME"] = home  # no path of a machine in a picture
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        from geo.demo import build

        take(options.out, options.only, build(Path(home) / "demo").path)
    shrink(options.out)


if __name__ == "__main__":
    main()
