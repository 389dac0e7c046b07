"""Writing a report's files: all of them, or none, and never half of one."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.catalogue import Language
from geo.errors import StoreError
from geo.model.vocabulary import Grade

if TYPE_CHECKING:
    from geo.progress import Progress
    from geo.project import Project
    from layers.layer_list import LayerList

STEPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What report is wanted, and where.

    Attributes:
        kind: ``province`` or ``operation``.
        operation_id: The operation of an operation's report.
        paper: ``A4`` or ``A3``.
        folder: Where its files go.
    """

    kind: str
    operation_id: str
    grade: Grade
    language: Language
    paper: str
    pdf: bool
    html: bool
    folder: Path


def write_report(
    project: Project, wanted: Wanted, layers: LayerList, progress: Progress
) -> tuple[list[Path], dict[str, str | int]]:
    """Write the files of a report and return them with the details for the audit.

    Raises:
        PlanError: It cannot be made at this grade, or the folder cannot be written.
    """
    from layers.export.content import ReportKind
    from layers.export.report import report_content

    progress.step(0, STEPS, "panel.report.stage.content")
    content = report_content(
        project,
        ReportKind(wanted.kind),
        wanted.grade,
        wanted.language,
        operation_id=wanted.operation_id,
    )
    stem = f"{wanted.kind}-{wanted.grade.value}-{wanted.language}"
    files: list[tuple[Path, bytes]] = []
    progress.step(1, STEPS, "panel.report.stage.pdf")
    if wanted.pdf:
        from gui.print.pdf import Paper, Sheet, pdf_bytes

        data, _pages = pdf_bytes(content, Sheet(Paper(wanted.paper)), layers)
        files.append((wanted.folder / f"{stem}.pdf", data))
    progress.step(2, STEPS, "panel.report.stage.html")
    if wanted.html:
        from layers.export.webmap import webmap_html

        files.append((wanted.folder / f"{stem}.html", webmap_html(content).encode()))
    progress.step(STEPS, STEPS, "panel.report.stage.files")
    for path, data in files:
        _write(path, data)
    return [path for path, _ in files], dict(content.audit)


def _write(path: Path, data: bytes) -> None:
    """Write a file beside its place, then put it there in one step."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise StoreError("panel.report.error.folder", folder=str(path.parent)) from error
