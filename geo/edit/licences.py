"""Licences: entering and correcting them by hand, and saying which site one belongs to.

A licence's number is a text: ``00855`` and ``855`` are two licences. Two authorities may give the
same number; one authority gives it once. That a site has a licence says nothing about its legal
status: only an authority's decision does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from geo.edit.edit import Edit, inserting, updating
from geo.edit.sites import site_of
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.site import Licence
from geo.placing import demand_inside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.edit.reading import PlanRows

EARLIEST: Final = date(1953, 11, 9)
"""No licence of the kingdom is older than its independence; an earlier year is a slip."""
_TEXTS = ("number", "authority", "holder", "business", "activity", "source", "admin_code")


def add_licence(plan: PlanRows, licence: Licence) -> Edit:
    """Return the edit that enters a licence.

    Raises:
        InputError: It has no number, its authority gave that number already, its dates cannot be,
            it lies outside Cambodia, or its site is gone.
    """
    new = _checked(plan, licence)
    return Edit(verb=Verb.ADD_LICENCE, params={"name": new.number}, deltas=(inserting([new]),))


def edit_licence(plan: PlanRows, licence: Licence) -> Edit:
    """Return the edit that gives a licence the state `licence`.

    Raises:
        InputError: It is gone, or see `add_licence`.
    """
    old = licence_of(plan, licence.id)
    new = _checked(plan, replace(licence, version=old.version))
    return Edit(verb=Verb.EDIT_LICENCE, params={"name": new.number}, deltas=(updating(old, new),))


def link_licence(plan: PlanRows, licence_id: str, site_id: str) -> Edit:
    """Return the edit that says to which site a licence belongs.

    Raises:
        InputError: Either is gone, or the site was merged into another.
    """
    return edit_licence(plan, replace(licence_of(plan, licence_id), site_id=site_id))


def unlink_licence(plan: PlanRows, licence_id: str) -> Edit:
    """Return the edit that takes a licence from its site.

    Raises:
        InputError: It is gone.
    """
    return edit_licence(plan, replace(licence_of(plan, licence_id), site_id=""))


def licence_of(plan: PlanRows, licence_id: str) -> Licence:
    """Return a licence.

    Raises:
        InputError: It is gone.
    """
    found = plan.find(Licence, licence_id)
    if found is None:
        raise InputError("error.licence.gone")
    return found


def same_number(plan: PlanRows, licence: Licence) -> Sequence[str]:
    """Return the authorities of other licences that bear exactly this number."""
    table = plan.table(Kind.LICENCE)
    mine = (table["number"] == licence.number.strip()) & (table.ids != licence.id)
    return [str(authority) for authority in table["authority"][mine]]


def alike_number(plan: PlanRows, licence: Licence) -> str:
    """Return another licence's number that differs by zeros in front, capitals or spaces only.

    It is another licence; whoever types one may have meant the other. Empty if there is none.
    """
    number = licence.number.strip()
    key = _key(number)
    table = plan.table(Kind.LICENCE)
    return next(
        (
            str(other)
            for entity_id, other in zip(table.ids, table["number"], strict=True)
            if other != number and entity_id != licence.id and _key(other) == key
        ),
        "",
    )


def _key(number: str) -> str:
    return "".join(number.split()).casefold().lstrip("0")


def _checked(plan: PlanRows, licence: Licence) -> Licence:
    texts = {name: getattr(licence, name).strip() for name in _TEXTS}
    new = replace(licence, **texts)
    if not new.number:
        raise InputError("error.licence.no_number")
    authority = new.authority.casefold()
    if authority in {a.strip().casefold() for a in same_number(plan, new)}:
        raise InputError("error.licence.number_taken", number=new.number)
    _demand_dates(new)
    if new.point is not None:
        demand_inside(*new.point)
    if new.site_id and site_of(plan, new.site_id).merged_into:
        raise InputError("error.site.merged")
    return new


def _demand_dates(licence: Licence) -> None:
    issued, expires, number = licence.issued_on, licence.expires_on, licence.number
    if issued is not None and issued > datetime.now(UTC).astimezone().date():
        raise InputError("error.licence.issued_in_future", number=number)
    if any(day is not None and day < EARLIEST for day in (issued, expires)):
        raise InputError("error.licence.too_early", number=number)
    if issued is not None and expires is not None and expires < issued:
        raise InputError("error.licence.backwards", number=number)
