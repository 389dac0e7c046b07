"""An import as one edit: good rows, batch, and the rows that were rejected or wait."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from geo.edit.edit import Delta, Edit, inserting, inserting_columns
from geo.edit.filling import Columns, complete
from geo.edit.verbs import Verb
from geo.edit.visits import (
    duty_ids,
    form_references,
    later_visits,
    site_ids_by_code,
    site_ids_by_name,
    visit_deltas,
)
from geo.errors import InputError
from geo.formats.found import Existing, Problem
from geo.formats.mapping import fingerprint
from geo.formats.targets.crossing import closes
from geo.formats.work import key_of, name_key
from geo.model.allegation import Source
from geo.model.entity import Kind, new_id
from geo.model.plan import ImportBatch
from geo.model.vocabulary import WaitingState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.edit.reading import PlanRows
    from geo.formats.found import Opened
    from geo.formats.rows import Checked
    from geo.model.codec import Scalar
    from geo.model.table import Table

# A kind's column by which two rows are known to be the same.
_KEY_COLUMN = {Kind.SITE: "code", Kind.LICENCE: "number", Kind.ZONE: "name", Kind.TEAM: "name"}


def existing_in(plan: PlanRows, target: Kind) -> Existing:
    """Return what a file must not repeat, or may refer to, in a plan as it is now."""
    sites, sources = plan.table(Kind.SITE), plan.table(Kind.SOURCE)
    allegations, crossings = plan.table(Kind.ALLEGATION), plan.table(Kind.CROSSING)
    keys: set[str] = set()
    if target in _KEY_COLUMN:
        keys = {key_of(str(v)) for v in plan.table(target)[_KEY_COLUMN[target]] if v}
    elif target is Kind.ALLEGATION:
        pairs = zip(allegations["reference"], allegations["received_on"], strict=True)
        keys = {f"{key_of(str(r))}|{d or ''}" for r, d in pairs if r}
    codes = dict(zip(map(str, sites.ids), map(str, sites["code"]), strict=True))
    crossing_ids = {}
    for column in ("name_km", "name_en"):
        for entity_id, name in zip(crossings.ids, crossings[column], strict=True):
            if name:
                crossing_ids[name_key(str(name))] = str(entity_id)
    return Existing(
        keys=frozenset(keys),
        site_ids=site_ids_by_code(sites),
        site_codes=codes if target is Kind.INSPECTION else {},
        site_names=site_ids_by_name(sites) if target is Kind.INSPECTION else {},
        duty_ids=duty_ids(plan) if target is Kind.INSPECTION else {},
        form_references=form_references(plan),
        source_ids=_ids(sources.ids, sources["pseudonym"]),
        allegation_ids=_ids(allegations.ids, allegations["reference"]),
        crossing_ids=crossing_ids,
        opened=_opened(crossings) if target is Kind.CROSSING else {},
        province_code=plan.info.province_code,
    )


def _opened(crossings: Table) -> dict[str, tuple[Opened, ...]]:
    found = {}
    for column in ("name_km", "name_en"):
        for name, times in zip(crossings[column], crossings["open_intervals"], strict=True):
            if name:
                found[name_key(str(name))] = tuple(
                    (_day(item["since"]), _day(item["until"])) for item in json.loads(str(times))
                )
    return found


def _day(value: Scalar) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def import_edit(
    plan: PlanRows,
    checked: Checked,
    file_name: str,
    sha256: str = "",
    *,
    operation_id: str = "",
) -> Edit:
    """Return the one edit that imports a checked file.

    Args:
        plan: The plan as it is now.
        checked: The file after the check.
        file_name: Name of the file, for the batch and as the rows' source.
        sha256: Of the file as it was read, hexadecimal.
        operation_id: Operation that imported zones belong to, or empty.

    Raises:
        InputError: The file has no data row.
    """
    # A name of another system may hold bytes that are no characters.
    file_name = file_name.encode("utf-8", "replace").decode()
    if not checked.rows:
        raise InputError("error.import.no_rows", name=file_name)
    batch = ImportBatch(
        file_name=file_name,
        target=checked.target,
        imported_at=datetime.now(UTC),
        rows=checked.rows,
        imported=checked.imported,
        rejected=len(checked.rejected),
        waiting=len(checked.waiting),
        mapping=checked.mapping.to_json(),
        sha256=sha256,
        fingerprint=fingerprint(checked.raw),
    )
    deltas = [inserting([batch]), *good_rows(plan, checked, file_name, operation_id)]
    if checked.rejected or checked.waiting:
        deltas.append(_other_rows(checked, batch.id))
    return Edit(
        verb=Verb.IMPORT,
        params={"name": file_name, "file": file_name, "count": checked.imported},
        deltas=tuple(deltas),
    )


def good_rows(plan: PlanRows, checked: Checked, file_name: str, operation_id: str) -> list[Delta]:
    """Return the deltas that add the good rows of a checked file."""
    if not checked.good:
        return []
    columns: Columns = {name: list(values) for name, values in checked.columns.items()}
    n = checked.imported
    ids = [new_id() for _ in range(n)]
    if checked.target is Kind.CROSSING:
        return _crossings(plan, columns)
    deltas: list[Delta] = []
    if checked.target is Kind.ALLEGATION:
        deltas += _references(plan, columns, ids)
    if checked.target is Kind.ZONE:
        columns["operation_id"] = [operation_id] * n
    columns["source"] = [file_name] * n
    if checked.target is Kind.INSPECTION:
        visited = [str(site_id) for site_id in columns["_site_id"]]
        return [*visit_deltas(columns, visited), *later_visits(plan, columns, visited)]
    deltas.append(inserting_columns(checked.target, ids, complete(checked.target, columns, n)))
    if checked.target is Kind.SITE:
        deltas += visit_deltas(columns, ids)
    return deltas


def _references(plan: PlanRows, columns: Columns, ids: list[str]) -> list[Delta]:
    """Turn pseudonyms and references of an allegation into ids; new sources are added."""
    known = dict(existing_in(plan, Kind.ALLEGATION).source_ids)
    new: dict[str, Source] = {}
    source_ids: list[Scalar] = []
    for pseudonym in map(str, columns.pop("_source")):
        key = key_of(pseudonym)
        if not key:
            source_ids.append("")
            continue
        if key not in known:
            new[key] = Source(pseudonym=pseudonym)
            known[key] = new[key].id
        source_ids.append(known[key])
    columns["source_id"] = source_ids
    table = plan.table(Kind.ALLEGATION)
    by_reference = _ids(table.ids, table["reference"])
    for entity_id, reference in zip(ids, columns["reference"], strict=True):
        by_reference.setdefault(key_of(str(reference)), entity_id)
    columns["duplicate_of"] = [
        by_reference.get(key_of(str(r)), "") if r else "" for r in columns.pop("_duplicate_of")
    ]
    return [inserting(list(new.values()))] if new else []


def _crossings(plan: PlanRows, columns: Columns) -> list[Delta]:
    """Return new crossings, and the intervals of those that the plan knows."""
    known = existing_in(plan, Kind.CROSSING).crossing_ids
    rows_of: dict[str, list[int]] = {}
    for i, gate in enumerate(map(str, columns["_gate"])):
        rows_of.setdefault(gate, []).append(i)
    table = plan.table(Kind.CROSSING)
    fresh: dict[str, list[int]] = {}
    ids: list[str] = []
    before: list[Scalar] = []
    after: list[Scalar] = []
    for gate, rows in rows_of.items():
        entity_id = known.get(gate) or known.get(name_key(str(columns["name_km"][rows[0]])), "")
        if not entity_id:
            fresh[gate] = rows
            continue
        old = str(table["open_intervals"][table.index[entity_id]])
        merged = _intervals(columns, rows, json.loads(old))
        if merged != old and entity_id not in ids:
            ids.append(entity_id)
            before.append(old)
            after.append(merged)
    deltas: list[Delta] = []
    if ids:
        versions = tuple(int(table.versions[table.index[i]]) for i in ids)
        deltas.append(
            Delta(
                Kind.CROSSING,
                tuple(ids),
                versions,
                {"open_intervals": before},
                {"open_intervals": after},
            )
        )
    if fresh:
        first = [rows[0] for rows in fresh.values()]
        made: Columns = {name: [values[i] for i in first] for name, values in columns.items()}
        made["open_intervals"] = [_intervals(columns, rows, []) for rows in fresh.values()]
        whole = complete(Kind.CROSSING, made, len(first))
        deltas.append(inserting_columns(Kind.CROSSING, [new_id() for _ in first], whole))
    return deltas


def _intervals(columns: Columns, rows: list[int], old: list[dict[str, str | None]]) -> str:
    found = {(_day(item["since"]), _day(item["until"])) for item in old}
    times = {(_day(columns["_since"][i]), _day(columns["_until"][i])) for i in rows}
    times.discard((None, None))
    found = {known for known in found if not any(closes(time, known) for time in times)} | times
    ordered = sorted(found, key=lambda time: (time[0] or date.min, time[1] or date.max))
    return json.dumps(
        [{"since": _iso(a), "until": _iso(b)} for a, b in ordered], separators=(",", ":")
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _other_rows(checked: Checked, batch_id: str) -> Delta:
    """Return the rows that were not imported, as they wait in the plan."""
    both = [(p, WaitingState.REJECTED) for p in checked.rejected]
    both += [(p, WaitingState.WAITING) for p in checked.waiting]
    both.sort(key=lambda pair: pair[0].position)
    columns: Columns = {
        "batch_id": [batch_id] * len(both),
        "sheet": [p.sheet for p, _ in both],
        "row": [p.row for p, _ in both],
        "field": [p.field for p, _ in both],
        "value": [p.value for p, _ in both],
        "reason": [reason_json(p) for p, _ in both],
        "values": [checked.values_of(p.position) for p, _ in both],
        "state": [state.value for _, state in both],
    }
    return inserting_columns(Kind.IMPORT_ROW, [new_id() for _ in both], columns)


def reason_json(problem: Problem) -> str:
    """Return a problem's code and parameters as they are kept in `ImportRow.reason`."""
    params = dict(problem.params)
    if problem.proposal:
        params["proposal"] = problem.proposal
    return json.dumps([problem.code, params], ensure_ascii=False, separators=(",", ":"))


def _ids(ids: Iterable[str], names: Iterable[Scalar]) -> dict[str, str]:
    return {key_of(str(n)): str(i) for i, n in zip(ids, names, strict=True) if n}
