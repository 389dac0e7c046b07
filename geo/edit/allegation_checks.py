"""What an allegation must be before it goes into the plan: possible, and masked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from geo.edit.apart import referred
from geo.errors import InputError
from geo.gazetteer import Gazetteer
from geo.masking import mask
from geo.model.allegation import Allegation
from geo.model.site import Site
from geo.model.vocabulary import Answer, Precision

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows

LEVEL_OF: Final = {8: Precision.VILLAGE, 6: Precision.COMMUNE, 4: Precision.DISTRICT}
"""Precision by the length of the NCDD code. A province says nothing of where somebody is held."""
_COUNTRY = re.compile(r"[A-Z]{2}")
_SLACK = timedelta(minutes=5)  # two clocks of one office are never quite the same


def local_now() -> datetime:
    """Return local time, naive as the plan's own times are."""
    return datetime.now(UTC).astimezone().replace(tzinfo=None)


def checked(plan: PlanRows, old: Allegation, new: Allegation, now: datetime | None) -> Allegation:
    """Return an allegation with its free text masked, if what differs from `old` can stand.

    What an import left open is no new fault.

    Raises:
        InputError: It cannot; it says why.
    """
    if new.received_on is None:
        if old.received_on is not None or not new.version:
            raise InputError("error.allegation.no_date")
    elif (old.received_on, old.received_at) != (new.received_on, new.received_at):
        _check_receipt(new, now or local_now())
    days = new.received_on, new.occurred_on
    if days != (old.received_on, old.occurred_on) and _backwards(new):
        raise InputError("error.allegation.after_receipt")
    if not new.kinds and (old.kinds or not new.version):
        raise InputError("error.allegation.no_kind")
    people = new.people_min, new.people_max, new.nationalities
    if people != (old.people_min, old.people_max, old.nationalities):
        _check_people(new)
    place = new.point, new.precision, new.accuracy_m, new.admin_code
    if place != (old.point, old.precision, old.accuracy_m, old.admin_code):
        _check_place(new)
    if new.site_id and new.site_id != old.site_id:
        check_site(plan, new.site_id)
    return replace(
        new,
        # An office's own number may look like a passport's: what an import brought is left alone.
        reference=old.reference if new.reference == old.reference else mask(new.reference.strip()),
        place_text=mask(new.place_text.strip()),
        text=mask(new.text.strip()),
    )


def _backwards(new: Allegation) -> bool:
    received, occurred = new.received_on, new.occurred_on
    return received is not None and occurred is not None and occurred > received


def _check_receipt(new: Allegation, now: datetime) -> None:
    if new.received_on is None:
        return
    latest = now + _SLACK
    if new.received_on > latest.date():
        raise InputError("error.allegation.future")
    if new.received_at is not None:
        at = datetime.combine(new.received_on, new.received_at.replace(tzinfo=None))
        if at > latest:
            raise InputError("error.allegation.future")


def _check_people(new: Allegation) -> None:
    low, high = new.people_min, new.people_max
    if (low is not None and low < 0) or (high is not None and high < 0):
        raise InputError("error.allegation.people_negative")
    if low is not None and high is not None and low > high:
        raise InputError("error.allegation.people_backwards", low=low, high=high)
    countries = [n.country for n in new.nationalities]
    if len(set(countries)) < len(countries) or any(n.count < 1 for n in new.nationalities):
        raise InputError("error.allegation.nationality_count")
    if not all(_COUNTRY.fullmatch(c) for c in countries):
        raise InputError("error.allegation.no_country")
    total = sum(n.count for n in new.nationalities)
    if high is not None and total > high:
        raise InputError("error.allegation.nationalities_exceed", total=total, high=high)


def _check_place(new: Allegation) -> None:
    if (new.precision is Precision.POINT) != (new.point is not None):
        raise InputError("error.allegation.point_of_an_area")
    if new.accuracy_m is not None and (new.point is None or new.accuracy_m <= 0):
        raise InputError("error.allegation.accuracy")
    if new.admin_code:
        if not Gazetteer.load().units(new.admin_code):
            raise InputError("error.allegation.no_unit")
        said = LEVEL_OF.get(len(new.admin_code), Precision.UNKNOWN)
        if new.point is None and new.precision is not said:
            raise InputError("error.allegation.precision_of_unit")
    elif new.precision not in {Precision.POINT, Precision.UNKNOWN}:
        raise InputError("error.allegation.precision_of_unit")
    if new.point is not None and not Gazetteer.load().in_cambodia(*new.point):
        raise InputError("error.allegation.outside_cambodia")


def check_site(plan: PlanRows, site_id: str) -> None:
    """Refuse a site that is gone or was merged into another.

    Raises:
        InputError: It is.
    """
    site = plan.find(Site, site_id)
    if site is None:
        raise InputError("error.site.gone")
    if site.merged_into:
        raise InputError("error.allegation.site_merged")


def check_duplicate(plan: PlanRows, old: Allegation, other_id: str) -> None:
    """Refuse an allegation that is to repeat nothing, or one that repeats it.

    Raises:
        InputError: It would.
    """
    if not other_id:
        raise InputError("error.allegation.duplicate_of_what")
    other = plan.find(Allegation, other_id)
    if other is None:
        raise InputError("error.allegation.gone")
    if old.held_now is Answer.YES and other.held_now is not Answer.YES:
        # Whoever is held now must not be put away under a report that does not say so.
        raise InputError("error.merge.held", name=referred(old), keep=referred(other))
    seen = {old.id}
    while other is not None and other.id not in seen:
        seen.add(other.id)
        other = plan.find(Allegation, other.duplicate_of) if other.duplicate_of else None
    if other is not None:
        raise InputError("error.allegation.duplicate_circle")
