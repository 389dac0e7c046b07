"""Business sites and what is known of them: licences, status ledger, indicator checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from geo.model.entity import Area, Entity, LonLat
from geo.model.vocabulary import Activity, Answer, Indicator, LegalStatus, Precision, SiteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Entity):
    """A business location.

    Attributes:
        code: The register's own code, kept as text (``00855`` is not ``855``).
        point: Position in lon/lat degrees; None when only its administrative unit is known.
        footprint: Outline of the premises, or None.
        precision: How exactly the place is known; anything but POINT is shown as an area of doubt.
        accuracy_m: Accuracy of the position in metres, or None when nobody said.
        admin_code: NCDD code of the smallest unit known to hold the site.
        legal_status: Derived from the ledger of status decisions; nothing else sets it.
        claimed_status: What the imported register itself said; a claim, never the status.
        source: File or office that the row came from.
        merged_into: Id of the site that this one turned out to be, or empty. Such a row stays, with
            its ledger, but is no site of its own any more: nothing lists, counts or draws it.
    """

    code: str = ""
    name_km: str = ""
    name_en: str = ""
    name_zh: str = ""
    kind: SiteKind = SiteKind.OTHER
    point: LonLat | None = None
    footprint: Area | None = None
    precision: Precision = Precision.UNKNOWN
    accuracy_m: float | None = None
    admin_code: str = ""
    address: str = ""
    capacity: int | None = None
    owner: str = ""
    legal_status: LegalStatus = LegalStatus.UNVERIFIED
    claimed_status: str = ""
    activity: Activity = Activity.OPERATING
    visited_on: date | None = None
    source: str = ""
    merged_into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence(Entity):
    """A business licence as the issuing authority registered it.

    Attributes:
        business: Name of the business on the licence, in whatever script; empty if it has none.
        activity: The licensed activity as written; `activity_kind` is what it means.
        expires_on: Last day of validity; None means that it has no end.
        point: Registered position, or None.
        site_id: The site that it was matched to, or empty.
    """

    number: str
    authority: str = ""
    holder: str = ""
    activity: str = ""
    activity_kind: SiteKind = SiteKind.OTHER
    issued_on: date | None = None
    expires_on: date | None = None
    point: LonLat | None = None
    admin_code: str = ""
    site_id: str = ""
    source: str = ""
    business: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDecision(Entity):
    """One entry of a site's legal-status ledger, from which the map of any past date is drawn.

    Attributes:
        decided_on: When the authority decided.
        recorded_at: When it was entered here (UTC); a past map can be asked "as decided" or "as
            known then".
        decided_by: User id of the person who recorded the authority's decision.
        document: Reference of the authority's document.
        annuls: Decision that this one annuls (after an appeal), or empty.
    """

    site_id: str
    from_status: LegalStatus
    to_status: LegalStatus
    reason: str
    authority_id: str
    document: str
    decided_on: date
    recorded_at: datetime
    decided_by: str
    annuls: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorCheck(Entity):
    """One of the ILO's indicators looked for at a site; unknown is not no.

    Attributes:
        inspection_id: The visit at which it was looked for, or empty.
    """

    site_id: str
    indicator: Indicator
    answer: Answer = Answer.UNKNOWN
    source: str = ""
    checked_on: date | None = None
    inspection_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Entity):
    """An authority of the plan's list.

    Attributes:
        may_decide: Its decisions may change a site's legal status.
    """

    name_km: str
    name_en: str
    may_decide: bool = True
