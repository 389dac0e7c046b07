"""Templates of teams in the settings folder of a person: one JSON file each.

They hold no name and no contact (see `geo.edit.team_templates`), so they may outlive a plan.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Final

from geo.edit.team_templates import TeamTemplate, template_from_json, template_to_json
from geo.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = "team-templates"
MOST_BYTES: Final = 100_000


class TemplateFiles:
    """The templates that a person saved."""

    def __init__(self, home: Path) -> None:
        """Take the person's folder; it need not exist yet."""
        self._folder = home / FOLDER

    def all(self) -> tuple[TeamTemplate, ...]:
        """Return the templates by name; a file that cannot be read is none."""
        found = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                if path.stat().st_size <= MOST_BYTES:
                    found.append(template_from_json(path.read_text("utf-8")))
            except (OSError, ValueError, InputError):
                continue
        return tuple(sorted(found, key=lambda t: t.name))

    def save(self, template: TeamTemplate) -> None:
        """Write a template in one step, in place of one of the same name.

        Raises:
            InputError: The folder cannot be written.
        """
        path = self._path(template.name)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_text(template_to_json(template), "utf-8")
            temporary.replace(path)
        except OSError:
            raise InputError("error.template.not_written") from None

    def remove(self, name: str) -> None:
        """Remove a template; one that is not there is not missed."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        # A name may hold what no file system takes; its digest never does.
        return self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.json"
