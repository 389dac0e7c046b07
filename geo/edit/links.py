"""Links between sites, crossings and pseudonymous persons: the way to the ringleaders.

A link is a lead and not a finding: it carries how sure somebody is, and by whose word.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.clock import today
from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.persons import checked
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.masking import mask
from geo.model.entity import Kind
from geo.model.network import Link

if TYPE_CHECKING:
    from datetime import date

    from geo.edit.reading import PlanRows
    from geo.model.network import LinkKind, PersonRef

LINKED: Final = frozenset({Kind.SITE, Kind.CROSSING, Kind.PERSON_REF})
"""What can be linked; an allegation says itself which site it is about."""


def add_link(plan: PlanRows, link: Link, *, person: PersonRef | None = None) -> Edit:
    """Return the edit that links two rows.

    Args:
        plan: The plan.
        link: From which row to which, what connects them, how sure that is, and who says so.
        person: A new person at one of its ends, entered with it; see `geo.edit.persons.checked`.

    Raises:
        InputError: An end is gone or of a kind that is not linked, both ends are one, the
            confidence is not between 0 and 1, nobody is named as the source, it was seen on a day
            to come, or it is there; or the person may not be entered.
    """
    new = {person.id} if person is not None else set()
    for kind, row_id in ((link.from_kind, link.from_id), (link.to_kind, link.to_id)):
        if kind not in LINKED:
            raise InputError("error.link.kind")
        if row_id not in new and row_id not in plan.table(kind):
            raise InputError("error.link.end_gone")
    if link.from_id == link.to_id:
        raise InputError("error.link.to_itself")
    link = _checked(plan, link)
    deltas = [inserting([link])]
    if person is not None:
        deltas.insert(0, inserting([checked(plan, person)]))
    return Edit(verb=Verb.ADD_LINK, params={}, deltas=tuple(deltas))


def edit_link(
    plan: PlanRows,
    link_id: str,
    *,
    kind: LinkKind,
    confidence: float,
    source: str,
    seen_on: date | None = None,
) -> Edit:
    """Return the edit that corrects what a link says; its ends stay.

    Raises:
        InputError: It is gone; or see `add_link`.
    """
    old = _link_of(plan, link_id)
    new = _checked(
        plan, replace(old, kind=kind, confidence=confidence, source=source, seen_on=seen_on)
    )
    return Edit(verb=Verb.EDIT_LINK, params={}, deltas=(updating(old, new),))


def remove_link(plan: PlanRows, link_id: str) -> Edit:
    """Return the edit that removes a link; the person at its end stays.

    Raises:
        InputError: It is gone.
    """
    return Edit(verb=Verb.REMOVE_LINK, params={}, deltas=(deleting(_link_of(plan, link_id)),))


def _checked(plan: PlanRows, link: Link) -> Link:
    if not 0 <= link.confidence <= 1:
        raise InputError("error.link.confidence")
    if not link.source.strip():
        raise InputError("error.link.no_source")
    if link.seen_on is not None and link.seen_on > today():
        raise InputError("error.link.seen_ahead")
    table = plan.table(Kind.LINK)
    there = (table["from_id"] == link.from_id) & (table["to_id"] == link.to_id)
    there |= (table["from_id"] == link.to_id) & (table["to_id"] == link.from_id)
    if (there & (table["kind"] == link.kind.value) & (table.ids != link.id)).any():
        raise InputError("error.link.there_already")
    return replace(link, source=mask(link.source.strip()))


def _link_of(plan: PlanRows, link_id: str) -> Link:
    link = plan.find(Link, link_id)
    if link is None:
        raise InputError("error.link.gone")
    return link
