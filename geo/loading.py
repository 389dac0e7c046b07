"""Reading a foreign file into an open plan: read, understand, check, and one edit at the end.

The window's dialog and the command line take these steps one by one or all at once; nothing is
changed before the edit is committed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.edit.importing import existing_in, import_edit
from geo.formats.mapping import Mapping, suggest
from geo.formats.rows import Checked, check
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.edit.edit import Edit
    from geo.edit.reading import PlanRows
    from geo.formats.reader import FileReader
    from geo.gazetteer import Gazetteer
    from geo.model.entity import Kind
    from geo.progress import Progress

STEPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A file that was read and checked, and not imported yet.

    Attributes:
        sha256: Of the file as it was read, hexadecimal.
        checked: What would become of each row.
    """

    file_name: str
    sha256: str
    checked: Checked

    def edit(self, plan: PlanRows, *, operation_id: str = "") -> Edit:
        """Return the one edit that imports it.

        Raises:
            InputError: The file has no data row.
        """
        return import_edit(
            plan, self.checked, self.file_name, self.sha256, operation_id=operation_id
        )


def load(  # noqa: PLR0913 - what may be chosen about a file
    plan: PlanRows,
    reader: FileReader,
    path: Path,
    target: Kind,
    *,
    sheets: Sequence[str] | None = None,
    mapping: Mapping | None = None,
    gazetteer: Gazetteer | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Read and check a file against a plan; the plan is not changed.

    Args:
        plan: The plan as it is now.
        reader: Owns the worker process in which the file is opened.
        path: The file.
        target: What its rows become.
        sheets: Sheets or layers; None takes those that look like data.
        mapping: Column → field; None takes the suggestion.
        gazetteer: Names and territory; None takes the one that is shipped.
        progress: Told after each step, and asked whether to go on.

    Raises:
        InputError: The file cannot be read, or none of its columns can be used.
        CancelledError: The user asked to stop.
    """
    progress = progress or NoProgress()
    progress.step(0, STEPS, "import.step.reading")
    info = reader.inspect(path)
    raw = reader.read(path, sheets=sheets)
    progress.step(1, STEPS, "import.step.checking")
    checked = check(
        raw,
        mapping if mapping is not None else suggest(raw, target),
        target,
        gazetteer,
        existing_in(plan, target),
    )
    progress.step(2, STEPS, "import.step.checking")
    return Loaded(file_name=path.name, sha256=info.sha256, checked=checked)
