"""What the window remembers between two starts: a JSON file, since QSettings' own can run code.

Only how the window looks and which plans were open; nothing of what stands in a plan.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "window.json"
RECENT: Final = 6


@dataclass(slots=True)
class Settings:
    """The remembered state; a value that cannot be read falls back to its default.

    Attributes:
        language: ``km`` or ``en``.
        theme: ``light`` or ``dark``.
        recent: Paths of plans, the last one first.
        users: Path of a plan → id of the user who acted last in it.
        geometry: Position and size of the window, as Qt saves it, hexadecimal.
        drawer_height: Height of the table drawer in pixels.
        time_strip: Whether the time strip is open.
        report_folder: Where reports were written last.
        tables: Kind → which columns its table shows, in which order and how wide.
    """

    language: str = "km"
    theme: str = "light"
    recent: list[str] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)
    geometry: str = ""
    drawer_height: int = 220
    time_strip: bool = False
    report_folder: str = ""
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)

    def remember_plan(self, path: Path) -> None:
        """Put a plan at the head of the recent ones."""
        name = str(path)
        self.recent = [name, *(p for p in self.recent if p != name)][:RECENT]

    def forget_plan(self, path: Path) -> None:
        """Take a plan from the list; its file is not touched."""
        self.recent = [p for p in self.recent if p != str(path)]


def load(folder: Path) -> Settings:
    """Read the settings of `folder`; what is missing or damaged is as on the first start."""
    try:
        raw = json.loads((folder / FILE_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(raw, dict):
        return Settings()
    fresh = Settings()
    known: dict[str, Any] = {
        f.name: raw[f.name]
        for f in fields(Settings)
        if isinstance(raw.get(f.name), type(getattr(fresh, f.name)))
    }
    settings = Settings(**known)
    settings.recent = [str(p) for p in settings.recent][:RECENT]
    if settings.language not in {"km", "en"}:
        settings.language = fresh.language
    if settings.theme not in {"light", "dark"}:
        settings.theme = fresh.theme
    return settings


def save(settings: Settings, folder: Path) -> None:
    """Write the settings in one step: a crash leaves the old file or the new one.

    Raises:
        OSError: The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{FILE_NAME}.{os.getpid()}"
    with temporary.open("w", encoding="utf-8") as stream:
        json.dump(asdict(settings), stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(folder / FILE_NAME)
