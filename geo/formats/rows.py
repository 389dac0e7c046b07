"""Every row of a file is exactly one of imported, rejected, waiting.

No switch of any library notices 0,0, exchanged axes, metres as degrees, a day that does not exist
or a code that comes twice. The application looks for all of that itself, and nothing is dropped
without its row, field, value and reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.formats.found import Existing, Problem, Repair
from geo.formats.kept import kept_row
from geo.formats.mapping import Mapping, check_usable
from geo.formats.raw import RawTable
from geo.formats.targets import allegation, crossing, inspection, licence, site, team, zone
from geo.formats.team_groups import gathered
from geo.formats.work import Work
from geo.gazetteer import Gazetteer
from geo.model.codec import Scalar
from geo.model.entity import Kind

if TYPE_CHECKING:
    from geo.progress import Progress

_BUILDERS: dict[Kind, Callable[[Work], dict[str, list[Scalar]]]] = {
    Kind.SITE: site.build,
    Kind.LICENCE: licence.build,
    Kind.ALLEGATION: allegation.build,
    Kind.CROSSING: crossing.build,
    Kind.TEAM: team.build,
    Kind.ZONE: zone.build,
    Kind.INSPECTION: inspection.build,
}


@dataclass(frozen=True, slots=True)
class Question:
    """Waiting rows that ask the same.

    Attributes:
        code: Message code.
        params: Its parameters.
        rows: Row numbers as a person counts, with their sheet.
    """

    code: str
    params: Dict[str, str]
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A file after the check.

    Attributes:
        target: What its rows become.
        mapping: How its columns were read.
        rows: Number of data rows: always imported + rejected + waiting.
        good: Positions of the rows that can be imported.
        columns: Values of the good rows, as `codec.columns_of(target)` wants them; names with an
            underscore in
            front are references that the edit turns into ids.
        rejected: The first fault of each rejected row.
        waiting: The first question of each waiting row.
        also: Further faults and questions of those rows.
        repairs: What was mended or understood and should be seen.
        raw: The file's rows, for what is kept of those that were not imported.
    """

    target: Kind
    mapping: Mapping
    rows: int
    good: tuple[int, ...]
    columns: Dict[str, list[Scalar]]
    rejected: tuple[Problem, ...]
    waiting: tuple[Problem, ...]
    also: tuple[Problem, ...]
    repairs: tuple[Repair, ...]
    raw: RawTable

    @cached_property
    def _torn(self) -> frozenset[int]:
        return frozenset(p.position for p in self.rejected if p.field == "line")

    @property
    def imported(self) -> int:
        """Number of rows that can be imported."""
        return len(self.good)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What has to be asked, each once, with its rows."""
        grouped: dict[tuple[str, str], list[Problem]] = {}
        for problem in self.waiting:
            params = {k: v for k, v in problem.params.items() if k != "row"}
            key = (problem.code, json.dumps({**params, "field": problem.field}, sort_keys=True))
            grouped.setdefault(key, []).append(problem)
        return tuple(
            Question(
                code,
                {**problems[0].params, "field": problems[0].field},
                tuple((p.sheet, p.row) for p in problems),
            )
            for (code, _), problems in grouped.items()
        )

    def values_of(self, position: int) -> str:
        """Return a row as JSON for the plan: the columns that a field takes, free text masked.

        What no field takes is left out: an unknown column may hold the name of a person. So is
        everything of a torn line, whose words stand in the wrong columns.
        """
        if position in self._torn:
            return "{}"
        return json.dumps(kept_row(self.raw, self.mapping, position), ensure_ascii=False)


def check(
    raw: RawTable,
    mapping: Mapping,
    target: Kind | None = None,
    gazetteer: Gazetteer | None = None,
    existing: Existing | None = None,
    progress: Progress | None = None,
) -> Checked:
    """Check every row of a file.

    Args:
        raw: The rows as they were read.
        mapping: Which column is which field.
        target: What the rows become; by default what the mapping says.
        gazetteer: Names and territory; by default the one that is shipped.
        existing: What the plan holds already; by default nothing.
        progress: Told how many rows are checked so far, and asked whether to go on.

    Raises:
        InputError: The mapping would import nothing.
        CancelledError: The user asked to stop.
    """
    kind = target or mapping.target
    if kind not in _BUILDERS:
        raise InputError("error.import.no_target", target=kind.value)
    check_usable(raw, mapping)
    if kind is Kind.TEAM:
        raw = gathered(raw, mapping)
    work = Work(raw, mapping, gazetteer or Gazetteer.load(), existing or Existing(), progress)
    columns = _BUILDERS[kind](work)
    good = tuple(i for i in range(work.n) if not work.problems[i])
    rejected, waiting, also = _sorted_out(work)
    if len(good) + len(rejected) + len(waiting) != len(raw):
        message = "row conservation is broken"
        raise AssertionError(message)
    return Checked(
        target=kind,
        mapping=mapping,
        rows=len(raw),
        good=good,
        columns=_good_ones(columns, good),
        rejected=tuple(rejected),
        waiting=tuple(waiting),
        also=tuple(also),
        repairs=tuple(sorted(work.repairs, key=lambda r: (r.sheet, r.row))),
        raw=work.raw,
    )


def _good_ones(columns: dict[str, list[Scalar]], good: tuple[int, ...]) -> dict[str, list[Scalar]]:
    """Return the good rows' values; each whole column is given back before the next is made."""
    kept: dict[str, list[Scalar]] = {}
    for name in list(columns):
        values = columns.pop(name)
        kept[name] = values if len(good) == len(values) else [values[i] for i in good]
    return kept


def _sorted_out(work: Work) -> tuple[list[Problem], list[Problem], list[Problem]]:
    """Return one fault of each bad row: a rejection counts more than a question."""
    rejected: list[Problem] = []
    waiting: list[Problem] = []
    also: list[Problem] = []
    for problems in work.problems:
        if not problems:
            continue
        main = next((p for p in problems if not p.ask), problems[0])
        (waiting if main.ask else rejected).append(main)
        also += [p for p in problems if p is not main]
    return rejected, waiting, also
