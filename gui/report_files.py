"""Writing a report's files: each one whole and logged, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from geo.catalogue import Language
from geo.errors import InputError
from geo.model.vocabulary import Grade
from layers.moment import NOW, Moment
from layers.seen import FirstSeen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.progress import Progress
    from geo.project import Project
    from gui.computing import Computing
    from layers.layer_list import LayerList

STEPS = 3
STAGES = {".pdf": "panel.report.stage.pdf", ".html": "panel.report.stage.html"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What report is wanted, and where.

    Attributes:
        kind: As in `ReportKind`; an analysis has its usual settings.
        operation_id: The operation of an operation's report.
        paper: ``A4`` or ``A3``.
        folder: Where its files go.
        moment: The day that it shows: the one that the map shows when it is asked for.
        first_seen: When the rows came into the plan, for *as known then*.
    """

    kind: str
    operation_id: str
    grade: Grade
    language: Language
    paper: str
    pdf: bool
    html: bool
    folder: Path
    moment: Moment = NOW
    first_seen: FirstSeen | None = None


def write_report(
    project: Project,
    wanted: Wanted,
    layers: LayerList,
    record: Callable[..., None],
    progress: Progress,
    computing: Computing | None = None,
) -> list[Path]:
    """Write the files of a report, each only after its copy was logged, and return them.

    Args:
        project: The plan.
        wanted: What is wanted.
        layers: The map's layers as they stand in the window.
        record: Logs a copy and waits until the disk has the row; see `PlanSession.recorder`.
        progress: Told before each stage, and asked whether to go on.
        computing: Computes an analysis; only reports of one need it.

    Raises:
        PlanError: It cannot be made at this grade, the folder cannot be written, or a copy cannot
            be logged; then there is no file of it.
    """
    from gui.analysis_papers import ANALYSES, AnalysisAsked, analysis_report
    from gui.print.copies import save_copy
    from gui.print.pdf import Paper, Sheet
    from layers.export.content import ReportKind
    from layers.export.report import report_content

    progress.step(0, STEPS, "panel.report.stage.content")
    kind = ReportKind(wanted.kind)
    if kind in ANALYSES and computing is not None:
        content = analysis_report(
            project,
            AnalysisAsked(kind=kind),
            wanted.grade,
            wanted.language,
            computer=computing.computer(),
            progress=progress,
            seen=(wanted.moment, wanted.first_seen),
        )
    else:
        content = report_content(
            project,
            kind,
            wanted.grade,
            wanted.language,
            operation_id=wanted.operation_id,
            moment=wanted.moment,
            first_seen=wanted.first_seen,
        )
    _make(wanted.folder)
    suffixes = [s for s, on in ((".pdf", wanted.pdf), (".html", wanted.html)) if on]
    stem = free_stem(wanted.folder, _stem(wanted), suffixes)
    written: list[Path] = []
    for done, suffix in enumerate(suffixes, start=1):
        progress.step(done, STEPS, STAGES[suffix])
        path = wanted.folder / f"{stem}{suffix}"
        save_copy(content, path, record=record, sheet=Sheet(Paper(wanted.paper)), layers=layers)
        written.append(path)
    return written


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("report.error.not_written", path=str(folder)) from error


def _stem(wanted: Wanted) -> str:
    now, moment = datetime.now(UTC).astimezone(), wanted.moment
    past = f"-of-{moment.on:%Y%m%d}-{moment.mode.value}" if moment.is_past else ""
    return f"{wanted.kind}-{wanted.grade.value}-{wanted.language}{past}-{now:%Y%m%d-%H%M}"


def free_stem(folder: Path, stem: str, suffixes: Sequence[str]) -> str:
    """Return a file name that no file of the folder has: a report never replaces an older one."""
    names = chain([stem], (f"{stem}-{n}" for n in count(2)))
    return next(n for n in names if not any((folder / f"{n}{s}").exists() for s in suffixes))
