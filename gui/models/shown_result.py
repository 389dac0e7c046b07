"""A result of an analysis, ready to be shown: made on a worker thread, worded where it is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gui.models.found_rows import FoundRows
from layers.export.found_rows import FoundTable
from layers.findings import Findings
from layers.said import Words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShownResult:
    """A result with all that is shown of it.

    Attributes:
        asked: What was asked for, to be compared with what the form says by now.
        headline: The result in one sentence.
        said: Method, parameters, n, grades, precision: a sentence each.
        warned: What keeps a reader from taking it for more than it is.
        findings: What lies on the map.
        rows: What stands in the table.
        leaves: Makes the rows that may leave; None where none may.
    """

    asked: object
    headline: Words
    said: tuple[Words, ...]
    warned: tuple[Words, ...]
    findings: Findings
    rows: FoundRows
    leaves: Callable[[], FoundTable] | None = None
