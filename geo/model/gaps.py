"""What can stand between a zone and its release, by the codes of the catalogue.

An override names one of these codes, and so do the sheet, the panel and the command line.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class GapCode(StrEnum):
    """A gap in the readiness of a zone or of an operation as a whole."""

    NO_ZONES = "readiness.gap.no_zones"
    NO_PERIODS = "readiness.gap.no_periods"
    GUIDANCE_MISSING = "readiness.gap.guidance_missing"
    OVERDUE = "readiness.gap.overdue"
    AUTHORISATION_MISSING = "readiness.gap.authorisation_missing"
    AUTHORISATION_OPEN = "readiness.gap.authorisation_open"
    AUTHORISATION_REFUSED = "readiness.gap.authorisation_refused"
    AUTHORISATION_NOT_COVERING = "readiness.gap.authorisation_not_covering"
    WITNESSES_MISSING = "readiness.gap.witnesses_missing"
    NO_SITES = "readiness.gap.no_sites"
    SITES_UNCLASSIFIED = "readiness.gap.sites_unclassified"
    SITES_MAY_LIE = "readiness.gap.sites_may_lie"
    ALLEGATIONS_NOT_TRIAGED = "readiness.gap.allegations_not_triaged"
    ALLEGATIONS_MAY_LIE = "readiness.gap.allegations_may_lie"
    NO_TEAM = "readiness.gap.no_team"
    GROUPS_EMPTY = "readiness.gap.groups_empty"
    AMBULANCE_FAR = "readiness.gap.ambulance_far"
    FIRE_FAR = "readiness.gap.fire_far"
    TEAM_TWICE = "readiness.gap.team_twice"
    LEADER_TWICE = "readiness.gap.leader_twice"
    VEHICLE_TWICE = "readiness.gap.vehicle_twice"
    NO_TIME_BETWEEN = "readiness.gap.no_time_between"
    STALE = "readiness.gap.stale"
    UNDATED = "readiness.gap.undated"


NEVER_OVERRIDDEN: Final = frozenset(
    {
        GapCode.AUTHORISATION_MISSING,
        GapCode.AUTHORISATION_OPEN,
        GapCode.AUTHORISATION_REFUSED,
        GapCode.AUTHORISATION_NOT_COVERING,
    }
)
"""What only the prosecutor can close: nobody takes his place with a reason."""

OF_OPERATION: Final = frozenset(
    {GapCode.NO_ZONES, GapCode.NO_PERIODS, GapCode.GUIDANCE_MISSING, GapCode.OVERDUE}
)
"""Gaps of the operation as a whole; all others are of one zone."""
