"""What is asked for, found out without a command-line library: the window must not wait for one."""

from __future__ import annotations

import os
import sys
from typing import Final

VERBS: Final = {
    "new": ("plan_verbs", "new"),
    "import": ("import_verbs", "import_file"),
    "answer": ("answer_verbs", "answer"),
    "info": ("plan_verbs", "info"),
    "check": ("plan_verbs", "check"),
    "audit": ("plan_verbs", "audit"),
    "undo": ("plan_verbs", "undo"),
    "redo": ("plan_verbs", "redo"),
    "user": ("plan_verbs", "user"),
    "operation": ("operation_verbs", "operation"),
    "zone": ("zone_verbs", "zone"),
    "team": ("team_verbs", "team"),
    "assign": ("team_verbs", "assign"),
    "unassign": ("team_verbs", "unassign"),
    "accept": ("team_verbs", "accept"),
    "coordinate": ("coordination_verbs", "coordinate"),
    "support": ("coordination_verbs", "support"),
    "submit": ("operation_verbs", "submit"),
    "withdraw": ("operation_verbs", "withdraw"),
    "override": ("operation_verbs", "override"),
    "release": ("operation_verbs", "release"),
    "step": ("operation_verbs", "step"),
    "decide": ("decision_verbs", "decide"),
    "readiness": ("readiness_verbs", "show"),
    "report": ("output_verbs", "report"),
    "form": ("day_verbs", "form"),
    "inspect": ("visit_verbs", "inspect"),
    "outcome": ("visit_verbs", "outcome"),
    "fine": ("visit_verbs", "fine"),
    "tick": ("day_verbs", "tick"),
    "log": ("day_verbs", "log"),
    "render": ("output_verbs", "render"),
    "links": ("links_verbs", "links"),
    "split": ("split_verbs", "split"),
    "hotspots": ("hotspot_verbs", "hotspots"),
    "pressure": ("pressure_verbs", "pressure"),
    "scoreboard": ("scoreboard_verbs", "scoreboard"),
    "return": ("return_verbs", "sign"),
    "combine": ("return_verbs", "side_by_side"),
    "ask": ("ask_verbs", "ask"),
    "export": ("export_verbs", "export"),
    "demo": ("demo_verbs", "demo"),
}
"""Each verb with the module and the function that does it, in the order of the help."""
OPTIONS = frozenset({"--help", "-h", "--version"})


def is_command(arguments: list[str]) -> bool:
    """Tell whether the arguments ask for a verb or for help, and not for the window."""
    return bool(arguments) and (arguments[0] in VERBS.keys() | OPTIONS or len(arguments) > 1)


def has_display() -> bool:
    """Tell whether a window could be seen here."""
    if os.environ.get("QT_QPA_PLATFORM", "") == "offscreen":
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
