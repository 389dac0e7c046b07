"""What all entities of a plan share: identity, version, and which kind is held by which table."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple
from uuid import uuid4

from shapely import MultiPolygon, Polygon

Area = Polygon | MultiPolygon
"""An area on the map, lon/lat degrees (EPSG:4326)."""


class LonLat(NamedTuple):
    """A position in degrees, EPSG:4326, longitude first."""

    lon: float
    lat: float


class Kind(StrEnum):
    """The kinds of rows that a plan holds; the value is the name of the table."""

    PLAN = "plan"
    USER = "user"
    AUTHORITY = "authority"
    ADMIN_UNIT = "admin_unit"
    SITE = "site"
    LICENCE = "licence"
    STATUS_DECISION = "status_decision"
    INDICATOR_CHECK = "indicator_check"
    ALLEGATION = "allegation"
    SOURCE = "source"
    CROSSING = "border_crossing"
    LINK = "link"
    PERSON_REF = "person_ref"
    TEAM = "team"
    OPERATION = "operation"
    ZONE = "zone"
    ASSIGNMENT = "assignment"
    COORDINATION = "coordination"
    RETURN = "monthly_return"
    INSPECTION = "inspection"
    OUTCOME = "outcome"
    FINE = "fine"
    FINE_RATE = "fine_rate"
    IMPORT_BATCH = "import_batch"
    IMPORT_ROW = "import_row"
    ATTACHMENT = "attachment"
    DISTINCT_PAIR = "distinct_pair"
    SUPPORT_UNIT = "support_unit"
    OVERRIDE = "override"
    LOG_ENTRY = "log_entry"
    PERSON_DECISION = "person_decision"
    LIVE_LAYER = "live_layer"


def new_id() -> str:
    """Return a new random identifier (UUIDv4 as text)."""
    return str(uuid4())


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A row of the plan.

    Attributes:
        id: UUIDv4 as text, the same in every copy of the plan.
        version: Row version in the store; 0 means not stored yet.
    """

    id: str = field(default_factory=new_id)
    version: int = 0
