"""What hangs on a site: the rows that point to it, and the operations that it belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from geo.edit.edit import Delta, updating
from geo.model.command import Assignment, Coordination, Operation, Zone
from geo.model.entity import Kind
from geo.model.vocabulary import OperationState

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from geo.model.site import Site

RELEASED: Final = frozenset(
    {
        OperationState.RELEASED,
        OperationState.ACTIVE,
        OperationState.SUSPENDED,
        OperationState.COMPLETED,
        OperationState.REVIEWED,
    }
)


def repointed(plan: PlanRows, drop_id: str, keep_id: str) -> Iterator[Delta]:
    """Yield what hangs on a site, hung on another; its ledger is its own and stays."""
    for kind in Kind:
        if kind is not Kind.STATUS_DECISION and "site_id" in plan.table(kind).columns:
            yield from _pointed(plan, kind, "site_id", drop_id, keep_id)
    # A site that was merged into this one turned out to be the other.
    yield from _pointed(plan, Kind.SITE, "merged_into", drop_id, keep_id)
    files, links = plan.table(Kind.ATTACHMENT), plan.table(Kind.LINK)
    yield from _pointed(
        plan, Kind.ATTACHMENT, "owner_id", drop_id, keep_id, files["owner_kind"] == Kind.SITE.value
    )
    # A link between the two stays between the two rows: a site has no link with itself.
    outward = (links["from_kind"] == Kind.SITE.value) & (links["to_id"] != keep_id)
    inward = (links["to_kind"] == Kind.SITE.value) & (links["from_id"] != keep_id)
    inward &= links["from_id"] != drop_id
    yield from _pointed(plan, Kind.LINK, "from_id", drop_id, keep_id, outward)
    yield from _pointed(plan, Kind.LINK, "to_id", drop_id, keep_id, inward)
    for asked in plan.all(Coordination):
        told = asked.authorisation
        if told is not None and drop_id in told.site_ids:
            # In their order, and the kept one named once.
            ids = dict.fromkeys(keep_id if i == drop_id else i for i in told.site_ids)
            yield updating(asked, replace(asked, authorisation=replace(told, site_ids=tuple(ids))))


def _pointed(
    plan: PlanRows,
    kind: Kind,
    column: str,
    drop_id: str,
    keep_id: str,
    where: NDArray[np.bool_] | None = None,
) -> Iterator[Delta]:
    table = plan.table(kind)
    rows = table[column] == drop_id
    positions = (rows if where is None else rows & where).nonzero()[0]
    if len(positions):
        yield Delta(
            kind,
            tuple(str(i) for i in table.ids[positions]),
            tuple(int(v) for v in table.versions[positions]),
            {column: (drop_id,) * len(positions)},
            {column: (keep_id,) * len(positions)},
        )


def released_with(plan: PlanRows, sites: tuple[Site, ...]) -> Iterator[str]:
    """Yield the names of operations past their release that any of the sites belongs to."""
    ids = {site.id for site in sites}
    points = [site.point for site in sites if site.point is not None]
    zones = {zone.id: zone for zone in plan.all(Zone)}
    of_operation = {
        a.id: zones[a.zone_id].operation_id for a in plan.all(Assignment) if a.zone_id in zones
    }
    touched = {
        zone.operation_id
        for zone in zones.values()
        if any(shapely.intersects_xy(zone.outline, *point) for point in points)
    }
    for asked in plan.all(Coordination):
        if asked.authorisation is not None and ids & set(asked.authorisation.site_ids):
            touched.add(asked.operation_id)
    for kind in (Kind.INSPECTION, Kind.OUTCOME):
        table = plan.table(kind)
        for site_id, duty in zip(table["site_id"], table["assignment_id"], strict=True):
            if site_id in ids:
                touched.add(of_operation.get(duty, ""))
    for operation in plan.all(Operation):
        if operation.id in touched and operation.state in RELEASED:
            yield operation.name
