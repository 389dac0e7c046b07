"""Allegations that turn out to repeat another; both stay as they came in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.edit.apart import day_of, no_longer_apart, referred
from geo.edit.edit import Delta, Edit, updating
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.allegation import Allegation
from geo.model.entity import Kind
from geo.model.vocabulary import AllegationStatus, Answer

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows

OPEN: Final = frozenset(
    {AllegationStatus.RECEIVED, AllegationStatus.TRIAGED, AllegationStatus.ASSESSING}
)
"""States in which an allegation may still turn out to repeat another."""


def preferred_allegation(plan: PlanRows, first_id: str, second_id: str) -> tuple[str, str]:
    """Return which of two allegations to keep and which repeats it.

    The one that says that people are held now stays, else the one that is further on, else the one
    that came in first.
    """

    def weight(one: Allegation) -> tuple[bool, bool, str]:
        received = one.received_on.isoformat() if one.received_on else "9999"
        return one.held_now is not Answer.YES, one.status in OPEN, received

    first, second = plan.get(Allegation, first_id), plan.get(Allegation, second_id)
    return (second_id, first_id) if weight(second) < weight(first) else (first_id, second_id)


def merge_allegations(plan: PlanRows, keep_id: str, drop_id: str) -> Edit:
    """Return the edit by which an allegation is found to repeat another; undo takes it back.

    Both stay as they came in, each with what its own source said: no value moves from one to the
    other. What already repeated the second one repeats the first from now on.

    Raises:
        InputError: One is gone, repeats another already, or is past the state in which that can be
            found; or only the second says that people are held now, which must not be put away.
    """
    keep, drop = plan.find(Allegation, keep_id), plan.find(Allegation, drop_id)
    if keep is None or drop is None:
        raise InputError("error.merge.allegation_gone")
    if keep_id == drop_id:
        raise InputError("error.merge.same")
    for one in (keep, drop):
        if one.status is AllegationStatus.DUPLICATE or one.duplicate_of:
            raise InputError("error.merge.duplicate_already", name=referred(one))
    if drop.status not in OPEN:
        raise InputError("error.merge.not_open", name=referred(drop), keep=referred(keep))
    if drop.held_now is Answer.YES and keep.held_now is not Answer.YES:
        raise InputError("error.merge.held", name=referred(drop), keep=referred(keep))
    new = replace(drop, status=AllegationStatus.DUPLICATE, duplicate_of=keep_id)
    return Edit(
        verb=Verb.MERGE,
        params={"name": day_of(keep)},
        deltas=(
            updating(drop, new),
            *_repeating(plan, drop_id, keep_id),
            *no_longer_apart(plan, Kind.ALLEGATION, keep_id, drop_id),
        ),
    )


def _repeating(plan: PlanRows, drop_id: str, keep_id: str) -> tuple[Delta, ...]:
    table = plan.table(Kind.ALLEGATION)
    positions = ((table["duplicate_of"] == drop_id) & (table.ids != keep_id)).nonzero()[0]
    if not len(positions):
        return ()
    return (
        Delta(
            Kind.ALLEGATION,
            tuple(str(i) for i in table.ids[positions]),
            tuple(int(v) for v in table.versions[positions]),
            {"duplicate_of": (drop_id,) * len(positions)},
            {"duplicate_of": (keep_id,) * len(positions)},
        ),
    )
