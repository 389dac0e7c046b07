"""What a check finds in a file, and what it knows of the plan: plain values."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import date

Opened = tuple[date | None, date | None]
"""First and last day of a time in which a crossing was open; None is unbounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a row was not imported.

    Attributes:
        position: Position in the `RawTable`, from 0.
        row: Row number as a person counts in the file.
        sheet: Sheet, or empty.
        field: Field of the target, or ``line`` for the whole row.
        value: The value as it stands in the file.
        code: Message code, ``import.reason.…``.
        params: Its parameters.
        ask: The row waits for an answer; otherwise it is rejected.
        proposal: What the application would choose, or empty.
    """

    position: int
    row: int
    sheet: str
    field: str
    value: str
    code: str
    params: Dict[str, str] = dataclasses.field(default_factory=dict)
    ask: bool = False
    proposal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What was mended or understood in a way that should be seen.

    Attributes:
        row: Row number as a person counts.
        sheet: Sheet, or empty.
        field: Field, or empty.
        value: The value as it stands in the file.
        code: Message code, ``import.repair.…``.
    """

    row: int
    sheet: str
    field: str
    value: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """What the plan holds already and a file must not repeat or may refer to.

    Attributes:
        keys: Codes, numbers, references or names of the target's rows, as `key_of` makes them.
        site_ids: Site code → id.
        site_codes: Site id → code, or an empty text.
        site_names: Normalised name → id of the site; filled for visits.
        duty_ids: Id of an assignment that was accepted, as `key_of` makes it → id.
        form_references: Forms that brought a visit, as `key_of` makes them.
        source_ids: Pseudonym → id.
        allegation_ids: Reference → id.
        crossing_ids: Normalised name → id.
        opened: Normalised name of a crossing → the times in which it was open.
        province_code: Of the plan; where a file names no province, its districts are looked for
            there.
        today: A date after it is in the future.
        settled: Row (its position) and code of questions that a person answered with yes.
    """

    keys: frozenset[str] = frozenset()
    site_ids: Dict[str, str] = field(default_factory=dict)
    site_codes: Dict[str, str] = field(default_factory=dict)
    duty_ids: Dict[str, str] = field(default_factory=dict)
    site_names: Dict[str, str] = field(default_factory=dict)
    form_references: frozenset[str] = frozenset()
    source_ids: Dict[str, str] = field(default_factory=dict)
    allegation_ids: Dict[str, str] = field(default_factory=dict)
    crossing_ids: Dict[str, str] = field(default_factory=dict)
    opened: Dict[str, tuple[Opened, ...]] = field(default_factory=dict)
    province_code: str = ""
    today: date = field(default_factory=date.today)
    settled: frozenset[tuple[int, str]] = frozenset()
