"""Which column of a file is which field of a kind.

Proposed by the words above it and by what stands in it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Dict
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Self

from geo.errors import InputError
from geo.formats.hints import (
    looks_like_kinds,
    looks_like_positions,
    looks_like_telephones,
    looks_swapped,
)
from geo.formats.synonyms import fields_of, form_metadata, header_key, parts_of, speaks_of_person
from geo.formats.text import has_khmer, normalise, visible
from geo.model.codec import geometry_of
from geo.model.entity import Kind

if TYPE_CHECKING:
    from geo.formats.raw import RawTable

IMPORTABLE = (
    Kind.SITE,
    Kind.LICENCE,
    Kind.ALLEGATION,
    Kind.CROSSING,
    Kind.TEAM,
    Kind.ZONE,
    Kind.INSPECTION,
)

# What a file must bring, one of each group, to be an import at all.
_NEEDED: dict[Kind, tuple[frozenset[str], ...]] = {
    Kind.SITE: (
        frozenset(
            {"code", "name", "name_km", "name_en", "name_zh", "kind", "lat", "lon", "coordinate"}
        ),
    ),
    Kind.LICENCE: (frozenset({"number", "holder"}),),
    Kind.ALLEGATION: (frozenset({"received_on", "reference"}), frozenset({"kinds", "text"})),
    Kind.CROSSING: (frozenset({"name", "name_km", "name_en"}),),
    Kind.TEAM: (frozenset({"name", "name_km", "name_en"}),),
    Kind.ZONE: (),
    Kind.INSPECTION: (
        frozenset({"site_code", "name", "name_km", "name_en", "name_zh"}),
        frozenset({"inspected_at", "visited_on"}),
    ),
}
_EXACT, _PART, _INSIDE = 1.0, 0.9, 0.5
# When a form was opened is the time of the visit only if nothing else says that.
_FORM_CLOCK, _OPENED = "start", 0.8
_THRESHOLD = 0.45
_FOR_THE_MOST_PART = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How the columns of a file are read.

    Attributes:
        target: What each row becomes.
        columns: Field → column of the file.
        crs: Of coordinates in columns, as ``EPSG:n`` or words; empty for degrees or to be asked.
        swap_axes: The longitude and latitude columns bear each other's name.
        date_order: ``dmy``, ``mdy`` or ``ymd``.
        constants: Field → value for the whole file, e.g. ``{"kind": "casino"}``.
        words: Field → word in the file → member of the vocabulary, as a person answered.
        never: Columns left out on purpose: names and telephones of persons.
        ignored: Columns that no field takes.
        header: Sheet → line of its header and number of lines, where a person corrected it.
    """

    target: Kind
    columns: Dict[str, str] = field(default_factory=dict)
    crs: str = ""
    swap_axes: bool = False
    date_order: str = "dmy"
    constants: Dict[str, str] = field(default_factory=dict)
    words: Dict[str, Dict[str, str]] = field(default_factory=dict)
    never: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    header: Dict[str, tuple[int, int]] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the mapping as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the mapping of a JSON text.

        Raises:
            InputError: It is no mapping.
        """
        try:
            values = json.loads(text)
            values["target"] = Kind(values["target"])
            for name in ("never", "ignored"):
                values[name] = tuple(values.get(name, ()))
            header = values.get("header", {}).items()
            values["header"] = {sheet: (int(line), int(lines)) for sheet, (line, lines) in header}
            return cls(**values)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise InputError("error.import.bad_mapping") from None

    def using(self, **columns: str) -> Self:
        """Return this mapping with fields given to columns; an empty column frees the field."""
        merged = {**self.columns, **columns}
        return replace(self, columns={k: v for k, v in merged.items() if v})


def fingerprint(raw: RawTable) -> str:
    """Return what next month's file of the office shares with this one: its column names."""
    names = "\n".join(sorted(normalise(c) for c in raw.columns))
    return hashlib.sha256(names.encode()).hexdigest()


def suggest(raw: RawTable, target: Kind) -> Mapping:
    """Propose which column is which field.

    Raises:
        InputError: This kind is not imported, or the file has no column that it could use.
    """
    if target not in IMPORTABLE:
        raise InputError("error.import.no_target", target=target.value)
    never = tuple(
        name
        for name, cells in zip(raw.columns, raw.cells, strict=True)
        if speaks_of_person(name, target) or looks_like_telephones(cells)
    )
    kobo = form_metadata() if {"_uuid", "_submission_time"} <= set(raw.columns) else set()
    apart = set(never) | kobo | {raw.joined}
    columns = _by_content(raw, target, _best_pairs(raw, target, apart), apart)
    if raw.joined and "findings" in fields_of(target):
        columns.setdefault("findings", raw.joined)
    mapping = Mapping(target=target, columns=columns, never=never)
    check_usable(raw, mapping)
    swapped = (
        "lat" in columns
        and "lon" in columns
        and looks_swapped(raw.column(columns["lat"]), raw.column(columns["lon"]))
    )
    used = set(columns.values()) | set(never)
    return replace(
        mapping, swap_axes=swapped, ignored=tuple(c for c in raw.columns if c not in used)
    )


def check_usable(raw: RawTable, mapping: Mapping) -> None:
    """Refuse a mapping that would import nothing.

    Raises:
        InputError: No usable column; it names the columns that the file has.
    """
    for column in mapping.columns.values():
        if column not in raw.columns:
            raise InputError("error.import.no_column", column=column)
    fields = set(mapping.columns) | set(mapping.constants)
    geometry = raw.has_geometry and geometry_of(mapping.target) is not None
    missing = [
        group
        for group in _NEEDED.get(mapping.target, ())
        if not group & fields and not (geometry and mapping.target is Kind.SITE)
    ]
    if mapping.target is Kind.ZONE and not raw.has_geometry:
        raise InputError("error.import.no_outlines")
    if missing:
        raise InputError(
            "error.import.no_usable_column",
            target=mapping.target.value,
            columns=", ".join(raw.columns[:12]),
        )


def _best_pairs(raw: RawTable, target: Kind, never: set[str]) -> dict[str, str]:
    scored: list[tuple[float, int, int, str, str]] = []
    for position, column in enumerate(raw.columns):
        if column in never:
            continue
        for rank, (name, words) in enumerate(fields_of(target).items()):
            score = _score(column, name, words)
            if score >= _THRESHOLD:
                scored.append((-score, position, rank, name, column))
    taken: dict[str, str] = {}
    for _, _, _, name, column in sorted(scored):
        if name not in taken and column not in taken.values():
            taken[name] = column
    return taken


def _score(column: str, name: str, words: frozenset[str]) -> float:
    parts = parts_of(column)
    own = header_key(name)
    best = 0.0
    for i, part in enumerate(parts):
        if part in words or part == own:
            best = max(best, (_EXACT if i == 0 else _PART) - 0.01 * i)
    if best or not parts:
        return min(best, _OPENED) if column == _FORM_CLOCK else best
    whole = f" {parts[0]} "
    inside = [w for w in words if len(w) > 3 and f" {w} " in whole]  # noqa: PLR2004 - "id" is in everything
    if not inside:
        return _inside_khmer(parts[0].replace(" ", ""), words)
    # "Type of site" is a type: what a header speaks of stands first in it.
    first = 0.05 * any(whole.startswith(f" {w} ") for w in inside)
    return _INSIDE + 0.3 * max(len(w) for w in inside) / len(whole) + first


def _inside_khmer(whole: str, words: frozenset[str]) -> float:
    """Return the score of a header that is for the most part one word; Khmer has no spaces."""
    if not has_khmer(whole):
        return 0.0
    squeezed = (w.replace(" ", "") for w in words)
    share = max((len(w) / len(whole) for w in squeezed if has_khmer(w) and w in whole), default=0.0)
    return _INSIDE + 0.3 * share if share >= _FOR_THE_MOST_PART else 0.0


def _by_content(
    raw: RawTable, target: Kind, columns: dict[str, str], never: set[str]
) -> dict[str, str]:
    """Fill what the headers left open by what stands in the columns."""
    found = dict(columns)
    fields = fields_of(target)
    free = [c for c in raw.columns if c not in found.values() and c not in never]
    has_place = raw.has_geometry or "coordinate" in found or {"lat", "lon"} <= set(found)
    for column in free:
        cells = raw.column(column)
        if "coordinate" in fields and not has_place and looks_like_positions(cells):
            found["coordinate"], has_place = column, True
        elif target is Kind.SITE and "kind" not in found and looks_like_kinds(cells):
            found["kind"] = column
    # A lone "name" of Khmer texts is the Khmer name, but a mixed one is split row by row.
    if "easting" in found and "northing" not in found:
        del found["easting"]
    if "northing" in found and "easting" not in found:
        del found["northing"]
    return {k: v for k, v in found.items() if visible(v)}
