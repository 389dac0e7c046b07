"""What is asked for, found out without a command-line library: the window must not wait for one."""

from __future__ import annotations

import os
import sys

VERBS = frozenset(
    {
        "accept",
        "answer",
        "ask",
        "assign",
        "audit",
        "check",
        "combine",
        "coordinate",
        "decide",
        "demo",
        "export",
        "fine",
        "form",
        "hotspots",
        "import",
        "info",
        "inspect",
        "links",
        "log",
        "new",
        "operation",
        "outcome",
        "override",
        "pressure",
        "readiness",
        "redo",
        "release",
        "render",
        "report",
        "return",
        "scoreboard",
        "split",
        "step",
        "submit",
        "support",
        "team",
        "tick",
        "unassign",
        "undo",
        "user",
        "withdraw",
        "zone",
    }
)
OPTIONS = frozenset({"--help", "-h", "--version"})


def is_command(arguments: list[str]) -> bool:
    """Tell whether the arguments ask for a verb or for help, and not for the window."""
    return bool(arguments) and (arguments[0] in VERBS | OPTIONS or len(arguments) > 1)


def has_display() -> bool:
    """Tell whether a window could be seen here."""
    if os.environ.get("QT_QPA_PLATFORM", "") == "offscreen":
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
