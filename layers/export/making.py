"""How the cells of a column that leaves are made: of released values only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.catalogue import Language, label, text
from geo.formats.writing import Cell
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationKind, AllegationStatus, Grade
from geo.privacy.release import ReleasedTable, release
from geo.project import Project

if TYPE_CHECKING:
    from enum import StrEnum

    from numpy.typing import NDArray

    from geo.gazetteer import Gazetteer

DECIMALS = 6
"""Of degrees: a tenth of a metre, finer than any position in a plan."""


@dataclass(frozen=True)
class Source:
    """What a column is made of: released rows of its own kind, and of others as they are needed.

    Attributes:
        rows: The rows of the table.
        now: Local time for what depends on it.
    """

    project: Project
    grade: Grade
    language: Language
    rows: ReleasedTable
    now: datetime
    _others: dict[Kind, ReleasedTable] = field(default_factory=dict)

    def other(self, kind: Kind) -> ReleasedTable:
        """Return the rows of another kind that may leave at the same grade."""
        if kind not in self._others:
            self._others[kind] = release(self.project, kind, self.grade)
        return self._others[kind]

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Names of the units."""
        from geo.gazetteer import Gazetteer

        return Gazetteer.load()

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return a released field of the rows."""
        return self.rows.columns[name]


Make = Callable[[Source], list[Cell]]


def _scalar(value: Any) -> Cell:  # noqa: ANN401 - a cell
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return None
    if isinstance(value, float | np.floating):
        return round(float(value), DECIMALS)
    return int(value) if isinstance(value, np.integer) else value


def plain(name: str) -> Make:
    """Return a field as it stands in the plan; days are ISO text."""
    return lambda source: [_scalar(value) for value in source[name]]


def labelled(name: str, cls: type[StrEnum]) -> Make:
    """Return the labels of a closed vocabulary."""

    def make(source: Source) -> list[Cell]:
        words = {m.value: label(m, source.language) for m in cls}
        return [words.get(value) for value in source[name]]

    return make


def _named(columns: Mapping[str, NDArray[Any]], language: Language) -> list[Cell]:
    order = ("name_km", "name_en") if language == "km" else ("name_en", "name_km")
    found = [columns[n] for n in (*order, "name_zh", "code") if n in columns]
    return [next((v for v in row if v), None) for row in zip(*found, strict=True)]


def names(source: Source) -> list[Cell]:
    """Return the name of each row in the language of the copy, else in another."""
    return _named(source.rows.columns, source.language)


def units(digits: int) -> Make:
    """Return the names of the units of a level, by the digits of its codes."""

    def make(source: Source) -> list[Cell]:
        words: dict[str, str] = {"": ""}
        cells: list[Cell] = []
        for value in source["admin_code"]:
            code = value[:digits] if value and len(value) >= digits else ""
            if code not in words:
                unit = source.gazetteer.unit(code)
                pair = (unit.name_km, unit.name_en) if unit else (code, code)
                words[code] = pair[0] if source.language == "km" else pair[1]
            cells.append(words[code] or None)
        return cells

    return make


def site_names(source: Source) -> list[Cell]:
    """Return the name of the site that each row is linked to."""
    sites = source.other(Kind.SITE)
    of_site = dict(zip(sites.ids, _named(sites.columns, source.language), strict=True))
    return [of_site.get(site_id) for site_id in source["site_id"]]


def linked(source: Source) -> list[Cell]:
    """Return how many allegations each site has."""
    from collections import Counter

    reports = source.other(Kind.ALLEGATION).columns
    first = reports["status"] != AllegationStatus.DUPLICATE.value  # nobody is counted twice
    found = Counter(reports["site_id"][first].tolist())
    return [found.get(i, 0) for i in source.rows.ids]


def decided_on(source: Source) -> list[Cell]:
    """Return the day of each site's last decision."""
    decisions = source.other(Kind.STATUS_DECISION).columns
    last: dict[str, str] = {}
    for site_id, day in zip(decisions["site_id"], decisions["decided_on"], strict=True):
        if site_id and day:
            last[site_id] = max(day, last.get(site_id, ""))
    return [last.get(i) for i in source.rows.ids]


def worth(source: Source) -> list[Cell]:
    """Whether each licence is valid today."""
    today = source.now.date().isoformat()
    words = {
        code: text(f"table.licence.{code}", source.language)
        for code in ("expired", "valid", "open_end")
    }
    return [
        words["open_end" if not day else "expired" if day < today else "valid"]
        for day in source["expires_on"]
    ]


def kinds(source: Source) -> list[Cell]:
    """Return what is alleged, in words."""
    words = {m.value: label(m, source.language) for m in AllegationKind}
    return [", ".join(words[k] for k in json.loads(v or "[]")) for v in source["kinds"]]


def grades(source: Source) -> list[Cell]:
    """Return both fields of the grade, such as B2."""
    return [f"{r}{c}" for r, c in zip(source["reliability"], source["credibility"], strict=True)]


def hours(source: Source) -> list[Cell]:
    """Return the hours since the receipt."""
    cells: list[Cell] = []
    for day, at in zip(source["received_on"], source["received_at"], strict=True):
        if not day:
            cells.append(None)
            continue
        since = source.now - datetime.fromisoformat(f"{day}T{at or '00:00'}")
        cells.append(int(since.total_seconds() // 3600))
    return cells


def nationalities(source: Source) -> list[Cell]:
    """Return countries with their numbers of people."""
    return [
        ", ".join(f"{n['country']} {n['count']}" for n in json.loads(v or "[]"))
        for v in source["nationalities"]
    ]


def open_now(source: Source) -> list[Cell]:
    """Return whether each crossing is open today."""
    today = source.now.date().isoformat()
    cells: list[Cell] = []
    for value in source["open_intervals"]:
        intervals = json.loads(value or "[]")
        is_open = any((i["since"] or "") <= today <= (i["until"] or "9999") for i in intervals)
        state = "unknown" if not intervals else "open" if is_open else "closed"
        cells.append(text(f"panel.crossing.{state}", source.language))
    return cells


def approximate(source: Source) -> list[Cell]:
    """Return whether each position is the gate's own."""
    words = [text(f"table.place.{w}", source.language) for w in ("exact", "approximate")]
    return [words[bool(value)] for value in source["approximate"]]


def counted(name: str, of: Callable[[dict[str, Any]], int]) -> Make:
    """Return the sum of something over the items of a list field."""
    return lambda source: [sum(of(item) for item in json.loads(v or "[]")) for v in source[name]]
