"""What the papers of a duty have in common: zone, team, period, and the sites to be visited.

They are for the command's own people and hold one operation's rows only, as `geo.privacy` lets
them pass at the grade command; no paper of a duty is made at any other grade.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.analysis.readiness.authorisation import Reason, not_covered
from geo.catalogue import Language, label, text
from geo.clock import now
from geo.crs import format_decimal, format_mgrs
from geo.edit.states import OVER, RUNNING
from geo.errors import InputError
from geo.localise import digits, format_date, format_datetime, format_number
from geo.model.command import Assignment, Operation, Period, Team, Zone
from geo.model.entity import Kind
from geo.model.site import Site, StatusDecision
from geo.model.vocabulary import Activity, Answer, Grade
from geo.privacy.scope import inside
from layers.export.content import ReportContent, ReportKind
from layers.export.counts import named
from layers.export.frame import zone_frame
from layers.export.report import report_content
from layers.features import on_map

if TYPE_CHECKING:
    from datetime import datetime

    from geo.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySite:
    """A site of a duty in the words of its paper.

    Attributes:
        key: What a form names it by: its code, or its id where the code does not tell it apart.
        status: Its legal status, with the day of the decision where there is one.
        alleged: How many allegations there are, which are no verdict; or empty.
        uncovered: Why no authorisation covers it, or empty.
    """

    site_id: str
    key: str
    code: str
    name: str
    name_en: str
    name_km: str
    kind: str
    lonlat: str
    mgrs: str
    status: str
    alleged: str
    uncovered: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPaper:
    """A duty with all that its papers say of it.

    Attributes:
        report: Title, grade and map of the operation's own rows; its map frames the zone.
        period: The operational period, or None for the whole operation.
        copy: Which copy of this paper it is.
    """

    report: ReportContent
    operation: Operation
    zone: Zone
    team: Team
    duty: Assignment
    period: Period | None
    sites: tuple[DutySite, ...]
    copy: int

    @property
    def language(self) -> Language:
        """Language of the paper."""
        return self.report.language

    @property
    def in_force(self) -> bool:
        """Whether the operation was released: before, the paper is no order."""
        return self.operation.state in RUNNING | OVER


def duty_paper(
    project: Project,
    assignment_id: str,
    language: Language,
    *,
    paper: str,
    at: datetime | None = None,
) -> DutyPaper:
    """Gather what a paper of a duty says.

    Args:
        project: The plan.
        assignment_id: The duty.
        language: Of the paper.
        paper: ``assignment`` or ``form``: which paper it is, for its title and the log.
        at: When it is made, local time; None is now.

    Raises:
        InputError: The assignment is gone, or its zone belongs to no operation.
    """
    at = at or now()
    duty = project.find(Assignment, assignment_id)
    zone = project.find(Zone, duty.zone_id) if duty is not None else None
    if duty is None or zone is None:
        raise InputError("error.assign.gone")
    if project.find(Operation, zone.operation_id) is None:
        raise InputError("error.operation.gone")
    report = report_content(
        project,
        ReportKind.OPERATION,
        Grade.COMMAND,
        language,
        operation_id=zone.operation_id,
        day=at.date(),
    )
    released = report.map.project
    duty, zone = released.get(Assignment, duty.id), released.get(Zone, zone.id)
    operation, team = released.get(Operation, zone.operation_id), released.get(Team, duty.team_id)
    period = next((p for p in operation.periods if p.id == duty.period_id), None)
    return DutyPaper(
        report=replace(
            report,
            title=replace(
                report.title,
                title=text(f"day.title.{paper}", language),
                subtitle=f"{operation.name} · {zone.name} · {team.name}",
                date=format_datetime(at, language),
            ),
            map=replace(report.map, bounds=zone_frame(zone)),
            audit={**report.audit, "report": paper, "assignment": duty.id},
        ),
        operation=operation,
        zone=zone,
        team=team,
        duty=duty,
        period=period,
        sites=_sites(project, released, zone, duty.period_id, language),
        copy=_copies(project, paper, duty.id) + 1,
    )


def period_words(period: Period | None, operation: Operation, language: Language) -> str:
    """Return an operational period with its times; without one it is the whole operation."""
    if period is None:
        return (
            text("day.whole_operation", language)
            if not operation.periods
            else " · ".join(period_words(p, operation, language) for p in operation.periods)
        )
    if period.starts.date() == period.ends.date():
        ends = digits(f"{period.ends:%H:%M}", language)
    else:
        ends = format_datetime(period.ends, language)
    return f"{period.name}: {format_datetime(period.starts, language)} – {ends}"


def site_keys(sites: list[Site]) -> dict[str, str]:
    """Return site id → what a form names it by: its code, if it is one word and no other's."""
    counts = Counter(s.code.casefold() for s in sites)
    return {
        s.id: s.code
        if s.code and counts[s.code.casefold()] == 1 and not any(c.isspace() for c in s.code)
        else s.id
        for s in sites
    }


def _copies(project: Project, paper: str, assignment_id: str) -> int:
    return sum(
        row.details.get("report") == paper and row.details.get("assignment") == assignment_id
        for row in project.store.audit()
    )


def _sites(
    project: Project, released: Project, zone: Zone, period_id: str, language: Language
) -> tuple[DutySite, ...]:
    table = released.table(Kind.SITE)
    ids = [str(i) for i in table.ids[inside(table, [zone.outline])]]
    sites = [released.get(Site, i) for i in ids]
    allegations = released.table(Kind.ALLEGATION)
    shown = on_map(allegations)
    told = Counter(allegations["site_id"][shown].tolist())
    held = Counter(
        allegations["site_id"][shown & (allegations["held_now"] == Answer.YES.value)].tolist()
    )
    reasons = {
        u.site_id: u.reason
        for u in not_covered(project, zone.id, period_id)
        if u.reason is not Reason.WITNESSES
    }
    decided = _decided(released)
    keys = site_keys(sites)

    def made(site: Site) -> DutySite:
        here = site.point
        n, m = told[site.id], held[site.id]
        uncovered = reasons.get(site.id)
        return DutySite(
            site_id=site.id,
            key=keys[site.id],
            code=site.code,
            name=named(site.name_km, site.name_en, language) or site.name_zh or site.code,
            name_en=site.name_en or site.name_km or site.name_zh or site.code,
            name_km=site.name_km or site.name_en or site.name_zh or site.code,
            kind=label(site.kind, language),
            # Coordinates are read out over the radio in Latin digits, whatever the language.
            lonlat=format_decimal(here.lon, here.lat) if here else "–",
            mgrs=format_mgrs(here.lon, here.lat) if here else "–",
            status=_status(site, decided, language),
            alleged=_alleged(n, m, language),
            uncovered=text(uncovered.value, language) if uncovered is not None else "",
        )

    # Where people are said to be held comes first, everywhere.
    sites.sort(key=lambda s: (-held[s.id], -told[s.id], s.code, s.name_en))
    return tuple(made(site) for site in sites)


def _decided(released: Project) -> dict[str, StatusDecision]:
    last: dict[str, StatusDecision] = {}
    for decision in released.all(StatusDecision):
        old = last.get(decision.site_id)
        if old is None or (old.decided_on, old.recorded_at) <= (
            decision.decided_on,
            decision.recorded_at,
        ):
            last[decision.site_id] = decision
    return last


def _status(site: Site, decided: dict[str, StatusDecision], language: Language) -> str:
    words = label(site.legal_status, language)
    decision = decided.get(site.id)
    if decision is not None and decision.to_status is site.legal_status:
        day = format_date(decision.decided_on, language)
        words = text("day.status.decided", language, status=words, day=day)
    else:
        words = text("day.status.undecided", language, status=words)
    if site.activity is not Activity.OPERATING:
        words = f"{words}; {label(site.activity, language)}"
    return words


def _alleged(n: int, held: int, language: Language) -> str:
    if not n:
        return ""
    code = "day.alleged.held" if held else "day.alleged"
    return text(
        code,
        language,
        n=format_number(n, language),
        held=format_number(held, language),
    )
