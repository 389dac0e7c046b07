"""What the demonstration's teams found at the sites that they visited, and what came of it.

Nothing that is found changes a legal status: it is an authority that decides, and later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from geo.clock import CAMBODIA_TIME
from geo.edit.fines import decide_fine, propose_fines
from geo.edit.inspections import inspect
from geo.edit.outcomes import Counts, record_outcome
from geo.fiction.operations import COMPLETED, UNDER_WAY, sites_in
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.result import Fine, Inspection
from geo.model.vocabulary import (
    Activity,
    Answer,
    FineState,
    Indicator,
    LegalStatus,
    PersonRole,
    Violation,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.fiction.operations import Story
    from geo.project import Project

_V, _S, _I, _P = Violation, LegalStatus, Indicator, PersonRole
INSPECTOR: Final = "អធិការការងារ (សាកល្បង) / Labour inspector (demo)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit, and what came of it.

    Attributes:
        status: Legal status of the site that is chosen for it, if the zone has one.
        found: In Khmer and English.
        units: Violation → number of cases for which a fine is proposed.
        shut: What became of the site, or None.
    """

    at: tuple[int, int]
    status: LegalStatus
    found: tuple[str, str]
    people: tuple[int | None, int | None] = (None, None)
    violations: tuple[Violation, ...] = ()
    evidence: str = ""
    answers: Mapping[Indicator, Answer] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    outcome: Counts | None = None
    shut: Activity | None = None


TOWN: Final = (
    Visit(
        at=(6, 10),
        status=_S.ILLEGAL,
        found=("មនុស្ស ១២ នាក់នៅក្នុងបន្ទប់ជាប់សោ", "twelve people behind a locked door"),
        people=(12, 14),
        violations=(_V.DETAINED_AND_FORCED_TO_WORK, _V.DOCUMENTS_RETAINED),
        evidence="DEMO-EV-1, DEMO-EV-2",
        answers={
            _I.RESTRICTION_OF_MOVEMENT: Answer.YES,
            _I.RETENTION_OF_IDENTITY_DOCUMENTS: Answer.YES,
            _I.DEBT_BONDAGE: Answer.UNKNOWN,
            _I.EXCESSIVE_OVERTIME: Answer.NO,
        },
        units={_V.DETAINED_AND_FORCED_TO_WORK.value: 3},
        outcome=Counts(
            rescued=12, referred=12, arrested={_P.MANAGER: 1, _P.RECRUITER: 2}, cases_to_court=1
        ),
        shut=Activity.SEALED,
    ),
    Visit(
        at=(8, 5),
        status=_S.ILLEGAL,
        found=("តុល្បែង និងគ្មានអាជ្ញាប័ណ្ណ", "gaming tables and no licence"),
        people=(20, 25),
        violations=(_V.NO_LICENCE, _V.ILLEGAL_GAMBLING),
        evidence="DEMO-EV-3",
        outcome=Counts(arrested={_P.MANAGER: 1, _P.INTERMEDIARY: 1}, cases_to_court=1),
        shut=Activity.CLOSED,
    ),
    Visit(
        at=(9, 10),
        status=_S.UNDER_REVIEW,
        found=("បញ្ជីវត្តមានបង្ហាញការងារលើសម៉ោង", "the attendance list shows long hours"),
        people=(9, 9),
        violations=(_V.FORCED_OVERTIME,),
        answers={_I.EXCESSIVE_OVERTIME: Answer.YES, _I.WITHHOLDING_OF_WAGES: Answer.NO},
        units={_V.FORCED_OVERTIME.value: 4},
    ),
    Visit(
        at=(9, 55),
        status=_S.UNVERIFIED,
        found=("បុគ្គលិកនិយាយខុសគ្នាអំពីម៉ោងធ្វើការ", "staff tell different hours"),
        people=(5, 7),
        violations=(_V.FORCED_OVERTIME,),
        units={_V.FORCED_OVERTIME.value: 2},
    ),
    Visit(
        at=(10, 30),
        status=_S.UNVERIFIED,
        found=("ពន្លត់អគ្គិភ័យផុតកំណត់", "fire extinguishers out of date"),
        people=(None, None),
        violations=(_V.UNSAFE_PREMISES,),
    ),
    Visit(
        at=(11, 5),
        status=_S.LEGAL,
        found=("ឯកសារត្រឹមត្រូវ មិនមានអ្វីខុស", "papers in order, nothing found"),
        people=(16, 16),
        answers={_I.RESTRICTION_OF_MOVEMENT: Answer.NO},
    ),
)
COUNTRY: Final = (
    Visit(
        at=(6, 30),
        status=_S.UNVERIFIED,
        found=("បិទទ្វារ គ្មានមនុស្ស", "closed, nobody there"),
    ),
    Visit(
        at=(9, 15),
        status=_S.LEGAL,
        found=("ឯកសារត្រឹមត្រូវ", "papers in order"),
        people=(4, 4),
    ),
)


def visit_town(project: Project, story: Story, duty: str, on: date) -> None:
    """Make the visits of the zone that is completed, by the leader of its team."""
    _visit(project, story, COMPLETED, duty, on, TOWN)


def visit_country(project: Project, story: Story, duty: str, on: date) -> None:
    """Make the visits of the zone that is still under way."""
    _visit(project, story, UNDER_WAY, duty, on, COUNTRY)


def decide_fines(project: Project, story: Story, day: date) -> None:
    """Enter what the labour inspector decided: one fine as proposed, one altered, the rest open."""
    mine = {
        i.id for i in project.all(Inspection) if i.reference.startswith(_form(story, COMPLETED))
    }
    fines = [f for f in project.all(Fine) if f.inspection_id in mine]
    first, second, *_open = sorted(fines, key=lambda f: (f.violation, -f.units))
    confirmed = FineState.CONFIRMED
    project.commit(decide_fine(project, first.id, confirmed, inspector=INSPECTOR, decided_on=day))
    project.commit(
        decide_fine(
            project,
            second.id,
            confirmed,
            inspector=INSPECTOR,
            decided_on=day,
            units=second.units - 1,
            note="សាកល្បង៖ ករណីមួយមិនទាន់មានភស្តុតាង / Demo: one case is not proven yet",
        )
    )


def _visit(
    project: Project, story: Story, part: int, duty: str, on: date, visits: Sequence[Visit]
) -> None:
    sites = _choose(project, story.zones[part], [v.status for v in visits])
    for number, (visit, site_id) in enumerate(zip(visits, sites, strict=True), start=1):
        km, en = visit.found
        inspection = Inspection(
            site_id=site_id,
            assignment_id=duty,
            inspected_at=datetime.combine(on, time(*visit.at), CAMBODIA_TIME),
            findings=f"សាកល្បង៖ {km} / Demo: {en}",
            violations=tuple(v.value for v in visit.violations),
            evidence=visit.evidence,
            people_min=visit.people[0],
            people_max=visit.people[1],
            reference=f"{_form(story, part)}{number}",
        )
        project.commit(inspect(project, inspection, visit.answers))
        if visit.units:
            project.commit(propose_fines(project, inspection.id, visit.units))
        if visit.outcome is not None:
            project.commit(
                record_outcome(
                    project,
                    visit.outcome,
                    recorded_on=on,
                    assignment_id=duty,
                    site_id=site_id,
                    closed=(site_id,) if visit.shut is Activity.CLOSED else (),
                    sealed=(site_id,) if visit.shut is Activity.SEALED else (),
                )
            )


def _form(story: Story, part: int) -> str:
    return f"DEMO-F-{story.province}-{part + 1}-"


def _choose(project: Project, zone_id: str, wanted: Sequence[LegalStatus]) -> list[str]:
    """Return a site of a zone for each status that is wanted, or of any other; none twice."""
    sites = project.table(Kind.SITE)
    left = [
        row
        for row in sites_in(project, project.get(Zone, zone_id).outline)
        if sites["activity"][row] == Activity.OPERATING.value and not sites["merged_into"][row]
    ]
    chosen = []
    for status in wanted:
        fits = [row for row in left if sites["legal_status"][row] == status.value]
        row = (fits or left)[0]
        left.remove(row)
        chosen.append(str(sites.ids[row]))
    return chosen
