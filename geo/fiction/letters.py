"""What the demonstration asked other authorities, what they answered, and what they took back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from geo.edit.coordination import correct_coordination, record_coordination, reply_coordination
from geo.edit.teams import edit_team
from geo.fiction.operations import BLOCKED, COMPLETED, UNDER_WAY, sites_in
from geo.model.command import (
    Authorisation,
    Coordination,
    Operation,
    Team,
    TeamGroup,
    Zone,
    with_group,
)
from geo.model.entity import Kind
from geo.model.vocabulary import CoordinationAuthority, CoordinationResult, GroupKind

if TYPE_CHECKING:
    from datetime import date

    from geo.fiction.operations import Story
    from geo.project import Project

REFUSED, HOURS_TAKEN, SITES_NAMED = "18", "01", "02"
"""What the prosecutor says of each province's blocked zone after the first day."""
LATE_DAYS: Final = 3
_ASKED, _DUE, _REPLIED = timedelta(days=12), timedelta(days=2), timedelta(days=4)
_HOURS: Final = time(5, 0), time(19, 0)
_SHORTER: Final = time(6, 0), time(12, 0)
_WITNESSES: Final = {COMPLETED: 2, UNDER_WAY: 2}
_NAMED_SITES: Final = 3
_A, _R = CoordinationAuthority, CoordinationResult
# Who is asked beside the prosecutor, and by what name their letters go.
_OTHERS: Final = (
    (_A.MINISTRY, "MOI"),
    (_A.AMBULANCE_SERVICE, "SAMU"),
    (_A.FIRE_SERVICE, "FIRE"),
)


def coordinate(project: Project, story: Story, day: date) -> None:
    """Ask everybody, and enter the answers: guidance, support, an authorisation of each zone."""
    for authority, letters in _OTHERS:
        _agreed(project, _question(story, authority, day), day, f"DEMO-{letters}-{story.province}")
    periods = project.get(Operation, story.operation_id).periods
    for part, zone_id in enumerate(story.zones):
        told = Authorisation(
            zone_id=zone_id,
            valid_from=datetime.combine(min(p.starts for p in periods).date(), time.min),
            valid_to=datetime.combine(
                max(p.ends for p in periods).date() + timedelta(days=1), time.min
            ),
            hours_from=_HOURS[0],
            hours_to=_HOURS[1],
            witnesses=_WITNESSES.get(part, 0),
        )
        question = _question(story, _A.COURT_PROSECUTOR, day, told)
        _agreed(project, question, day, f"DEMO-COURT-{story.province}-{part + 1}")


def block(project: Project, story: Story, day: date) -> None:
    """Enter what changed after the first day, for which a zone is blocked on the second.

    The prosecutor takes a part of his answer back, a mandatory group of the team has nobody any
    more, and the labour inspectorate is late with its own answer.
    """
    zone_id = story.zones[BLOCKED]
    told, given = next(
        (c, c.authorisation)
        for c in project.all(Coordination)
        if c.authorisation is not None and c.authorisation.zone_id == zone_id
    )
    if story.province == REFUSED:
        refusal = Coordination(
            operation_id=story.operation_id,
            authority=_A.COURT_PROSECUTOR,
            asked_on=day,
            replied_on=day,
            reference=f"DEMO-COURT-{story.province}-9",
            result=_R.REFUSED,
            authorisation=given,
        )
        project.commit(record_coordination(project, refusal))
    elif story.province == HOURS_TAKEN:
        less = replace(given, hours_from=_SHORTER[0], hours_to=_SHORTER[1])
        project.commit(correct_coordination(project, _changed(told, less, day)))
    else:
        sites = project.table(Kind.SITE)
        rows = sites_in(project, project.get(Zone, zone_id).outline)[:_NAMED_SITES]
        less = replace(given, zone_id="", site_ids=tuple(str(i) for i in sites.ids[rows]))
        project.commit(correct_coordination(project, _changed(told, less, day)))
    team = project.get(Team, story.teams[BLOCKED])
    kind = GroupKind.CAMERA_FOOTAGE
    task = next((g.task for g in team.groups if g.kind is kind), "")
    project.commit(edit_team(project, with_group(team, TeamGroup(kind, task=task))))
    late = replace(
        _question(story, _A.LABOUR_INSPECTORATE, day),
        due_on=day - timedelta(days=LATE_DAYS),
        reference=f"DEMO-LABOUR-{story.province}",
    )
    project.commit(record_coordination(project, late))


def _question(
    story: Story,
    authority: CoordinationAuthority,
    day: date,
    told: Authorisation | None = None,
) -> Coordination:
    return Coordination(
        operation_id=story.operation_id,
        authority=authority,
        asked_on=day - _ASKED,
        due_on=day - _DUE,
        authorisation=told,
    )


def _agreed(project: Project, question: Coordination, day: date, reference: str) -> None:
    project.commit(record_coordination(project, question))
    project.commit(
        reply_coordination(
            project,
            question.id,
            replied_on=day - _REPLIED,
            result=_R.AGREED,
            reference=reference,
        )
    )


def _changed(told: Coordination, less: Authorisation, day: date) -> Coordination:
    return replace(told, replied_on=day, reference=f"{told.reference}-B", authorisation=less)
