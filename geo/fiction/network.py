"""The fictional network: who recruits for whom, where chains stop, and one ringleader by decision.

Every person is a pseudonym that says it is of the demonstration; every link is a lead by an office
that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from geo.edit.decisions import ledger_of
from geo.edit.links import add_link
from geo.edit.person_decisions import name_ringleader
from geo.edit.persons import add_person, ask_next, record_arrest
from geo.edit.ruling import Ruling
from geo.fiction.places import scenes
from geo.model.entity import Kind
from geo.model.network import Link, LinkKind, PersonRef
from geo.model.place import BorderCrossing
from geo.model.site import Site
from geo.model.vocabulary import LegalStatus, PersonRole

if TYPE_CHECKING:
    from datetime import date

    from geo.project import Project

OFFICE: Final = "Analysis office (demo)"
HUB: Final = 5
"""The broker through whom most of the network hangs together, and with whom the chain stops."""
LEADER: Final = 3
_WEST: Final = "01"

_RECRUITER, _BROKER = PersonRole.RECRUITER, PersonRole.FOREIGN_BROKER
_BETWEEN, _MANAGER = PersonRole.INTERMEDIARY, PersonRole.MANAGER
PERSONS: Final[dict[int, tuple[PersonRole, str]]] = {
    1: (_RECRUITER, "KH"),
    2: (_MANAGER, ""),
    # Called a ringleader further below, by a decision and not by this table.
    3: (_MANAGER, ""),
    4: (_MANAGER, ""),
    5: (_BROKER, "TH"),
    6: (_RECRUITER, "KH"),
    7: (_RECRUITER, "TH"),
    8: (_RECRUITER, ""),
    9: (_BETWEEN, "KH"),
    10: (_BETWEEN, "KH"),
    11: (_RECRUITER, "KH"),
    12: (_BROKER, ""),
}
"""Number of a person → suspected role and country."""

_SAME, _MOVED, _PAID = LinkKind.SAME_RECRUITER, LinkKind.TRANSFER, LinkKind.PAYMENT
# Ends are persons by number, sites S (Preah Sihanouk) and W (Banteay Meanchey) in their order,
# X the decided site, C crossings; days ago is None where nobody noted the day.
LINKS: Final[tuple[tuple[str, str, LinkKind, float, int | None], ...]] = (
    ("S0", "S1", LinkKind.SAME_OWNER, 0.6, None),
    ("S0", "W0", _MOVED, 0.4, 130),
    ("W0", "W1", _SAME, 0.7, 120),
    ("1", "W0", _SAME, 0.7, 110),
    ("1", "S0", _SAME, 0.5, 100),
    ("2", "S0", _PAID, 0.4, None),
    ("3", "X", _PAID, 0.9, 200),
    ("3", "4", _PAID, 0.8, 190),
    ("4", "10", _PAID, 0.6, 60),
    ("10", "11", _SAME, 0.7, 75),
    ("11", "S3", _SAME, 0.6, 70),
    ("5", "6", _PAID, 0.8, 90),
    ("5", "7", _PAID, 0.7, 90),
    ("5", "8", _SAME, 0.6, 80),
    ("5", "C0", _MOVED, 0.8, 85),
    ("5", "W1", _MOVED, 0.7, 85),
    ("5", "W2", _MOVED, 0.7, 70),
    ("5", "S2", _MOVED, 0.5, 64),
    ("9", "C1", _MOVED, 0.5, None),
    ("6", "W2", _SAME, 0.5, 88),
    ("7", "C1", _MOVED, 0.4, None),
    ("8", "S2", _SAME, 0.5, 66),
    ("9", "S4", _MOVED, 0.6, 97),
    ("12", "C0", _MOVED, 0.5, 30),
    ("12", "2", _PAID, 0.3, None),
)


@dataclass(frozen=True, slots=True)
class _Stop:
    number: int
    days_ago: int
    question: str = ""
    asked_by: str = ""
    asked_in: int | None = None


_STOPS: Final = (
    _Stop(
        HUB,
        40,
        "Demo: to whom did the payments of the three recruiters go on?",
        "Court prosecutor (demo)",
        6,
    ),
    _Stop(9, 95),
    _Stop(10, 20, "Demo: who else was paid by P-004?", "Investigating office (demo)", 12),
)


def add_network(project: Project, day: date) -> None:
    """Link sites, crossings and pseudonymous persons as they stood on a day."""
    persons = {
        number: PersonRef(pseudonym=f"P-{number:03d} (demo)", role=role, country=country)
        for number, (role, country) in PERSONS.items()
    }
    ends = _places(project) | {str(n): (Kind.PERSON_REF, p.id) for n, p in persons.items()}
    for one, other, kind, confidence, ago in LINKS:
        (from_kind, from_id), (to_kind, to_id) = ends[one], ends[other]
        link = Link(
            from_kind=from_kind,
            from_id=from_id,
            to_kind=to_kind,
            to_id=to_id,
            kind=kind,
            confidence=confidence,
            source=OFFICE,
            seen_on=None if ago is None else day - timedelta(days=ago),
        )
        new = [persons[int(e)] for e in (one, other) if e.isdigit()]
        known = project.table(Kind.PERSON_REF)
        unknown = [p for p in new if p.id not in known]
        for person in unknown[1:]:
            project.commit(add_person(project, person))
        project.commit(add_link(project, link, person=unknown[0] if unknown else None))
    for stop in _STOPS:
        _stop(project, persons[stop.number].id, stop, day)
    _name(project, persons[LEADER].id)


def _places(project: Project) -> dict[str, tuple[Kind, str]]:
    found: dict[str, tuple[Kind, str]] = {}
    for letter, prefix, count in (("S", "PSH-", 5), ("W", "BMC-", 3)):
        for n, site in enumerate(scenes(project, prefix, count)):
            found[f"{letter}{n}"] = Kind.SITE, site.id
    west = [c for c in project.all(BorderCrossing) if c.admin_code.startswith(_WEST)]
    for n, crossing in enumerate(sorted(west, key=lambda c: c.name_en)[:2]):
        found[f"C{n}"] = Kind.CROSSING, crossing.id
    found["X"] = Kind.SITE, _judged(project).id
    return found


def _judged(project: Project) -> Site:
    """Return the first site by code that an authority decided to be illegal."""
    table = project.table(Kind.SITE)
    ids = table.ids[table["legal_status"] == LegalStatus.ILLEGAL.value]
    return min((project.get(Site, str(i)) for i in ids), key=lambda s: s.code)


def _stop(project: Project, person_id: str, stop: _Stop, day: date) -> None:
    arrested = day - timedelta(days=stop.days_ago)
    source = "Provincial military police, paper of arrest (demo)"
    project.commit(record_arrest(project, person_id, arrested, source=source))
    if stop.question and stop.asked_in is not None:
        project.commit(
            ask_next(
                project,
                person_id,
                stop.question,
                asked_by=stop.asked_by,
                asked_on=day + timedelta(days=stop.asked_in),
            )
        )


def _name(project: Project, person_id: str) -> None:
    """Enter the one decision on a person: of the authority and the paper that decided the site."""
    decision = ledger_of(project, _judged(project).id)[-1]
    ruling = Ruling(
        reason="Demo: fictional judgment that names the pseudonym as the ringleader",
        authority_id=decision.authority_id,
        document=decision.document,
        decided_on=decision.decided_on,
    )
    project.commit(name_ringleader(project, person_id, ruling))
