"""Linking many licences to their sites at once, after somebody looked at the proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.edit import Delta, Edit
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.entity import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.edit.reading import PlanRows


def link_licences(plan: PlanRows, site_of: Mapping[str, str]) -> Edit:
    """Return the edit that links licences to sites.

    Args:
        plan: The plan as it is now.
        site_of: Licence id → site id; an empty site id takes the link away.

    Raises:
        InputError: Nothing is asked, a licence or site is gone, or a site was merged into another.
    """
    if not site_of:
        raise InputError("error.licence.nothing_to_link")
    licences, sites = plan.table(Kind.LICENCE), plan.table(Kind.SITE)
    for licence_id, site_id in site_of.items():
        if licence_id not in licences:
            raise InputError("error.licence.gone")
        if site_id and (site_id not in sites or sites.row(site_id)["merged_into"]):
            raise InputError("error.site.gone")
    ids = tuple(site_of)
    rows = [licences.index[i] for i in ids]
    first = str(licences["number"][rows[0]])
    return Edit(
        verb=Verb.EDIT_LICENCE,
        params={"name": first if len(ids) == 1 else str(len(ids))},
        deltas=(
            Delta(
                Kind.LICENCE,
                ids,
                tuple(int(licences.versions[row]) for row in rows),
                {"site_id": tuple(licences["site_id"][row] for row in rows)},
                {"site_id": tuple(site_of.values())},
            ),
        ),
    )
