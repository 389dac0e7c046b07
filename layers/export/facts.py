"""What a report says at a glance, beside its map: how much there is, and of what time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geo.catalogue import Language, text
from geo.localise import digits, format_date, format_number
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationStatus, Answer, Grade, Precision
from geo.privacy.release import tally

if TYPE_CHECKING:
    from geo.privacy.public import PublicRelease
    from geo.privacy.scope import Scope
    from geo.project import Project

Facts = tuple[tuple[str, str], ...]


def facts(
    project: Project, released: Project, grade: Grade, scope: Scope, language: Language
) -> Facts:
    """Return label and value of what is counted, each only if its grade lets it be counted."""
    sites = released.table(Kind.SITE)
    counted: list[tuple[str, int | None]] = [
        ("sites", len(sites)),
        ("sites_placed", int(sum(p == Precision.POINT for p in sites["precision"]))),
        *_allegations(project, grade, scope),
        ("zones", len(released.table(Kind.ZONE)) or None),
        ("teams", len(released.table(Kind.TEAM)) or None),
    ]
    found = [
        (text(f"report.glance.{name}", language), format_number(n, language))
        for name, n in counted
        if n is not None
    ]
    return (*found, *_period(project, grade, scope, language))


def public_facts(published: PublicRelease, language: Language) -> Facts:
    """Return the closed year that a public report is about: its counts stand in its table."""
    year = digits(str(published.year), language)
    return ((text("report.glance.year", language), year),)


def _allegations(project: Project, grade: Grade, scope: Scope) -> list[tuple[str, int | None]]:
    found = tally(project, Kind.ALLEGATION, ("held_now", "status"), grade, scope)
    if found is None:
        return []
    real = {key: n for key, n in found.items() if key[1] != AllegationStatus.DUPLICATE}
    held = sum(n for (held_now, _), n in real.items() if held_now == Answer.YES)
    return [("allegations", sum(real.values())), ("held", held)]


def _period(project: Project, grade: Grade, scope: Scope, language: Language) -> Facts:
    """Return from when to when allegations were received; others get years: a day is one case."""
    received = tally(project, Kind.ALLEGATION, ("received_on",), grade, scope)
    days = sorted(str(day) for (day,) in received or {} if day is not None)
    if not days:
        return ()
    first, last = (date.fromisoformat(day[:10]) for day in (days[0], days[-1]))
    if grade is Grade.COMMAND:
        names = [format_date(day, language) for day in (first, last)]
    else:
        names = [digits(str(day.year), language) for day in (first, last)]
    return (
        (text("report.glance.first", language), names[0]),
        (text("report.glance.last", language), names[1]),
    )
