"""What the verbs that change a plan share: one act, one edit, one sentence."""

from __future__ import annotations

from geo.catalogue import text
from geo.edit.edit import Edit
from geo.errors import InputError
from geo.model.command import Assignment, Zone
from geo.model.vocabulary import AssignmentState
from geo.project import Project
from gui.cli import console
from gui.cli.lookup import period_id_of
from gui.cli.plan_verbs import edit_sentence


def done(edit: Edit, entity_id: str, *, as_json: bool) -> None:
    """Tell what was done, and the id of what it was done to."""
    if as_json:
        console.emit({"id": entity_id, "edit": edit.id, "what": edit_sentence(edit)})
    else:
        console.say(text("cli.done", console.language(), what=edit_sentence(edit)))


def demand_one(options: dict[str, bool]) -> str:
    """Return the one option that was given of several that are acts of their own.

    Raises:
        InputError: None was given, or more than one.
    """
    given = [name for name, is_given in options.items() if is_given]
    if len(given) != 1:
        raise InputError("error.cli.one_act", options=", ".join(options))
    return given[0]


def demand_given(name: str, value: str) -> str:
    """Return an option without which there is nothing to do.

    Raises:
        InputError: It was not given.
    """
    if not value.strip():
        raise InputError("error.cli.option_missing", option=name)
    return value


def assignment_of(project: Project, zone: Zone, period: str, team_id: str = "") -> Assignment:
    """Return the assignment of a zone that is not aborted, of a period and a team if they are said.

    Raises:
        InputError: There is none, or there are several to choose from.
    """
    period_id = period_id_of(project, zone, period) if period else ""
    found = [
        a
        for a in project.all(Assignment)
        if a.zone_id == zone.id
        and a.state is not AssignmentState.ABORTED
        and (not period or a.period_id == period_id)
        and (not team_id or a.team_id == team_id)
    ]
    if len(found) != 1:
        raise InputError("error.cli.no_such_assignment", zone=zone.name, count=len(found))
    return found[0]
