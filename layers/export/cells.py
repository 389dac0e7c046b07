"""The columns of a table that may leave: each made of released values only.

Keys and headings are those of the window's tables, so that what is shown and what leaves have the
same names; a column that is not here never leaves.
"""

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
from geo.model.vocabulary import (
    Activity,
    AllegationKind,
    AllegationStatus,
    Answer,
    CrossingClass,
    Grade,
    LegalStatus,
    Neighbour,
    Precision,
    SiteKind,
    ZoneState,
)
from geo.privacy.release import ReleasedTable, release
from geo.project import Project

if TYPE_CHECKING:
    from enum import StrEnum

    from numpy.typing import NDArray

    from geo.gazetteer import Gazetteer

DISTRICT, COMMUNE = 4, 6
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


@dataclass(frozen=True, slots=True)
class Leaving:
    """A column that may leave.

    Attributes:
        head: Code of its heading.
        needs: Fields of the row without which it does not leave.
        make: Its cells.
        also: Fields of other kinds that it needs too.
    """

    head: str
    needs: tuple[str, ...]
    make: Make
    also: tuple[tuple[Kind, str], ...] = ()


# --- how a cell is made -----------------------------------------------------------------------


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


def _names(source: Source) -> list[Cell]:
    return _named(source.rows.columns, source.language)


def _units(digits: int) -> Make:
    def make(source: Source) -> list[Cell]:
        names: dict[str, str] = {"": ""}
        cells: list[Cell] = []
        for value in source["admin_code"]:
            code = value[:digits] if value and len(value) >= digits else ""
            if code not in names:
                unit = source.gazetteer.unit(code)
                pair = (unit.name_km, unit.name_en) if unit else (code, code)
                names[code] = pair[0] if source.language == "km" else pair[1]
            cells.append(names[code] or None)
        return cells

    return make


def _site_names(source: Source) -> list[Cell]:
    sites = source.other(Kind.SITE)
    names = dict(zip(sites.ids, _named(sites.columns, source.language), strict=True))
    return [names.get(site_id) for site_id in source["site_id"]]


def _linked(source: Source) -> list[Cell]:
    from collections import Counter

    reports = source.other(Kind.ALLEGATION).columns
    first = reports["status"] != AllegationStatus.DUPLICATE.value  # nobody is counted twice
    found = Counter(reports["site_id"][first].tolist())
    return [found.get(i, 0) for i in source.rows.ids]


def _decided_on(source: Source) -> list[Cell]:
    decisions = source.other(Kind.STATUS_DECISION).columns
    last: dict[str, str] = {}
    for site_id, day in zip(decisions["site_id"], decisions["decided_on"], strict=True):
        if site_id and day:
            last[site_id] = max(day, last.get(site_id, ""))
    return [last.get(i) for i in source.rows.ids]


def _worth(source: Source) -> list[Cell]:
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


def _kinds(source: Source) -> list[Cell]:
    words = {m.value: label(m, source.language) for m in AllegationKind}
    return [", ".join(words[k] for k in json.loads(v or "[]")) for v in source["kinds"]]


def _grades(source: Source) -> list[Cell]:
    return [f"{r}{c}" for r, c in zip(source["reliability"], source["credibility"], strict=True)]


def _hours(source: Source) -> list[Cell]:
    cells: list[Cell] = []
    for day, at in zip(source["received_on"], source["received_at"], strict=True):
        if not day:
            cells.append(None)
            continue
        since = source.now - datetime.fromisoformat(f"{day}T{at or '00:00'}")
        cells.append(int(since.total_seconds() // 3600))
    return cells


def _nationalities(source: Source) -> list[Cell]:
    return [
        ", ".join(f"{n['country']} {n['count']}" for n in json.loads(v or "[]"))
        for v in source["nationalities"]
    ]


def _open(source: Source) -> list[Cell]:
    today = source.now.date().isoformat()
    cells: list[Cell] = []
    for value in source["open_intervals"]:
        intervals = json.loads(value or "[]")
        is_open = any((i["since"] or "") <= today <= (i["until"] or "9999") for i in intervals)
        state = "unknown" if not intervals else "open" if is_open else "closed"
        cells.append(text(f"panel.crossing.{state}", source.language))
    return cells


def _approximate(source: Source) -> list[Cell]:
    words = [text(f"table.place.{w}", source.language) for w in ("exact", "approximate")]
    return [words[bool(value)] for value in source["approximate"]]


def _counted(name: str, of: Callable[[dict[str, Any]], int]) -> Make:
    return lambda source: [sum(of(item) for item in json.loads(v or "[]")) for v in source[name]]


# --- which ------------------------------------------------------------------------------------


def _texts(head: str, *names: str) -> dict[str, Leaving]:
    return {name: Leaving(f"{head}.{name}", (name,), plain(name)) for name in names}


_PLACE = {
    "district": Leaving("table.column.district", ("admin_code",), _units(DISTRICT)),
    "commune": Leaving("table.column.commune", ("admin_code",), _units(COMMUNE)),
    **_texts("table.column", "admin_code", "lon", "lat"),
}
_ACCURACY = Leaving("panel.column.accuracy", ("accuracy_m",), plain("accuracy_m"))
_PRECISION = Leaving("panel.column.precision", ("precision",), labelled("precision", Precision))
_SITE_NAME = tuple((Kind.SITE, n) for n in ("name_km", "name_en", "name_zh", "code"))
_SITE = Leaving("panel.column.site", ("site_id",), _site_names, _SITE_NAME)
_SOURCE = Leaving("panel.column.source", ("source",), plain("source"))

LEAVING: dict[Kind, dict[str, Leaving]] = {
    Kind.SITE: {
        "name": Leaving("panel.column.name", ("name_km", "name_en", "name_zh", "code"), _names),
        "code": Leaving("panel.column.code", ("code",), plain("code")),
        "kind": Leaving("panel.column.kind", ("kind",), labelled("kind", SiteKind)),
        "legal_status": Leaving(
            "panel.column.status", ("legal_status",), labelled("legal_status", LegalStatus)
        ),
        "activity": Leaving("panel.column.activity", ("activity",), labelled("activity", Activity)),
        "precision": _PRECISION,
        "accuracy_m": _ACCURACY,
        "capacity": Leaving("panel.column.capacity", ("capacity",), plain("capacity")),
        "visited_on": Leaving("panel.column.visited", ("visited_on",), plain("visited_on")),
        "source": _SOURCE,
        "allegations": Leaving(
            "table.column.allegations",
            ("code",),
            _linked,
            ((Kind.ALLEGATION, "site_id"), (Kind.ALLEGATION, "status")),
        ),
        "decided_on": Leaving(
            "table.column.decided_on",
            ("code",),
            _decided_on,
            ((Kind.STATUS_DECISION, "site_id"), (Kind.STATUS_DECISION, "decided_on")),
        ),
        **_texts("table.column", "name_km", "name_en", "name_zh"),
        **_PLACE,
        **_texts("table.column", "address", "owner"),
    },
    Kind.ALLEGATION: {
        "kinds": Leaving("panel.column.kinds", ("kinds",), _kinds),
        "held_now": Leaving("panel.column.held_now", ("held_now",), labelled("held_now", Answer)),
        "hours": Leaving("table.column.hours", ("received_on", "received_at"), _hours),
        "grade": Leaving("panel.column.grade", ("reliability", "credibility"), _grades),
        "precision": _PRECISION,
        "received_on": Leaving("panel.column.received", ("received_on",), plain("received_on")),
        "site": _SITE,
        "status": Leaving("panel.column.state", ("status",), labelled("status", AllegationStatus)),
        **_texts("table.column", "received_at", "occurred_on", "people_min", "people_max"),
        "nationalities": Leaving("table.column.nationalities", ("nationalities",), _nationalities),
        "accuracy_m": _ACCURACY,
        **_PLACE,
    },
    Kind.LICENCE: {
        **_texts("table.column", "number", "business", "holder", "authority"),
        "activity_kind": Leaving(
            "panel.column.kind", ("activity_kind",), labelled("activity_kind", SiteKind)
        ),
        "licence_state": Leaving("table.column.licence_state", ("expires_on",), _worth),
        **_texts("table.column", "expires_on"),
        "site": _SITE,
        **_texts("table.column", "issued_on"),
        "activity": Leaving("table.column.licensed_activity", ("activity",), plain("activity")),
        **_PLACE,
        "source": _SOURCE,
    },
    Kind.CROSSING: {
        "name": Leaving("panel.column.name", ("name_km", "name_en"), _names),
        "crossing_class": Leaving(
            "panel.column.class", ("crossing_class",), labelled("crossing_class", CrossingClass)
        ),
        "open": Leaving("panel.column.open", ("open_intervals",), _open),
        "neighbour": Leaving(
            "panel.column.neighbour", ("neighbour",), labelled("neighbour", Neighbour)
        ),
        "opposite": Leaving("panel.column.opposite", ("opposite",), plain("opposite")),
        "approximate": Leaving("table.column.approximate", ("approximate",), _approximate),
        **_texts("table.column", "name_km", "name_en"),
        **_PLACE,
        **_texts("table.column", "basis"),
    },
    Kind.TEAM: {
        "name": Leaving("panel.column.name", ("name",), plain("name")),
        "short_name": Leaving("panel.column.short", ("short_name",), plain("short_name")),
        "lead": Leaving("panel.column.lead", ("lead",), plain("lead")),
        "members": Leaving(
            "table.column.members", ("groups",), _counted("groups", lambda g: g["members"] or 0)
        ),
        "vehicles": Leaving(
            "table.column.vehicles", ("vehicles",), _counted("vehicles", lambda _vehicle: 1)
        ),
        "contact": Leaving("table.column.contact", ("contact",), plain("contact")),
        "province_code": Leaving(
            "table.column.province", ("province_code",), plain("province_code")
        ),
    },
    Kind.ZONE: {
        "name": Leaving("panel.column.name", ("name",), plain("name")),
        "priority": Leaving("panel.column.priority", ("priority",), plain("priority")),
        "state": Leaving("panel.column.state", ("state",), labelled("state", ZoneState)),
    },
}
"""Kind → key of a column → how it leaves."""
