"""Fines: proposed from the dated table, decided by the labour inspector.

The amount of a case follows its date: the row that applies is the last one that began on or before
the day of the visit. The application proposes; an inspector's decision, entered by a commander,
confirms, alters or rejects. Forced labour goes to the prosecutor as well, whatever is fined.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.clock import today
from geo.edit.edit import Edit, inserting, updating
from geo.edit.inspections import day_of, fines_of, inspection_of
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.masking import mask
from geo.model.result import Fine, FineRate
from geo.model.vocabulary import FineBasis, FineState, Violation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geo.edit.reading import PlanRows
    from geo.model.result import Inspection

FOR_PROSECUTOR: Final = frozenset({Violation.DETAINED_AND_FORCED_TO_WORK})
"""Forced labour is no matter of a fine alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the table says to one violation of a visit.

    Attributes:
        rate: The row that applies; None is that none does on that day.
        units: Cases, workers or sites; None is that nobody counted them.
        fine: What was proposed already and not rejected, or None.
    """

    violation: str
    rate: FineRate | None
    units: int | None
    fine: Fine | None

    @property
    def amount_riel(self) -> int | None:
        """What would be proposed, or None where rate or units are not known."""
        if self.rate is None or self.units is None:
            return None
        return self.rate.amount_riel * self.units

    @property
    def for_prosecutor(self) -> bool:
        """Whether it also goes to the prosecutor."""
        return for_prosecutor(self.violation)


def for_prosecutor(violation: str) -> bool:
    """Tell whether a violation is forced labour, which also goes to the prosecutor."""
    return violation in FOR_PROSECUTOR


def add_rate(plan: PlanRows, rate: FineRate) -> Edit:
    """Return the edit that adds a row to the dated table; older rows stay, for older cases.

    Raises:
        InputError: The violation is not of the list, the amount is none, the legal source is
            missing, or the table has a row of that violation from that day already.
    """
    if rate.violation not in set(Violation):
        raise InputError("error.inspection.no_such_violation", name=rate.violation)
    if rate.amount_riel <= 0:
        raise InputError("error.fine.amount")
    if not rate.source.strip():
        raise InputError("error.rate.no_source")
    for other in plan.all(FineRate):
        if (other.violation, other.applies_from) == (rate.violation, rate.applies_from):
            raise InputError(
                "error.rate.there_already", violation=rate.violation, day=rate.applies_from
            )
    kept = replace(rate, source=rate.source.strip())
    return Edit(verb=Verb.ADD_FINE_RATE, deltas=(inserting([kept]),))


def rate_for(plan: PlanRows, violation: str, day: date) -> FineRate | None:
    """Return the row of the table that applies to a violation on a day, or None."""
    rates = [r for r in plan.all(FineRate) if r.violation == violation and r.applies_from <= day]
    # Of two of one day the one that was entered later corrects the other.
    return (
        max(enumerate(rates), key=lambda pair: (pair[1].applies_from, pair[0]))[1]
        if rates
        else None
    )


def proposals(plan: PlanRows, inspection_id: str) -> tuple[Proposal, ...]:
    """Return what the table says to each violation of a visit; what has no rate says so.

    Raises:
        InputError: The visit is gone.
    """
    visit = inspection_of(plan, inspection_id)
    day = day_of(visit)
    standing = {
        f.violation: f for f in fines_of(plan, visit.id) if f.state is not FineState.REJECTED
    }
    found = []
    for violation in visit.violations:
        rate = rate_for(plan, violation, day) if day is not None else None
        found.append(
            Proposal(
                violation=violation,
                rate=rate,
                units=_units(rate, visit) if rate is not None else None,
                fine=standing.get(violation),
            )
        )
    return tuple(found)


def propose_fines(plan: PlanRows, inspection_id: str, units: Mapping[str, int]) -> Edit:
    """Return the edit that proposes the fines of a visit.

    Args:
        plan: The plan.
        inspection_id: The visit.
        units: Violation → cases, workers or sites, of those that are to be proposed.

    Raises:
        InputError: The visit is gone, nothing is to be proposed, a violation was not found there,
            has no rate on that day or is proposed already, or its number makes no sense.
    """
    told = {p.violation: p for p in proposals(plan, inspection_id)}
    if not units:
        raise InputError("error.fine.nothing")
    fines = []
    for violation, count in units.items():
        proposal = told.get(violation)
        if proposal is None:
            raise InputError("error.fine.not_found_there", violation=violation)
        if proposal.rate is None:
            day = day_of(inspection_of(plan, inspection_id))
            raise InputError("error.fine.no_rate", violation=violation, day=day or "–")
        if proposal.fine is not None:
            raise InputError("error.fine.already", violation=violation)
        _check_units(proposal.rate, count)
        fines.append(
            Fine(
                inspection_id=inspection_id,
                rate_id=proposal.rate.id,
                violation=violation,
                units=count,
                amount_riel=proposal.rate.amount_riel * count,
            )
        )
    return Edit(verb=Verb.PROPOSE_FINE, deltas=(inserting(fines),))


def decide_fine(  # noqa: PLR0913 - what a decision consists of
    plan: PlanRows,
    fine_id: str,
    state: FineState,
    *,
    inspector: str,
    decided_on: date,
    note: str = "",
    units: int | None = None,
    amount_riel: int | None = None,
) -> Edit:
    """Return the edit that enters the labour inspector's decision on a proposed fine.

    Args:
        plan: The plan.
        fine_id: The fine.
        state: Confirmed or rejected.
        inspector: The inspector's office.
        decided_on: Day of the decision.
        note: Why it was rejected or altered; and why a decision is replaced by another.
        units: What the inspector counted; None leaves what was proposed.
        amount_riel: What the inspector set; None is rate × units.

    Raises:
        InputError: The fine is gone, no decision is made, the inspector is missing, its day lies
            ahead, before the visit or before the last decision, a note is missing, or a number
            makes no sense.
        NotAllowedError: Nobody is signed in.
    """
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    old = plan.find(Fine, fine_id)
    if old is None:
        raise InputError("error.fine.gone")
    if state is FineState.PROPOSED:
        raise InputError("error.fine.no_decision")
    if not inspector.strip():
        raise InputError("error.fine.no_inspector")
    _check_day(plan, old, decided_on)
    count = old.units if units is None else units
    rate = plan.find(FineRate, old.rate_id)
    if rate is not None:
        _check_units(rate, count)
    kept = old.amount_riel if count == old.units or rate is None else rate.amount_riel * count
    amount = kept if amount_riel is None else amount_riel
    if amount <= 0:
        raise InputError("error.fine.amount")
    altered = (count, amount) != (old.units, old.amount_riel)
    needs_note = state is FineState.REJECTED or altered or old.state is not FineState.PROPOSED
    if needs_note and not note.strip():
        raise InputError("error.fine.no_note")
    new = replace(
        old,
        state=state,
        units=count,
        amount_riel=amount,
        confirmed_by=plan.user.id,
        inspector=mask(inspector.strip()),
        decided_on=decided_on,
        note=mask(note.strip()),
    )
    return Edit(verb=Verb.CONFIRM_FINE, deltas=(updating(old, new),))


def _units(rate: FineRate, visit: Inspection) -> int | None:
    """Return what can be counted without anybody: never more workers than were surely there."""
    return visit.people_min or None if rate.basis is FineBasis.PER_WORKER else 1


def _check_units(rate: FineRate, units: int) -> None:
    # A visit is of one site.
    if units < 1 or (rate.basis is FineBasis.PER_SITE and units > 1):
        raise InputError("error.fine.units", basis=rate.basis.value, count=units)


def _check_day(plan: PlanRows, fine: Fine, decided_on: date) -> None:
    if decided_on > today():
        raise InputError("error.fine.future")
    visited = day_of(inspection_of(plan, fine.inspection_id))
    earliest = max(d for d in (visited, fine.decided_on, decided_on.min) if d is not None)
    if decided_on < earliest:
        raise InputError("error.fine.too_early", day=earliest)
