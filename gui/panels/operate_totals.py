"""What a day brought: people, closures, cases and fines; counts only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from geo.localise import format_riel
from geo.model.command import Operation
from geo.model.entity import Kind
from geo.model.result import Outcome
from geo.model.vocabulary import FineState, PersonRole
from geo.progress import NoProgress
from gui import i18n
from layers.day_progress import DAY_CHARS, days_of, duties_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from geo.model.table import Table
    from geo.progress import Progress
    from geo.project import Project
    from layers.day_progress import DayProgress
    from layers.duty import Duty


T = TypeVar("T")
STEP: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What came of the duties of a day.

    Attributes:
        arrested: Role → how many.
        confirmed_riel: Fines that the inspector confirmed.
        proposed_riel: Fines that wait for the inspector.
        fines: Ids of the fines, those that wait for the inspector first.
    """

    rescued: int = 0
    referred: int = 0
    arrested: tuple[tuple[PersonRole, int], ...] = ()
    closed: int = 0
    sealed: int = 0
    cases: int = 0
    confirmed_riel: int = 0
    proposed_riel: int = 0
    fines: tuple[str, ...] = ()


def totals_of(
    plan: Project,
    duty: Duty,
    day: DayProgress,
    until: date | None = None,
    progress: Progress | None = None,
) -> Totals:
    """Return the totals of an operation and period; what names no duty counts by site and day."""
    progress = progress or NoProgress()
    duties = {d.id for d in duties_of(plan, duty)}
    sites = {site for ids in day.zones.values() for site in ids}
    first, last = days_of(plan.find(Operation, duty.operation_id), duty.period_id)

    def belongs(assignment_id: str, site_id: str, on: str) -> bool:
        if until is not None and on > until.isoformat():
            return False
        if assignment_id:
            return assignment_id in duties
        return site_id in sites and bool(first) and first <= on <= last

    table = plan.table(Kind.OUTCOME)
    mine = [
        str(table.ids[row])
        for row in _rows(table, progress)
        if belongs(*(str(table[name][row]) for name in ("assignment_id", "site_id", "recorded_on")))
    ]
    counted = [plan.get(Outcome, i) for i in _each(mine, progress)]
    arrested = Counter[PersonRole]()
    for outcome in counted:
        for each in outcome.arrested:
            arrested[each.role] += each.count
    fines = _fines(plan, belongs, progress)
    return Totals(
        rescued=sum(o.rescued for o in counted),
        referred=sum(o.referred for o in counted),
        arrested=tuple((role, arrested[role]) for role in PersonRole if arrested[role]),
        closed=sum(o.sites_closed for o in counted),
        sealed=sum(o.sites_sealed for o in counted),
        cases=sum(o.cases_to_court for o in counted),
        confirmed_riel=sum(riel for _, riel in fines[FineState.CONFIRMED]),
        proposed_riel=sum(riel for _, riel in fines[FineState.PROPOSED]),
        fines=tuple(i for state in FineState for i, _ in fines[state]),
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


def _fines(
    plan: Project, belongs: Callable[[str, str, str], bool], progress: Progress
) -> dict[FineState, list[tuple[str, int]]]:
    """Return id and amount of the fines of a day by their state."""
    found: dict[FineState, list[tuple[str, int]]] = {state: [] for state in FineState}
    fines, visits = plan.table(Kind.FINE), plan.table(Kind.INSPECTION)
    for row in _rows(fines, progress):
        visit = visits.index.get(str(fines["inspection_id"][row]))
        if visit is None or not visits["inspected_at"][visit]:
            continue
        of = [str(visits[name][visit]) for name in ("assignment_id", "site_id", "inspected_at")]
        if belongs(of[0], of[1], of[2][:DAY_CHARS]):
            state = FineState(fines["state"][row])
            found[state].append((str(fines.ids[row]), int(fines["amount_riel"][row])))
    return found


def _rows(table: Table, progress: Progress) -> Iterator[int]:
    return _each(range(len(table)), progress)


def _each(rows: Sequence[T], progress: Progress) -> Iterator[T]:
    """Yield rows, with a pause for the window now and then."""
    for n, row in enumerate(rows):
        if n % STEP == 0:
            progress.step(n, len(rows))
        yield row
