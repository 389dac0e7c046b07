"""Reading foreign files for the import dialog: one warm worker for the whole window. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.formats.mapping import Mapping
    from geo.formats.raw import FileInfo, RawTable  # noqa: TC004 - only the dialog needs it
    from geo.formats.reader import FileReader
    from geo.formats.rows import Checked
    from geo.model.entity import Kind
    from geo.progress import Progress
    from geo.project import Project

READING, CHECKING, STEPS = 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A file as the dialog works with it.

    Attributes:
        sheet: The one sheet or layer that was read, or empty for all that hold data.
    """

    path: Path
    info: FileInfo
    raw: RawTable
    sheet: str


class Reading:
    """Keeps the worker; started with the first file, ended with the window."""

    def __init__(self) -> None:
        self._reader: FileReader | None = None

    def _worker(self) -> FileReader:
        from geo.formats.reader import FileReader

        if self._reader is None:
            self._reader = FileReader()
        return self._reader

    def open(self, path: Path, sheet: str, progress: Progress) -> OpenedFile:
        """Look into a file and read its rows.

        Raises:
            PlanError: It cannot be used; it says why.
        """
        progress.step(0, STEPS, "dialog.import.stage.look")
        info = self._worker().inspect(path)
        progress.step(READING, STEPS, "dialog.import.stage.read")
        raw = self._worker().read(path, sheets=[sheet] if sheet else None)
        return OpenedFile(path=path, info=info, raw=raw, sheet=sheet)

    def cancel(self) -> None:
        """End what the worker is doing."""
        if self._reader is not None:
            self._reader.cancel()

    def close(self) -> None:
        """End the worker."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None


def likely_target(raw: RawTable) -> Kind:
    """Return what the rows of a file most likely are: the kind for which most columns have a field.

    Raises:
        InputError: No kind can use any of its columns.
    """
    from geo.formats.mapping import IMPORTABLE, suggest
    from geo.formats.synonyms import fields_of
    from geo.model.entity import Kind

    best, kind, refused = 0.0, None, None
    for each in IMPORTABLE:
        try:
            mapping = suggest(raw, each)
        except InputError as error:
            refused = refused or error
            continue
        # Of two kinds that take as many columns, the one that has fewer fields fits better.
        score = len(mapping.columns) + 1 / (1 + len(fields_of(each)))
        if score > best:
            best, kind = score, each
    if raw.areas and any(raw.areas) and kind is None:
        return Kind.ZONE
    if kind is None:
        raise refused or InputError("error.import.no_target", target="")
    return Kind.ZONE if raw.areas and any(raw.areas) and best < len(raw.columns) else kind


def checked_file(
    project: Project, opened: OpenedFile, mapping: Mapping, progress: Progress
) -> Checked:
    """Check every row of a file against the plan as it is now."""
    from geo.edit.importing import existing_in
    from geo.formats.rows import check

    progress.step(CHECKING, STEPS, "dialog.import.stage.check")
    return check(opened.raw, mapping, mapping.target, existing=existing_in(project, mapping.target))


def edit_of(project: Project, opened: OpenedFile, checked: Checked, operation_id: str) -> Edit:
    """Return the one edit that imports a checked file."""
    from geo.edit.importing import import_edit

    return import_edit(
        project,
        checked,
        opened.path.name,
        opened.info.sha256,
        operation_id=operation_id,
    )
