"""Columns as small numbers: a question is asked once per value, not once per row."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class Coded:
    """A column of few different values.

    Attributes:
        codes: Which value each row has, shape ``(n,)``.
        values: The different values.
    """

    __slots__ = ("codes", "values")

    def __init__(self, codes: NDArray[np.integer[Any]], values: tuple[Any, ...]) -> None:
        self.codes, self.values = codes, values

    def where(self, holds: Callable[[Any], bool]) -> NDArray[np.bool_]:
        """Return for which rows something holds of the value."""
        answers = np.fromiter((holds(v) for v in self.values), dtype=bool, count=len(self.values))
        return answers[self.codes] if len(self.values) else np.zeros(0, dtype=bool)


# Columns never change in place and are shared by a table and those made from it, so that an edit
# leaves the codes of all columns that it does not touch.
_known: dict[int, tuple[weakref.ref[NDArray[Any]], Coded]] = {}


_flags: dict[tuple[int, str], tuple[weakref.ref[NDArray[Any]], NDArray[np.bool_]]] = {}


def coded(column: NDArray[Any]) -> Coded:
    """Return a column's codes, made at the first call and kept for as long as the column lives."""
    found = _known.get(id(column))
    if found is not None and found[0]() is column:
        return found[1]
    places: dict[Any, int] = {}
    codes = np.fromiter(
        (places.setdefault(v, len(places)) for v in column.tolist()),
        dtype=np.int32,
        count=len(column),
    )
    return tell(column, codes, tuple(places))


def tell(column: NDArray[Any], codes: NDArray[np.integer[Any]], values: tuple[Any, ...]) -> Coded:
    """Keep the codes of a column that was itself made from them."""
    made, key = Coded(codes, values), id(column)
    _known[key] = (weakref.ref(column, lambda _gone: _known.pop(key, None)), made)
    return made


def filled(column: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which rows have any value in a column of many different ones, such as ids."""
    return flags_of(column, "filled", lambda: column.astype(bool))


def flags_of(
    column: NDArray[Any], name: str, make: Callable[[], NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Return one answer per row that follows from a column alone, made at the first call.

    Args:
        column: What it follows from.
        name: Of the question: one column can be asked several.
        make: Answers it.
    """
    key = (id(column), name)
    found = _flags.get(key)
    if found is not None and found[0]() is column:
        return found[1]
    made = make()
    _flags[key] = (weakref.ref(column, lambda _gone: _flags.pop(key, None)), made)
    return made
