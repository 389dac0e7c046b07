"""Links between sites, crossings and pseudonymous persons: the way to the ringleaders."""

from __future__ import annotations

from dataclasses import dataclass
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
        ringleader_decision: Reference of the ledger decision without which the role is never
            ringleader.
    """

    pseudonym: str
    country: str = ""
    role: PersonRole = PersonRole.INTERMEDIARY
    ringleader_decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Entity):
    """A connection between two rows of the plan.

    Attributes:
        confidence: 0 (a guess) to 1 (certain).
    """

    from_kind: Kind
    from_id: str
    to_kind: Kind
    to_id: str
    kind: LinkKind
    confidence: float = 0.5
    source: str = ""
