"""The visit of a site: when it was, what was found, which indicators were looked for.

What happened is recorded, also when it was not as it should be: a site outside the zone is no
reason to refuse the truth. Nothing here touches a legal status.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.clock import CAMBODIA_TIME, now
from geo.edit.edit import Delta, Edit, inserting, updating
from geo.edit.sites import shown_name, site_of
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.masking import mask
from geo.model.command import Assignment, Team
from geo.model.entity import Kind
from geo.model.result import Fine, Inspection
from geo.model.site import IndicatorCheck, Site
from geo.model.vocabulary import AssignmentState, FineState, Indicator, Violation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from geo.edit.reading import PlanRows
    from geo.model.vocabulary import Answer

NOT_YET: Final = frozenset({AssignmentState.DRAFT, AssignmentState.PREPARED})
"""A team that has not accepted has not been anywhere."""


def inspect(
    plan: PlanRows, inspection: Inspection, answers: Mapping[Indicator, Answer] | None = None
) -> Edit:
    """Return the edit that records the visit of a site, and when the site was last seen.

    Args:
        plan: The plan.
        inspection: The visit; words are masked, a time without zone is Cambodia's.
        answers: Of the indicators that were looked for.

    Raises:
        InputError: The site or the assignment is gone, the team has not accepted yet, the visit has
            no time or one that lies ahead, a violation is not of the list, the numbers of people
            make no sense, the form is in the plan already, or nobody is named who looked for the
            indicators.
    """
    site = site_of(plan, inspection.site_id)
    if site.merged_into:
        raise InputError("error.site.merged")
    new = _checked(plan, inspection)
    deltas = [inserting([new]), *_checks(plan, new, answers or {})]
    return _edit(site, [*deltas, *_seen(site, new)])


def correct_inspection(
    plan: PlanRows, inspection: Inspection, answers: Mapping[Indicator, Answer] | None = None
) -> Edit:
    """Return the edit that gives a visit the state `inspection`; the audit keeps what it was.

    Raises:
        InputError: See `inspect`; or the visit is gone or of another site, or a fine that was not
            rejected stands on a violation, or a day, that it would no longer have.
    """
    old = inspection_of(plan, inspection.id)
    if old.site_id != inspection.site_id:
        raise InputError("error.inspection.other_site")
    new = _checked(plan, inspection, old)
    for fine in fines_of(plan, old.id):
        if fine.state is not FineState.REJECTED and (
            fine.violation not in new.violations or day_of(old) != day_of(new)
        ):
            raise InputError("error.inspection.has_fine", violation=fine.violation)
    site = site_of(plan, old.site_id)
    deltas = [updating(old, new), *_checks(plan, new, answers or {})]
    return _edit(site, [*deltas, *_seen(site, new)])


def inspection_of(plan: PlanRows, inspection_id: str) -> Inspection:
    """Return a visit.

    Raises:
        InputError: It is gone.
    """
    found = plan.find(Inspection, inspection_id)
    if found is None:
        raise InputError("error.inspection.gone")
    return found


def fines_of(plan: PlanRows, inspection_id: str) -> tuple[Fine, ...]:
    """Return the fines that were proposed for a visit."""
    fines = plan.table(Kind.FINE)
    return tuple(plan.get(Fine, str(i)) for i in fines.ids[fines["inspection_id"] == inspection_id])


def duty_of(plan: PlanRows, assignment_id: str) -> Assignment:
    """Return an assignment whose team has accepted.

    Raises:
        InputError: It is gone, or the team has not accepted.
    """
    duty = plan.find(Assignment, assignment_id)
    if duty is None:
        raise InputError("error.assign.gone")
    if duty.state in NOT_YET:
        raise InputError("error.day.not_accepted")
    return duty


def local(moment: datetime) -> datetime:
    """Return a time as the clock on the wall in Cambodia has it, without zone."""
    return (moment.astimezone(CAMBODIA_TIME) if moment.tzinfo else moment).replace(tzinfo=None)


def _checked(plan: PlanRows, given: Inspection, old: Inspection | None = None) -> Inspection:
    if given.assignment_id and (old is None or old.assignment_id != given.assignment_id):
        duty_of(plan, given.assignment_id)
    if given.inspected_at is None:
        raise InputError("error.inspection.no_time")
    at = local(given.inspected_at)
    if at > now():
        raise InputError("error.inspection.future")
    least, most = given.people_min, given.people_max
    if any(n is not None and n < 0 for n in (least, most)) or (
        least is not None and most is not None and least > most
    ):
        raise InputError("error.inspection.people")
    unknown = [v for v in given.violations if v not in set(Violation)]
    # What an older list named stays as it was.
    if [v for v in unknown if old is None or v not in old.violations]:
        raise InputError("error.inspection.no_such_violation", name=unknown[0])
    reference = given.reference.strip()
    forms = plan.table(Kind.INSPECTION)
    if reference and any(i != given.id for i in forms.ids[forms["reference"] == reference]):
        raise InputError("error.inspection.form_in_plan", number=reference)
    listed = [v.value for v in Violation if v.value in given.violations]
    return replace(
        given,
        inspected_at=at.replace(tzinfo=CAMBODIA_TIME),
        findings=mask(given.findings.strip()),
        evidence=mask(given.evidence.strip()),
        violations=(*listed, *dict.fromkeys(unknown)),
        reference=reference,
        source=given.source.strip() or _team_name(plan, given.assignment_id),
    )


def _team_name(plan: PlanRows, assignment_id: str) -> str:
    duty = plan.find(Assignment, assignment_id) if assignment_id else None
    team = plan.find(Team, duty.team_id) if duty is not None else None
    return team.name if team is not None else ""


def _checks(
    plan: PlanRows, inspection: Inspection, answers: Mapping[Indicator, Answer]
) -> list[Delta]:
    if not answers:
        return []
    if not inspection.source:
        raise InputError("error.indicators.no_source")
    table = plan.table(Kind.INDICATOR_CHECK)
    told: dict[str, str] = {}
    for indicator, answer, of in zip(
        table["indicator"], table["answer"], table["inspection_id"], strict=True
    ):
        if of == inspection.id:
            told[str(indicator)] = str(answer)
    checks = [
        IndicatorCheck(
            site_id=inspection.site_id,
            indicator=indicator,
            answer=answers[indicator],
            source=inspection.source,
            checked_on=day_of(inspection),
            inspection_id=inspection.id,
        )
        for indicator in Indicator
        if indicator in answers and told.get(indicator.value) != answers[indicator].value
    ]
    return [inserting(checks)] if checks else []


def _seen(site: Site, inspection: Inspection) -> list[Delta]:
    day = day_of(inspection)
    if day is None or (site.visited_on is not None and site.visited_on >= day):
        return []
    return [updating(site, replace(site, visited_on=day))]


def day_of(inspection: Inspection) -> date | None:
    """Return the day of a visit in Cambodia."""
    return local(inspection.inspected_at).date() if inspection.inspected_at else None


def _edit(site: Site, deltas: list[Delta]) -> Edit:
    return Edit(verb=Verb.INSPECT, params={"name": shown_name(site)}, deltas=tuple(deltas))
