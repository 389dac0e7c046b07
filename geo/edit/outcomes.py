"""What a visit or a duty led to: counts only, and sites that were closed or sealed.

No name of a victim is ever asked for. A ringleader is counted only where the ledger has decided
that somebody is one: a ledger decision names the person's reference, never this form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from geo.clock import today
from geo.edit.edit import Edit, inserting, updating
from geo.edit.inspections import duty_of
from geo.edit.sites import shown_name, site_of
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.command import Zone
from geo.model.network import PersonRef
from geo.model.result import Arrests, Outcome
from geo.model.site import Site
from geo.model.vocabulary import Activity, PersonRole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.edit.edit import Delta
    from geo.edit.reading import PlanRows

_SHUT: Final = frozenset({Activity.CLOSED, Activity.SEALED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What there is to count.

    Attributes:
        referred: To services.
        arrested: Role → how many.
    """

    rescued: int = 0
    referred: int = 0
    arrested: Mapping[PersonRole, int] | None = None
    cases_to_court: int = 0


def record_outcome(
    plan: PlanRows,
    counts: Counts,
    *,
    recorded_on: date,
    assignment_id: str = "",
    site_id: str = "",
    closed: Sequence[str] = (),
    sealed: Sequence[str] = (),
) -> Edit:
    """Return the edit that records what came of a duty, or of the visit of one site.

    Args:
        plan: The plan.
        counts: How many of whom.
        recorded_on: Its day.
        assignment_id: The duty, or empty.
        site_id: The site, or empty where it is of the whole duty.
        closed: Ids of sites that were closed: they are no longer operating.
        sealed: Ids of sites that were closed and sealed.

    Raises:
        InputError: Neither duty nor site is named or it is gone, the team has not accepted yet,
            nothing came of it, a number is negative, its day lies ahead, more ringleaders are
            counted than the ledger names, or a site is shut already or named twice.
    """
    if not assignment_id and not site_id:
        raise InputError("error.outcome.of_nothing")
    duty = duty_of(plan, assignment_id) if assignment_id else None
    site = site_of(plan, site_id) if site_id else None
    shut = _shut(plan, closed, sealed)
    outcome = _counted(
        Outcome(
            assignment_id=assignment_id,
            site_id=site_id,
            recorded_on=recorded_on,
            sites_closed=len(closed),
            sites_sealed=len(sealed),
        ),
        counts,
    )
    _check(plan, outcome)
    if site is not None:
        name = shown_name(site)
    else:
        zone = plan.find(Zone, duty.zone_id) if duty is not None else None
        name = zone.name if zone is not None else "–"
    return Edit(
        verb=Verb.RECORD_OUTCOME,
        params={"name": name},
        deltas=(inserting([outcome]), *shut),
    )


def correct_outcome(plan: PlanRows, outcome_id: str, counts: Counts, recorded_on: date) -> Edit:
    """Return the edit that corrects the counts of an outcome, but not which sites were shut.

    Raises:
        InputError: See `record_outcome`; or it is gone.
    """
    old = plan.find(Outcome, outcome_id)
    if old is None:
        raise InputError("error.outcome.gone")
    new = _counted(replace(old, recorded_on=recorded_on), counts)
    _check(plan, new)
    site = plan.find(Site, old.site_id) if old.site_id else None
    duty = duty_of(plan, old.assignment_id) if old.assignment_id else None
    zone = plan.find(Zone, duty.zone_id) if duty is not None else None
    name = shown_name(site) if site is not None else zone.name if zone is not None else "–"
    return Edit(verb=Verb.RECORD_OUTCOME, params={"name": name}, deltas=(updating(old, new),))


def ringleaders_named(plan: PlanRows) -> int:
    """Return how many persons the ledger names as ringleaders."""
    return sum(
        p.role is PersonRole.RINGLEADER and bool(p.ringleader_decision.strip())
        for p in plan.all(PersonRef)
    )


def _counted(outcome: Outcome, counts: Counts) -> Outcome:
    arrested = counts.arrested or {}
    return replace(
        outcome,
        rescued=counts.rescued,
        referred=counts.referred,
        arrested=tuple(Arrests(role, arrested[role]) for role in PersonRole if arrested.get(role)),
        cases_to_court=counts.cases_to_court,
    )


def _check(plan: PlanRows, outcome: Outcome) -> None:
    numbers = (
        outcome.rescued,
        outcome.referred,
        outcome.cases_to_court,
        *(a.count for a in outcome.arrested),
    )
    if any(n < 0 for n in numbers):
        raise InputError("error.outcome.negative")
    if not any((*numbers, outcome.sites_closed, outcome.sites_sealed)):
        raise InputError("error.outcome.nothing")
    if outcome.recorded_on > today():
        raise InputError("error.outcome.future")
    demand_ringleaders(plan, outcome)


def demand_ringleaders(plan: PlanRows, outcome: Outcome) -> None:
    """Refuse an outcome that counts ringleaders whom the ledger does not name.

    Raises:
        InputError: With all outcomes of the plan together it counts more than there are.
    """

    def ringleaders(of: Outcome) -> int:
        return sum(a.count for a in of.arrested if a.role is PersonRole.RINGLEADER)

    if not ringleaders(outcome):
        return
    named = ringleaders_named(plan)
    others = sum(ringleaders(o) for o in plan.all(Outcome) if o.id != outcome.id)
    if others + ringleaders(outcome) > named:
        raise InputError("error.outcome.ringleader", named=named, counted=others)


def _shut(plan: PlanRows, closed: Sequence[str], sealed: Sequence[str]) -> list[Delta]:
    if any(n > 1 for n in Counter((*closed, *sealed)).values()):
        raise InputError("error.outcome.site_twice")
    deltas = []
    for ids, activity in ((closed, Activity.CLOSED), (sealed, Activity.SEALED)):
        for site_id in ids:
            site = site_of(plan, site_id)
            if site.merged_into:
                raise InputError("error.site.merged")
            # What is closed may still be sealed.
            if site.activity is activity or (
                activity is Activity.CLOSED and site.activity in _SHUT
            ):
                raise InputError("error.outcome.shut_already", name=shown_name(site))
            deltas.append(updating(site, replace(site, activity=activity)))
    return deltas
