"""Links between sites, crossings and pseudonymous persons: the way to the ringleaders.

A link is a lead and not a finding: it carries how sure somebody is, and by whose word. A person is
a pseudonym, a country and a role; nobody is called a ringleader without the decision that says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.edit.edit import Edit, deleting, inserting
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.masking import mask
from geo.model.entity import Kind
from geo.model.network import Link, PersonRef
from geo.model.vocabulary import PersonRole

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows

LINKED: Final = frozenset({Kind.SITE, Kind.CROSSING, Kind.PERSON_REF})
"""What can be linked; an allegation says itself which site it is about."""
_COUNTRY = re.compile(r"([A-Z]{2})?")


def add_link(plan: PlanRows, link: Link, *, person: PersonRef | None = None) -> Edit:
    """Return the edit that links two rows.

    Args:
        plan: The plan.
        link: From which row to which, what connects them, how sure that is, and who says so.
        person: A new person at one of its ends, entered with it; see `add_person_ref`.

    Raises:
        InputError: An end is gone or of a kind that is not linked, both ends are one, the
            confidence is not between 0 and 1, nobody is named as the source, or it is there.
    """
    new = {person.id} if person is not None else set()
    for kind, row_id in ((link.from_kind, link.from_id), (link.to_kind, link.to_id)):
        if kind not in LINKED:
            raise InputError("error.link.kind")
        if row_id not in new and row_id not in plan.table(kind):
            raise InputError("error.link.end_gone")
    if link.from_id == link.to_id:
        raise InputError("error.link.to_itself")
    if not 0 <= link.confidence <= 1:
        raise InputError("error.link.confidence")
    if not link.source.strip():
        raise InputError("error.link.no_source")
    ends = {link.from_id, link.to_id}
    if any({k.from_id, k.to_id} == ends and k.kind is link.kind for k in plan.all(Link)):
        raise InputError("error.link.there_already")
    deltas = [inserting([link])]
    if person is not None:
        _check_person(plan, person)
        deltas.insert(0, inserting([person]))
    return Edit(verb=Verb.EDIT_LINK, params={}, deltas=tuple(deltas))


def remove_link(plan: PlanRows, link_id: str) -> Edit:
    """Return the edit that removes a link; the person at its end stays.

    Raises:
        InputError: It is gone.
    """
    link = plan.find(Link, link_id)
    if link is None:
        raise InputError("error.link.gone")
    return Edit(verb=Verb.EDIT_LINK, params={}, deltas=(deleting(link),))


def add_person_ref(plan: PlanRows, person: PersonRef) -> Edit:
    """Return the edit that enters a person under a pseudonym.

    Raises:
        InputError: The pseudonym is missing, taken, or looks like a telephone or passport number;
            the country is no code of two letters; or a ringleader has no decision.
    """
    _check_person(plan, person)
    return Edit(verb=Verb.EDIT_LINK, params={}, deltas=(inserting([person]),))


def _check_person(plan: PlanRows, person: PersonRef) -> None:
    pseudonym = person.pseudonym.strip()
    # A number stands for a person here; a word alone may be somebody's name.
    if not any(c.isdigit() for c in pseudonym) or mask(pseudonym) != pseudonym:
        raise InputError("error.person.no_pseudonym")
    if any(p.pseudonym.casefold() == pseudonym.casefold() for p in plan.all(PersonRef)):
        raise InputError("error.person.taken", name=pseudonym)
    if not _COUNTRY.fullmatch(person.country):
        raise InputError("error.person.country")
    if (person.role is PersonRole.RINGLEADER) != bool(person.ringleader_decision.strip()):
        raise InputError("error.person.ringleader")
