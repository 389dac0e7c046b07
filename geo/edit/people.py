"""Users and authorities of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.plan import User

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.reading import PlanRows
    from geo.model.site import Authority


def add_user(plan: PlanRows, user: User) -> Edit:
    """Return the edit that adds a user, whose key must have been made before.

    Raises:
        InputError: The name is empty or taken, or there is no public key.
    """
    if not user.name.strip():
        raise InputError("error.user.no_name")
    if any(u.name == user.name for u in plan.all(User)):
        raise InputError("error.user.name_taken", name=user.name)
    if not user.public_key:
        raise InputError("error.user.no_key", name=user.name)
    return Edit(verb=Verb.ADD_USER, params={"name": user.name}, deltas=(inserting([user]),))


def add_authorities(authorities: Sequence[Authority]) -> Edit:
    """Return the edit that adds authorities to the plan's list."""
    return Edit(
        verb=Verb.EDIT_PLAN,
        params={"name": str(len(authorities))},
        deltas=(inserting(authorities),),
    )
