"""Counts for the public: one geography, one closed calendar year, nothing under k.

What is promised: no count under k leaves, nor can it be had from the total; the period is over; and
within one plan no second release of a year may differ from the first (12 last month and 13 now
reveals one), because each release leaves its digest in the plan's audit chain and is checked
against it.

What is *not* promised, and therefore not offered: periods other than calendar years, tables of more
than one dimension, and a comparison with releases made from another copy of the plan.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from geo.edit.merging import live_sites
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationStatus, Grade, LegalStatus
from geo.privacy.grades import Rule, may_count, rule
from geo.privacy.scope import DECIDED, completed
from geo.privacy.suppression import SuppressedCounts, suppress

if TYPE_CHECKING:
    from geo.project import Project

OUTCOMES = ("rescued", "referred", "sites_closed", "sites_sealed", "cases_to_court")


class Geography(StrEnum):
    """By what a public release counts; one for each released year."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"


_DIGITS = {Geography.COMMUNE: 6, Geography.DISTRICT: 4, Geography.PROVINCE: 2}


@dataclass(frozen=True, slots=True)
class PublicRelease:
    """Counts that may be published.

    Attributes:
        year: Closed calendar year.
        units: NCDD codes in order; last an empty one if there are cases whose unit is not known.
        counts: Measure (``legal``, ``illegal``, ``allegation``) → counts by unit.
        outcomes: Sums over completed operations in the year; None where under k.
        digest: SHA-256 over all of it, as it stands in the audit chain.
    """

    year: int
    geography: Geography
    units: tuple[str, ...]
    counts: Mapping[str, SuppressedCounts]
    outcomes: Mapping[str, int | None]
    digest: str

    @property
    def hidden(self) -> int:
        """Number of suppressed counts."""
        cells = sum(counts.hidden for counts in self.counts.values())
        return cells + sum(value is None for value in self.outcomes.values())

    def audit_details(self) -> dict[str, str | int]:
        """Return what the audit event of a print or export must carry, for later checks."""
        return {
            "grade": Grade.PUBLIC.value,
            "year": self.year,
            "geography": self.geography.value,
            "digest": self.digest,
        }


def public_release(
    project: Project, year: int, *, today: date, province_code: str = ""
) -> PublicRelease:
    """Count what may be published of a year, by communes or as much coarser as it takes.

    Args:
        project: The plan.
        year: A calendar year that is over.
        today: The day of the release.
        province_code: Count this province only; empty counts all.

    Raises:
        InputError: The year is not over, or an earlier release of it says something else.
    """
    if year >= today.year:
        raise InputError("grade.error.period_open", year=year)
    earlier = _earlier(project, year)
    for geography in Geography:
        found = _count(project, year, geography, province_code)
        if found.digest in earlier:
            return found
        holds = not any(counts.hidden for counts in found.counts.values())
        if not earlier and (holds or geography is Geography.PROVINCE):
            return found
    raise InputError("grade.error.differs_from_earlier", year=year)


def latest_year(project: Project, today: date) -> int:
    """Return the last closed year in which anything was received or decided, else last year."""
    dates = (
        *project.table(Kind.ALLEGATION)["received_on"],
        *project.table(Kind.STATUS_DECISION)["decided_on"],
    )
    years = {int(str(day)[:4]) for day in dates if day}
    return max((year for year in years if year < today.year), default=today.year - 1)


def _earlier(project: Project, year: int) -> frozenset[str]:
    return frozenset(
        str(row.details.get("digest", ""))
        for row in project.store.audit()
        if row.details.get("grade") == Grade.PUBLIC.value
        and row.details.get("year") in {year, str(year)}
        and row.details.get("digest")
    )


def _count(project: Project, year: int, geography: Geography, province_code: str) -> PublicRelease:
    by_measure = {
        **_sites(project, year, geography, province_code),
        "allegation": _allegations(project, year, geography, province_code),
    }
    named = sorted({unit for found in by_measure.values() for unit in found} - {""})
    nowhere = any(found[""] for found in by_measure.values())
    units = (*named, "") if nowhere else tuple(named)
    counts = {
        measure: suppress([found[unit] for unit in units]) for measure, found in by_measure.items()
    }
    outcomes = {name: suppress([total]).total for name, total in _outcomes(project, year).items()}
    said = [
        year,
        geography,
        units,
        province_code,
        {m: [c.cells, c.total] for m, c in counts.items()},
        outcomes,
    ]
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return PublicRelease(year, geography, units, counts, outcomes, digest)


def _unit(admin_code: object, geography: Geography) -> str:
    code, size = str(admin_code or ""), _DIGITS[geography]
    return code[:size] if len(code) >= size else ""


def _sites(
    project: Project, year: int, geography: Geography, province_code: str
) -> dict[str, Counter[str]]:
    """Count sites by what their ledger said at the end of the year."""
    found: dict[str, Counter[str]] = {status.value: Counter() for status in sorted(DECIDED)}
    fields = ((Kind.SITE, "admin_code"), (Kind.STATUS_DECISION, "to_status"))
    if not all(may_count(kind, name, Grade.PUBLIC) for kind, name in fields):
        return found
    end = date(year, 12, 31).isoformat()
    table = project.table(Kind.STATUS_DECISION)
    last: dict[str, tuple[str, str, str]] = {}
    for site_id, decided_on, recorded_at, to_status in zip(
        table["site_id"], table["decided_on"], table["recorded_at"], table["to_status"], strict=True
    ):
        if str(decided_on) <= end:
            entry = (str(decided_on), str(recorded_at), str(to_status))
            last[site_id] = max(last.get(site_id, entry), entry)
    sites = project.table(Kind.SITE)
    live = live_sites(sites)
    for site_id, code in zip(sites.ids[live], sites["admin_code"][live], strict=True):
        status = last.get(site_id, ("", "", LegalStatus.UNVERIFIED.value))[2]
        if status in found and str(code or "").startswith(province_code):
            found[status][_unit(code, geography)] += 1
    return found


def _allegations(
    project: Project, year: int, geography: Geography, province_code: str
) -> Counter[str]:
    found: Counter[str] = Counter()
    if not all(
        may_count(Kind.ALLEGATION, name, Grade.PUBLIC)
        for name in ("admin_code", "received_on", "status")
    ):
        return found
    table = project.table(Kind.ALLEGATION)
    for code, received_on, status in zip(
        table["admin_code"], table["received_on"], table["status"], strict=True
    ):
        in_year = str(received_on or "").startswith(f"{year:04d}-")
        new = status != AllegationStatus.DUPLICATE.value
        if in_year and new and str(code or "").startswith(province_code):
            found[_unit(code, geography)] += 1
    return found


def _outcomes(project: Project, year: int) -> dict[str, int]:
    names = [
        name for name in OUTCOMES if rule(Kind.OUTCOME, name, Grade.PUBLIC) is Rule.COUNT_COMPLETED
    ]
    table = project.table(Kind.OUTCOME)
    done = completed(project, Kind.OUTCOME)
    in_year = [str(day or "").startswith(f"{year:04d}-") for day in table["recorded_on"]]
    rows = [i for i in range(len(table)) if done[i] and in_year[i]]
    return {name: sum(int(table[name][i] or 0) for i in rows) for name in names}
