"""Why the user cannot do something: nobody acts, or the role does not permit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit import verbs
from geo.errors import NotAllowedError
from gui import i18n
from gui.widgets.buttons import explain

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from geo.model.command import Operation
    from geo.project import Project

NOBODY = "panel.why.nobody"


def why_not(project: Project | None, verb: verbs.Verb) -> tuple[str, dict[str, object]]:
    """Return the code of a text and its parameters, or an empty code if the user may."""
    user = project.user if project is not None else None
    if user is None:
        return NOBODY, {}
    if project is not None and project.frozen:
        return project.frozen, {}
    if verbs.may(user, verb):
        return "", {}
    return "panel.why.role", {"role": i18n.label(user.role), "who": i18n.roles_for(verb)}


def why_drawn(project: Project, zone_id: str, verb: verbs.Verb) -> tuple[str, dict[str, object]]:
    """Return why the outline or name of a zone is not changed now: not by the user, or it stays."""
    from geo.edit.states import why_stays
    from geo.model.command import Operation, Zone

    code, params = why_not(project, verb)
    zone = project.find(Zone, zone_id)
    if code or zone is None:
        return code, params
    why, of = why_stays(zone, project.find(Operation, zone.operation_id))
    return why, {**of}


def why_no_zone(project: Project, operation_id: str) -> tuple[str, dict[str, object]]:
    """Return why no zone is drawn for an operation now; without one it is a proposal."""
    from geo.edit.states import why_stays
    from geo.model.command import Operation

    why, of = why_stays(None, project.find(Operation, operation_id))
    return why, {**of}


def why_closed(
    project: Project, operation: Operation, verb: verbs.Verb = verbs.Verb.ASSIGN_TEAM
) -> tuple[str, dict[str, object]]:
    """Return why nobody is assigned in an operation now: the user may not, or it is too late."""
    from geo.edit.states import OVER, RUNNING, SIGNED
    from geo.model.vocabulary import Role

    code, params = why_not(project, verb)
    if code:
        return code, params
    user, named = project.user, {"name": operation.name}
    if operation.state in SIGNED:
        return "error.operation.submitted", {**named}
    if operation.state in OVER:
        return "error.operation.over", {**named}
    commands = user is not None and user.role in {Role.GOVERNOR, Role.DEPUTY_GOVERNOR}
    if operation.state in RUNNING and not commands:
        return "error.operation.commanders_only", {**named}
    return "", {}


def permit(control: QWidget, project: Project | None, verb: verbs.Verb) -> bool:
    """Enable a control if the user may do `verb`, or let it say why not."""
    code, params = why_not(project, verb)
    explain(control, code, **params)
    return not code


def demand(project: Project | None, verb: verbs.Verb) -> None:
    """Refuse what the user may not do, before he is asked for anything.

    Raises:
        NotAllowedError: Nobody acts, the role does not permit it, or a past day is shown.
    """
    user = project.user if project is not None else None
    if user is None:
        raise NotAllowedError("error.nobody_signed_in")
    if project is not None and project.frozen:
        raise NotAllowedError(project.frozen)
    verbs.demand(user, verb)
