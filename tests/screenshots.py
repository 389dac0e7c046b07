"""Takes the pictures of docs/screenshots/ anew: every screen, in Khmer and English, light and dark.

    python tests/screenshots.py [--only NAME …] [--every] [--out docs/screenshots]

The plan is the demonstration plan, made for the occasion, so that every business in the pictures
is fictional. To keep them small, what is not of the map itself is kept in English by day and in
Khmer by night; `--every` and `--only` take all four.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1366, 768)
KEPT = {("en", "light"), ("km", "dark")}
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.pilot import Pilot


def scenes() -> dict[str, tuple[Callable[[Pilot], None], bool]]:
    """Every scene of ``tests/pictures/*.py`` by name, and whether it goes without a plan.

    A file there has ``SCENES = {name: scene}``; a new screen gets a file of its own or a line in
    one. They are taken in the order of the files' names.
    """
    found: dict[str, tuple[Callable[[Pilot], None], bool]] = {}
    for path in sorted((ROOT / "tests" / "pictures").glob("*.py")):
        module = importlib.import_module(f"tests.pictures.{path.stem}")
        for name, scene in module.SCENES.items():
            found[name] = (scene, getattr(module, "WITHOUT_PLAN", False))
    return found


def take(folder: Path, only: Sequence[str], plan: Path, *, every: bool) -> list[str]:
    """Take every scene in both languages and themes into `folder`; return what failed."""
    from tests.pictures.a_map import SCENES as IN_ALL
    from tests.pilot import Pilot

    missing: list[str] = []
    pilot = Pilot(build_demo=lambda _folder, _progress: plan)
    for language in ("en", "km"):
        for theme in ("light", "dark"):
            pilot.window.set_language(language)
            pilot.window.set_theme(theme)
            for name, (scene, without_plan) in scenes().items():
                if only and name not in only:
                    continue
                if not (every or only or name in IN_ALL or (language, theme) in KEPT):
                    continue
                if pilot.window.session.project is None and not without_plan:
                    pilot.open(plan)
                picture = f"{name}-{language}-{theme}.png"
                try:
                    scene(pilot)
                    pilot.shoot(folder / picture)
                except Exception:  # noqa: BLE001 - the others are taken all the same
                    traceback.print_exc()
                    missing.append(picture)
                tidy(pilot)
    pilot.close()
    return missing


def tidy(pilot: Pilot) -> None:
    """Put the window back as a new user finds it."""
    from PySide6.QtWidgets import QDialog, QMenu

    from geo.edit.live_layers import delete_live_layer
    from geo.model.asking import LiveLayer
    from geo.model.vocabulary import Role
    from gui.acts.split import SplitActs
    from gui.acts.time import TimeActs
    from gui.tables.popover import Popover
    from tests.pictures.importing import undo_imports

    for dialog in pilot.window.findChildren(QDialog):
        dialog.reject()
    pilot.window.toast.hide()
    for menu in pilot.window.findChildren(QMenu):
        menu.close()
    pilot.window.resize(*SIZE)
    pilot.window.start.show_page()
    if pilot.window.session.project is None:
        return
    planner = next(u for u in pilot.window.session.users_here() if u.role is Role.PLANNER)
    if pilot.project.user != planner:
        pilot.window.session.act_as(planner)
    pilot.bench.desk.moment.look_at("")
    pilot.bench.desk.findings.clear()
    for layer in pilot.project.all(LiveLayer):
        pilot.window.session.do(lambda p, i=layer.id: delete_live_layer(p, i))
        pilot.wait(lambda: not pilot.window.session.busy, "the deleting of a live layer")
    undo_imports(pilot)
    pilot.bench.top.search.clear()
    pilot.window.setFocus()
    pilot.bench.top.search.results.hide()
    next(act for act in pilot.bench.acts if isinstance(act, SplitActs)).close()
    last = pilot.project.history.undoable[-1:]
    if last and last[0].verb in {"edit_zone", "split_area"}:
        pilot.window.session.undo()
        pilot.wait(lambda: not pilot.window.session.busy, "the undo")
    next(act for act in pilot.bench.acts if isinstance(act, TimeActs)).put_away()
    pilot.bench.tools.take("select")
    pilot.bench.desk.selection.clear()
    for page in pilot.bench.drawer.pages.values():
        page.clear_filters()
        for popover in page.findChildren(Popover):
            popover.close()
    pilot.bench.drawers.close_page()
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
    parser.add_argument("--only", nargs="*", default=[], choices=list(scenes()))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--every", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["UCM_HOME"] = os.environ["HOME"] = home  # no path of a machine in a picture
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        from geo.demo import build

        plan = build(Path(home) / "demo").path
        missing = take(options.out, options.only, plan, every=options.every)
    shrink(options.out)
    if missing:
        sys.exit(f"Not taken: {', '.join(missing)}")


if __name__ == "__main__":
    main()
