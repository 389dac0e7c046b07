"""The visit of a site on the command line, what came of it, and the fines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from geo.clock import now, today
from geo.edit import fines, inspections, outcomes
from geo.errors import InputError
from geo.model.result import Inspection, Outcome
from geo.model.vocabulary import Answer, FineState, Indicator, PersonRole, Violation
from geo.project import Project
from gui.cli import console
from gui.cli.acts import demand_given, demand_one, done
from gui.cli.coordination_verbs import DAY, MOMENT
from gui.cli.duty_papers import one_assignment
from gui.cli.lookup import site_id_of
from gui.cli.opening import ActorOption, JsonOption, PassphraseOption, PlanArgument, opened

N = TypeVar("N", bound=StrEnum)
AssignmentOption = Annotated[str, typer.Option(help="Of this assignment; its id.")]
ZoneOption = Annotated[str, typer.Option(help="Of the assignment in this zone; name or id.")]
TeamOption = Annotated[str, typer.Option(help="Of this team's assignment; name or id.")]
PeriodOption = Annotated[str, typer.Option(help="Of the assignment in this period.")]


@console.verb
def inspect(
    plan: PlanArgument,
    *,
    site: Annotated[str, typer.Option(help="Code or id of the site.")] = "",
    of: Annotated[str, typer.Option(help="Correct this visit (its id) instead.")] = "",
    at: Annotated[
        datetime | None, typer.Option(formats=MOMENT, help="When, in local time; else now.")
    ] = None,
    assignment: AssignmentOption = "",
    zone: ZoneOption = "",
    team: TeamOption = "",
    period: PeriodOption = "",
    violation: Annotated[
        list[Violation] | None, typer.Option(help="What was found; may be given again.")
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(help="INDICATOR=yes, no or unknown, of those that were looked for."),
    ] = None,
    people: Annotated[str, typer.Option(help="People found there: NUMBER or LEAST-MOST.")] = "",
    findings: Annotated[str | None, typer.Option(help="In words; never a name.")] = None,
    evidence: Annotated[str | None, typer.Option(help="What was secured, in words.")] = None,
    reference: Annotated[str, typer.Option(help="Number of the form.")] = "",
    source: Annotated[str, typer.Option(help="Who saw it; else the team.")] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record the visit of a site; it never changes a legal status."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        if of:
            old = inspections.inspection_of(project, of)
        else:
            site_id = site_id_of(project, demand_given("--site", site))
            old = Inspection(site_id=site_id, inspected_at=now())
        duty = _duty(project, assignment, zone, team, period)
        least, most = _people(people) if people else (old.people_min, old.people_max)
        new = replace(
            old,
            assignment_id=duty or old.assignment_id,
            inspected_at=at or old.inspected_at,
            violations=tuple(violation) if violation else old.violations,
            people_min=least,
            people_max=most,
            findings=old.findings if findings is None else findings,
            evidence=old.evidence if evidence is None else evidence,
            reference=reference or old.reference,
            source=source or old.source,
        )
        enter = inspections.correct_inspection if of else inspections.inspect
        edit = project.commit(enter(project, new, _answers(answer or ())))
        done(edit, new.id, as_json=as_json)


@console.verb
def outcome(
    plan: PlanArgument,
    *,
    site: Annotated[str, typer.Option(help="Of the visit of this site; its code or id.")] = "",
    of: Annotated[str, typer.Option(help="Correct this outcome (its id) instead.")] = "",
    assignment: AssignmentOption = "",
    zone: ZoneOption = "",
    team: TeamOption = "",
    period: PeriodOption = "",
    on: Annotated[datetime | None, typer.Option(formats=DAY, help="Its day; else today.")] = None,
    rescued: Annotated[int | None, typer.Option(help="People rescued; never a name.")] = None,
    referred: Annotated[int | None, typer.Option(help="Of them referred to services.")] = None,
    arrested: Annotated[
        list[str] | None, typer.Option(help="ROLE=NUMBER of suspects; may be given again.")
    ] = None,
    cases: Annotated[int | None, typer.Option(help="Cases sent to court.")] = None,
    closed: Annotated[list[str] | None, typer.Option(help="Code of a site closed.")] = None,
    sealed: Annotated[list[str] | None, typer.Option(help="Code of a site sealed.")] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Record what a visit or a whole duty led to, in counts only."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        old = project.find(Outcome, of) if of else Outcome(recorded_on=today())
        if old is None:
            raise InputError("error.outcome.gone")
        if of and (closed or sealed or site or assignment or zone or team or period):
            raise InputError("error.cli.outcome_counts")
        counts = outcomes.Counts(
            rescued=old.rescued if rescued is None else rescued,
            referred=old.referred if referred is None else referred,
            arrested={a.role: a.count for a in old.arrested} | _numbers(PersonRole, arrested or ()),
            cases_to_court=old.cases_to_court if cases is None else cases,
        )
        day = on.date() if on else old.recorded_on
        if of:
            edit = outcomes.correct_outcome(project, of, counts, day)
        else:
            edit = outcomes.record_outcome(
                project,
                counts,
                recorded_on=day,
                assignment_id=_duty(project, assignment, zone, team, period),
                site_id=site_id_of(project, site) if site else "",
                closed=[site_id_of(project, code) for code in closed or ()],
                sealed=[site_id_of(project, code) for code in sealed or ()],
            )
        committed = project.commit(edit)
        done(committed, str(committed.deltas[0].ids[0]), as_json=as_json)


@console.verb
def fine(
    plan: PlanArgument,
    *,
    inspection: Annotated[str, typer.Option(help="Propose the fines of this visit; its id.")] = "",
    violation: Annotated[
        list[str] | None,
        typer.Option(
            help="With --inspection: VIOLATION=NUMBER of cases, workers or sites; else all for "
            "which the table says an amount."
        ),
    ] = None,
    of: Annotated[str, typer.Option(help="Enter the decision on this fine; its id.")] = "",
    state: Annotated[
        FineState | None, typer.Option(help="With --of: confirmed or rejected.")
    ] = None,
    inspector: Annotated[str, typer.Option(help="With --of: the inspector's office.")] = "",
    on: Annotated[
        datetime | None, typer.Option(formats=DAY, help="With --of: day of decision; else today.")
    ] = None,
    note: Annotated[str, typer.Option(help="With --of: why rejected or altered.")] = "",
    units: Annotated[int | None, typer.Option(help="With --of: what was counted.")] = None,
    amount: Annotated[int | None, typer.Option(help="With --of: riel, if set otherwise.")] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose the fines of a visit from the dated table, or enter the inspector's decision."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        demand_one({"--inspection": bool(inspection), "--of": bool(of)})
        if inspection:
            chosen = {v.value: n for v, n in _numbers(Violation, violation or ()).items()}
            chosen = chosen or _by_the_table(project, inspection)
            edit = fines.propose_fines(project, inspection, chosen)
        else:
            if state is None:
                raise InputError("error.cli.option_missing", option="--state")
            edit = fines.decide_fine(
                project,
                of,
                state,
                inspector=inspector,
                decided_on=_day(on),
                note=note,
                units=units,
                amount_riel=amount,
            )
        committed = project.commit(edit)
        done(committed, ", ".join(str(i) for i in committed.deltas[0].ids), as_json=as_json)


def _by_the_table(project: Project, inspection_id: str) -> dict[str, int]:
    """Return what the table proposes and nobody proposed yet, as far as it can be counted."""
    return {
        p.violation: p.units
        for p in fines.proposals(project, inspection_id)
        if p.fine is None and p.rate is not None and p.units is not None
    }


def _day(on: datetime | None) -> date:
    return on.date() if on else today()


def _duty(project: Project, assignment: str, zone: str, team: str, period: str) -> str:
    """Return the id of the assignment that is meant, or empty if none is."""
    if not (assignment or zone or team or period):
        return ""
    return one_assignment(project, assignment, zone, team, period).id


def _people(value: str) -> tuple[int, int]:
    least, _, most = value.partition("-")
    try:
        return int(least), int(most or least)
    except ValueError:
        raise InputError("error.cli.people", value=value) from None


def _numbers(names: type[N], given: list[str] | tuple[()]) -> dict[N, int]:
    """Return the numbers of texts such as ``manager=2``."""
    found: dict[N, int] = {}
    for item in given:
        name, _, value = item.partition("=")
        try:
            found[names(name)] = int(value)
        except ValueError:
            raise InputError("error.cli.number_of", value=item, names=", ".join(names)) from None
    return found


def _answers(given: list[str] | tuple[()]) -> dict[Indicator, Answer]:
    found: dict[Indicator, Answer] = {}
    for item in given:
        name, _, value = item.partition("=")
        try:
            found[Indicator(name)] = Answer(value)
        except ValueError:
            raise InputError("error.cli.answer", value=item, names=", ".join(Indicator)) from None
    return found
