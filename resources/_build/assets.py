"""Fonts, icons and Leaflet: files copied from their packages, each with its licence."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# fmt: off
ICONS = (
    "activity", "adjustments-horizontal", "alert-circle", "alert-triangle", "ambulance",
    "archive", "arrow-back-up", "arrow-down", "arrow-forward-up", "arrow-left", "arrow-right",
    "arrow-up", "arrows-maximize", "arrows-move", "ban", "barrier-block", "bell", "bolt",
    "bookmark", "building", "building-community", "building-factory", "building-store",
    "calendar", "calendar-event", "calendar-time", "car", "cash", "certificate", "chart-bar",
    "chart-dots", "chart-line", "check", "checklist", "chevron-down", "chevron-left",
    "chevron-right", "chevron-up", "circle", "circle-check", "circle-dot", "circle-x",
    "clipboard", "clipboard-check", "clipboard-list", "clock", "contrast", "copy",
    "current-location", "database", "device-cctv", "device-desktop", "device-floppy", "diamond",
    "door-enter", "dots", "dots-vertical", "download", "edit", "eraser", "external-link", "eye",
    "eye-off", "file-export", "file-import", "file-report", "file-spreadsheet", "file-text",
    "filter", "firetruck", "flag", "flame", "focus", "focus-2", "folder-open", "gavel",
    "grip-vertical", "hand-grab", "hand-move", "hand-stop", "heart-handshake", "help",
    "hexagon", "history", "home", "hourglass", "id", "info-circle", "key", "keyboard",
    "language", "layers-difference", "layers-intersect", "layers-subtract", "layers-union",
    "layout-bottombar", "layout-sidebar", "layout-sidebar-right", "lifebuoy", "line", "link",
    "list", "list-details", "lock", "lock-open", "login", "logout", "mail", "map", "map-2",
    "map-pin", "map-pin-plus", "map-search", "maximize", "menu-2", "message", "minimize",
    "minus", "moon", "note", "paperclip", "pencil", "phone", "photo", "player-pause",
    "player-play", "player-stop", "plus", "pointer", "polygon", "printer", "question-mark",
    "refresh", "restore", "road", "rotate", "route", "ruler", "ruler-measure", "scale",
    "scissors", "search", "selector", "server", "settings", "share", "shield", "shield-check",
    "shield-exclamation", "shield-lock", "shield-x", "sort-ascending", "sort-descending",
    "square", "square-check", "stack", "stack-2", "star", "sun", "table", "table-export",
    "target", "timeline", "trash", "triangle", "truck", "upload", "urgent", "user",
    "user-check", "user-plus", "user-question", "user-shield", "users", "users-group", "vector",
    "video", "world", "world-off", "x", "zoom-in", "zoom-out",
)
# fmt: on
ICON_NOTES = re.compile(r"<!--.*?-->\s*", re.DOTALL)


def copy_icons(package: Path, target: Path) -> list[str]:
    """Copy the chosen outline icons, without the comment of tags that each file begins with.

    Returns:
        Names that the package does not have.
    """
    missing = []
    for name in ICONS:
        source = package / f"icons/outline/{name}.svg"
        if not source.exists():
            missing.append(name)
            continue
        text = ICON_NOTES.sub("", source.read_text(encoding="utf-8"))
        (target / f"{name}.svg").write_text(text, encoding="utf-8")
    shutil.copyfile(package / "LICENSE", target / "LICENSE")
    return missing


def copy_fonts(khmer: Path, latin: Path, target: Path) -> None:
    """Copy the three static weights of both families and their licence."""
    for package, family in ((khmer, "NotoSansKhmer"), (latin, "NotoSans")):
        for weight in ("400Regular", "600SemiBold", "700Bold"):
            (source,) = package.glob(f"{weight}/{family}_{weight}.ttf")
            shutil.copyfile(source, target / f"{family}-{weight[3:]}.ttf")
        shutil.copyfile(package / "LICENSE_FONT", target / f"{family}-OFL.txt")


def copy_leaflet(package: Path, target: Path) -> None:
    """Copy Leaflet's minified script, style sheet and licence."""
    for name in ("dist/leaflet.js", "dist/leaflet.css", "LICENSE"):
        source = package / name
        text = source.read_text(encoding="utf-8")
        # The map it leads to is not shipped; a browser would ask for it and report an error.
        text = re.sub(r"\n//# sourceMappingURL=\S+\s*$", "\n", text)
        (target / source.name).write_text(text, encoding="utf-8")
