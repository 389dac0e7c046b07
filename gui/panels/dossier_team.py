"""The dossier of a team: what is missing, where it is when, its groups and vehicles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.assign import OVER
from geo.edit.verbs import Verb
from geo.errors import PlanError
from geo.model.command import Assignment, Operation, Team, Zone
from geo.model.entity import Kind
from gui import i18n
from gui.i18n import tr
from gui.models.board import period_times
from gui.panels.dossier_parts import Page, facts_form, follow, link_row, note, section
from gui.panels.team_parts import group_rows
from gui.rights import permit
from gui.widgets.buttons import Button, explain
from gui.widgets.layouts import Flow, boxed, row
from gui.widgets.states import Picture
from gui.widgets.texts import Data

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from geo.project import Project
    from gui.panels.dossier import Dossier


def team_page(project: Project, team_id: str, dossier: Dossier) -> Page:
    """Return the dossier of a team."""
    team = project.get(Team, team_id)
    vehicles = [f"{i18n.label(v.kind)} {v.name}".strip() for v in team.vehicles]
    parts = [
        facts_form(
            [
                ("panel.column.short", team.short_name),
                ("panel.column.lead", team.lead),
                ("panel.team.contact", team.contact),
                ("panel.team.vehicles", ", ".join(vehicles)),
            ]
        ),
        section("team.missing", *_missing(team)),
        section("team.where", *_where(project, team, dossier)),
        section("panel.team.groups", *group_rows(team)),
        _acts(project, team, dossier),
    ]
    return Page(tr("panel.team.kind"), team.name, team.lead, parts)


def _missing(team: Team) -> list[QWidget]:
    lines = [
        tr("board.fit.missing", groups=i18n.label(kind)) for kind in team.empty_mandatory_groups()
    ]
    if not (team.lead or team.lead_user_id):
        lines.append(tr("board.lacks.leader"))
    if not team.lead_user_id:
        lines.append(tr("team.missing.accepts"))
    if not team.contact:
        lines.append(tr("board.lacks.contact"))
    if not lines:
        return [note("team.missing.nothing")]
    return [_sign(words) for words in lines]


def _sign(words: str) -> QWidget:
    line = row(Picture("alert-triangle", 16, "warning"), Data(words, wrap=True), gap=6)
    line.setStretch(1, 1)
    return boxed(line)


def _where(project: Project, team: Team, dossier: Dossier) -> list[QWidget]:
    """Return its zones in the order of time, each with period and state."""
    found: list[tuple[datetime | None, str, QWidget]] = []
    for duty in project.all(Assignment):
        zone = project.find(Zone, duty.zone_id)
        if duty.team_id != team.id or duty.state in OVER or zone is None:
            continue
        operation = project.find(Operation, zone.operation_id)
        periods = operation.periods if operation is not None else ()
        period = next((p for p in periods if p.id == duty.period_id), None)
        when = f"{period.name}: {period_times(period)}" if period else tr("panel.operate.whole")
        starts = period.starts if period else min((p.starts for p in periods), default=None)
        words = f"{when} · {i18n.label(duty.state)}"
        found.append((starts, zone.name, link_row(zone.name, words, _to(dossier, zone))))
    found.sort(key=lambda f: (f[0] is None, f[0].isoformat() if f[0] else "", f[1]))
    return [widget for _, _, widget in found] or [note("panel.team.no_zone")]


def _to(dossier: Dossier, zone: Zone) -> Callable[[], None]:
    return follow(dossier, Kind.ZONE, zone.id)


def _acts(project: Project, team: Team, dossier: Dossier) -> QWidget:
    flow = Flow(6)
    edit = Button("panel.team.edit", "edit")
    edit.clicked.connect(lambda: dossier.edit_team_asked.emit(team.id))
    permit(edit, project, Verb.EDIT_TEAM)
    flow.addWidget(edit)
    for code, icon, intent, verb in (
        ("team.duplicate", "copy", "team.duplicate", Verb.ADD_TEAM),
        ("team.delete", "trash", "team.delete", Verb.DELETE_TEAM),
        ("team.show_board", "clipboard-list", "board.show", None),
    ):
        if not dossier.desk.intents.has(intent):
            continue
        button = Button(code, icon)
        what = () if intent == "board.show" else (team.id,)
        button.clicked.connect(lambda _on=False, i=intent, w=what: dossier.desk.intents.ask(i, *w))
        if verb is not None and permit(button, project, verb) and verb is Verb.DELETE_TEAM:
            _explain_kept(button, project, team)
        flow.addWidget(button)
    return boxed(flow)


def _explain_kept(button: Button, project: Project, team: Team) -> None:
    """Let the button say why a team cannot be deleted, by the rule that would refuse it."""
    from geo.edit.teams import delete_team

    try:
        delete_team(project, team.id)
    except PlanError as error:
        explain(button, error.code, **error.params)
