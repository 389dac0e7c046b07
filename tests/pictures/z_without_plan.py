"""Pictures of the window before a plan is open; taken last, because they close it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pilot import Pilot


def start(pilot: Pilot) -> None:
    pilot.window.session.close()
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


SCENES = {"new-plan": new_plan, "plan-refused": refused, "start": start}
WITHOUT_PLAN = True
