"""What a day brought: people, closures, cases and fines; counts only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.localise import format_riel
from geo.model.command import Operation
from geo.model.result import Fine, Inspection, Outcome
from geo.model.vocabulary import FineState, PersonRole
from gui import i18n
from layers.day_progress import days_of, duties_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geo.project import Project
    from layers.day_progress import DayProgress
    from layers.duty import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What came of the duties of a day.

    Attributes:
        arrested: Role → how many.
        confirmed_riel: Fines that the inspector confirmed.
        proposed_riel: Fines that wait for the inspector.
    """

    rescued: int = 0
    referred: int = 0
    arrested: tuple[tuple[PersonRole, int], ...] = ()
    closed: int = 0
    sealed: int = 0
    cases: int = 0
    confirmed_riel: int = 0
    proposed_riel: int = 0


def totals_of(plan: Project, duty: Duty, day: DayProgress, until: date | None = None) -> Totals:
    """Return the totals of an operation and period; what names no duty counts by site and day."""
    duties = {d.id for d in duties_of(plan, duty)}
    sites = {site for ids in day.zones.values() for site in ids}
    first, last = days_of(plan.find(Operation, duty.operation_id), duty.period_id)

    def belongs(assignment_id: str, site_id: str, on: str) -> bool:
        if until is not None and on > until.isoformat():
            return False
        if assignment_id:
            return assignment_id in duties
        return site_id in sites and bool(first) and first <= on <= last

    counted = [
        o
        for o in plan.all(Outcome)
        if belongs(o.assignment_id, o.site_id, o.recorded_on.isoformat())
    ]
    arrested = Counter[PersonRole]()
    for outcome in counted:
        for each in outcome.arrested:
            arrested[each.role] += each.count
    fines = _fines(plan, belongs)
    return Totals(
        rescued=sum(o.rescued for o in counted),
        referred=sum(o.referred for o in counted),
        arrested=tuple((role, arrested[role]) for role in PersonRole if arrested[role]),
        closed=sum(o.sites_closed for o in counted),
        sealed=sum(o.sites_sealed for o in counted),
        cases=sum(o.cases_to_court for o in counted),
        confirmed_riel=sum(f.amount_riel for f in fines if f.state is FineState.CONFIRMED),
        proposed_riel=sum(f.amount_riel for f in fines if f.state is FineState.PROPOSED),
    )


def total_words(totals: Totals) -> list[tuple[str, str]]:
    """Return code and value of each line of the totals."""
    arrests = sum(n for _, n in totals.arrested)
    language = i18n.language()
    return [
        ("operate.total.rescued", i18n.number(totals.rescued)),
        ("operate.total.referred", i18n.number(totals.referred)),
        ("operate.total.arrested", i18n.number(arrests)),
        *((f"vocab.PersonRole.{role.value}", i18n.number(n)) for role, n in totals.arrested),
        ("operate.total.closed", i18n.number(totals.closed)),
        ("operate.total.sealed", i18n.number(totals.sealed)),
        ("operate.total.cases", i18n.number(totals.cases)),
        ("operate.total.confirmed", format_riel(totals.confirmed_riel, language)),
        ("operate.total.proposed", format_riel(totals.proposed_riel, language)),
    ]


def _fines(plan: Project, belongs: Callable[[str, str, str], bool]) -> list[Fine]:
    found = []
    for fine in plan.all(Fine):
        visit = plan.find(Inspection, fine.inspection_id)
        if visit is None or visit.inspected_at is None:
            continue
        if belongs(visit.assignment_id, visit.site_id, visit.inspected_at.date().isoformat()):
            found.append(fine)
    return found
