"""The stage's plan with a fictional network: an arrested broker at whom a chain stops."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from geo.clock import today
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.model.network import Link, LinkKind, PersonRef
from geo.model.vocabulary import PersonRole

if TYPE_CHECKING:
    from geo.project import Project

R, I, B, M = (  # noqa: E741 - as short as the table that uses them
    PersonRole.RECRUITER,
    PersonRole.INTERMEDIARY,
    PersonRole.FOREIGN_BROKER,
    PersonRole.MANAGER,
)
CAUGHT = today() - timedelta(days=40)
PERSONS = (
    PersonRef(id="p-1", pseudonym="P-001", role=R),
    PersonRef(id="p-2", pseudonym="P-002", role=R),
    PersonRef(
        id="p-3",
        pseudonym="P-003",
        role=B,
        country="TH",
        arrested_on=CAUGHT,
        arrest_source="Court (demo)",
        next_question="Who paid?",
        asked_by="Court (demo)",
    ),
    PersonRef(id="p-4", pseudonym="P-004", role=I, arrested_on=CAUGHT, arrest_source="Court"),
    PersonRef(id="p-5", pseudonym="P-005", role=M),
)
_ENDS = (
    ("p-3", "p-1", 0.8),
    ("p-3", "p-2", 0.4),
    ("p-3", "site-1", 0.7),
    ("p-4", "site-2", 0.6),
    ("p-5", "site-2", 0.5),
    ("site-1", "site-2", 0.3),
    ("p-1", "site-3", 0.9),
    ("p-1", "site-2", 0.5),
)


def _kind(row_id: str) -> Kind:
    return Kind.SITE if row_id.startswith("site") else Kind.PERSON_REF


LINKS = tuple(
    Link(
        id=f"link-{n}",
        from_kind=_kind(one),
        from_id=one,
        to_kind=_kind(other),
        to_id=other,
        kind=LinkKind.PAYMENT,
        confidence=sure,
        source="Demo office",
    )
    for n, (one, other, sure) in enumerate(_ENDS)
)


def network(_plan: Project) -> Edit:
    """Return the edit that brings the network in."""
    return Edit(verb=Verb.ADD_LINK, deltas=(inserting(PERSONS), inserting(LINKS)))
