"""Persons by pseudonym: who they may be, when they were arrested, what they are asked next.

A person is a pseudonym, a country and a role, all of it suspected; nobody is called a ringleader
here (`geo.edit.person_decisions`). What is asked next is in free words, so numbers that find a
person are masked as everywhere, and it never leaves the plan.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.clock import today
from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.pseudonyms import demand_country, demand_pseudonym
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.masking import mask
from geo.model.entity import Kind
from geo.model.network import PersonRef
from geo.model.vocabulary import PersonRole

if TYPE_CHECKING:
    from datetime import date

    from geo.edit.reading import PlanRows


def add_person(plan: PlanRows, person: PersonRef) -> Edit:
    """Return the edit that enters a person under a pseudonym.

    Raises:
        InputError: See `checked`.
    """
    person = checked(plan, person)
    return Edit(
        verb=Verb.ADD_PERSON, params={"name": person.pseudonym}, deltas=(inserting([person]),)
    )


def edit_person(
    plan: PlanRows, person_id: str, *, pseudonym: str, country: str, role: PersonRole
) -> Edit:
    """Return the edit that corrects a person's pseudonym, country or suspected role.

    Raises:
        InputError: The person is gone; see `checked`; or the role is, or was, that of a ringleader:
            only a decision leads there and back.
    """
    old = person_of(plan, person_id)
    led = PersonRole.RINGLEADER in (old.role, role)
    if led and old.role is not role:
        raise InputError("error.person.ringleader")
    demand_pseudonym(plan, pseudonym, person_id)
    demand_country(country)
    new = replace(old, pseudonym=pseudonym.strip(), country=country, role=role)
    return Edit(verb=Verb.EDIT_PERSON, params={"name": new.pseudonym}, deltas=(updating(old, new),))


def remove_person(plan: PlanRows, person_id: str) -> Edit:
    """Return the edit that removes a person who is linked with nothing.

    Raises:
        InputError: The person is gone, has links, or stands in the ledger.
    """
    person = person_of(plan, person_id)
    links = plan.table(Kind.LINK)
    if ((links["from_id"] == person_id) | (links["to_id"] == person_id)).any():
        raise InputError("error.person.linked", name=person.pseudonym)
    if (plan.table(Kind.PERSON_DECISION)["person_id"] == person_id).any():
        raise InputError("error.person.in_ledger", name=person.pseudonym)
    return Edit(
        verb=Verb.REMOVE_PERSON, params={"name": person.pseudonym}, deltas=(deleting(person),)
    )


def record_arrest(
    plan: PlanRows, person_id: str, arrested_on: date | None, *, source: str = ""
) -> Edit:
    """Return the edit that records an arrest, or takes the record of one away.

    Args:
        plan: The plan.
        person_id: Who.
        arrested_on: The day; None says that there was no arrest.
        source: By whose word: an office, or the reference of its paper.

    Raises:
        InputError: The person is gone, the day lies ahead, or nobody is named who says so.
    """
    old = person_of(plan, person_id)
    source = mask(source.strip())
    if arrested_on is not None and arrested_on > today():
        raise InputError("error.person.arrest_ahead", name=old.pseudonym)
    if arrested_on is not None and not source:
        raise InputError("error.person.arrest_source", name=old.pseudonym)
    new = replace(
        old, arrested_on=arrested_on, arrest_source=source if arrested_on is not None else ""
    )
    return Edit(
        verb=Verb.RECORD_ARREST, params={"name": old.pseudonym}, deltas=(updating(old, new),)
    )


def ask_next(
    plan: PlanRows,
    person_id: str,
    question: str,
    *,
    asked_by: str = "",
    asked_on: date | None = None,
) -> Edit:
    """Return the edit that says what a person is asked next, and who asks it.

    Args:
        plan: The plan.
        person_id: Who is asked.
        question: In a few words, without any name; empty when there is nothing more to ask.
        asked_by: An office, or a user of the plan by name.
        asked_on: The day on which it is asked, or None.

    Raises:
        InputError: The person is gone, or somebody asks nothing.
    """
    old = person_of(plan, person_id)
    question, asked_by = mask(question.strip()), mask(asked_by.strip())
    if not question and (asked_by or asked_on is not None):
        raise InputError("error.person.no_question", name=old.pseudonym)
    new = replace(old, next_question=question, asked_by=asked_by, asked_on=asked_on)
    return Edit(verb=Verb.ASK_NEXT, params={"name": old.pseudonym}, deltas=(updating(old, new),))


def checked(plan: PlanRows, person: PersonRef) -> PersonRef:
    """Return a new person, or refuse.

    Raises:
        InputError: The pseudonym is missing, taken, or looks like a name or a number that finds
            somebody; the country is no code of two letters; or the person is called a ringleader.
    """
    demand_pseudonym(plan, person.pseudonym, person.id)
    demand_country(person.country)
    if person.role is PersonRole.RINGLEADER or person.ringleader_decision:
        raise InputError("error.person.ringleader")
    return replace(
        person,
        pseudonym=person.pseudonym.strip(),
        arrest_source=mask(person.arrest_source.strip()),
        next_question=mask(person.next_question.strip()),
        asked_by=mask(person.asked_by.strip()),
    )


def person_of(plan: PlanRows, person_id: str) -> PersonRef:
    """Return a person.

    Raises:
        InputError: There is none with this id.
    """
    person = plan.find(PersonRef, person_id)
    if person is None:
        raise InputError("error.person.gone")
    return person
