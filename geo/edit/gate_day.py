"""What no edit may do to what the day brought, by whatever verb it comes.

A fine begins as a proposal and is decided in the name of who is signed in; a line of the log is
written in that name and never changed; a ringleader is counted only where the ledger names one; an
item of a checklist is ticked by ticking it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.edit.edit import Action
from geo.edit.fines import rate_for
from geo.edit.inspections import day_of
from geo.edit.outcomes import demand_ringleaders
from geo.edit.reading import PlanAfter
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.masking import mask
from geo.model.command import Assignment
from geo.model.entity import Kind
from geo.model.result import Fine, Inspection, Outcome
from geo.model.vocabulary import FineState

if TYPE_CHECKING:
    from geo.edit.edit import Delta, Edit
    from geo.edit.reading import PlanRows

_DECIDED: Final = frozenset(
    {"state", "units", "amount_riel", "confirmed_by", "inspector", "decided_on", "note"}
)
_WRITES: Final = frozenset({Verb.WRITE_LOG, Verb.STEP_ASSIGNMENT})
"""A line is an act of its own, or says why a duty took its step."""
_MOVED: Final = frozenset({"site_id", "zone_id"})
"""What follows a site that was merged, or a zone that was made of two."""


def demand_day(plan: PlanRows, edit: Edit, actor: str) -> None:
    """Refuse an edit that would bring about what only an act of its own may.

    Taking back and putting back are looked at elsewhere (`geo.edit.gate_undo`).

    Raises:
        NotAllowedError: It would.
        InputError: It counts a ringleader whom the ledger does not name, or a line holds a number
            that finds somebody.
    """
    if edit.action is not Action.DO:
        return
    for delta in edit.deltas:
        if delta.before is not None and any(i not in plan.table(delta.kind) for i in delta.ids):
            continue  # the store says what became of it
        if delta.kind is Kind.FINE:
            _demand_fine(plan, edit, delta, actor)
        elif delta.kind is Kind.LOG_ENTRY:
            _demand_line(edit, delta, actor)
        elif delta.kind is Kind.ASSIGNMENT:
            _demand_ticked(plan, edit, delta, actor)
        elif delta.kind is Kind.OUTCOME and delta.after is not None and "arrested" in delta.after:
            after = PlanAfter(plan, edit.deltas)
            for outcome_id in delta.ids:
                demand_ringleaders(after, after.get(Outcome, outcome_id))


def _demand_fine(plan: PlanRows, edit: Edit, delta: Delta, actor: str) -> None:
    after = delta.after
    if after is None:
        raise _refused()
    if delta.before is None:
        proposed = set(after["state"]) == {FineState.PROPOSED.value}
        if edit.verb is not Verb.PROPOSE_FINE or not proposed:
            raise _refused()
        there = PlanAfter(plan, edit.deltas)
        if not all(_as_proposed(there, there.get(Fine, i)) for i in delta.ids):
            raise _refused()
        return
    states = set(after.get("state", ()))
    signed = set(after.get("confirmed_by", (actor,)))
    if (
        edit.verb is not Verb.CONFIRM_FINE
        or not set(after) <= _DECIDED
        or FineState.PROPOSED.value in states
        or signed != {actor}
        or not all(str(who or "").strip() for who in after.get("inspector", (actor,)))
    ):
        raise _refused()


def _as_proposed(plan: PlanRows, fine: Fine) -> bool:
    """Tell whether a fine is what the dated table says to its visit, and nobody decided it."""
    visit = plan.find(Inspection, fine.inspection_id)
    day = day_of(visit) if visit is not None else None
    if visit is None or day is None or fine.violation not in visit.violations:
        return False
    rate = rate_for(plan, fine.violation, day)
    blank = not (fine.confirmed_by or fine.inspector or fine.note or fine.decided_on)
    return (
        blank
        and rate is not None
        and (rate.id, rate.amount_riel * fine.units) == (fine.rate_id, fine.amount_riel)
        and fine.units > 0
    )


def _demand_line(edit: Edit, delta: Delta, actor: str) -> None:
    after = delta.after
    if after is None:
        raise _refused()
    if delta.before is not None:
        if not set(after) <= _MOVED:
            raise _refused()
    elif edit.verb not in _WRITES or set(after["written_by"]) != {actor}:
        raise _refused()
    elif any(mask(str(words)) != words for words in after["words"]):
        raise InputError("error.log.number")


def _demand_ticked(plan: PlanRows, edit: Edit, delta: Delta, actor: str) -> None:
    if delta.after is None or "checklist" not in delta.after:
        return
    after = PlanAfter(plan, (delta,))
    for duty_id in delta.ids:
        old, new = plan.find(Assignment, duty_id), after.get(Assignment, duty_id)
        before = old.checklist if old is not None else ()
        if new.checklist == before:
            continue
        fresh = [item for item in new.checklist if item not in before]
        if edit.verb is not Verb.TICK or any(item.done_by != actor for item in fresh):
            raise _refused()


def _refused() -> NotAllowedError:
    return NotAllowedError("error.day.is_an_act")
