"""An allegation that was taken in, for the tests of what is done with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from geo.edit.allegation_states import Basis
from geo.edit.allegations import add_allegation, set_state
from geo.errors import InputError
from geo.model.allegation import Allegation

if TYPE_CHECKING:
    from geo.model.vocabulary import AllegationStatus

NOW = datetime(2022, 9, 12, 14, 0)  # noqa: DTZ001 - local, as the plan's own times are


def taken_in(plan, allegation: Allegation) -> Allegation:
    """Take an allegation in and return it as it stands in the plan."""
    plan.commit(add_allegation(plan, allegation, now=NOW))
    return plan.all(Allegation)[0]


def refusal(act) -> str:
    """Return why something is refused."""
    with pytest.raises(InputError) as refused:
        act()
    return refused.value.code


def current(plan, allegation: Allegation) -> Allegation:
    """Return an allegation as it is now."""
    return plan.get(Allegation, allegation.id)


def walk(plan, allegation: Allegation, *states: AllegationStatus, basis=Basis.INSPECTION) -> None:
    """Take an allegation from state to state."""
    for state in states:
        plan.commit(set_state(plan, allegation.id, state, basis=basis))
