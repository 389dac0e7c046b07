"""The gate before the store: nobody is called a ringleader, or by a name, by any edit whatever.

The role of a ringleader comes and goes with an entry of the ledger of persons that stands in the
same edit: of an authority that may decide, with reason, document and date, in the name of who is
signed in. The ledger only grows. And whoever makes the edit, a person stands under a pseudonym, and
what is asked of them holds no number that finds anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.clock import today
from geo.edit.edit import Action
from geo.edit.person_decisions import in_force
from geo.edit.pseudonyms import is_pseudonym
from geo.edit.reading import PlanAfter
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.masking import mask
from geo.model.entity import Kind
from geo.model.network import PersonDecision, PersonRef
from geo.model.site import Authority
from geo.model.vocabulary import PersonRole

if TYPE_CHECKING:
    from geo.edit.edit import Delta, Edit
    from geo.edit.reading import PlanRows

_OURS: Final = frozenset({Kind.PERSON_REF, Kind.PERSON_DECISION})
_WORDS: Final = ("next_question", "asked_by", "arrest_source")


def demand_persons(plan: PlanRows, edit: Edit, actor: str) -> None:
    """Refuse an edit that would name a ringleader otherwise than by deciding, or name anybody.

    Taking back and putting back are looked at elsewhere (`geo.edit.gate_undo`).

    Raises:
        NotAllowedError: It touches the role of a ringleader, or the ledger, otherwise.
        InputError: A person would stand under something else than a pseudonym, or a question would
            hold a number that finds somebody.
    """
    mine = [d for d in edit.deltas if d.kind in _OURS]
    if edit.action is not Action.DO or not mine:
        return
    if any(d.before is not None and any(i not in plan.table(d.kind) for i in d.ids) for d in mine):
        return  # the store says what became of it
    after = PlanAfter(plan, edit.deltas)
    decided: dict[str, PersonDecision] = {}
    for delta in mine:
        if delta.kind is Kind.PERSON_DECISION:
            decided |= _decided(plan, after, edit, delta, actor)
    touched = {i for d in mine if d.kind is Kind.PERSON_REF for i in d.ids}
    for person_id in sorted(touched | decided.keys()):
        _demand_role(plan, after, person_id, decided.get(person_id))
    for delta in mine:
        if delta.kind is Kind.PERSON_REF and delta.after is not None:
            _demand_words(delta)


def _decided(
    plan: PlanRows, after: PlanAfter, edit: Edit, delta: Delta, actor: str
) -> dict[str, PersonDecision]:
    if edit.verb is not Verb.DECIDE_PERSON or delta.before is not None:
        raise _refused()
    entries = [after.get(PersonDecision, i) for i in delta.ids]
    if len({e.person_id for e in entries}) < len(entries):
        raise _refused()
    for entry in entries:
        person = plan.find(PersonRef, entry.person_id)
        authority = plan.find(Authority, entry.authority_id)
        whole = entry.reason.strip() and entry.document.strip() and entry.decided_on <= today()
        if (
            person is None
            or person.role is not entry.from_role
            or authority is None
            or not authority.may_decide
            or not whole
            or entry.decided_by != actor
        ):
            raise _refused()
        held = in_force(plan, entry.person_id)
        expected = (PersonRole.RINGLEADER, "") if held is None else (held.from_role, held.id)
        if (entry.to_role, entry.revokes) != expected or entry.from_role is entry.to_role:
            raise _refused()
    return {e.person_id: e for e in entries}


def _demand_role(
    plan: PlanRows, after: PlanAfter, person_id: str, entry: PersonDecision | None
) -> None:
    """Hold a person's role and document against the ledger, or against what they were."""
    old, new = plan.find(PersonRef, person_id), after.find(PersonRef, person_id)
    if entry is not None:
        named = entry.to_role is PersonRole.RINGLEADER
        wanted = (entry.to_role, entry.document if named else "")
        if new is None or (new.role, new.ringleader_decision) != wanted:
            raise _refused()
        return
    listed = bool((plan.table(Kind.PERSON_DECISION)["person_id"] == person_id).any())
    if new is None:
        if listed:
            raise _refused()
        return
    was = (old.role, old.ringleader_decision) if old is not None else None
    now = (new.role, new.ringleader_decision)
    leads = PersonRole.RINGLEADER in (new.role, old.role if old is not None else None)
    if now == was or not (leads or new.ringleader_decision):
        return
    # A plan from before there was a ledger may hold one whom no entry names: that may be dropped.
    if listed or new.role is PersonRole.RINGLEADER or new.ringleader_decision:
        raise _refused()


def _demand_words(delta: Delta) -> None:
    after = delta.after or {}
    if not all(is_pseudonym(str(p)) for p in after.get("pseudonym", ())):
        raise InputError("error.person.no_pseudonym")
    for name in _WORDS:
        if any(mask(str(words or "")) != (words or "") for words in after.get(name, ())):
            raise InputError("error.person.number_in_words")


def _refused() -> NotAllowedError:
    return NotAllowedError("error.person.ringleader")
