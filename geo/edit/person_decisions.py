"""The decision without which nobody is called a ringleader, and the ledger of all of them.

The ledger of persons is as strict as that of sites: an authority of the plan's list decided, with a
reason and a document, on a day; a user of the plan enters it in their own name; and nothing is ever
struck out. A decision that no longer holds is revoked by another entry, and the person has the role
of before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting, updating
from geo.edit.persons import person_of
from geo.edit.ruling import Ruling, check_whole
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.entity import Kind
from geo.model.network import PersonDecision, PersonRef
from geo.model.vocabulary import PersonRole

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows


def name_ringleader(plan: PlanRows, person_id: str, ruling: Ruling) -> Edit:
    """Return the edit that enters the decision that a person is a ringleader.

    Raises:
        InputError: The person is gone or named already, or the decision is not whole; see
            `Ruling`.
        NotAllowedError: Nobody is signed in, or the authority may not decide.
    """
    person = person_of(plan, person_id)
    if person.role is PersonRole.RINGLEADER:
        raise InputError("error.person.named_already", name=person.pseudonym)
    return _entered(plan, person, ruling, PersonRole.RINGLEADER, "")


def revoke_ringleader(plan: PlanRows, person_id: str, ruling: Ruling) -> Edit:
    """Return the edit that enters the decision that takes the one in force back.

    Raises:
        InputError: The person is gone, no decision is in force, or this one is not whole.
        NotAllowedError: Nobody is signed in, or the authority may not decide.
    """
    person = person_of(plan, person_id)
    held = in_force(plan, person_id)
    if held is None:
        raise InputError("error.person.nothing_to_revoke", name=person.pseudonym)
    return _entered(plan, person, ruling, held.from_role, held.id)


def person_ledger(plan: PlanRows, person_id: str) -> list[PersonDecision]:
    """Return the decisions about a person in the order of their dates, the latest last."""
    table = plan.table(Kind.PERSON_DECISION)
    ids = table.ids[table["person_id"] == person_id]
    found = [plan.get(PersonDecision, str(i)) for i in ids]
    return sorted(found, key=lambda d: (d.decided_on, d.recorded_at))


def in_force(plan: PlanRows, person_id: str) -> PersonDecision | None:
    """Return the decision by which a person is a ringleader, or None."""
    entries = person_ledger(plan, person_id)
    last = entries[-1] if entries else None
    return last if last is not None and last.to_role is PersonRole.RINGLEADER else None


def _entered(
    plan: PlanRows, person: PersonRef, ruling: Ruling, to: PersonRole, revokes: str
) -> Edit:
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    entries = person_ledger(plan, person.id)
    last = entries[-1].decided_on if entries else date.min
    check_whole(plan, ruling, person.pseudonym, last)
    now = datetime.now(UTC)
    if entries:
        # A clock that was set back must not turn the order of one day around.
        now = max(now, max(e.recorded_at for e in entries) + timedelta(microseconds=1))
    decision = PersonDecision(
        person_id=person.id,
        from_role=person.role,
        to_role=to,
        reason=ruling.reason.strip(),
        authority_id=ruling.authority_id,
        document=ruling.document.strip(),
        decided_on=ruling.decided_on,
        recorded_at=now,
        decided_by=plan.user.id,
        revokes=revokes,
    )
    named = to is PersonRole.RINGLEADER
    new = replace(person, role=to, ringleader_decision=decision.document if named else "")
    return Edit(
        verb=Verb.DECIDE_PERSON,
        params={"name": person.pseudonym},
        deltas=(inserting([decision]), updating(person, new)),
    )
