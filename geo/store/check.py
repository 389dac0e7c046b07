"""Looking for damage in a plan's rows: references, geometry, the ledger of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

import shapely

from geo.errors import GeometryError
from geo.model.codec import AREA_COLUMN, Scalar, columns_of, geometry_of
from geo.model.entity import Kind
from geo.model.table import Table
from geo.return_document import is_genuine
from geo.store.protocol import Problem

if TYPE_CHECKING:
    from geo.model.result import MonthlyReturn

Load = Callable[[Kind], Table]

REFERENCES: Mapping[str, Kind] = {
    "site_id": Kind.SITE,
    "source_id": Kind.SOURCE,
    "zone_id": Kind.ZONE,
    "team_id": Kind.TEAM,
    "operation_id": Kind.OPERATION,
    "assignment_id": Kind.ASSIGNMENT,
    "inspection_id": Kind.INSPECTION,
    "rate_id": Kind.FINE_RATE,
    "batch_id": Kind.IMPORT_BATCH,
    "authority_id": Kind.AUTHORITY,
    "lead_user_id": Kind.USER,
    "duplicate_of": Kind.ALLEGATION,
    "annuls": Kind.STATUS_DECISION,
    "replaces": Kind.ASSIGNMENT,
    "merged_into": Kind.SITE,
    "person_id": Kind.PERSON_REF,
    "revokes": Kind.PERSON_DECISION,
}
"""Column → the kind that it points to. ``period_id`` points into an operation and is left out."""


def content_problems(load: Load) -> Iterator[Problem]:
    """Yield what is wrong with the rows of a plan, whichever store keeps them."""
    yield from _reference_problems(load)
    for kind in Kind:
        if geometry_of(kind) == "area":
            yield from _area_problems(load(kind), AREA_COLUMN)
    yield from _area_problems(load(Kind.SITE), "footprint")
    yield from _ledger_problems(load)
    yield from _return_problems(load)
    if len(load(Kind.PLAN)) > 1:
        yield Problem("check.more_than_one_plan", Kind.PLAN.value)


def _reference_problems(load: Load) -> Iterator[Problem]:
    targets: dict[Kind, set[str]] = {}

    def known(kind: Kind) -> set[str]:
        if kind not in targets:
            targets[kind] = set(load(kind).ids)
        return targets[kind]

    for kind in Kind:
        for name in (c.name for c in columns_of(kind) if c.name in REFERENCES):
            table = load(kind)
            for entity_id, value in zip(table.ids, table[name], strict=True):
                if value and value not in known(REFERENCES[name]):
                    yield Problem("check.reference", f"{kind.value} {entity_id} {name}")
    links = load(Kind.LINK)
    for end in ("from", "to"):
        ends = zip(links.ids, links[f"{end}_kind"], links[f"{end}_id"], strict=True)
        for link_id, kind, entity_id in ends:
            if entity_id not in known(Kind(kind)):
                yield Problem("check.reference", f"{Kind.LINK.value} {link_id} {end}_id")


def _area_problems(table: Table, column: str) -> Iterator[Problem]:
    for entity_id, blob in zip(table.ids, table[column], strict=True):
        if blob is None:
            continue
        try:
            sound = _is_sound(blob)
        except GeometryError:
            sound = False
        if not sound:
            yield Problem("check.geometry", f"{table.kind.value} {entity_id}")


def _is_sound(wkb: bytes) -> bool:
    try:
        area = shapely.from_wkb(wkb)
    except (shapely.errors.GEOSException, TypeError):
        raise GeometryError("check.geometry") from None
    return bool(area.is_valid and not area.is_empty)


def _ledger_problems(load: Load) -> Iterator[Problem]:
    decisions = load(Kind.STATUS_DECISION)
    latest: dict[str, tuple[tuple[Any, Any, int], Scalar]] = {}
    for i, site_id in enumerate(decisions["site_id"]):
        when = (decisions["decided_on"][i], decisions["recorded_at"][i], i)
        if site_id not in latest or latest[site_id][0] < when:
            latest[site_id] = (when, decisions["to_status"][i])
    yield from _ringleader_problems(load)
    sites = load(Kind.SITE)
    for site_id, status in zip(sites.ids, sites["legal_status"], strict=True):
        if status != (latest[site_id][1] if site_id in latest else "unverified"):
            yield Problem("check.status_without_decision", f"site {site_id}")


def _ringleader_problems(load: Load) -> Iterator[Problem]:
    decisions = load(Kind.PERSON_DECISION)
    latest: dict[str, tuple[tuple[Any, Any, int], Scalar]] = {}
    for i, person_id in enumerate(decisions["person_id"]):
        when = (decisions["decided_on"][i], decisions["recorded_at"][i], i)
        if person_id not in latest or latest[person_id][0] < when:
            latest[person_id] = (when, decisions["to_role"][i])
    persons = load(Kind.PERSON_REF)
    rows = zip(persons.ids, persons["role"], persons["ringleader_decision"], strict=True)
    for person_id, role, document in rows:
        # Before there was a ledger the document alone said so; an entry, once there, rules.
        said = latest[person_id][1] == "ringleader" if person_id in latest else bool(document)
        if (role == "ringleader") != said:
            yield Problem("check.ringleader_without_decision", f"person {person_id}")


def _return_problems(load: Load) -> Iterator[Problem]:
    """Yield the returns that are not as they were signed.

    One that nobody signed, from before there were signatures, is no damage: it counts nowhere.
    """
    table = load(Kind.RETURN)
    for entity_id, key in zip(table.ids, table["signer_key"], strict=True):
        if not key:
            continue
        try:
            genuine = is_genuine(cast("MonthlyReturn", table.entity(entity_id)))
        except ValueError:  # the row is no return at all
            genuine = False
        if not genuine:
            yield Problem("check.return_signature", f"{Kind.RETURN.value} {entity_id}")
