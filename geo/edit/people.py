"""Users and authorities of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.model.plan import User
from geo.model.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.reading import PlanRows
    from geo.model.site import Authority


COMMANDERS = frozenset({Role.GOVERNOR, Role.DEPUTY_GOVERNOR})


def add_user(plan: PlanRows, user: User) -> Edit:
    """Return the edit that adds a user, whose key must have been made before.

    Who commands is named by the governor alone; only the first governor of a plan is named by
    whoever begins it.

    Raises:
        InputError: The name is empty or taken, or there is no public key.
        NotAllowedError: Nobody is signed in, or somebody else than the governor adds a commander.
    """
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    if not user.name.strip():
        raise InputError("error.user.no_name")
    if any(u.name == user.name for u in plan.all(User)):
        raise InputError("error.user.name_taken", name=user.name)
    if not user.public_key:
        raise InputError("error.user.no_key", name=user.name)
    if user.role in COMMANDERS and not _may_name(plan, plan.user, user.role):
        raise NotAllowedError("error.user.commander_by_governor", name=user.name)
    return Edit(verb=Verb.ADD_USER, params={"name": user.name}, deltas=(inserting([user]),))


def add_authorities(authorities: Sequence[Authority]) -> Edit:
    """Return the edit that adds authorities to the plan's list."""
    return Edit(
        verb=Verb.EDIT_PLAN,
        params={"name": str(len(authorities))},
        deltas=(inserting(authorities),),
    )


def _may_name(plan: PlanRows, actor: User, role: Role) -> bool:
    if actor.role is Role.GOVERNOR:
        return True
    governed = any(u.role is Role.GOVERNOR and u.active for u in plan.all(User))
    return role is Role.GOVERNOR and not governed
