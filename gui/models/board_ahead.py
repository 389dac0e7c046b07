"""What would come of carrying a team into a cell: asked of the rules by which it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.analysis.readiness.wording import conflict_sentence
from geo.edit.assign import assign_team
from geo.edit.moving import move_assignment
from geo.errors import PlanError
from geo.model.command import Assignment, Team
from gui import i18n
from gui.i18n import message, tr
from gui.models.board import period_name
from gui.models.team_words import short

if TYPE_CHECKING:
    from geo.project import Project
    from gui.models.board_rows import BoardRows
    from gui.models.board_trial import Trial


class Ahead(NamedTuple):
    """What a drop would bring.

    Attributes:
        words: In a sentence.
        brief: In few words, for the cell itself.
        tone: ``fits``, ``conflict`` or ``refused``.
    """

    words: str
    brief: str
    tone: str


def look_ahead(
    project: Project,
    rows: BoardRows,
    trial: Trial | None,
    cell: tuple[str, str],
    carried: tuple[str, str],
) -> Ahead:
    """Return what would come of a drop.

    Args:
        project: The plan.
        rows: The board.
        trial: Tries what would conflict; None while it is not made yet.
        cell: The zone and the period over which it is.
        carried: The team, and the assignment that it would leave or empty.
    """
    (zone_id, period_id), (team_id, leaving) = cell, carried
    duty = project.find(Assignment, leaving) if leaving else None
    team = project.find(Team, duty.team_id if duty is not None else team_id)
    zone = rows.zone(zone_id)
    try:
        if leaving:
            move_assignment(project, leaving, zone_id, period_id)
        else:
            assign_team(project, zone_id, team_id, period_id)
    except PlanError as error:
        return Ahead(message(error), tr("board.hover.refused"), "refused")
    if team is None or zone is None:
        return Ahead("", tr("board.hover.refused"), "refused")
    met = trial.meets(team, zone, period_id, leaving=leaving) if trial is not None else None
    if met is not None:
        words = tr("board.would", conflict=conflict_sentence(met, i18n.language()))
        return Ahead(words, tr("board.hover.conflict"), "conflict")
    names = {"zone": zone.name, "period": period_name(rows, period_id), "team": team.name}
    there = rows.cell(zone_id, period_id).team
    if there is None:
        return Ahead(tr("board.drop", **names), tr("board.hover.fits"), "fits")
    replaced = short(there)
    words = tr("board.drop_replacing", replaced=replaced, **names)
    return Ahead(words, tr("board.hover.replaces", team=replaced), "fits")
