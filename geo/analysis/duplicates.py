"""Which sites may be one and the same: proposals, never more.

Evidence is what two rows say themselves: their codes, names, owners, addresses and kinds, and how
near they lie, with how exactly each place is known. A site that is known only by its commune is
near nothing: it is compared with the others of its commune, and only a very alike name counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from geo.analysis import near
from geo.analysis.similarity import CHINESE, KHMER, LATIN, Names
from geo.edit.apart import pairs_apart
from geo.edit.merging import kept_ids, live_sites
from geo.formats.text import squeezed
from geo.model.entity import Kind
from geo.model.vocabulary import Precision, SiteKind
from geo.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.analysis.near import FloatArray, IntArray, Pairs
    from geo.edit.reading import PlanRows
    from geo.model.table import Table
    from geo.progress import Progress

BoolArray = NDArray[np.bool_]

WITHIN_M: Final = 150.0
"""Two exactly known places farther apart than this, and than they are accurate, are two places."""
LEAST_NAME: Final = 0.8
LEAST_NAME_IN_COMMUNE: Final = 0.9
"""Of a site that is known only by its commune the name must say more."""
LEAST_NAME_OF_OWNER: Final = 0.6
"""Beside the same owner the name may say less."""
NOBODY_SAID_M: Final = 50.0
"""Accuracy of a position of which nobody said it."""
MOST_REACH_M: Final = 100.0
"""However inaccurate a position is, it reaches no farther: else all of a town would be near."""
MOST_PAIRS: Final = 2000
"""So many are proposed at once, the likeliest."""
COMMON: Final = 20
"""A code or address that more rows than this share is no evidence ("none", "n/a")."""
COMMUNE_DIGITS: Final = 6

# How much each piece of evidence counts, where it is there at all.
_WEIGHTS: Final = {"name": 4.0, "code": 4.0, "place": 3.0, "owner": 1.0, "kind": 1.0}
_IN_COMMUNE = 0.4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that may be one.

    Attributes:
        score: 0 to 1, to order them by; no probability.
        reasons: Codes of the catalogue with their parameters, the weightiest first.
    """

    first_id: str
    second_id: str
    score: float
    reasons: tuple[tuple[str, dict[str, int | str]], ...]


def site_pairs(
    plan: PlanRows,
    *,
    within_m: float = WITHIN_M,
    least_name: float = LEAST_NAME,
    most: int = MOST_PAIRS,
    progress: Progress | None = None,
) -> tuple[Pair, ...]:
    """Return the pairs of sites that may be one, the likeliest first.

    Sites that were merged, and pairs that were found to be different, are left out.

    Args:
        plan: The plan; its tables never change, so that a worker thread may read them.
        within_m: Metres between two places that may be one, besides their accuracies.
        least_name: Likeness of names, 0 to 1, from which near sites are proposed.
        most: How many pairs at most.
        progress: Told of each step, and asked whether to go on.

    Raises:
        CancelledError: The user asked to stop.
    """
    looking = _Sites(plan, within_m, least_name, progress or NoProgress())
    a, b = looking.candidates()
    if not len(a):
        return ()
    scores = looking.scores(a, b)
    best = np.argsort(-scores, kind="stable")[:most]
    return tuple(looking.pair(int(a[i]), int(b[i]), float(scores[i])) for i in best)


class _Sites:
    """The columns of the sites, made ready to be compared; positions count in live sites."""

    def __init__(
        self, plan: PlanRows, within_m: float, least_name: float, progress: Progress
    ) -> None:
        table = plan.table(Kind.SITE)
        self._rows = np.flatnonzero(live_sites(table))
        self._n = len(self._rows)
        self._within, self._least = within_m, least_name
        self._progress = progress
        self._ids = table.ids[self._rows]
        self._lonlat = np.column_stack([table[c][self._rows] for c in ("lon", "lat")])
        self._exact = _exact(table)[self._rows]
        self._accuracy = table["accuracy_m"][self._rows]
        self._reach = np.array([_reach(v) for v in self._accuracy])
        self._communes = _texts(
            table["admin_code"][self._rows],
            lambda code: code[:COMMUNE_DIGITS] if len(code) >= COMMUNE_DIGITS else "",
        )
        self._codes = _texts(table["code"][self._rows], squeezed)
        self._written = table["code"][self._rows]
        self._owners = _texts(table["owner"][self._rows], squeezed)
        self._addresses = _texts(table["address"][self._rows], squeezed)
        self._kinds = table["kind"][self._rows]
        self._names: dict[str, Names] = {}
        for step, (script, column) in enumerate(_NAME_COLUMNS.items()):
            progress.step(step, _STEPS, "duplicates.step.names")
            self._names[script] = Names.of(table[column][self._rows])
        self._apart = _apart(plan, table, {str(i): p for p, i in enumerate(self._ids)})
        self._xy = np.full((self._n, 2), np.nan)
        self._xy[self._exact] = near.metres(*self._lonlat[self._exact].T)

    # --- which pairs are worth a look -----------------------------------------------------------

    def candidates(self) -> Pairs:
        """Return each pair that may be one, once."""
        found = [near.same(self._codes, largest=COMMON), *self._near(), *self._in_commune()]
        a, b = near.once(found, self._n)
        keys = a * self._n + b
        kept = ~np.isin(keys, self._apart)
        return a[kept], b[kept]

    def _near(self) -> Iterator[Pairs]:
        exact = np.flatnonzero(self._exact)
        seen = 0
        for here, there in near.within(self._xy[exact], self._reach[exact], self._within):
            seen = min(seen + near.PIECE, len(exact))
            self._progress.step(
                len(_NAME_COLUMNS) * 1000 + 1000 * seen // len(exact), _STEPS * 1000,
                "duplicates.step.near",
            )  # fmt: skip
            yield self._alike(exact[here], exact[there])

    def _alike(self, a: IntArray, b: IntArray) -> Pairs:
        """Return those of near pairs of which the names, or without names the owner, say more."""
        owner = _same(self._owners, a, b)
        other = owner | _same(self._addresses, a, b)
        look = other | (self._best(a, b, self._least) >= self._least)
        a, b, owner, other = a[look], b[look], owner[look], other[look]
        name, comparable = self._name(a, b)
        least = np.where(owner, min(LEAST_NAME_OF_OWNER, self._least), self._least)
        alike = np.where(comparable, name >= least, other)
        return a[alike], b[alike]

    def _in_commune(self) -> Iterator[Pairs]:
        vague, everyone = np.flatnonzero(~self._exact), np.arange(self._n)
        for one, other in near.beside(vague, everyone, self._communes):
            self._progress.step(_STEPS - 1, _STEPS, "duplicates.step.commune")
            look = self._best(one, other, LEAST_NAME_IN_COMMUNE) >= LEAST_NAME_IN_COMMUNE
            a, b = one[look], other[look]
            alike = self._name(a, b)[0] >= LEAST_NAME_IN_COMMUNE
            yield a[alike], b[alike]

    def _best(self, a: IntArray, b: IntArray, at_least: float) -> FloatArray:
        """Return how alike the names are in the script that says most; below `at_least` maybe 0."""
        best = np.zeros(len(a))
        for names in self._names.values():
            best = np.maximum(best, names.scores(a, b, at_least=at_least))
        return best

    def _name(self, a: IntArray, b: IntArray) -> tuple[FloatArray, BoolArray]:
        """Return how alike the names are, and where there are names to compare at all.

        Halfway between the script that says most and the mean of all: a name that is translated on
        one side and written by its sound on the other does not hide the Khmer one that is the same,
        but it counts.
        """
        best, total, count = np.zeros(len(a)), np.zeros(len(a)), np.zeros(len(a))
        for names in self._names.values():
            score = names.scores(a, b)
            best, total = np.maximum(best, score), total + score
            count += names.known()[a] & (names.script[a] == names.script[b])
        return (best + total / np.maximum(count, 1.0)) / 2, count > 0

    # --- how likely, and why --------------------------------------------------------------------

    def scores(self, a: IntArray, b: IntArray) -> FloatArray:
        """Return how much speaks for each pair, 0 to 1: the mean of the evidence that there is."""
        name, comparable = self._name(a, b)
        placed = self._exact[a] & self._exact[b]
        vague = ~placed & _same(self._communes, a, b)
        place = np.where(placed, self._nearness(a, b), np.where(vague, _IN_COMMUNE, 0.0))
        code = _same(self._codes, a, b)
        owned = self._owners[a].astype(bool) & self._owners[b].astype(bool)
        said = (self._kinds[a] != SiteKind.OTHER) & (self._kinds[b] != SiteKind.OTHER)
        evidence = {
            "name": (name, comparable),
            # Two offices number one business differently: only the same code says something.
            "code": (code.astype(float), code),
            "place": (place, placed | vague),
            "owner": (_same(self._owners, a, b).astype(float), owned),
            "kind": ((self._kinds[a] == self._kinds[b]).astype(float), said),
        }
        total, weight = np.zeros(len(a)), np.zeros(len(a))
        for what, (value, known) in evidence.items():
            total += np.where(known, _WEIGHTS[what] * value, 0.0)
            weight += np.where(known, _WEIGHTS[what], 0.0)
        return np.asarray(total / np.maximum(weight, 1.0))

    def _nearness(self, a: IntArray, b: IntArray) -> FloatArray:
        """Return 1 within the accuracy of both places, down to 0 where they are no more near."""
        apart = np.hypot(*(self._xy[a] - self._xy[b]).T)
        beyond = np.maximum(apart - self._reach[a] - self._reach[b], 0.0)
        near_by = np.nan_to_num(1.0 - beyond / max(self._within, 1.0))
        return np.asarray(np.clip(near_by, 0.0, 1.0))

    def pair(self, a: int, b: int, score: float) -> Pair:
        """Return a pair with its reasons in words."""
        return Pair(str(self._ids[a]), str(self._ids[b]), score, tuple(self._reasons(a, b)))

    def _reasons(self, a: int, b: int) -> Iterator[tuple[str, dict[str, int | str]]]:
        one, other = np.array([a]), np.array([b])
        if self._codes[a] and self._codes[a] == self._codes[b]:
            yield "duplicates.reason.code", {"code": str(self._written[a])}
        for script, names in self._names.items():
            percent = int(100 * names.scores(one, other)[0])
            if percent >= 100 * LEAST_NAME_OF_OWNER:
                yield f"duplicates.reason.name_{script}", {"percent": percent}
        if self._exact[a] and self._exact[b]:
            metres = float(np.hypot(*(self._xy[a] - self._xy[b])))
            yield apart_words(metres, self._accuracy[a], self._accuracy[b])
        elif self._communes[a] and self._communes[a] == self._communes[b]:
            yield "duplicates.reason.commune", {}
        if self._owners[a] and self._owners[a] == self._owners[b]:
            yield "duplicates.reason.owner", {}
        if self._addresses[a] and self._addresses[a] == self._addresses[b]:
            yield "duplicates.reason.address", {}
        if SiteKind.OTHER not in {self._kinds[a], self._kinds[b]}:
            same = self._kinds[a] == self._kinds[b]
            yield f"duplicates.reason.{'same' if same else 'other'}_kind", {}


_NAME_COLUMNS: Final = {KHMER: "name_km", LATIN: "name_en", CHINESE: "name_zh"}
_STEPS: Final = len(_NAME_COLUMNS) + 2


def apart_words(
    metres: float, one_m: float | None, other_m: float | None
) -> tuple[str, dict[str, int | str]]:
    """Return how far apart two points are, as exactly as somebody said that they are known."""
    if one_m is None or other_m is None:
        return "duplicates.reason.apart_unsaid", {"metres": round(metres)}
    accuracy = round(float(one_m) + float(other_m))
    return "duplicates.reason.apart", {"metres": round(metres), "accuracy": accuracy}


def _exact(table: Table) -> BoolArray:
    known = np.isfinite(table["lon"]) & np.isfinite(table["lat"])
    return np.asarray(known & (table["precision"] == Precision.POINT.value), dtype=bool)


def _reach(accuracy_m: float | None) -> float:
    return min(NOBODY_SAID_M if accuracy_m is None else float(accuracy_m), MOST_REACH_M)


def _texts(values: NDArray[np.object_], form: Callable[[str], str]) -> NDArray[np.object_]:
    made = np.empty(len(values), dtype=object)
    made[:] = [form(value) if value else "" for value in values]
    return made


def _same(keys: NDArray[np.object_], a: IntArray, b: IntArray) -> BoolArray:
    return np.asarray(keys[a].astype(bool) & (keys[a] == keys[b]), dtype=bool)


def _apart(plan: PlanRows, table: Table, position: dict[str, int]) -> IntArray:
    """Return the pairs that were found to be different, as one number each.

    What was found of a merged site holds of the site that it turned out to be.
    """
    kept, n = kept_ids(table), len(position)
    keys = []
    for pair in pairs_apart(plan, Kind.SITE):
        a, b = (position.get(kept.get(i, i), -1) for i in pair)
        if min(a, b) >= 0:
            keys.append(min(a, b) * n + max(a, b))
    return np.array(keys, dtype=np.int64)
