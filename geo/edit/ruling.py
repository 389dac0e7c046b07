"""What an authority decided, about a site or a person: the same has to be whole for both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.clock import today
from geo.errors import InputError, NotAllowedError
from geo.model.site import Authority

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What an authority decided.

    Attributes:
        reason: Why, in the authority's words.
        authority_id: An authority of the plan's list.
        document: Reference of the authority's document.
        decided_on: When the authority decided.
    """

    reason: str
    authority_id: str
    document: str
    decided_on: date


def check_whole(plan: PlanRows, ruling: Ruling, name: str, last: date) -> None:
    """Refuse a decision that lacks something, or that nobody may take.

    Args:
        plan: The plan.
        ruling: The decision.
        name: Whom or what it is about, for the message.
        last: Day of the decision before it.

    Raises:
        InputError: No reason, no document, a day to come or before the last, no such authority.
        NotAllowedError: The authority may not decide.
    """
    if not ruling.reason.strip():
        raise InputError("error.decision.no_reason", name=name)
    if not ruling.document.strip():
        raise InputError("error.decision.no_document", name=name)
    if ruling.decided_on > today():
        raise InputError("error.decision.future", name=name)
    if ruling.decided_on < last:
        raise InputError("error.decision.before_last", name=name, last=last.isoformat())
    authority = plan.find(Authority, ruling.authority_id)
    if authority is None:
        raise InputError("error.decision.no_authority", name=name)
    if not authority.may_decide:
        raise NotAllowedError("error.decision.authority_may_not", name=authority.name_en)
