"""What the columns of a file of boundaries hold: codes and names, of which level.

Offices write them in many ways (``comm_code``, ``ADM3_PCODE`` with KH in front, ``COM_NAME``,
``shapeName``), so the values are looked at and not the headings.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.model.vocabulary import AdminLevel
from geo.names import digits_only, search_key, without_generic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.formats.raw import Cell, RawTable
    from geo.gazetteer import Gazetteer

LEVELS: Final = (AdminLevel.PROVINCE, AdminLevel.DISTRICT, AdminLevel.COMMUNE, AdminLevel.VILLAGE)
DIGITS: Final = {
    AdminLevel.PROVINCE: 2,
    AdminLevel.DISTRICT: 4,
    AdminLevel.COMMUNE: 6,
    AdminLevel.VILLAGE: 8,
}
MOST = 0.6
"""A column holds what most of its cells hold."""
_COUNTRY = "KH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What of each row tells which unit it is.

    Attributes:
        level: Level of the units in the file.
        codes: NCDD code of each row, or empty where it has none of this level.
        names: Folded names of each row, the more telling column first.
        hints: Folded names and codes of what lies above, for each row.
        shown: What to call each row when it is told of: its name as it stands there.
    """

    level: AdminLevel
    codes: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    hints: tuple[frozenset[str], ...]
    shown: tuple[str, ...]


def columns_of(raw: RawTable, gazetteer: Gazetteer) -> Columns:
    """Look for codes and names in a file.

    Raises:
        InputError: Neither its codes nor its names are those of Cambodia's units.
    """
    by_code = _best_codes(raw, gazetteer)
    level, code_column = by_code if by_code is not None else (None, "")
    names = {name: [_folded(cell) for cell in raw.column(name)] for name in raw.columns}
    known = {each: _keys(gazetteer, each) for each in LEVELS}
    if level is None:
        level = _level_by_names(names, known, len(raw))
    if level is None:
        raise InputError("error.boundaries.no_unit")
    share = {
        name: sum(key in known[level] for key in keys) / max(1, sum(map(bool, keys)))
        for name, keys in names.items()
    }
    likely = (n for n in names if share[n] >= MOST / 2 and _differ(names[n]))
    telling = sorted(likely, key=lambda n: -share[n])
    codes = [""] * len(raw)
    if code_column:
        codes = [_code(cell, level) for cell in raw.column(code_column)]
    others = [n for n in raw.columns if n not in telling and n != code_column]
    return Columns(
        level=level,
        codes=tuple(codes),
        names=tuple(
            tuple(dict.fromkeys(names[n][i] for n in telling if names[n][i]))
            for i in range(len(raw))
        ),
        hints=tuple(_hints(raw, others, i) for i in range(len(raw))),
        shown=tuple(_shown(raw, (*telling, code_column, *others), i) for i in range(len(raw))),
    )


def plain_code(cell: Cell) -> str:
    """Return a cell as an NCDD code: without KH, with the zero that a spreadsheet swallowed."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell or "")
    digits = digits_only(text.strip().upper().removeprefix(_COUNTRY))
    return digits.zfill(len(digits) + len(digits) % 2)


def _code(cell: Cell, level: AdminLevel) -> str:
    code = plain_code(cell)
    return code if len(code) == DIGITS[level] else ""


def _best_codes(raw: RawTable, gazetteer: Gazetteer) -> tuple[AdminLevel, str] | None:
    """Return the column with the most different codes of one level."""
    best: tuple[int, AdminLevel, str] | None = None
    for name in raw.columns:
        codes = [plain_code(cell) for cell in raw.column(name)]
        for level in LEVELS:
            mine = [c for c in codes if len(c) == DIGITS[level]]
            known = {c for c in set(mine) if any(u.level is level for u in gazetteer.units(c))}
            if len(mine) < MOST * len(raw) or len(known) < MOST * len(set(mine)):
                continue
            if best is None or len(set(mine)) > best[0]:
                best = (len(set(mine)), level, name)
    # A column that repeats the code of what lies above is not the code of the rows.
    if best is None or best[0] < MOST * len(raw):
        return None
    return best[1], best[2]


def _keys(gazetteer: Gazetteer, level: AdminLevel) -> Counter[str]:
    found: Counter[str] = Counter()
    for unit in gazetteer.at_level(level):
        names = {unit.name_km, unit.name_en, *unit.aliases}
        found.update({_folded(name) for name in names if name})
    return found


def _level_by_names(
    names: dict[str, list[str]], known: dict[AdminLevel, Counter[str]], rows: int
) -> AdminLevel | None:
    """Return the level of which most rows bear names; of two, that with about so many units."""
    shares = {
        level: max(
            (
                sum(k in keys for k in column) / max(1, rows)
                for column in names.values()
                if _differ(column)
            ),
            default=0,
        )
        for level, keys in known.items()
    }
    likely = [level for level, share in shares.items() if share >= MOST]
    if not likely:
        return None
    # Communes bear the names of districts, and villages those of both: the larger share wins, and
    # of nearly equal ones the level that is not much larger than the file.
    most = max(shares[level] for level in likely)
    close = [level for level in likely if shares[level] >= most - 0.1]
    return min(close, key=lambda level: abs(len(known[level]) - 2 * rows))


def _differ(column: Sequence[str]) -> bool:
    """Tell whether a column names the rows: one that repeats itself names what lies above."""
    filled = [key for key in column if key]
    return len(set(filled)) >= MOST * len(filled) > 0


def _hints(raw: RawTable, names: Sequence[str], position: int) -> frozenset[str]:
    cells = [raw.column(name)[position] for name in names]
    found = {_folded(cell) for cell in cells} | {plain_code(cell) for cell in cells}
    return frozenset(found - {""})


def _shown(raw: RawTable, names: Sequence[str], position: int) -> str:
    cells = (raw.column(name)[position] for name in names if name)
    return next((str(cell) for cell in cells if cell not in {None, ""}), "")


def _folded(cell: Cell) -> str:
    return search_key(without_generic(cell)) if isinstance(cell, str) else ""
