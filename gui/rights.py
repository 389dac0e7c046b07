"""Why the user cannot do something: nobody acts, or the role does not permit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit import verbs
from geo.errors import NotAllowedError
from gui import i18n
from gui.widgets.buttons import explain

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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
