"""Sites: adding and correcting them; their legal status is the matter of `geo.edit.decisions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.site import Site
from geo.model.vocabulary import LegalStatus

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows


def add_site(site: Site) -> Edit:
    """Return the edit that adds a site; it starts unverified whatever it claims.

    Raises:
        InputError: It has no name and no code, or brings a legal status with it.
    """
    _check_name(site)
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


def _check_name(site: Site) -> None:
    if not any(n.strip() for n in (site.code, site.name_km, site.name_en, site.name_zh)):
        raise InputError("error.site.no_name")
