"""What operations brought: inspections, outcomes, fines, monthly returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from geo.model.entity import Entity
from geo.model.vocabulary import FineBasis, FineState, PersonRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection(Entity):
    """A visit to a site.

    Attributes:
        people_min: People found there, lower end; None is unknown, not zero.
        people_max: People found there, upper end.
        reference: Number of the form from which it came, as text; no form comes in twice.
        source: File or office that the row came from.
    """

    site_id: str
    assignment_id: str = ""
    inspected_at: datetime | None = None
    findings: str = ""
    violations: tuple[str, ...] = ()
    evidence: str = ""
    people_min: int | None = None
    people_max: int | None = None
    reference: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Arrests:
    """How many suspects of one role were arrested."""

    role: PersonRole
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Entity):
    """What an inspection or assignment led to; counts only, never a victim's name."""

    assignment_id: str = ""
    site_id: str = ""
    recorded_on: date
    rescued: int = 0
    referred: int = 0
    arrested: tuple[Arrests, ...] = ()
    sites_closed: int = 0
    sites_sealed: int = 0
    cases_to_court: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FineRate(Entity):
    """A row of the dated table of fines.

    Attributes:
        amount_riel: Amount in riel per `basis`.
        applies_from: First day on which the amount applies.
        source: Legal source.
    """

    violation: str
    amount_riel: int
    basis: FineBasis
    applies_from: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fine(Entity):
    """A fine proposed from the table and confirmed by the labour inspector.

    Attributes:
        units: Cases, workers or sites, by the basis of the rate.
        confirmed_by: User id of who entered the inspector's decision.
        inspector: Office or title of the inspector who decided.
        decided_on: Day of that decision.
        note: Why it was rejected or altered.
    """

    inspection_id: str
    rate_id: str
    violation: str
    units: int = 1
    amount_riel: int
    state: FineState = FineState.PROPOSED
    confirmed_by: str = ""
    inspector: str = ""
    decided_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReturn(Entity):
    """A province's signed counts of one month; None is "not reported", never zero.

    Attributes:
        month: First day of the month.
        signature: Ed25519 signature over the counts, hexadecimal.
        still_open: Allegations open at the end of the month.
        last_action_on: Day of the last inspection, rescue or arrest; None is "none reported".
        signer_key: Ed25519 public key of who signed, hexadecimal: the signer is a user of another
            plan.
        signed_at: When it was signed (UTC).
        received_on: Day on which it came in here.
        plan_id: Of the plan in which it was counted.
        edition: 1 is the first; a correction of the same month has the next number.
        signer_role: Role of who signed; `signed_by` is known in the province's own plan alone.
        fictional: Counted in a plan of demonstration data.
    """

    province_code: str
    month: date
    reported: int | None = None
    triaged: int | None = None
    inspected: int | None = None
    rescued: int | None = None
    suspects: int | None = None
    cases: int | None = None
    fines_riel: int | None = None
    signed_by: str = ""
    signature: str = ""
    still_open: int | None = None
    last_action_on: date | None = None
    signer_key: str = ""
    signed_at: datetime | None = None
    received_on: date | None = None
    plan_id: str = ""
    edition: int = 1
    signer_role: str = ""
    fictional: bool = False
