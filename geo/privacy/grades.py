"""The one table of what may leave: kind × field × grade → rule; *deny is its default*.

Whatever becomes a file, a printout or the clipboard passes this table, through
`geo.privacy.release`. Every column of every kind is named here, the denied ones too, so that a new
field is decided on rather than forgotten; a test holds the table against `codec.columns_of`. A
field that is not named is denied all the same.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from geo.model.entity import Kind
from geo.model.vocabulary import Grade

K_PREMISES = 11
"""Fewest premises in a cell of the grid, fewest cases in a published count."""


class Rule(StrEnum):
    """What happens to a field of a row that is to leave."""

    DENY = "deny"
    SHOW = "show"
    OWN = "own"  # of rows of the command's own operation (or own province)
    DECIDED = "decided"  # of sites whose last ledger entry says legal or illegal
    COMPLETED = "completed"  # of rows of a completed operation
    GRID = "grid"  # only as the cell of a grid that holds enough premises
    COUNT = "count"  # only counted, never row by row
    COUNT_COMPLETED = "count_completed"  # only counted, over completed operations


ROW_RULES = frozenset({Rule.SHOW, Rule.OWN, Rule.DECIDED, Rule.COMPLETED})
"""Rules by which a value itself may leave, if its row qualifies."""

COUNT_RULES = ROW_RULES | {Rule.COUNT, Rule.COUNT_COMPLETED}
"""Rules by which rows may be counted by a field."""


class ByGrade(NamedTuple):
    """The rules of one field, from the widest need to know to the public."""

    command: Rule
    restricted: Rule
    public: Rule


def _all(rule: Rule) -> ByGrade:
    return ByGrade(rule, rule, rule)


_D = Rule.DENY
NEVER = _all(Rule.DENY)
ALWAYS = _all(Rule.SHOW)
PARTNERS = ByGrade(Rule.SHOW, Rule.SHOW, _D)
COMMAND = ByGrade(Rule.SHOW, _D, _D)
OWN = ByGrade(Rule.OWN, _D, _D)
OWN_THEN_DECIDED = ByGrade(Rule.OWN, Rule.DECIDED, _D)
OWN_THEN_COMPLETED = ByGrade(Rule.OWN, Rule.COMPLETED, _D)
OWN_THEN_COUNT = ByGrade(Rule.OWN, Rule.COUNT, _D)
OWN_THEN_GRID = ByGrade(Rule.OWN, Rule.GRID, _D)
DECIDED_THEN_COUNT = ByGrade(Rule.OWN, Rule.DECIDED, Rule.COUNT)
COUNTED = ByGrade(Rule.OWN, Rule.COUNT, Rule.COUNT)
COUNTED_IN_PUBLIC = ByGrade(Rule.OWN, _D, Rule.COUNT)
RESULT = ByGrade(Rule.OWN, Rule.COMPLETED, Rule.COUNT_COMPLETED)


def _fields(groups: dict[ByGrade, str]) -> dict[str, ByGrade]:
    return {name: rules for rules, names in groups.items() for name in names.split()}


GRADES: dict[Kind, dict[str, ByGrade]] = {
    Kind.PLAN: _fields(
        {
            ALWAYS: "province_code office_km office_en fictional",
            COMMAND: "name created_at",
        }
    ),
    # A user is an officer by name; the register of users stays with the plan.
    Kind.USER: _fields({NEVER: "name role office public_key active"}),
    Kind.AUTHORITY: _fields({PARTNERS: "name_km name_en may_decide"}),
    Kind.ADMIN_UNIT: _fields(
        {ALWAYS: "code level name_km name_en parent_code geom approximate source"}
    ),
    Kind.SITE: _fields(
        {
            OWN_THEN_DECIDED: "code name_km name_en name_zh lon lat footprint precision accuracy_m"
            " address activity",
            DECIDED_THEN_COUNT: "kind admin_code legal_status",
            OWN: "capacity owner visited_on source",
            # What a register claims could be read as the status.
            NEVER: "claimed_status merged_into",
        }
    ),
    Kind.LICENCE: _fields(
        {
            OWN_THEN_DECIDED: "number authority activity_kind issued_on expires_on site_id",
            OWN: "holder activity lon lat admin_code source business",
        }
    ),
    Kind.STATUS_DECISION: _fields(
        {
            OWN_THEN_DECIDED: "site_id authority_id document",
            DECIDED_THEN_COUNT: "to_status decided_on",
            OWN: "from_status recorded_at annuls",
            NEVER: "reason decided_by",
        }
    ),
    Kind.INDICATOR_CHECK: _fields(
        {OWN: "site_id indicator answer checked_on inspection_id", NEVER: "source"}
    ),
    Kind.ALLEGATION: _fields(
        {
            OWN_THEN_GRID: "lon lat",
            OWN_THEN_COUNT: "kinds held_now precision reliability credibility",
            COUNTED: "received_on status",
            COUNTED_IN_PUBLIC: "admin_code",
            OWN: "received_at occurred_on people_min people_max nationalities accuracy_m site_id"
            " duplicate_of",
            # How it came in, its number, its source and its words lead to who complained.
            NEVER: "reference channel place_text source_id text",
        }
    ),
    Kind.SOURCE: _fields({NEVER: "pseudonym reliability independent_of"}),
    # Facts of the border, but which unofficial paths the command knows is not for the press.
    Kind.CROSSING: _fields(
        {
            PARTNERS: "name_en name_km neighbour opposite crossing_class open_intervals lon lat"
            " approximate admin_code basis"
        }
    ),
    Kind.LINK: _fields({NEVER: "from_kind from_id to_kind to_id kind confidence source seen_on"}),
    Kind.PERSON_REF: _fields(
        {
            NEVER: "pseudonym country role ringleader_decision arrested_on arrest_source"
            " next_question asked_by asked_on"
        }
    ),
    Kind.PERSON_DECISION: _fields(
        {
            NEVER: "person_id from_role to_role reason authority_id document decided_on recorded_at"
            " decided_by revokes"
        }
    ),
    # A question tells what the command is after.
    Kind.LIVE_LAYER: _fields({NEVER: "name of question colour made_by"}),
    Kind.TEAM: _fields(
        {
            OWN_THEN_COMPLETED: "name short_name province_code",
            OWN: "lead groups vehicles contact",
            NEVER: "lead_user_id",
        }
    ),
    Kind.OPERATION: _fields(
        {
            OWN_THEN_COMPLETED: "name province_code periods state",
            OWN: "commander released_at limits",
            NEVER: "ministry_guidance proposed_by released_by made_by submitted",
        }
    ),
    Kind.ZONE: _fields(
        {
            OWN_THEN_COMPLETED: "name geom colour operation_id state",
            OWN: "priority units locked kept",
        }
    ),
    Kind.ASSIGNMENT: _fields(
        {
            OWN_THEN_COMPLETED: "zone_id team_id state",
            OWN: "period_id tasks replaces accepted_at checklist",
            NEVER: "accepted_by",
        }
    ),
    Kind.COORDINATION: _fields(
        {
            OWN_THEN_COMPLETED: "operation_id authority result",
            OWN: "asked_on due_on replied_on reference authorisation",
        }
    ),
    Kind.RETURN: _fields(
        {
            PARTNERS: "province_code month reported triaged inspected rescued suspects cases"
            " fines_riel signature still_open last_action_on signer_key signed_at plan_id edition"
            " signer_role fictional",
            COMMAND: "signed_by received_on",
        }
    ),
    Kind.INSPECTION: _fields(
        {
            OWN: "site_id assignment_id inspected_at violations people_min people_max",
            NEVER: "findings evidence reference source",
        }
    ),
    Kind.OUTCOME: _fields(
        {
            RESULT: "recorded_on rescued referred arrested sites_closed sites_sealed"
            " cases_to_court",
            OWN_THEN_COMPLETED: "assignment_id",
            OWN: "site_id",
        }
    ),
    Kind.FINE: _fields(
        {
            OWN: "inspection_id rate_id violation units amount_riel state decided_on",
            NEVER: "confirmed_by inspector note",
        }
    ),
    Kind.FINE_RATE: _fields({ALWAYS: "violation amount_riel basis applies_from source"}),
    Kind.IMPORT_BATCH: _fields(
        {
            COMMAND: "file_name target imported_at rows imported rejected waiting",
            NEVER: "mapping sha256 fingerprint",
        }
    ),
    # `value` leaves only if the field that it was meant for may; `release` sees to it.
    Kind.IMPORT_ROW: _fields(
        {COMMAND: "batch_id sheet row field value reason state", NEVER: "values"}
    ),
    # A photograph shows faces: it leaves with nothing that the program writes by itself.
    Kind.ATTACHMENT: _fields(
        {
            NEVER: "owner_kind owner_id file_name media_type sha256 content_sha256 size caption"
            " taken_on added_at added_by"
        }
    ),
    Kind.SUPPORT_UNIT: _fields({OWN: "name kind lon lat province_code contact"}),
    # The one free text that leaves, and only on the operation's own sheet: whoever overrides a gap
    # in the readiness answers for it there with name and reason.
    Kind.OVERRIDE: _fields(
        {OWN: "operation_id zone_id what reason decided_by decided_at submission"}
    ),
    Kind.LOG_ENTRY: _fields(
        {
            OWN: "operation_id zone_id assignment_id site_id at code",
            NEVER: "words written_by",
        }
    ),
    Kind.DISTINCT_PAIR: _fields({NEVER: "kind first_id second_id decided_at decided_by reason"}),
}


def rule(kind: Kind, field: str, grade: Grade) -> Rule:
    """Return the rule of a field at a grade; what the table does not name is denied.

    Args:
        kind: Kind of the row.
        field: A column as `codec.columns_of` names it (``lon``, ``lat`` and ``geom`` are geometry).
        grade: Grade of the copy.
    """
    rules = GRADES.get(kind, {}).get(field, NEVER)
    return {
        Grade.COMMAND: rules.command,
        Grade.RESTRICTED: rules.restricted,
        Grade.PUBLIC: rules.public,
    }[grade]


def may_count(kind: Kind, field: str, grade: Grade) -> bool:
    """Tell whether rows of a kind may be counted by `field` at a grade."""
    return rule(kind, field, grade) in COUNT_RULES
