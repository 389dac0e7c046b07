"""The gate of returns: what was signed stays as it was signed, and nobody signs for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.edit import Action
from geo.edit.reading import PlanAfter
from geo.edit.verbs import Verb
from geo.errors import NotAllowedError
from geo.model.entity import Kind
from geo.model.result import MonthlyReturn
from geo.return_document import is_genuine

if TYPE_CHECKING:
    from geo.edit.edit import Delta, Edit
    from geo.edit.reading import PlanRows
    from geo.model.plan import User


def demand_signed_returns(plan: PlanRows, edit: Edit, actor: User) -> None:
    """Refuse an edit that changes a return, or brings one that was not signed as it stands.

    Taking back an import of returns is let through; signing ends undo.

    Raises:
        NotAllowedError: It does.
    """
    if edit.action is not Action.DO:
        return
    for delta in edit.deltas:
        if delta.kind is Kind.RETURN:
            _demand(plan, edit, delta, actor)


def _demand(plan: PlanRows, edit: Edit, delta: Delta, actor: User) -> None:
    signs = edit.verb is Verb.SIGN_RETURN
    if delta.before is not None or not (signs or edit.verb is Verb.IMPORT_RETURNS):
        raise _refused()
    after = PlanAfter(plan, (delta,))
    for return_id in delta.ids:
        one = after.get(MonthlyReturn, return_id)
        mine = (one.signed_by, one.signer_key, one.signer_role, one.plan_id) == (
            actor.id,
            actor.public_key,
            actor.role.value,
            plan.info.id,
        )
        if not is_genuine(one) or (not (mine and edit.barrier) if signs else bool(one.signed_by)):
            raise _refused()


def _refused() -> NotAllowedError:
    return NotAllowedError("error.return.is_an_act")
