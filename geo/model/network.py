"""Links between sites, crossings and pseudonymous persons: the way to the ringleaders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from geo.model.entity import Entity, Kind
from geo.model.vocabulary import PersonRole


class LinkKind(StrEnum):
    """What connects two sites, crossings or pseudonymous persons."""

    SAME_OWNER = "same_owner"
    SAME_RECRUITER = "same_recruiter"
    TRANSFER = "transfer"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRef(Entity):
    """A person by pseudonym, country and role only; no name is ever kept.

    Attributes:
        country: ISO 3166-1 alpha-2, or empty.
        ringleader_decision: Document of the ledger decision without which the role is never
            ringleader.
        arrested_on: Day of the arrest, or None.
        arrest_source: By whose word that is: an office, or the reference of its paper.
        next_question: What is to be asked of the person next, who led to whom; names nobody.
        asked_by: Office or user who asks it.
        asked_on: Day by which, or on which, it is asked; None while nobody said.
    """

    pseudonym: str
    country: str = ""
    role: PersonRole = PersonRole.INTERMEDIARY
    ringleader_decision: str = ""
    arrested_on: date | None = None
    arrest_source: str = ""
    next_question: str = ""
    asked_by: str = ""
    asked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDecision(Entity):
    """One entry of the ledger that says who is a ringleader; it only grows.

    Attributes:
        from_role: Role before it.
        to_role: Ringleader; or, where it revokes an earlier entry, the role before that one.
        authority_id: The authority of the plan's list that decided.
        document: Reference of the authority's document.
        decided_on: When the authority decided.
        recorded_at: When it was entered here (UTC).
        decided_by: User id of who entered it.
        revokes: Entry that this one takes back, or empty.
    """

    person_id: str
    from_role: PersonRole
    to_role: PersonRole
    reason: str
    authority_id: str
    document: str
    decided_on: date
    recorded_at: datetime
    decided_by: str
    revokes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Entity):
    """A connection between two rows of the plan.

    Attributes:
        confidence: 0 (a guess) to 1 (certain).
        seen_on: Day on which somebody saw it, or None.
    """

    from_kind: Kind
    from_id: str
    to_kind: Kind
    to_id: str
    kind: LinkKind
    confidence: float = 0.5
    source: str = ""
    seen_on: date | None = None
