"""What can be done to a plan, and which role may do it; not in the table is denied."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from geo.errors import NotAllowedError
from geo.model.vocabulary import Role

if TYPE_CHECKING:
    from geo.model.plan import User


class Verb(StrEnum):
    """What an edit does; its sentence stands in the catalogue under ``edit.<verb>``."""

    CREATE_PLAN = "create_plan"
    EDIT_PLAN = "edit_plan"
    ADD_USER = "add_user"
    EDIT_USER = "edit_user"
    IMPORT = "import"
    ANSWER_ROWS = "answer_rows"
    ADD_SITE = "add_site"
    EDIT_SITE = "edit_site"
    DECIDE_STATUS = "decide_status"
    ADD_LICENCE = "add_licence"
    EDIT_LICENCE = "edit_licence"
    CHECK_INDICATORS = "check_indicators"
    ATTACH = "attach"
    RECAPTION = "recaption"
    DETACH = "detach"
    MERGE = "merge"
    KEEP_APART = "keep_apart"
    IMPORT_BOUNDARIES = "import_boundaries"
    BULK_EDIT = "bulk_edit"
    ADD_ALLEGATION = "add_allegation"
    EDIT_ALLEGATION = "edit_allegation"
    ADD_SOURCE = "add_source"
    EDIT_SOURCE = "edit_source"
    ADD_CROSSING = "add_crossing"
    EDIT_CROSSING = "edit_crossing"
    CLOSE_CROSSING = "close_crossing"
    REOPEN_CROSSING = "reopen_crossing"
    ADD_LINK = "add_link"
    EDIT_LINK = "edit_link"
    REMOVE_LINK = "remove_link"
    ADD_PERSON = "add_person"
    EDIT_PERSON = "edit_person"
    REMOVE_PERSON = "remove_person"
    RECORD_ARREST = "record_arrest"
    ASK_NEXT = "ask_next"
    DECIDE_PERSON = "decide_person"
    ADD_LIVE_LAYER = "add_live_layer"
    EDIT_LIVE_LAYER = "edit_live_layer"
    DELETE_LIVE_LAYER = "delete_live_layer"
    ADD_TEAM = "add_team"
    EDIT_TEAM = "edit_team"
    DELETE_TEAM = "delete_team"
    ADD_OPERATION = "add_operation"
    EDIT_OPERATION = "edit_operation"
    SUBMIT_OPERATION = "submit_operation"
    WITHDRAW_OPERATION = "withdraw_operation"
    RELEASE_OPERATION = "release_operation"
    STEP_OPERATION = "step_operation"
    OVERRIDE = "override"
    ADD_SUPPORT = "add_support"
    EDIT_SUPPORT = "edit_support"
    DELETE_SUPPORT = "delete_support"
    DRAW_ZONE = "draw_zone"
    EDIT_ZONE = "edit_zone"
    DELETE_ZONE = "delete_zone"
    DIVIDE_ZONE = "divide_zone"
    MERGE_ZONES = "merge_zones"
    SPLIT_AREA = "split_area"
    REBALANCE = "rebalance"
    KEEP_UNITS = "keep_units"
    FREE_UNITS = "free_units"
    STEP_ZONE = "step_zone"
    ASSIGN_TEAM = "assign_team"
    UNASSIGN_TEAM = "unassign_team"
    ACCEPT_ASSIGNMENT = "accept_assignment"
    STEP_ASSIGNMENT = "step_assignment"
    TICK = "tick"
    WRITE_LOG = "write_log"
    COORDINATE = "coordinate"
    INSPECT = "inspect"
    RECORD_OUTCOME = "record_outcome"
    ADD_FINE_RATE = "add_fine_rate"
    PROPOSE_FINE = "propose_fine"
    CONFIRM_FINE = "confirm_fine"
    SIGN_RETURN = "sign_return"
    IMPORT_RETURNS = "import_returns"


_COMMANDERS = {Role.GOVERNOR, Role.DEPUTY_GOVERNOR}
_REGISTER = {Role.PLANNER, Role.GOVERNOR, Role.DEPUTY_GOVERNOR}

RIGHTS: dict[Verb, frozenset[Role]] = {
    Verb.CREATE_PLAN: frozenset({Role.PLANNER, Role.GOVERNOR}),
    Verb.EDIT_PLAN: frozenset({Role.PLANNER, Role.GOVERNOR}),
    Verb.ADD_USER: frozenset({Role.PLANNER, Role.GOVERNOR}),
    Verb.EDIT_USER: frozenset({Role.GOVERNOR}),
    Verb.RELEASE_OPERATION: frozenset({Role.GOVERNOR}),
    # Who releases answers for the gaps; who proposed may not wave his own through.
    Verb.OVERRIDE: frozenset({Role.GOVERNOR}),
    Verb.STEP_OPERATION: frozenset(_COMMANDERS),
    Verb.STEP_ASSIGNMENT: frozenset({Role.PLANNER, Role.DEPUTY_GOVERNOR}),
    Verb.TICK: frozenset({Role.PLANNER, Role.DEPUTY_GOVERNOR}),
    Verb.ADD_FINE_RATE: frozenset({Role.PLANNER, Role.GOVERNOR}),
    Verb.PROPOSE_FINE: frozenset({Role.PLANNER, Role.DEPUTY_GOVERNOR}),
    Verb.ACCEPT_ASSIGNMENT: frozenset({Role.DEPUTY_GOVERNOR}),
    Verb.ASSIGN_TEAM: frozenset(_REGISTER),
    Verb.UNASSIGN_TEAM: frozenset(_REGISTER),
    Verb.INSPECT: frozenset({Role.PLANNER, Role.DEPUTY_GOVERNOR}),
    Verb.RECORD_OUTCOME: frozenset({Role.PLANNER, Role.DEPUTY_GOVERNOR}),
    Verb.CONFIRM_FINE: frozenset(_COMMANDERS),
    # A question that is kept changes nothing of the register, so who analyses may keep one.
    Verb.ADD_LIVE_LAYER: frozenset(_REGISTER | {Role.ANALYST}),
    Verb.EDIT_LIVE_LAYER: frozenset(_REGISTER | {Role.ANALYST}),
    Verb.DELETE_LIVE_LAYER: frozenset(_REGISTER | {Role.ANALYST}),
    **{
        verb: frozenset(_REGISTER)
        for verb in (
            Verb.IMPORT,
            Verb.ANSWER_ROWS,
            Verb.ADD_SITE,
            Verb.EDIT_SITE,
            Verb.DECIDE_STATUS,
            Verb.ADD_LICENCE,
            Verb.EDIT_LICENCE,
            Verb.CHECK_INDICATORS,
            Verb.ATTACH,
            Verb.RECAPTION,
            Verb.DETACH,
            Verb.MERGE,
            Verb.KEEP_APART,
            Verb.IMPORT_BOUNDARIES,
            Verb.BULK_EDIT,
            Verb.ADD_ALLEGATION,
            Verb.EDIT_ALLEGATION,
            Verb.ADD_SOURCE,
            Verb.EDIT_SOURCE,
            Verb.ADD_CROSSING,
            Verb.EDIT_CROSSING,
            Verb.CLOSE_CROSSING,
            Verb.REOPEN_CROSSING,
            Verb.ADD_LINK,
            Verb.EDIT_LINK,
            Verb.REMOVE_LINK,
            Verb.ADD_PERSON,
            Verb.EDIT_PERSON,
            Verb.REMOVE_PERSON,
            Verb.RECORD_ARREST,
            Verb.ASK_NEXT,
            Verb.DECIDE_PERSON,
            Verb.ADD_TEAM,
            Verb.EDIT_TEAM,
            Verb.DELETE_TEAM,
            Verb.ADD_OPERATION,
            Verb.EDIT_OPERATION,
            Verb.SUBMIT_OPERATION,
            Verb.WITHDRAW_OPERATION,
            Verb.DRAW_ZONE,
            Verb.EDIT_ZONE,
            Verb.DELETE_ZONE,
            Verb.DIVIDE_ZONE,
            Verb.MERGE_ZONES,
            Verb.SPLIT_AREA,
            Verb.REBALANCE,
            Verb.KEEP_UNITS,
            Verb.FREE_UNITS,
            Verb.STEP_ZONE,
            Verb.ADD_SUPPORT,
            Verb.EDIT_SUPPORT,
            Verb.DELETE_SUPPORT,
            Verb.WRITE_LOG,
            Verb.COORDINATE,
            Verb.SIGN_RETURN,
            Verb.IMPORT_RETURNS,
        )
    },
}


def may(user: User, verb: Verb) -> bool:
    """Tell whether the user's role permits `verb`."""
    return user.active and user.role in RIGHTS.get(verb, frozenset())


def demand(user: User, verb: Verb) -> None:
    """Refuse what the user's role does not permit.

    Raises:
        NotAllowedError: With the verb and the role as parameters.
    """
    if not may(user, verb):
        raise NotAllowedError("error.not_allowed", verb=verb.value, role=user.role.value)
