"""What is said of a row behind a figure: its day, where it was, what it is. Never a free text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from geo.analysis.scoreboard.wording import unit_name
from geo.edit.inspections import local
from geo.model.command import Assignment, Zone
from geo.model.entity import Kind
from geo.model.result import Fine, Inspection, MonthlyReturn, Outcome
from geo.model.site import Site, StatusDecision
from geo.model.vocabulary import Violation
from gui import i18n
from gui.i18n import tr

if TYPE_CHECKING:
    from datetime import date, datetime

    from geo.analysis.scoreboard.measures import RowRef
    from geo.project import Project

Words = tuple[Callable[[], str], Callable[[], str], Callable[[], str]]


def behind_words(project: Project, ref: RowRef) -> Words:
    """Return day, place and nature of a row, each worded when it is seen."""
    words = {
        Kind.INSPECTION: _visit,
        Kind.OUTCOME: _outcome,
        Kind.FINE: _fine,
        Kind.STATUS_DECISION: _decision,
        Kind.RETURN: _return,
    }.get(ref.kind)
    gone: Words = (_dash, _dash, lambda: tr("scoreboard.behind.gone"))
    if words is None or ref.id not in project.table(ref.kind):
        return gone
    return words(project, ref.id)


def site_behind(project: Project, ref: RowRef) -> str:
    """Return the id of the site that a row is about, or empty."""
    if ref.id not in project.table(ref.kind):
        return ""
    if ref.kind is Kind.FINE:
        visit = project.find(Inspection, project.get(Fine, ref.id).inspection_id)
        return visit.site_id if visit is not None else ""
    if ref.kind in {Kind.INSPECTION, Kind.OUTCOME, Kind.STATUS_DECISION}:
        return str(project.table(ref.kind).row(ref.id)["site_id"] or "")
    return ""


def _visit(project: Project, row_id: str) -> Words:
    visit = project.get(Inspection, row_id)
    return (
        partial(_day, _on(visit.inspected_at)),
        partial(_site, project.find(Site, visit.site_id)),
        lambda: tr("scoreboard.behind.visit", violations=len(visit.violations)),
    )


def _outcome(project: Project, row_id: str) -> Words:
    outcome = project.get(Outcome, row_id)
    site = project.find(Site, outcome.site_id) if outcome.site_id else None
    where = partial(_site, site) if site is not None else partial(_zone, project, outcome)
    return (
        partial(_day, outcome.recorded_on),
        where,
        lambda: tr(
            "scoreboard.behind.outcome",
            rescued=outcome.rescued,
            suspects=sum(a.count for a in outcome.arrested),
            cases=outcome.cases_to_court,
        ),
    )


def _fine(project: Project, row_id: str) -> Words:
    fine = project.get(Fine, row_id)
    visit = project.find(Inspection, fine.inspection_id)
    day = fine.decided_on or (_on(visit.inspected_at) if visit is not None else None)

    def what() -> str:
        known = fine.violation in set(Violation)
        named = i18n.label(Violation(fine.violation)) if known else fine.violation
        return tr(
            "scoreboard.behind.fine",
            violation=named,
            amount=fine.amount_riel,
            state=i18n.label(fine.state),
        )

    site = project.find(Site, visit.site_id) if visit is not None else None
    return partial(_day, day), partial(_site, site), what


def _decision(project: Project, row_id: str) -> Words:
    decision = project.get(StatusDecision, row_id)
    return (
        partial(_day, decision.decided_on),
        partial(_site, project.find(Site, decision.site_id)),
        lambda: tr("scoreboard.behind.decision", status=i18n.label(decision.to_status)),
    )


def _return(project: Project, row_id: str) -> Words:
    one = project.get(MonthlyReturn, row_id)
    return (
        lambda: i18n.month(one.month),
        lambda: unit_name(one.province_code, i18n.language()),
        lambda: tr("scoreboard.behind.return", edition=one.edition, key=one.signer_key[:12]),
    )


def _on(moment: datetime | None) -> date | None:
    return local(moment).date() if moment is not None else None


def _day(day: date | None) -> str:
    return i18n.day(day)


def _site(site: Site | None) -> str:
    return i18n.name_of(site.name_km, site.name_en, site.code) if site is not None else _dash()


def _zone(project: Project, outcome: Outcome) -> str:
    duty = project.find(Assignment, outcome.assignment_id)
    zone = project.find(Zone, duty.zone_id) if duty is not None else None
    return zone.name if zone is not None else _dash()


def _dash() -> str:
    return "–"
