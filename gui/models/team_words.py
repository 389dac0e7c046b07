"""A team in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui import i18n
from gui.i18n import tr

if TYPE_CHECKING:
    from geo.model.command import Team


def short(team: Team) -> str:
    """Return the few characters that stand for a team."""
    return team.short_name or team.name[:6]


def lacks(team: Team) -> str:
    """Return what a team still needs before it can go, in words; empty if nothing."""
    parts = []
    missing = team.empty_mandatory_groups()
    if missing:
        groups = ", ".join(i18n.label(kind) for kind in missing)
        parts.append(tr("board.fit.missing", groups=groups))
    if not (team.lead or team.lead_user_id):
        parts.append(tr("board.lacks.leader"))
    if not team.contact:
        parts.append(tr("board.lacks.contact"))
    return " · ".join(parts)
