"""The log of the day: lines that people write, and the changes of state, which nobody writes.

A written line is never changed, only followed by another. That an operation, a zone or a duty took
a step stands in the plan's own log with who and when; it is read from there and not written twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from geo.clock import now
from geo.edit.edit import Action, Edit, inserting
from geo.edit.inspections import local
from geo.edit.operations import operation_of
from geo.edit.sites import site_of
from geo.edit.states import OPEN, SIGNED
from geo.edit.verbs import Verb
from geo.errors import InputError, NotAllowedError
from geo.masking import mask
from geo.model.command import Assignment, LogEntry, Zone
from geo.model.entity import Kind
from geo.model.vocabulary import LogCode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geo.edit.reading import PlanRows

STATED: Final = (Kind.OPERATION, Kind.ZONE, Kind.ASSIGNMENT)
"""Kinds whose changes of state are lines of the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """A change of state as the plan's own log has it.

    Attributes:
        at: In Cambodia, without zone.
        before: State, or empty where the row is new.
        actor: User id.
    """

    at: datetime
    kind: Kind
    entity_id: str
    before: str
    after: str
    actor: str


LogLine = LogEntry | StateLine


def write_log(  # noqa: PLR0913 - what a line may be about
    plan: PlanRows,
    operation_id: str,
    words: str = "",
    *,
    code: str = "",
    at: datetime | None = None,
    zone_id: str = "",
    assignment_id: str = "",
    site_id: str = "",
) -> Edit:
    """Return the edit that writes a line.

    Args:
        plan: The plan.
        operation_id: Released.
        words: In free words, which are masked and never leave the plan.
        code: A `LogCode`, or empty for a line of words alone.
        at: When it happened; None is now.
        zone_id: Where, or empty; a duty brings its zone.
        assignment_id: Which duty, or empty.
        site_id: Which site, or empty.

    Raises:
        InputError: The operation is gone or not released, the line says nothing, its code is none,
            its time lies ahead, or what it is about is gone or of another operation.
        NotAllowedError: Nobody is signed in.
    """
    if plan.user is None:
        raise NotAllowedError("error.nobody_signed_in")
    operation = operation_of(plan, operation_id)
    if operation.state in OPEN | SIGNED:
        raise InputError("error.log.not_released", name=operation.name)
    if not words.strip() and not code:
        raise InputError("error.log.nothing")
    if code and code not in set(LogCode):
        raise InputError("error.log.no_such_code", name=code)
    moment = now() if at is None else local(at)
    if moment > now():
        raise InputError("error.log.future")
    zone_id = _zone_of(plan, operation_id, zone_id, assignment_id)
    if site_id:
        site_of(plan, site_id)
    entry = LogEntry(
        operation_id=operation_id,
        zone_id=zone_id,
        assignment_id=assignment_id,
        site_id=site_id,
        at=moment.replace(microsecond=0),
        code=code,
        words=mask(words.strip()),
        written_by=plan.user.id,
    )
    return Edit(verb=Verb.WRITE_LOG, deltas=(inserting([entry]),))


def newest(
    plan: PlanRows, operation_id: str, most: int, *, zone_id: str = "", until: date | None = None
) -> tuple[tuple[LogEntry, ...], int]:
    """Return the last written lines of an operation, in order, and how many there are in all.

    Only what is returned becomes a line: a log may have a hundred thousand.

    Args:
        plan: The plan.
        operation_id: Whose log it is.
        most: So many at most.
        zone_id: Of this zone alone, or empty.
        until: Nothing after this day; None is all.
    """
    table = plan.table(Kind.LOG_ENTRY)
    wanted = table["operation_id"] == operation_id
    if zone_id:
        wanted &= table["zone_id"] == zone_id
    rows = np.flatnonzero(wanted)
    # Texts of one length, which sort as the moments that they are.
    at = table.kept("moments", (), lambda: table["at"].astype("U19"))
    if until is not None:
        rows = rows[at[rows] < (until + timedelta(days=1)).isoformat()]
    last = rows[np.argsort(at[rows], kind="stable")[-most:]] if most > 0 else rows[:0]
    return tuple(plan.get(LogEntry, str(table.ids[row])) for row in last), len(rows)


def state_lines(edits: Iterable[Edit]) -> tuple[StateLine, ...]:
    """Return the changes of state in edits, without those that were taken back.

    Args:
        edits: As `Store.edits_of` returns them for the rows that are asked about, or
            `Store.changes_since`; an edit that comes twice counts for each row that it holds.
    """
    found = list(edits)
    taken_back: set[str] = set()
    for edit in sorted({e.id: e for e in found}.values(), key=lambda e: e.revision):
        if edit.action is Action.UNDO:
            taken_back.add(edit.of)
        elif edit.action is Action.REDO:
            taken_back.discard(edit.of)
    lines: dict[tuple[str, Kind, str], StateLine] = {}
    for edit in found:
        if edit.action is not Action.DO or edit.id in taken_back:
            continue
        for line in _lines(edit):
            lines[edit.id, line.kind, line.entity_id] = line
    return tuple(sorted(lines.values(), key=lambda line: line.at))


def whole_log(entries: Iterable[LogEntry], steps: Iterable[StateLine]) -> tuple[LogLine, ...]:
    """Return written lines and changes of state together, in order of what happened."""
    lines: list[LogLine] = [*entries, *steps]
    return tuple(sorted(lines, key=lambda line: line.at))


def rows_of(plan: PlanRows, operation_id: str) -> tuple[tuple[Kind, str], ...]:
    """Return kind and id of the rows of an operation whose states are lines of its log."""
    zones = plan.table(Kind.ZONE)
    zone_ids = [str(i) for i in zones.ids[zones["operation_id"] == operation_id]]
    duties = plan.table(Kind.ASSIGNMENT)
    among = set(zone_ids)
    return (
        (Kind.OPERATION, operation_id),
        *((Kind.ZONE, i) for i in zone_ids),
        *(
            (Kind.ASSIGNMENT, str(i))
            for i, zone_id in zip(duties.ids, duties["zone_id"], strict=True)
            if zone_id in among
        ),
    )


def _lines(edit: Edit) -> Iterable[StateLine]:
    for delta in edit.deltas:
        if delta.kind not in STATED or delta.after is None or "state" not in delta.after:
            continue
        before = delta.before["state"] if delta.before is not None else [""] * len(delta.ids)
        for entity_id, old, new in zip(delta.ids, before, delta.after["state"], strict=True):
            if old != new:
                yield StateLine(
                    at=local(edit.at).replace(microsecond=0),
                    kind=delta.kind,
                    entity_id=entity_id,
                    before=str(old),
                    after=str(new),
                    actor=edit.actor,
                )


def _zone_of(plan: PlanRows, operation_id: str, zone_id: str, assignment_id: str) -> str:
    """Return the zone of a line, which is of its operation."""
    if assignment_id:
        duty = plan.find(Assignment, assignment_id)
        if duty is None or zone_id not in {"", duty.zone_id}:
            raise InputError("error.assign.gone")
        zone_id = duty.zone_id
    if zone_id:
        zone = plan.find(Zone, zone_id)
        if zone is None or zone.operation_id != operation_id:
            raise InputError("error.zone.gone")
    return zone_id
