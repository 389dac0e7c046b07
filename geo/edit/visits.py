"""Inspections and checks of indicators that an import of forms brings, and the plan's forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.edit.edit import Delta, inserting_columns
from geo.edit.filling import Columns, complete
from geo.edit.inspections import NOT_YET
from geo.formats.work import key_of, name_key
from geo.model.entity import Kind, new_id
from geo.model.vocabulary import Indicator

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.edit.reading import PlanRows
    from geo.model.codec import Scalar
    from geo.model.table import Table

_NAMES = ("name_km", "name_en", "name_zh")
_DAY = len("2022-09-17")


def visit_deltas(columns: Mapping[str, Sequence[Scalar]], site_ids: Sequence[str]) -> list[Delta]:
    """Return the inspections of an import and the indicators that were seen at them.

    Args:
        columns: Of the good rows, with ``source`` and the columns of `targets.visit.visits`.
        site_ids: The site of each row.
    """
    rows = [i for i, is_visit in enumerate(columns["_is_visit"]) if is_visit]
    if not rows:
        return []
    ids = [new_id() for _ in rows]
    made: Columns = {
        name: [columns[source][i] for i in rows]
        for name, source in (
            ("inspected_at", "_inspected_at"),
            ("findings", "_findings"),
            ("people_min", "_people_min"),
            ("people_max", "_people_max"),
            ("reference", "_reference"),
            ("source", "source"),
        )
    }
    n = len(rows)
    made["site_id"] = [site_ids[i] for i in rows]
    # What only the form of an assignment asks for. Lists of an inspection are JSON.
    for name in ("violations", "evidence", "assignment_id"):
        given = columns.get(f"_{name}")
        nothing = "[]" if name == "violations" else ""
        made[name] = [nothing] * n if given is None else [given[i] for i in rows]
    deltas = [inserting_columns(Kind.INSPECTION, ids, complete(Kind.INSPECTION, made, n))]
    checks: Columns = {
        name: []
        for name in ("site_id", "indicator", "answer", "source", "checked_on", "inspection_id")
    }
    for inspection_id, i in zip(ids, rows, strict=True):
        moment = columns["_inspected_at"][i]
        for pair in str(columns["_indicators"][i]).split():
            indicator, _, answer = pair.partition("=")
            checks["site_id"].append(site_ids[i])
            checks["indicator"].append(Indicator(indicator).value)
            checks["answer"].append(answer)
            checks["source"].append(columns["source"][i])
            checks["checked_on"].append(str(moment)[:_DAY] if moment else None)
            checks["inspection_id"].append(inspection_id)
    if checks["site_id"]:
        found = [new_id() for _ in checks["site_id"]]
        deltas.append(inserting_columns(Kind.INDICATOR_CHECK, found, checks))
    return deltas


def later_visits(
    plan: PlanRows, columns: Mapping[str, Sequence[Scalar]], site_ids: Sequence[str]
) -> list[Delta]:
    """Return the change of the day of the last visit of known sites that were visited later."""
    last: dict[str, str] = {}
    for site_id, moment in zip(site_ids, columns["_inspected_at"], strict=True):
        if moment:
            last[site_id] = max(last.get(site_id, ""), str(moment)[:_DAY])
    sites = plan.table(Kind.SITE)
    known = {i: sites.index[i] for i in last if i in sites}
    later = {i: p for i, p in known.items() if last[i] > str(sites["visited_on"][p] or "")}
    if not later:
        return []
    return [
        Delta(
            Kind.SITE,
            tuple(later),
            tuple(int(sites.versions[p]) for p in later.values()),
            {"visited_on": [sites["visited_on"][p] for p in later.values()]},
            {"visited_on": [last[i] for i in later]},
        )
    ]


def form_references(plan: PlanRows) -> frozenset[str]:
    """Return the numbers of the forms that the plan holds."""
    references = plan.table(Kind.INSPECTION)["reference"]
    return frozenset(key_of(str(r)) for r in references if r)


def duty_ids(plan: PlanRows) -> dict[str, str]:
    """Return the ids of the assignments whose teams accepted, as a form names them."""
    duties = plan.table(Kind.ASSIGNMENT)
    not_yet = {state.value for state in NOT_YET}
    return {
        key_of(str(i)): str(i)
        for i, state in zip(duties.ids, duties["state"], strict=True)
        if state not in not_yet
    }


def site_ids_by_code(sites: Table) -> dict[str, str]:
    """Return site code → id; a code of a merged site leads to the site that it turned out to be."""
    own = dict(zip(sites.ids, sites["merged_into"], strict=True))
    found: dict[str, str] = {}
    for site_id, code in zip(sites.ids, sites["code"], strict=True):
        if code:
            found[key_of(str(code))] = _merged(str(site_id), own)
    return found


def site_ids_by_name(sites: Table) -> dict[str, str]:
    """Return normalised name → id of those names that only one site has."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    merged = sites["merged_into"].tolist()
    for column in _NAMES:
        for site_id, name, into in zip(sites.ids, sites[column], merged, strict=True):
            key = name_key(str(name)) if name and not into else ""
            if key and found.setdefault(key, str(site_id)) != str(site_id):
                twice.add(key)
    return {name: site_id for name, site_id in found.items() if name not in twice}


def _merged(site_id: str, into: Mapping[str, Scalar]) -> str:
    seen: set[str] = set()
    while into.get(site_id) and site_id not in seen:
        seen.add(site_id)
        site_id = str(into[site_id])
    return site_id
