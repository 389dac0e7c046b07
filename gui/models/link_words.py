"""How the ends of links are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.model.entity import Kind
from geo.model.network import PersonRef
from gui import i18n
from gui.models.faces import face_of
from layers.found_links import role_said

if TYPE_CHECKING:
    from geo.model.vocabulary import PersonRole
    from geo.project import Project

PERCENT: Final = 100


def name_of_end(project: Project, kind: Kind, row_id: str) -> str:
    """Return what an end of a link is called; a person by pseudonym only."""
    if row_id not in project.table(kind):
        return "–"
    if kind is Kind.PERSON_REF:
        return project.get(PersonRef, row_id).pseudonym
    table = project.table(kind)
    return face_of(project, table, table.index[row_id]).title


def role_words(role: PersonRole) -> str:
    """Return a role as it is to be read: suspected, unless the ledger decided it."""
    return role_said(role).words(i18n.language())


def percent(value: float) -> str:
    """Return a share in per cent."""
    return f"{i18n.number(value * PERCENT)} %"
