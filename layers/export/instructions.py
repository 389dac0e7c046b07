"""Block 7 of an assignment sheet: what the prosecutor authorised, and what somebody overrode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.catalogue import Language, label, text
from geo.localise import digits, format_datetime, format_number
from geo.model.command import Coordination, Override
from geo.model.gaps import GapCode
from geo.model.vocabulary import CoordinationAuthority, CoordinationResult
from geo.privacy.answerable import who_overrode
from layers.export.blocks import Block

if TYPE_CHECKING:
    from datetime import datetime, time

    from geo.project import Project
    from layers.export.duties import DutyPaper


def instructions(project: Project, paper: DutyPaper) -> Block:
    """Return the block of a duty; without an authorisation that covers it, it says so first."""
    language = paper.language
    facts: list[tuple[str, str]] = []
    released = paper.report.map.project
    for told in released.all(Coordination):
        words = _authorised(told, paper)
        if words:
            facts.append((text("day.fact.authorisation", language), words))
    warnings = [] if facts else [text("day.no_authorisation", language)]
    facts += [
        (text("day.fact.override", language), _override(project, o, paper))
        for o in released.all(Override)
        if o.operation_id == paper.operation.id and o.zone_id in {"", paper.zone.id}
    ]
    facts.append((text("day.fact.order", language), text("day.rescue_first", language)))
    return Block(
        number=7,
        title=text("day.block.instructions", language),
        facts=tuple(facts),
        warnings=tuple(warnings),
    )


def _authorised(told: Coordination, paper: DutyPaper) -> str:
    """Return what the prosecutor agreed to in this zone, or nothing."""
    language, named = paper.language, told.authorisation
    agreed = told.result is CoordinationResult.AGREED
    prosecutor = told.authority is CoordinationAuthority.COURT_PROSECUTOR
    if named is None or not (agreed and prosecutor) or told.operation_id != paper.operation.id:
        return ""
    here = set(named.site_ids) & {s.site_id for s in paper.sites}
    if named.zone_id == paper.zone.id:
        covers = text("day.authorised.zone", language)
    elif here:
        covers = text("day.authorised.sites", language, n=format_number(len(here), language))
    else:
        return ""
    n = format_number(named.witnesses, language)
    parts = (
        covers,
        _between(named.valid_from, named.valid_to, language),
        _hours(named.hours_from, named.hours_to, language),
        text("day.authorised.witnesses", language, n=n) if named.witnesses else "",
        told.reference,
    )
    return "; ".join(part for part in parts if part)


def _override(project: Project, override: Override, paper: DutyPaper) -> str:
    """Return an override with who answers for it."""
    language = paper.language
    who = who_overrode(project, override, paper.report.grade)
    person = " · ".join(filter(None, (who.name, label(who.role, language)))) if who else "–"
    return text(
        "day.override",
        language,
        gap=_gap(override.what, paper),
        who=person,
        when=format_datetime(override.decided_at, language),
        reason=override.reason,
    )


def _gap(what: str, paper: DutyPaper) -> str:
    """Return the name of a gap: its sentence without the numbers of the day when it was found."""
    if what not in set(GapCode):
        return what
    sentence = text(what, paper.language)
    limits = paper.operation.limits
    limit = limits.fire_minutes if what == GapCode.FIRE_FAR else limits.ambulance_minutes
    sentence = sentence.replace("{limit}", format_number(limit, paper.language))
    sentence = sentence.replace("{name}", paper.team.name)
    return re.split(r"\s*[:៖(]", sentence)[0].strip() if "{" in sentence else sentence


def _between(since: datetime | None, until: datetime | None, language: Language) -> str:
    if since is None or until is None:
        return ""
    return f"{format_datetime(since, language)} – {format_datetime(until, language)}"


def _hours(since: time | None, until: time | None, language: Language) -> str:
    if since is None or until is None:
        return ""
    hours = digits(f"{since:%H:%M} – {until:%H:%M}", language)
    return text("day.authorised.hours", language, hours=hours)
