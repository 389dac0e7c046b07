"""How the scoreboard is counted for the window: on a worker thread, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.analysis.scoreboard.board import Origin
from geo.analysis.scoreboard.job import Standing, Wish, make_scoreboard
from geo.analysis.scoreboard.measures import Measure
from geo.analysis.split.wanted import official_outlines
from geo.model.entity import Area, Kind
from geo.model.table import Table
from geo.model.vocabulary import AdminLevel
from layers.findings import Findings
from layers.score_findings import note_words, score_findings

if TYPE_CHECKING:
    from geo.progress import Progress
    from geo.project import Project
    from layers.said import Words

READS: Final = {
    Origin.PLAN: (
        Kind.ALLEGATION,
        Kind.SITE,
        Kind.INSPECTION,
        Kind.OUTCOME,
        Kind.FINE,
        Kind.STATUS_DECISION,
        Kind.ADMIN_UNIT,
    ),
    Origin.RETURNS: (Kind.RETURN, Kind.ADMIN_UNIT),
}
"""Tables from which the figures come: a change of one makes them old."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shown:
    """A scoreboard with all that is shown of it.

    Attributes:
        measure: The column that lies on the map; None is the days since the last action.
        outlines: Unit → outline, as far as there are any.
        findings: What lies on the map, or None where no unit has an outline.
    """

    found: Standing
    measure: Measure | None
    outlines: Mapping[str, Area]
    findings: Findings | None
    made_of: tuple[Table, ...]

    @property
    def said(self) -> tuple[Words, ...]:
        """What must be said with the figures."""
        return note_words(self.found)


def compute(plan: Project, wish: Wish, measure: Measure | None, progress: Progress) -> Shown:
    """Count, and lay a column on the map.

    Args:
        plan: What the window shows of the plan.
        wish: What is asked for.
        measure: The column for the map; None is the days since the last action.
        progress: Asked whether to go on.

    Raises:
        PlanError: What is asked for makes no sense, or the user asked to stop.
    """
    found = make_scoreboard(plan, wish, progress)
    progress.step(0, 0, "scoreboard.step.map")
    made_of = tuple(plan.table(kind) for kind in READS[wish.origin])
    outlines = outlines_of(plan, wish)
    findings = score_findings(found, measure, outlines, made_of)
    return Shown(
        found=found, measure=measure, outlines=outlines, findings=findings, made_of=made_of
    )


def coloured(shown: Shown, measure: Measure | None) -> Shown:
    """Return the same scoreboard with another column on the map."""
    findings = score_findings(shown.found, measure, shown.outlines, shown.made_of)
    return replace(shown, measure=measure, findings=findings)


def outlines_of(plan: Project, wish: Wish) -> dict[str, Area]:
    """Return the outlines of the units that are counted by; of provinces at least approximate."""
    found = official_outlines(plan, wish.level, wish.within)
    if wish.level is not AdminLevel.PROVINCE:
        return found
    from geo.territory import Territory

    roughly: dict[str, Area] = {
        code: outline  # type: ignore[misc] # every province is an area
        for code, outline in Territory.load().provinces.items()
        if code.startswith(wish.within)
    }
    return roughly | found
