"""The verbs by name, so that the window's start needs no command-line library to recognise one."""

from __future__ import annotations

VERBS = frozenset(
    {
        "assign",
        "audit",
        "check",
        "decide",
        "demo",
        "import",
        "info",
        "new",
        "operation",
        "redo",
        "render",
        "report",
        "team",
        "undo",
        "user",
        "zone",
    }
)


def is_command(arguments: list[str]) -> bool:
    """Tell whether the arguments ask for a verb or for help, and not for the window."""
    return bool(arguments) and (
        arguments[0] in VERBS or arguments[0] in {"--help", "-h", "--version"}
    )
