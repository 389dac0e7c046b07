"""Columns of an import made complete: what no file brings is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.model.codec import Scalar, absent, columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.model.entity import Kind

_EMPTY: dict[str, Scalar] = {"TEXT": "", "INTEGER": 0, "REAL": 0.0, "BLOB": None}
_EMPTY_LIST = "[]"

Columns = dict[str, list[Scalar]]


def complete(kind: Kind, columns: Mapping[str, Sequence[Scalar]], n: int) -> Columns:
    """Return all columns of a kind; those that no file brings are empty, lists too.

    Args:
        kind: Kind of the rows.
        columns: What the file brings; names that are no column of the kind are left out.
        n: Number of rows.
    """
    lists = {name: value == _EMPTY_LIST for name, value in absent(kind).items()}
    return {
        c.name: list(columns[c.name])
        if c.name in columns
        else [None if c.nullable else _EMPTY_LIST if lists.get(c.name) else _EMPTY[c.sql]] * n
        for c in columns_of(kind)
    }
