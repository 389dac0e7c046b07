"""Closed vocabularies of the domain. Each member has its Khmer and English label in the catalogue.

The label of ``SiteKind.CASINO`` stands under ``vocab.SiteKind.casino``.
"""

from __future__ import annotations

from enum import StrEnum


class AdminLevel(StrEnum):
    """Levels of the NCDD gazetteer."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"


class SiteKind(StrEnum):
    """What a business site is."""

    CASINO = "casino"
    ONLINE_GAMBLING = "online_gambling"
    HOTEL_GUESTHOUSE = "hotel_guesthouse"
    ENTERTAINMENT = "entertainment"
    FACTORY = "factory"
    CONSTRUCTION = "construction"
    BRICK_KILN = "brick_kiln"
    PLANTATION = "plantation"
    FISHING = "fishing"
    OFFICE_COMPOUND = "office_compound"
    RESTAURANT = "restaurant"
    SHOP = "shop"
    OTHER = "other"


class LegalStatus(StrEnum):
    """A site's legal status; changed only by a status decision, never by an import."""

    UNVERIFIED = "unverified"
    UNDER_REVIEW = "under_review"
    LEGAL = "legal"
    ILLEGAL = "illegal"
    MIXED = "mixed"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REGULARISED = "regularised"


class Activity(StrEnum):
    """Whether a site works; a separate axis from its legal status."""

    OPERATING = "operating"
    CLOSED = "closed"
    SEALED = "sealed"
    REOPENED = "reopened"


class Precision(StrEnum):
    """How exactly a place is known. What is known by its commune is an area, never a point."""

    POINT = "point"
    VILLAGE = "village"
    COMMUNE = "commune"
    DISTRICT = "district"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """Yes, no or unknown; unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    """How an allegation came in."""

    HOTLINE = "hotline"
    EMBASSY = "embassy"
    RIGHTS_GROUP = "rights_group"
    POLICE = "police"
    MEDIA = "media"
    WALK_IN = "walk_in"
    UNKNOWN = "unknown"


class AllegationKind(StrEnum):
    """What is alleged."""

    HUMAN_TRAFFICKING = "human_trafficking"
    TORTURE = "torture"
    FORCED_LABOUR = "forced_labour"
    FORCED_CRIMINALITY = "forced_criminality"
    FORCED_OVERTIME = "forced_overtime"
    UNLAWFUL_DETENTION = "unlawful_detention"
    SEXUAL_EXPLOITATION = "sexual_exploitation"
    ILLEGAL_GAMBLING = "illegal_gambling"


class AllegationStatus(StrEnum):
    """Where an allegation stands."""

    RECEIVED = "received"
    TRIAGED = "triaged"
    DUPLICATE = "duplicate"
    INSUFFICIENT = "insufficient"
    ASSESSING = "assessing"
    CORROBORATED = "corroborated"
    UNSUBSTANTIATED = "unsubstantiated"
    ACTIONED = "actioned"
    CLOSED = "closed"


class Reliability(StrEnum):
    """Source reliability of the Admiralty grade (NATO AJP-2.1); F is neutral, not bad."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """Information credibility of the Admiralty grade (NATO AJP-2.1); 6 is neutral, not bad."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"


class Indicator(StrEnum):
    """The ILO's 11 indicators of forced labour."""

    ABUSE_OF_VULNERABILITY = "abuse_of_vulnerability"
    DECEPTION = "deception"
    RESTRICTION_OF_MOVEMENT = "restriction_of_movement"
    ISOLATION = "isolation"
    PHYSICAL_AND_SEXUAL_VIOLENCE = "physical_and_sexual_violence"
    INTIMIDATION_AND_THREATS = "intimidation_and_threats"
    RETENTION_OF_IDENTITY_DOCUMENTS = "retention_of_identity_documents"
    WITHHOLDING_OF_WAGES = "withholding_of_wages"
    DEBT_BONDAGE = "debt_bondage"
    ABUSIVE_CONDITIONS = "abusive_conditions"
    EXCESSIVE_OVERTIME = "excessive_overtime"


class Neighbour(StrEnum):
    """Neighbouring country, ISO 3166-1 alpha-2."""

    THAILAND = "TH"
    VIETNAM = "VN"
    LAOS = "LA"


class CrossingClass(StrEnum):
    """Class of a border crossing."""

    INTERNATIONAL = "international"
    BILATERAL = "bilateral"
    LOCAL_CORRIDOR = "local_corridor"
    UNOFFICIAL = "unofficial"


class PersonRole(StrEnum):
    """Suspected role of a pseudonymous person; ringleader only by a ledger decision."""

    RECRUITER = "recruiter"
    FOREIGN_BROKER = "foreign_broker"
    INTERMEDIARY = "intermediary"
    MANAGER = "manager"
    RINGLEADER = "ringleader"


class GroupKind(StrEnum):
    """Groups of a team, from the command's own order.

    The first four are mandatory (`MANDATORY_GROUPS`). Because rescue comes first, every new team is
    offered victim support besides; evidence, cordon and interpreter are optional.
    """

    MILITARY_POLICE_INSPECTION = "military_police_inspection"
    CAMERA_FOOTAGE = "camera_footage"
    MINUTES = "minutes"
    REPORTS = "reports"
    VICTIM_SUPPORT = "victim_support"
    EVIDENCE = "evidence"
    CORDON = "cordon"
    INTERPRETER = "interpreter"


MANDATORY_GROUPS = (
    GroupKind.MILITARY_POLICE_INSPECTION,
    GroupKind.CAMERA_FOOTAGE,
    GroupKind.MINUTES,
    GroupKind.REPORTS,
)


class VehicleKind(StrEnum):
    """Vehicles and shared support."""

    CAR = "car"
    VAN = "van"
    BUS = "bus"
    TRUCK = "truck"
    MOTORCYCLE = "motorcycle"
    BOAT = "boat"
    AMBULANCE = "ambulance"
    FIRE_TRUCK = "fire_truck"


class OperationState(StrEnum):
    """State of an operation; release ends undo."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RELEASED = "released"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    REVIEWED = "reviewed"
    CANCELLED = "cancelled"


class ZoneState(StrEnum):
    """State of an operation zone."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    COORDINATED = "coordinated"
    READY = "ready"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    REVIEWED = "reviewed"
    CANCELLED = "cancelled"


class AssignmentState(StrEnum):
    """State of an assignment of a team to a zone."""

    DRAFT = "draft"
    PREPARED = "prepared"
    ACCEPTED = "accepted"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    DEBRIEFED = "debriefed"
    ABORTED = "aborted"


class CoordinationAuthority(StrEnum):
    """Whom an operation is coordinated with."""

    COURT_PROSECUTOR = "court_prosecutor"
    MINISTRY = "ministry"
    LABOUR_INSPECTORATE = "labour_inspectorate"
    AMBULANCE_SERVICE = "ambulance_service"
    FIRE_SERVICE = "fire_service"


class CoordinationResult(StrEnum):
    """What came of a coordination."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"


class Violation(StrEnum):
    """What an inspection can find against the law; the table of fines names some of them."""

    DETAINED_AND_FORCED_TO_WORK = "detained_and_forced_to_work"
    FORCED_OVERTIME = "forced_overtime"
    DOCUMENTS_RETAINED = "documents_retained"
    WAGES_WITHHELD = "wages_withheld"
    CHILD_LABOUR = "child_labour"
    NO_WORK_PERMITS = "no_work_permits"
    NO_LICENCE = "no_licence"
    ILLEGAL_GAMBLING = "illegal_gambling"
    UNSAFE_PREMISES = "unsafe_premises"
    OTHER = "other"


class LogCode(StrEnum):
    """What is written into the log of the day again and again."""

    TEAM_ARRIVED = "team_arrived"
    CORDON_STANDS = "cordon_stands"
    SITE_ENTERED = "site_entered"
    PEOPLE_SAFE = "people_safe"
    AMBULANCE_CALLED = "ambulance_called"
    FIRE_CALLED = "fire_called"
    EVIDENCE_SECURED = "evidence_secured"
    SITE_LEFT = "site_left"
    INCIDENT = "incident"
    TEAM_LEFT = "team_left"


class FineBasis(StrEnum):
    """What a fine's amount is multiplied by."""

    PER_CASE = "per_case"
    PER_WORKER = "per_worker"
    PER_SITE = "per_site"


class FineState(StrEnum):
    """A fine is proposed by the application and confirmed by the labour inspector."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Role(StrEnum):
    """Role of a user of a plan."""

    PLANNER = "planner"
    GOVERNOR = "governor"
    DEPUTY_GOVERNOR = "deputy_governor"
    ANALYST = "analyst"
    AUDITOR = "auditor"


class WaitingState(StrEnum):
    """Where a row of an import stands."""

    REJECTED = "rejected"
    WAITING = "waiting"
    ANSWERED = "answered"
    SKIPPED = "skipped"


class Grade(StrEnum):
    """Who may see what leaves the application, from the widest need to know to the public."""

    COMMAND = "command"
    RESTRICTED = "restricted"
    PUBLIC = "public"
