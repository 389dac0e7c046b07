"""Monthly returns: a province signs its counts of a closed month; a ministry takes returns in.

A return that was signed is never changed or removed: it may have left already. A correction is a
new one of the same month with the next number of edition, and the last edition counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from geo.clock import today
from geo.edit.edit import Edit, inserting
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError, SigningKeyError
from geo.model.entity import Kind
from geo.model.result import MonthlyReturn
from geo.return_document import COUNTS, is_genuine, signed

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.return_document import Signs


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCounts:
    """What a province reports of a month.

    Attributes:
        counts: By `geo.return_document.COUNTS`; None, or not there, is "not reported".
        last_action_on: Day of the last real step up to the end of the month, or None.
    """

    province_code: str
    month: date
    counts: Mapping[str, int | None]
    last_action_on: date | None = None


def demand_closed(month: date) -> None:
    """Refuse a month that is not over in Cambodia.

    Raises:
        InputError: It is not.
    """
    if end_of(month) >= today():
        raise InputError("error.return.not_closed", month=f"{month:%Y-%m}")


def end_of(month: date) -> date:
    """Return the last day of a month."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def sign_return(plan: PlanRows, told: MonthCounts, signer: Signs | None) -> Edit:
    """Return the edit that signs a province's counts; it ends undo, for the file may leave.

    Args:
        plan: The plan.
        told: The counts.
        signer: Of who is signed in.

    Raises:
        NotAllowedError: Nobody is signed in.
        SigningKeyError: The key of who is signed in is not on this machine.
        InputError: The month is not over, or the last edition says the same.
    """
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    if signer is None or signer.user_id != plan.user.id:
        raise SigningKeyError("error.cli.no_key", actor=plan.user.name)
    demand_closed(told.month)
    counts: dict[str, Any] = {name: told.counts.get(name) for name in COUNTS}
    last = latest(plan, told.province_code, told.month)
    if last is not None and says_the_same(last, told):
        raise InputError("error.return.same", edition=last.edition)
    row = MonthlyReturn(
        province_code=told.province_code,
        month=told.month.replace(day=1),
        last_action_on=told.last_action_on,
        plan_id=plan.info.id,
        edition=last.edition + 1 if last else 1,
        fictional=plan.info.fictional,
        signed_at=datetime.now(UTC).replace(microsecond=0),
        signed_by=plan.user.id,
        signer_role=plan.user.role.value,
        signer_key=plan.user.public_key,
        **counts,
    )
    return Edit(
        verb=Verb.SIGN_RETURN,
        params={"province": row.province_code, "month": f"{row.month:%Y-%m}"},
        deltas=(inserting([signed(row, signer)]),),
        barrier=True,
    )


def latest(plan: PlanRows, province_code: str, month: date) -> MonthlyReturn | None:
    """Return the last edition that was signed in this plan for a month, or None."""
    table = plan.table(Kind.RETURN)
    mine = (
        (table["province_code"] == province_code)
        & (table["month"] == month.replace(day=1).isoformat())
        & (table["plan_id"] == plan.info.id)
    )
    found = [plan.get(MonthlyReturn, str(i)) for i in table.ids[mine]]
    return max(found, key=lambda one: one.edition, default=None)


def says_the_same(one: MonthlyReturn, told: MonthCounts) -> bool:
    """Tell whether a signed return has exactly these counts."""
    counts = {name: told.counts.get(name) for name in COUNTS}
    return one.last_action_on == told.last_action_on and all(
        getattr(one, name) == value for name, value in counts.items()
    )


def import_returns(plan: PlanRows, returns: Sequence[MonthlyReturn]) -> Edit:
    """Return the edit that takes signed returns of other plans into this one.

    Args:
        plan: The plan, of a ministry or of a province that wants to see the others.
        returns: Genuine ones; those that are in the plan already are passed over.

    Raises:
        InputError: One was altered after it was signed, or all are in the plan already.
    """
    known = plan.table(Kind.RETURN)
    new = {one.id: one for one in returns if one.id not in known}
    for one in new.values():
        if not is_genuine(one):
            raise InputError("error.return.altered")
    if not new:
        raise InputError("error.return.all_known")
    rows = [replace(one, signed_by="", received_on=today()) for one in new.values()]
    return Edit(verb=Verb.IMPORT_RETURNS, params={"count": len(rows)}, deltas=(inserting(rows),))
