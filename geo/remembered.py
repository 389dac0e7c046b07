"""Next month's file of an office is read as the last one was: columns, system, words, header."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.formats.mapping import Mapping, check_usable, fingerprint
from geo.formats.text import normalise
from geo.loading import open_file
from geo.model.plan import ImportBatch

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.formats.raw import HeaderRows, RawTable
    from geo.formats.reader import FileReader
    from geo.loading import OpenedFile
    from geo.model.entity import Kind
    from geo.progress import Progress

_HEADERS_TRIED = 4


@dataclass(frozen=True, slots=True)
class Remembered:
    """How a file with the same columns was read before.

    Attributes:
        mapping: In the columns of the file that is read now.
        file_name: Of the file before.
        at: When that was imported.
    """

    mapping: Mapping
    file_name: str
    at: datetime


def remembered(plan: PlanRows, raw: RawTable, target: Kind | None = None) -> Remembered | None:
    """Return how the last file with these columns was read, or None.

    Args:
        plan: The plan with its imports.
        raw: The file that is read now.
        target: What its rows are to become, if that is known.
    """
    mark = fingerprint(raw)
    batches = [
        b
        for b in plan.all(ImportBatch)
        if b.fingerprint == mark and target in {None, b.target} and b.mapping != "{}"
    ]
    for batch in sorted(batches, key=lambda b: b.imported_at, reverse=True):
        with contextlib.suppress(InputError):
            mapping = _in_columns(Mapping.from_json(batch.mapping), raw)
            check_usable(raw, mapping)
            return Remembered(mapping, batch.file_name, batch.imported_at)
    return None


def read_as_before(
    plan: PlanRows,
    reader: FileReader,
    opened: OpenedFile,
    target: Kind | None = None,
    progress: Progress | None = None,
) -> tuple[OpenedFile, Remembered | None]:
    """Return a file as it is to be read, and how its predecessor was.

    Where a person had to correct the header last month, it is tried in the same line.

    Raises:
        CancelledError: The user asked to stop.
    """
    found = remembered(plan, opened.raw, target)
    if found is not None or opened.header:
        return opened, found
    for header in _headers(plan, opened):
        with contextlib.suppress(InputError):
            again = open_file(
                reader, opened.path, sheets=opened.sheets, header=header, progress=progress
            )
            found = remembered(plan, again.raw, target)
            if found is not None:
                return again, found
    return opened, None


def for_next_month(mapping: Mapping, header: HeaderRows) -> Mapping:
    """Return a mapping that also keeps the header rows which a person chose.

    Sheets are often named after their month, so one choice stands for all of them.
    """
    if not header:
        return replace(mapping, header={})
    ((usual, _),) = Counter(header.values()).most_common(1)
    return replace(mapping, header={**header, "": usual})


def _headers(plan: PlanRows, opened: OpenedFile) -> list[HeaderRows]:
    """Return the header rows of earlier files, the last first; only a text has other lines."""
    if not any(sheet.preview for sheet in opened.info.sheets):
        return []
    found: list[HeaderRows] = []
    for batch in sorted(plan.all(ImportBatch), key=lambda b: b.imported_at, reverse=True):
        with contextlib.suppress(ValueError, InputError):
            if not json.loads(batch.mapping).get("header"):
                continue
            header = Mapping.from_json(batch.mapping).header
            if header not in found:
                found.append(header)
    return found[:_HEADERS_TRIED]


def _in_columns(mapping: Mapping, raw: RawTable) -> Mapping:
    """Return a mapping in the columns of another file, which may be written a little otherwise."""
    own = {normalise(c): c for c in raw.columns}

    def here(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(own.get(normalise(n), n) for n in names)

    return replace(
        mapping,
        columns={field: own.get(normalise(c), c) for field, c in mapping.columns.items()},
        never=here(mapping.never),
        ignored=here(mapping.ignored),
    )
