"""The report of hotspots as the section asked for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.export.content import ReportKind

if TYPE_CHECKING:
    from geo.catalogue import Language
    from geo.compute import Computer
    from geo.model.vocabulary import Grade
    from geo.progress import Progress
    from geo.project import Project
    from gui.models.hotspot_asked import Asked
    from gui.models.leaving import MakeReport
    from layers.export.content import ReportContent
    from layers.moment import Moment
    from layers.seen import FirstSeen


def report_maker(
    asked: Asked, computer: Computer, seen: tuple[Moment, FirstSeen | None]
) -> MakeReport:
    """Return what makes the report; it computes anew, of the whole plan on the day shown."""

    def make(
        project: Project, grade: Grade, language: Language, progress: Progress
    ) -> ReportContent:
        from gui.analysis_papers import AnalysisAsked, analysis_report

        return analysis_report(
            project,
            AnalysisAsked(kind=ReportKind.HOTSPOTS, hotspots=asked),
            grade,
            language,
            computer=computer,
            progress=progress,
            seen=seen,
        )

    return make
