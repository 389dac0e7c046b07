"""The states of an allegation: which one may follow which, and what corroboration rests upon."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from geo.model.vocabulary import AllegationStatus

_S = AllegationStatus


class Basis(StrEnum):
    """What makes an allegation corroborated: the rule, or what is named in its stead.

    A closed list and no free text, because it stays in the history of the plan for ever.
    """

    INDEPENDENT_SOURCES = "independent_sources"
    INSPECTION = "inspection"
    DOCUMENT = "document"
    AUTHORITY = "authority"


_ON: Final[dict[AllegationStatus, frozenset[AllegationStatus]]] = {
    _S.RECEIVED: frozenset({_S.TRIAGED}),
    _S.TRIAGED: frozenset({_S.DUPLICATE, _S.INSUFFICIENT, _S.ASSESSING}),
    _S.DUPLICATE: frozenset(),
    _S.INSUFFICIENT: frozenset(),
    _S.ASSESSING: frozenset({_S.CORROBORATED, _S.UNSUBSTANTIATED}),
    _S.CORROBORATED: frozenset({_S.ACTIONED}),
    _S.UNSUBSTANTIATED: frozenset({_S.ACTIONED}),
    _S.ACTIONED: frozenset({_S.CLOSED}),
    _S.CLOSED: frozenset(),
}
# Reopening leads back to where the question is asked again: what was set aside at the triage to the
# triage, everything later to the assessment.
_BACK: Final = {
    _S.DUPLICATE: _S.TRIAGED,
    _S.INSUFFICIENT: _S.TRIAGED,
    _S.CORROBORATED: _S.ASSESSING,
    _S.UNSUBSTANTIATED: _S.ASSESSING,
    _S.ACTIONED: _S.ASSESSING,
    _S.CLOSED: _S.ASSESSING,
}
REOPENED: Final = frozenset(_BACK.items())
"""The steps, from and to, by which an allegation is opened again."""

TRANSITIONS: Final[dict[AllegationStatus, frozenset[AllegationStatus]]] = {
    state: after | {_BACK[state]} if state in _BACK else after for state, after in _ON.items()
}
