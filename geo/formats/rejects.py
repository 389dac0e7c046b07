"""The rows that were not imported, as a workbook to be corrected by hand.

Row, field, value, reason.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from geo.catalogue import Language, label, text
from geo.errors import InputError
from geo.formats.summary import reject_line
from geo.model.vocabulary import Grade

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.formats.rows import Checked

_HEADS = ("sheet", "row", "state", "field", "value", "reason", "proposal")
_WIDTHS = (18, 8, 14, 18, 32, 60, 32)


def write_rejects(
    checked: Checked,
    path: Path,
    language: Language,
    *,
    source: Path | None = None,
    record: Callable[..., None] | None = None,
) -> int:
    """Write rejected and waiting rows with their reasons in words; of grade *command*.

    Every text is a text cell: a value that begins with ``=`` is shown, never computed. The file is
    written beside its name and then renamed, so that a full disk destroys nothing.

    Args:
        checked: The file after the check.
        path: Workbook to write.
        language: Of the words.
        source: The register that was read, which must not be written over.
        record: Logs the copy before the file gets its name: one that nobody logged cannot be.

    Returns:
        Number of rows written.

    Raises:
        InputError: The file cannot be written, or is not named as a workbook.
    """
    problems = sorted((*checked.rejected, *checked.waiting), key=lambda p: p.position)
    lines: list[tuple[str | int, ...]] = []
    for problem in problems:
        words = reject_line(checked, problem, language)
        state = "waiting" if problem.ask else "rejected"
        lines.append(
            (
                problem.sheet,
                problem.row,
                text(f"import.state.{state}", language),
                words["field"],
                words["value"],
                words["reason"],
                problem.proposal,
            )
        )
    return write_lines(lines, path, language, source=source, record=record)


def write_lines(
    lines: Sequence[tuple[str | int, ...]],
    path: Path,
    language: Language,
    *,
    source: Path | None = None,
    record: Callable[..., None] | None = None,
) -> int:
    """Write rows that were not imported: sheet, row, state, field, value, reason, proposal.

    Raises:
        InputError: As `write_rejects`.
    """
    if path.suffix.lower() != ".xlsx":
        # A slip of the hand must not write a workbook over a plan or a register.
        raise InputError("error.import.rejects_name", name=path.name)
    if source is not None and path.exists() and path.samefile(source):
        raise InputError("error.import.rejects_over_source", name=path.name)
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "rejects"

    def put(row: int, column: int, value: str | int, *, bold: bool = False) -> None:
        cell = sheet.cell(row=row, column=column)
        if isinstance(value, int):
            cell.value = value
        else:
            # openpyxl makes a formula of "=…": the type is set again after the value.
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"
            cell.quotePrefix = True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)

    title = text("import.rejects.title", language, grade=label(Grade.COMMAND, language))
    put(1, 1, title, bold=True)
    for column, head in enumerate(_HEADS, 1):
        put(2, column, text(f"import.rejects.{head}", language), bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[column - 1]
    for line, cells in enumerate(lines, 3):
        for column, value in enumerate(cells, 1):
            put(line, column, value)
    sheet.freeze_panes = "A3"
    details = {"kind": "rejects", "grade": Grade.COMMAND.value, "rows": len(lines)}
    _save(book.save, path, partial(record, "export", **details) if record else None)
    return len(lines)


def _save(save: object, path: Path, log: Callable[[], None] | None) -> None:
    try:
        with NamedTemporaryFile(dir=path.parent, suffix=".xlsx", delete=False) as stream:
            temporary = Path(stream.name)
            try:
                save(stream)  # type: ignore[operator] # openpyxl is untyped
                stream.flush()
                os.fsync(stream.fileno())
                if log is not None:
                    log()
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        temporary.replace(path)
    except OSError:
        raise InputError("error.import.rejects_unwritable", name=path.name) from None
