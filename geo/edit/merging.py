"""Merging two sites that turned out to be one; both histories stay.

The merged row stays in the plan with its code, its names and its ledger, and points to the site
that it turned out to be; nothing lists, counts, draws or releases it any more (`live_sites`). What
hung on it hangs on the other from then on. The two ledgers of decisions are never mixed: a legal
status is what the site's own ledger says, and merging is no decision. So the row with decisions is
the one that stays, and two rows whose ledgers say different things are not merged at all before an
authority has said which of the two holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from geo.edit.apart import called, no_longer_apart
from geo.edit.edit import Edit, updating
from geo.edit.hanging import released_with, repointed
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.site import Site
from geo.model.vocabulary import Activity, Precision, SiteKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.table import Table


class Side(StrEnum):
    """Whose value remains."""

    KEEP = "keep"
    DROP = "drop"


# What is chosen together: a position with how exactly it is known and the unit that it lies in.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("code",),
    "name_km": ("name_km",),
    "name_en": ("name_en",),
    "name_zh": ("name_zh",),
    "kind": ("kind",),
    "place": ("point", "precision", "accuracy_m", "admin_code"),
    "footprint": ("footprint",),
    "address": ("address",),
    "capacity": ("capacity",),
    "owner": ("owner",),
    "activity": ("activity",),
    "visited_on": ("visited_on",),
    "claimed_status": ("claimed_status",),
    "source": ("source",),
}
"""Choice → the fields of a site that it decides on."""

_EXACTNESS: Final = tuple(Precision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """What merging two sites would do.

    Attributes:
        moved: How many rows of each kind hang on the merged one and would hang on the other.
        decisions: Entries of the two ledgers, the kept one's first.
        operations: Names of the operations past their release that either site belongs to.
    """

    keep: Site
    drop: Site
    moved: Mapping[Kind, int]
    decisions: tuple[int, int]
    operations: tuple[str, ...]


def live_sites(table: Table) -> NDArray[np.bool_]:
    """Return which rows of the table of sites are sites of their own: not merged into another."""
    return ~table["merged_into"].astype(bool)


def kept_ids(table: Table) -> dict[str, str]:
    """Return id of each merged site → id of the site that it turned out to be."""
    merged = table["merged_into"]
    return {str(table.ids[i]): str(merged[i]) for i in merged.astype(bool).nonzero()[0]}


def preferred(plan: PlanRows, first_id: str, second_id: str) -> tuple[str, str]:
    """Return which of two sites to keep and which to merge into it.

    The one with decisions stays, else the one on which more hangs, else the one that came first.
    """
    table = plan.table(Kind.SITE)

    def weight(site_id: str) -> tuple[int, int, int]:
        ledger = plan.table(Kind.STATUS_DECISION)["site_id"]
        hanging = sum(len(delta.ids) for delta in repointed(plan, site_id, ""))
        return int((ledger == site_id).sum()), hanging, -table.index[site_id]

    if weight(second_id) > weight(first_id):
        return second_id, first_id
    return first_id, second_id


def fuller(keep: Site, drop: Site) -> dict[str, Side]:
    """Return whose value is the fuller one, for each field in which two sites differ."""
    later = (drop.visited_on is not None) and (
        keep.visited_on is None or drop.visited_on > keep.visited_on
    )
    found: dict[str, Side] = {}
    for field, names in FIELDS.items():
        mine, other = ([getattr(site, name) for name in names] for site in (keep, drop))
        if mine == other:
            continue
        if field == "place":
            takes = _exactness(drop) < _exactness(keep)
        elif field in {"visited_on", "activity"}:
            takes = later
        else:
            takes = _is_empty(mine[0]) and not _is_empty(other[0])
        found[field] = Side.DROP if takes else Side.KEEP
    return found


def look_ahead(plan: PlanRows, keep_id: str, drop_id: str) -> Merger:
    """Return what merging would do, or say why it cannot be done.

    Raises:
        InputError: A site is gone or merged already; or their ledgers stand in the way: only the
            one to be merged has decisions, or both have and their statuses differ.
    """
    keep, drop = plan.find(Site, keep_id), plan.find(Site, drop_id)
    if keep is None or drop is None:
        raise InputError("error.site.gone")
    if keep_id == drop_id:
        raise InputError("error.merge.same")
    for site in (keep, drop):
        if site.merged_into:
            raise InputError("error.merge.merged_already", name=called(site))
    ledger = plan.table(Kind.STATUS_DECISION)["site_id"]
    decisions = int((ledger == keep_id).sum()), int((ledger == drop_id).sum())
    if decisions[1] and not decisions[0]:
        raise InputError("error.merge.ledger_of_other", keep=called(keep), drop=called(drop))
    if decisions[1] and keep.legal_status is not drop.legal_status:
        raise InputError("error.merge.two_statuses", keep=called(keep), drop=called(drop))
    moved: Counter[Kind] = Counter()
    for delta in repointed(plan, drop_id, keep_id):
        moved[delta.kind] += len(delta.ids)
    return Merger(
        keep=keep,
        drop=drop,
        moved=dict(moved),
        decisions=decisions,
        operations=tuple(released_with(plan, (keep, drop))),
    )


def merge_sites(
    plan: PlanRows,
    keep_id: str,
    drop_id: str,
    choices: Mapping[str, Side] | None = None,
    *,
    across_released: bool = False,
) -> Edit:
    """Return the edit that merges a site into another; undo takes all of it back.

    Args:
        plan: The plan as it is now.
        keep_id: The site that stays, with its ledger and so with its legal status.
        drop_id: The site that turned out to be the same.
        choices: Field of `FIELDS` → whose value remains; the kept one's where nothing is said.
            A code is chosen only where the kept site has none: every code of either stays known,
            so that next month's register does not bring the merged row back.
        across_released: It was said that a released operation is touched.

    Raises:
        InputError: See `look_ahead`; or a choice is about no field, would lose a code, or an
            operation past its release is touched and nobody said so.
    """
    merger = look_ahead(plan, keep_id, drop_id)
    keep, drop = merger.keep, merger.drop
    if merger.operations and not across_released:
        raise InputError("error.merge.released", operations=", ".join(merger.operations))
    chosen = {field for field, side in (choices or {}).items() if side is Side.DROP}
    if chosen - FIELDS.keys():
        raise InputError("error.merge.no_field", field=", ".join(sorted(chosen - FIELDS.keys())))
    if "code" in chosen and keep.code and keep.code != drop.code:
        raise InputError("error.merge.code", keep=called(keep), code=drop.code)
    values = {name: getattr(drop, name) for field in chosen for name in FIELDS[field]}
    new = replace(keep, **values)
    return Edit(
        verb=Verb.MERGE,
        params={"name": called(new)},
        deltas=(
            updating(keep, new),
            updating(drop, replace(drop, merged_into=keep_id)),
            *repointed(plan, drop_id, keep_id),
            *no_longer_apart(plan, Kind.SITE, keep_id, drop_id),
        ),
    )


def _is_empty(value: object) -> bool:
    return value in ("", None, SiteKind.OTHER, Activity.OPERATING)


def _exactness(site: Site) -> tuple[int, bool, float]:
    unknown = site.accuracy_m is None
    return _EXACTNESS.index(site.precision), unknown, site.accuracy_m or 0.0
