"""Fonts, icons and Leaflet: files copied from their packages, each with its licence."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# fmt: off
ICONS = (
    "activity", "alert-circle", "alert-triangle", "ambulance", "arrow-back-up",
    "arrow-forward-up", "ban", "bell", "building", "building-community", "building-factory",
    "building-store", "calendar", "calendar-event", "car", "chart-dots", "check", "checklist",
    "chevron-down", "chevron-left", "chevron-right", "chevron-up", "circle-check", "circle-dot",
    "clipboard", "clock", "copy", "current-location", "database", "device-floppy", "dots",
    "dots-vertical", "download", "edit", "eye", "eye-off", "file-export", "file-import",
    "file-report", "file-spreadsheet", "file-text", "filter", "firetruck", "flag", "flame",
    "focus", "focus-2", "folder-open", "gavel", "grip-vertical", "hand-stop", "help", "hexagon",
    "history", "home", "info-circle", "keyboard", "language", "layers-difference",
    "layers-subtract", "line", "link", "list", "list-details", "lock", "lock-open", "map",
    "map-pin", "map-pin-plus", "map-search", "maximize", "menu-2", "minimize", "minus", "moon",
    "note", "pencil", "phone", "photo", "player-play", "plus", "pointer", "polygon", "printer",
    "question-mark", "refresh", "rotate", "ruler", "ruler-measure", "scissors", "search",
    "settings", "shield-check", "shield-lock", "stack", "stack-2", "star", "sun", "table",
    "target", "timeline", "trash", "upload", "user", "user-check", "user-plus", "users",
    "users-group", "vector", "video", "x", "zoom-in", "zoom-out",
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
