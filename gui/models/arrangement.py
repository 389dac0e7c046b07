"""Which rows of a table are shown and in which order: filters and sorting over its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.model.entity import Kind
from geo.model.table import Table
from gui.models.facet import Facet, folded
from gui.models.filters import mask_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.edit.reading import PlanRows
    from gui.models.column import ColumnSpec
    from gui.models.filters import FieldFilter

Sorting = tuple[tuple[str, bool], ...]
"""Keys of columns, each with whether it ascends; the first one counts most."""


class Arrangement:
    """The rows of one kind with what they are narrowed and sorted by.

    Attributes:
        table: The rows.
        needle: Folded text that one of the columns `sought` must hold.
        mask: Rows that are let through from outside, of the table's length, or None.
        filters: Key of a column → what it must have.
        sorting: What they are sorted by.
        sought: Keys of the columns in which the needle is looked for.
    """

    def __init__(self, kind: Kind, specs: Sequence[ColumnSpec]) -> None:
        self.specs = {spec.key: spec for spec in specs}
        self.plan: PlanRows | None = None
        self.table = Table.empty(kind)
        self.needle = ""
        self.mask: NDArray[np.bool_] | None = None
        self.filters: dict[str, FieldFilter] = {}
        self.sorting: Sorting = ()
        self.sought: tuple[str, ...] = tuple(s.key for s in specs if s.at_first or s.sought)
        self._facets: dict[str, Facet] = {}
        self._live: NDArray[np.bool_] | None = None
        self._read: dict[Kind, Table] = {}

    # --- the plan ---------------------------------------------------------------------------------

    def take(self, plan: PlanRows | None) -> NDArray[np.int64] | None:
        """Take over a plan as it is now.

        Returns:
            Positions of the rows that have other values than before, or None if it is not certain
            which row is which any more.
        """
        before, other_plan = self.table, plan is not self.plan
        kind = before.kind
        self.plan = plan
        self.table = plan.table(kind) if plan is not None else Table.empty(kind)
        if self.mask is not None and len(self.mask) != len(self.table):
            self.mask = None
        if self.table is not before:
            self._live = None
        if plan is None or other_plan or not _continues(before, self.table):
            self._facets.clear()
            self._read = {}
            return None
        kept = len(before)
        changed = np.flatnonzero(before.versions != self.table.versions[:kept])
        for key in [k for k in self._facets if self.reads_anew(k)]:
            del self._facets[key]
        for facet in self._facets.values():
            facet.update(plan, self.table, changed)
        return np.concatenate([changed, np.arange(kept, len(self.table))])

    def reads_anew(self, key: str) -> bool:
        """Tell whether a column looks at rows of other kinds that have changed."""
        plan = self.plan
        return plan is not None and any(
            self._read.get(kind) is not None and self._read[kind] is not plan.table(kind)
            for kind in self.specs[key].reads
        )

    def remember_reading(self) -> None:
        """Take note of the rows of other kinds that the columns look at."""
        if self.plan is not None:
            kinds = {kind for spec in self.specs.values() for kind in spec.reads}
            self._read = {kind: self.plan.table(kind) for kind in kinds}

    def depends_on(self, changed: frozenset[str]) -> bool:
        """Tell whether the arrangement looks at one of some columns of the rows."""
        keys = {*self.filters, *(key for key, _ in self.sorting)}
        if self.needle:
            keys |= set(self.sought)
        return any(
            changed & set(self.specs[key].made_of) or self.reads_anew(key)
            for key in keys
            if key in self.specs
        )

    def reword(self) -> None:
        """Forget what depends on the language."""
        for key in list(self._facets):
            if self.specs[key].worded:
                del self._facets[key]
            else:
                self._facets[key].reword()

    def live(self) -> NDArray[np.bool_]:
        """Return which rows are listed at all: a site that was merged into another is none."""
        if self._live is None:
            if self.table.kind is Kind.SITE:
                from geo.edit.merging import live_sites

                self._live = live_sites(self.table)
            else:
                self._live = np.ones(len(self.table), dtype=bool)
        return self._live

    # --- the work ---------------------------------------------------------------------------------

    def facet(self, key: str) -> Facet:
        """Return what is known of a column so far."""
        if key not in self._facets:
            self._facets[key] = Facet(self.specs[key])
        return self._facets[key]

    def filling(self, key: str) -> Iterator[None]:
        """Bring a column up to date with the table, in steps."""
        if self.plan is not None:
            yield from self.facet(key).fill(self.plan, self.table)

    def arranging(self) -> Iterator[NDArray[np.int64] | None]:
        """Yield None for every step, and last the positions of what is shown, in its order."""
        mask = self.live()
        if self.mask is not None:
            mask = mask & self.mask
        for narrowed in self._narrowing():
            if narrowed is not None:
                mask = mask & narrowed
            yield None
        rows = np.flatnonzero(mask)
        keys: list[NDArray[np.float64]] = []
        for key, ascending in self.sorting:
            if key not in self.specs:
                continue
            for _ in self._sortable(key):
                yield None
            keys.append(self.facet(key).keys(ascending=ascending)[rows])
            yield None
        if keys:
            rows = rows[np.lexsort(keys[::-1])]
        yield rows

    def _sortable(self, key: str) -> Iterator[None]:
        yield from self.filling(key)
        yield from self.facet(key).ranking()

    def _narrowing(self) -> Iterator[NDArray[np.bool_] | None]:
        for key, wanted in self.filters.items():
            for _ in self.filling(key):
                yield None
            yield from mask_of(self.facet(key), wanted)
        if self.needle:
            found = np.zeros(len(self.table), dtype=bool)
            for key in self.sought:
                for _ in self._searchable(key):
                    yield None
                found |= self.facet(key).matching(self.needle)
                yield None
            yield found

    def _searchable(self, key: str) -> Iterator[None]:
        yield from self.filling(key)
        yield from self.facet(key).wording()

    def set_needle(self, text: str) -> bool:
        """Look for another text; return whether it is another."""
        needle = folded(text.strip())
        changed, self.needle = needle != self.needle, needle
        return changed

    def set_filters(self, filters: Mapping[str, FieldFilter]) -> None:
        """Narrow by fields; filters that narrow nothing are dropped."""
        self.filters = {k: f for k, f in filters.items() if f and k in self.specs}


def _continues(before: Table, after: Table) -> bool:
    """Tell whether each row of a table is still at its place in the next one."""
    if after.ids is before.ids:
        return True
    kept = len(before)
    return 0 < kept <= len(after) and np.array_equal(after.ids[:kept], before.ids)
