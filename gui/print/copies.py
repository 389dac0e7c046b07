"""A copy leaves the application: written whole or not at all, and never without its audit row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.formats.writing import write_whole
from geo.model.entity import Kind
from geo.model.vocabulary import Grade
from gui.print.pdf import Sheet, pdf_bytes
from gui.print.png import png_bytes
from layers.export.result_book import result_book
from layers.export.webmap import webmap_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.export.content import ReportContent
    from layers.layer_list import LayerList

__all__ = ["Copy", "save_copy", "save_paper", "write_whole"]

SUFFIXES = (".pdf", ".html", ".png")


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was made.

    Attributes:
        pages: Pages of a PDF; 1 for a picture or a web page.
        withheld: Kind → reason → rows that are not in it.
        sha256: Of the file, hexadecimal; the same stands in the audit row.
    """

    path: Path
    grade: Grade
    pages: int
    withheld: Mapping[Kind, Mapping[str, int]]
    sha256: str


def save_copy(
    content: ReportContent,
    path: Path,
    *,
    record: Callable[..., None],
    sheet: Sheet | None = None,
    layers: LayerList | None = None,
) -> Copy:
    """Write a report to a file, its format by the file's suffix, and log it.

    The audit row is written before the file gets its name: a copy that nobody logged cannot be.

    Args:
        content: The report.
        path: ``.pdf``, ``.html`` or ``.png``; of an analysis ``.xlsx`` too.
        record: `Project.record`, or what does the same on the store's own thread.
        sheet: Paper of a PDF.
        layers: Layers of the map as they stand in the window; None is as a new map has them.

    Raises:
        InputError: The suffix is none of these, or the file cannot be written; then there is none.
    """
    data, pages = _bytes(content, path.suffix.lower(), sheet, layers)
    sha256 = hashlib.sha256(data).hexdigest()

    def log() -> None:
        record(
            "print" if path.suffix.lower() == ".pdf" else "export",
            **content.audit,
            format=path.suffix.lower().lstrip("."),
            pages=pages,
            sha256=sha256,
        )

    write_whole(path, data, before=log)
    return Copy(path, content.grade, pages, content.withheld, sha256)


def save_paper(
    report: ReportContent,
    path: Path,
    data: bytes,
    pages: int,
    *,
    record: Callable[..., None],
) -> Copy:
    """Write a paper of a duty that was made already, and log it before the file gets its name.

    Args:
        report: Of the paper: its grade and what is logged of it.
        path: ``.pdf`` is a print, anything else an export.
        data: The file.
        pages: Pages of a PDF; 1 for a workbook.
        record: See `save_copy`.

    Raises:
        InputError: The file cannot be written; then there is none.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    form = path.suffix.lower().lstrip(".")

    def log() -> None:
        what = "print" if form == "pdf" else "export"
        record(what, **report.audit, format=form, pages=pages, sha256=sha256)

    write_whole(path, data, before=log)
    return Copy(path, report.grade, pages, report.withheld, sha256)


def _bytes(
    content: ReportContent, suffix: str, sheet: Sheet | None, layers: LayerList | None
) -> tuple[bytes, int]:
    if suffix == ".pdf":
        return pdf_bytes(content, sheet, layers)
    if suffix == ".png":
        return png_bytes(content, layers=layers), 1
    if suffix in {".html", ".htm"}:
        return webmap_html(content).encode(), 1
    if suffix == ".xlsx" and content.basis:
        return result_book(content), 1
    formats = (*SUFFIXES, ".xlsx") if content.basis else SUFFIXES
    raise InputError("report.error.format", suffix=suffix, formats=", ".join(formats))
