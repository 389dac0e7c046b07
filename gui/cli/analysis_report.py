"""Reports of analyses on the command line: ``report PLAN --kind hotspots|pressure|scoreboard``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from geo.analysis.border.wish import WITHIN_M
from geo.gazetteer import Gazetteer
from geo.model.vocabulary import AdminLevel
from gui.cli import console
from gui.models.hotspot_asked import Asked, Method
from layers.export.content import ReportKind

if TYPE_CHECKING:
    from geo.catalogue import Language
    from geo.model.vocabulary import Grade
    from geo.project import Project
    from gui.analysis_papers import AnalysisAsked
    from layers.export.content import ReportContent
    from layers.moment import Moment
    from layers.seen import FirstSeen

__all__ = ["WITHIN_M", "ScoreBy", "asked_of", "computed"]


class ScoreBy(StrEnum):
    """The units of a scoreboard's report."""

    PROVINCE = AdminLevel.PROVINCE.value
    DISTRICT = AdminLevel.DISTRICT.value
    COMMUNE = AdminLevel.COMMUNE.value


def asked_of(
    kind: str, out: Path, province: str, *, method: Method, within: float, by: ScoreBy
) -> AnalysisAsked:
    """Return what report is asked for by the options of the verb.

    Raises:
        InputError: No such province.
    """
    from geo.analysis.border.wish import Wish
    from gui.analysis_papers import AnalysisAsked

    code = Gazetteer.load().province(province).code if province else ""
    return AnalysisAsked(
        kind=ReportKind(kind),
        hotspots=Asked(method=method, province=code),
        pressure=Wish(within_m=within),
        level=AdminLevel(by.value),
        within=code,
        whole=out.suffix.lower() == ".xlsx",
    )


def computed(
    project: Project,
    asked: AnalysisAsked,
    grade: Grade,
    language: Language,
    moment: Moment,
    first_seen: FirstSeen | None,
) -> ReportContent:
    """Compute an analysis and return its report.

    Raises:
        PlanError: Another grade than command, or too little to say anything.
    """
    from geo.compute import Computer
    from gui.analysis_papers import analysis_report

    progress = console.TerminalProgress()
    try:
        with Computer() as computer:
            return analysis_report(
                project,
                asked,
                grade,
                language,
                computer=computer,
                progress=progress,
                seen=(moment, first_seen),
            )
    finally:
        progress.close()
