"""The report of an analysis as a workbook: what it rests on, and every row of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.catalogue import text
from geo.formats.writing import Sheet, xlsx_bytes

if TYPE_CHECKING:
    from layers.export.content import ReportContent, ReportTable


def result_book(content: ReportContent) -> bytes:
    """Return the workbook; its first page says method, parameters, n, grades and precision."""
    first = Sheet(
        name=text("report.sheet.about", content.language),
        about=_head(content),
        keys=("said",),
        heads=(text("report.basis", content.language),),
        rows=[(said,) for said in (*content.basis, *content.notes)],
    )
    return xlsx_bytes(first, others=[_sheet(table, content) for table in content.tables])


def _head(content: ReportContent) -> list[str]:
    title = content.title
    lines = [title.banner, f"{title.title}: {title.subtitle}", f"{title.number} · {title.date}"]
    return [*lines, title.fictional] if title.fictional else lines


def _sheet(table: ReportTable, content: ReportContent) -> Sheet:
    about = [*_head(content), table.title, *content.basis, table.before, table.note]
    return Sheet(
        name=table.name,
        about=[line for line in about if line],
        keys=[f"column_{number}" for number in range(len(table.columns))],
        heads=[column.head for column in table.columns],
        rows=[*table.rows, *([table.total] if table.total else [])],
    )
