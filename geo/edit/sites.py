"""Sites: adding and correcting them; their legal status is the matter of `geo.edit.decisions`."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

from geo.edit.edit import Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.site import Site
from geo.model.vocabulary import LegalStatus, Precision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.edit.reading import PlanRows
    from geo.model.entity import LonLat

NOT_BY_HAND: Final = {"claimed_status", "merged_into", "legal_status"}
"""What was written in a register is a claim of that register; the others have acts of their own."""


def add_site(site: Site) -> Edit:
    """Return the edit that adds a site; it starts unverified whatever it claims.

    Raises:
        InputError: It has no name and no code, or brings a legal status with it.
    """
    _check_name(site)
    _check_measures(site)
    if site.legal_status is not LegalStatus.UNVERIFIED:
        raise InputError("error.site.status_without_decision")
    return Edit(verb=Verb.ADD_SITE, params={"name": shown_name(site)}, deltas=(inserting([site]),))


def edit_site(plan: PlanRows, site: Site) -> Edit:
    """Return the edit that corrects a site's fields, but never its legal status.

    Raises:
        InputError: The site is gone, has neither name nor code, or its legal status differs: that
            takes a decision.
    """
    old = site_of(plan, site.id)
    _check_name(site)
    if old.legal_status is not site.legal_status:
        raise InputError("error.site.status_without_decision")
    return Edit(
        verb=Verb.EDIT_SITE, params={"name": shown_name(site)}, deltas=(updating(old, site),)
    )


def change_site(plan: PlanRows, site_id: str, changes: Mapping[str, object]) -> Edit:
    """Return the edit that gives some fields of a site other values; texts are trimmed.

    A place that turns out to be known less exactly than by a point has none any more.

    Raises:
        InputError: See `edit_site`; or the site was merged into another, the capacity or accuracy
            is none, the place is said to be exact without a position, or the field is not one that
            is corrected by hand.
    """
    if not NOT_BY_HAND.isdisjoint(changes):
        raise InputError("error.site.not_by_hand")
    old = site_of(plan, site_id)
    if old.merged_into:
        raise InputError("error.site.merged")
    trimmed = {k: v.strip() if type(v) is str else v for k, v in changes.items()}
    site = replace(old, **cast("dict[str, Any]", trimmed))
    if "precision" in changes and site.precision is not Precision.POINT:
        # Else somebody would take the point for the place that nobody knows so exactly.
        site = replace(site, point=None, accuracy_m=None)
    _check_measures(site)
    return edit_site(plan, site)


def move_site(
    plan: PlanRows, site_id: str, point: LonLat, accuracy_m: float | None, admin_code: str = ""
) -> Edit:
    """Return the edit that puts a site at a point that somebody knows exactly.

    Args:
        plan: The plan.
        site_id: The site.
        point: Degrees.
        accuracy_m: Metres, or None when nobody said.
        admin_code: Smallest unit known to hold the point; empty keeps what is known.

    Raises:
        InputError: See `change_site`.
    """
    changes: dict[str, object] = {
        "point": point,
        "accuracy_m": accuracy_m,
        "precision": Precision.POINT,
    }
    if admin_code:
        changes["admin_code"] = admin_code
    return change_site(plan, site_id, changes)


def site_of(plan: PlanRows, site_id: str) -> Site:
    """Return a site.

    Raises:
        InputError: The site is gone.
    """
    site = plan.find(Site, site_id)
    if site is None:
        raise InputError("error.site.gone")
    return site


def shown_name(site: Site) -> str:
    """Return what a site is called: its English, else Khmer, else Chinese name, else its code."""
    return site.name_en or site.name_km or site.name_zh or site.code


def _check_measures(site: Site) -> None:
    if site.capacity is not None and site.capacity < 0:
        raise InputError("error.site.capacity")
    if site.accuracy_m is not None and not 0 < site.accuracy_m < math.inf:
        raise InputError("error.site.accuracy")
    if site.precision is Precision.POINT and site.point is None:
        raise InputError("error.site.no_point")


def _check_name(site: Site) -> None:
    if not any(n.strip() for n in (site.code, site.name_km, site.name_en, site.name_zh)):
        raise InputError("error.site.no_name")
