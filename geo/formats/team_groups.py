"""The groups of teams in a register, however an office lays it out.

Either each kind of group has columns of its own (``Minutes: chief``), or each group has a row of
its own below its team. Both become one row a team, with its groups as JSON text in a column of
their own; what was a row of a group is told among the rows that are no data of their own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from geo.formats.raw import RowNote
from geo.formats.synonyms import header_key, listed_words
from geo.formats.text import squeezed
from geo.formats.values.words import meaning
from geo.formats.work import as_text
from geo.model.vocabulary import GroupKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Dict

    from geo.formats.mapping import Mapping
    from geo.formats.raw import RawTable

GROUPS: Final = " groups"
"""No column of a file is called so: names of columns are trimmed."""
PARTS: Final = ("chief", "task", "members")
_NAMES: Final = ("name_km", "name_en", "name")


@dataclass(slots=True)
class _Team:
    """A team while its rows are put together: where it begins, and its groups."""

    position: int
    groups: list[dict[str, str]] = field(default_factory=list)


def gathered(raw: RawTable, mapping: Mapping) -> RawTable:
    """Return a table with one row a team and its groups in the column `GROUPS`.

    A row whose team is named again, or not at all, and that names a group belongs to the team
    above it.
    """
    if GROUPS in raw.columns:
        return raw
    wide, long = _layout(raw.columns, mapping.columns.values(), mapping.never)
    names = _names(raw, mapping)
    teams: list[_Team] = []
    joined: list[int] = []
    for i in range(len(raw)):
        below = _of_row(raw, long, i)
        if below is not None and teams and _same(raw, names, teams[-1].position, i):
            joined.append(i)
        else:
            teams.append(_Team(i))
        teams[-1].groups += [*_across(raw, wide, i), *([below] if below is not None else [])]
    return _table(raw, teams, joined)


def group_columns(
    columns: Iterable[str], taken: Iterable[str], never: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """Return which columns are read as groups of the teams: column → kind of group and part.

    Args:
        columns: Of the file.
        taken: Those that became a field.
        never: Those that are left out because they are about persons.

    Returns:
        The kind is empty where each group has a row of its own.
    """
    wide, long = _layout(columns, taken, never)
    return {c: key for key, c in wide.items()} | {c: ("", part) for part, c in long.items()}


def _layout(
    columns: Iterable[str], taken: Iterable[str], never: Iterable[str]
) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    free = [c for c in columns if c not in set(taken)]
    # A heading that speaks of victims is left out on purpose, unless it names the group itself.
    return _wide(free), _long([c for c in free if c not in set(never)])


def _wide(columns: list[str]) -> dict[tuple[str, str], str]:
    """Return kind of group and part → the column that is about both."""
    found: dict[tuple[str, str], str] = {}
    ends = [(part, word) for part, words in _words().items() for word in words if part in PARTS]
    ends.sort(key=lambda end: -len(end[1]))
    for column in columns:
        key = header_key(column)
        for part, word in ends:
            kind = meaning(GroupKind, key.removesuffix(word)) if key.endswith(word) else None
            if kind is not None:
                found.setdefault((kind.value, part), column)
                break
    return found


def _long(columns: list[str]) -> dict[str, str]:
    """Return group, chief, task and members → their columns, if a column names the group."""
    found: dict[str, str] = {}
    for column in columns:
        for part, words in _words().items():
            if header_key(column) in words:
                found.setdefault(part, column)
    return found if "group" in found else {}


def _words() -> Dict[str, frozenset[str]]:
    return listed_words("team_group")


def _names(raw: RawTable, mapping: Mapping) -> list[str]:
    used = [mapping.columns[n] for n in _NAMES if n in mapping.columns]
    return [
        next((squeezed(as_text(raw.column(c)[i])) for c in used if raw.column(c)[i]), "")
        for i in range(len(raw))
    ]


def _same(raw: RawTable, names: list[str], first: int, row: int) -> bool:
    """Tell whether a row is of the team that begins at `first`."""
    return raw.sheet_of(first) == raw.sheet_of(row) and names[row] in {"", names[first]}


def _of_row(raw: RawTable, long: dict[str, str], i: int) -> dict[str, str] | None:
    """Return the group of which a row is, as it is written there."""
    cells = {part: as_text(raw.column(column)[i]) for part, column in long.items()}
    if not cells.get("group"):
        return None
    return {"kind": cells["group"], **{part: cells.get(part, "") for part in PARTS}}


def _across(raw: RawTable, wide: dict[tuple[str, str], str], i: int) -> list[dict[str, str]]:
    """Return the groups that have columns of their own."""
    found = []
    for kind in GroupKind:
        cells = {
            part: as_text(raw.column(wide[kind.value, part])[i])
            if (kind.value, part) in wide
            else ""
            for part in PARTS
        }
        if any(cells.values()):
            found.append({"kind": kind.value, **cells})
    return found


def _table(raw: RawTable, teams: list[_Team], joined: list[int]) -> RawTable:
    kept = [t.position for t in teams]
    groups = [json.dumps(t.groups, ensure_ascii=False) if t.groups else None for t in teams]
    notes = tuple(
        RowNote(raw.numbers[i], "import.skipped.group", sheet=raw.sheet_of(i)) for i in joined
    )
    full = raw.padded()
    return replace(
        full,
        columns=(*full.columns, GROUPS),
        cells=(*([cells[i] for i in kept] for cells in full.cells), list(groups)),
        numbers=[full.numbers[i] for i in kept],
        sheets=[full.sheets[i] for i in kept],
        lon=[full.lon[i] for i in kept],
        lat=[full.lat[i] for i in kept],
        areas=[full.areas[i] for i in kept],
        skipped=(*full.skipped, *notes),
    )
