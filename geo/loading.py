"""Reading a foreign file into an open plan: read, understand, check, and one edit at the end.

The window's dialog takes these steps one by one (`open_file`, `check_file`, `Loaded.edit`), the
command line all at once (`load`); nothing is changed before the edit is committed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.collector import at_rest, dismiss
from geo.edit.importing import existing_in, import_edit
from geo.errors import InputError
from geo.formats.mapping import IMPORTABLE, Mapping, suggest
from geo.formats.rows import Checked, check
from geo.formats.synonyms import fields_of
from geo.model.entity import Kind
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.edit import Edit
    from geo.edit.reading import PlanRows
    from geo.formats.raw import FileInfo, HeaderRows, RawTable  # noqa: TC004 - fields of a dataclass
    from geo.formats.reader import FileReader
    from geo.gazetteer import Gazetteer
    from geo.progress import Progress

READING, STEPS = 1, 2
_OF_CROSSINGS = frozenset(("neighbour", "opposite", "open_from", "open_to"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A file that was read, before anybody said what its columns mean.

    Attributes:
        info: Its sheets or layers, and its hash.
        raw: The rows of those that were read.
        sheets: Those that were chosen; None took those that look like data.
        header: Header rows that a person chose instead of those that were found.
    """

    path: Path
    info: FileInfo
    raw: RawTable
    sheets: tuple[str, ...] | None
    header: HeaderRows = field(default_factory=dict)


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
        with at_rest():
            return import_edit(
                plan, self.checked, self.file_name, self.sha256, operation_id=operation_id
            )

    def dismiss(self, progress: Progress | None = None) -> None:
        """Give the rows back in short steps, once nothing of them is needed any more.

        Call it on a worker thread: a hundred thousand rows that are given back at once, as the last
        name for them goes, stop every thread for a tenth of a second.
        """
        raw, good = self.checked.raw, self.checked.columns.values()
        columns: list[list[Any]] = [*raw.cells, *good, raw.numbers, raw.lon, raw.lat, raw.areas]
        for column in columns:
            dismiss(column, progress or NoProgress())


def open_file(
    reader: FileReader,
    path: Path,
    *,
    sheets: Sequence[str] | None = None,
    header: HeaderRows | None = None,
    progress: Progress | None = None,
) -> OpenedFile:
    """Look into a file and read its rows.

    Args:
        reader: Owns the worker process in which the file is opened.
        path: The file.
        sheets: Sheets or layers; None takes those that look like data.
        header: Sheet (``""`` in a file without sheets) → line of its header from 1 and number of
            lines, where what is found by itself is wrong; `SheetInfo.preview` shows the lines.
        progress: Told before each step, and asked whether to go on.

    Raises:
        InputError: The file cannot be read.
        CancelledError: The user asked to stop.
    """
    progress = progress or NoProgress()
    progress.step(0, STEPS, "import.step.looking")
    progress.step(READING, STEPS, "import.step.reading")
    info, raw = reader.open(path, sheets=sheets, header=header)
    chosen = None if sheets is None else tuple(sheets)
    return OpenedFile(path=path, info=info, raw=raw, sheets=chosen, header=dict(header or {}))


def check_file(
    plan: PlanRows,
    opened: OpenedFile,
    mapping: Mapping,
    *,
    gazetteer: Gazetteer | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Check every row of a file against a plan; the plan is not changed.

    Args:
        plan: The plan as it is now.
        opened: The file.
        mapping: Column → field, and what the rows become.
        gazetteer: Names and territory; None takes the one that is shipped.
        progress: Told how many rows are checked so far, and asked whether to go on.

    Raises:
        InputError: None of its columns can be used.
        CancelledError: The user asked to stop.
    """
    progress = progress or NoProgress()
    rows = len(opened.raw)
    progress.step(0, rows, "import.step.checking")
    with at_rest():
        existing = existing_in(plan, mapping.target)
        checked = check(opened.raw, mapping, mapping.target, gazetteer, existing, progress)
    progress.step(rows, rows, "import.step.checking")
    return Loaded(file_name=opened.path.name, sha256=opened.info.sha256, checked=checked)


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
    """Read and check a file in one go; see `open_file` and `check_file`.

    Args:
        plan: The plan as it is now.
        reader: Owns the worker process in which the file is opened.
        path: The file.
        target: What its rows become.
        sheets: Sheets or layers; None takes those that look like data.
        mapping: Column → field; None takes the suggestion.
        gazetteer: Names and territory; None takes the one that is shipped.
        progress: Told of each step, and asked whether to go on.

    Raises:
        InputError: The file cannot be read, or none of its columns can be used.
        CancelledError: The user asked to stop.
    """
    opened = open_file(reader, path, sheets=sheets, progress=progress)
    if mapping is None:
        mapping = suggest(opened.raw, target)
    return check_file(plan, opened, mapping, gazetteer=gazetteer, progress=progress)


def likely_target(raw: RawTable) -> Kind:
    """Return what the rows of a file most likely are: the kind for which most columns have a field.

    Raises:
        InputError: No kind can use any of its columns.
    """
    best, kind, refused = 0.0, None, None
    for each in IMPORTABLE:
        try:
            mapping = suggest(raw, each)
        except InputError as error:
            refused = refused or error
            continue
        if each is Kind.INSPECTION and "site_code" not in mapping.columns:
            # Names alone do not say that these are visits to sites that the plan knows.
            continue
        # Of two kinds that take as many columns, the one that has fewer fields fits better.
        score = len(mapping.columns) + 1 / (1 + len(fields_of(each)))
        # A name, a type and a place are a crossing's too; what tells it is a border or its opening.
        if each is Kind.CROSSING and not _OF_CROSSINGS & set(mapping.columns):
            score -= 1
        if score > best:
            best, kind = score, each
    # A few outlines among points are premises; a file of outlines is one of zones.
    outlined = 2 * sum(area is not None for area in raw.areas) > len(raw)
    if outlined and (kind is None or best < len(raw.columns)):
        return Kind.ZONE
    if kind is None:
        raise refused or InputError("error.import.no_target", target="")
    return kind
