"""Who may do what on the way to a release and after it: one table for every way into a plan.

The window, the command line and rows written by hand are each held against it, person by person.
"""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What leads to a release, and what follows from it."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RELEASE = "release"
    OVERRIDE = "override"
    OVERRIDE_AUTHORISATION = "override an authorisation"
    ACCEPT = "accept"
    START = "start"
    CANCEL = "cancel"


class Person(StrEnum):
    """Somebody of the plan.

    The planner made and proposed the operation, except where the governor who proposed it is asked.
    """

    PLANNER = "planner who proposed"
    GOVERNOR = "governor"
    OWN_GOVERNOR = "governor who proposed"
    LEADER = "deputy who leads the team"
    OTHER_DEPUTY = "another deputy"
    ANALYST = "analyst"
    AUDITOR = "auditor"


_P = Person
_COMMANDERS = frozenset({_P.GOVERNOR, _P.OWN_GOVERNOR, _P.LEADER, _P.OTHER_DEPUTY})
MAY: dict[Act, frozenset[Person]] = {
    Act.SUBMIT: _COMMANDERS | {_P.PLANNER},
    Act.WITHDRAW: frozenset({_P.PLANNER, _P.OWN_GOVERNOR}),
    Act.RELEASE: frozenset({_P.GOVERNOR}),
    Act.OVERRIDE: frozenset({_P.GOVERNOR}),
    Act.OVERRIDE_AUTHORISATION: frozenset(),
    Act.ACCEPT: frozenset({_P.LEADER}),
    Act.START: _COMMANDERS,
    Act.CANCEL: _COMMANDERS,
}
ALLOWED = [(act, person) for act in Act for person in Person if person in MAY[act]]
REFUSED = [(act, person) for act in Act for person in Person if person not in MAY[act]]
