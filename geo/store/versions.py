"""What each version of the plan file's schema brought."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from geo.model.codec import absent
from geo.model.entity import Kind

if TYPE_CHECKING:
    from geo.model.codec import Scalar

SCHEMA_VERSION = 4
ADDED: Final[dict[int, dict[Kind, tuple[str, ...]]]] = {
    2: {
        Kind.SITE: ("merged_into",),
        Kind.LICENCE: ("business",),
        Kind.INDICATOR_CHECK: ("inspection_id",),
        Kind.INSPECTION: ("people_min", "people_max", "reference", "source"),
        Kind.IMPORT_BATCH: ("fingerprint",),
    },
    3: {
        Kind.OPERATION: ("limits", "made_by"),
        Kind.ZONE: ("units", "locked"),
        Kind.ASSIGNMENT: ("accepted_at", "checklist"),
        Kind.FINE: ("inspector", "decided_on", "note"),
    },
    4: {
        Kind.OPERATION: ("submitted",),
        Kind.OVERRIDE: ("submission",),
        Kind.PERSON_REF: (
            "arrested_on",
            "arrest_source",
            "next_question",
            "asked_by",
            "asked_on",
        ),
        Kind.LINK: ("seen_on",),
        Kind.ZONE: ("kept",),
        Kind.RETURN: (
            "still_open",
            "last_action_on",
            "signer_key",
            "signed_at",
            "received_on",
            "plan_id",
            "edition",
            "signer_role",
            "fictional",
        ),
    },
}
"""Version → columns that the one before did not have: in older rows and changes they hold the
default of their field."""
NEW: Final[dict[int, tuple[Kind, ...]]] = {
    2: (Kind.ATTACHMENT, Kind.DISTINCT_PAIR),
    3: (Kind.SUPPORT_UNIT, Kind.OVERRIDE, Kind.LOG_ENTRY),
    4: (Kind.PERSON_DECISION, Kind.LIVE_LAYER),
}
"""Version → kinds that the one before did not have."""


@cache
def defaults(kind: Kind) -> dict[str, Scalar]:
    """Return what rows and changes from before a column existed hold in it."""
    return {name: absent(kind)[name] for added in ADDED.values() for name in added.get(kind, ())}
