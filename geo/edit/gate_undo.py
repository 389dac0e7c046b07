"""Taking back and putting back: only what was done, and what was signed only by who signed it.

An undo repeats what passed the gate before, so its rows are not looked at again. That holds only if
it is what it says it is: the edit that lies on top, inverted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.edit.edit import Action
from geo.edit.verbs import Verb
from geo.errors import NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.edit.edit import Delta, Edit
    from geo.edit.history import History
    from geo.model.codec import Scalar
    from geo.model.table import Columns

# Signed by who proposes, so that nobody else takes it back, or puts it back in that name.
PROPOSER_ONLY: Final = frozenset({Verb.SUBMIT_OPERATION, Verb.WITHDRAW_OPERATION})
# A decision stands in the ledger in the name of who entered it: nobody else enters it again.
IN_ONES_NAME: Final = frozenset({Verb.DECIDE_STATUS, Verb.DECIDE_PERSON})


def demand_genuine(
    edit: Edit, history: History, original_of: Callable[[str], Edit], actor_id: str
) -> None:
    """Refuse an undo or redo that is not exactly that.

    Args:
        edit: Any edit; one that is new is let through.
        history: What can be taken back and put back.
        original_of: Returns a committed edit with its deltas.
        actor_id: Who takes it back.

    Raises:
        NotAllowedError: It takes back something else than it says, or what somebody else signed.
    """
    if edit.action is Action.DO:
        return
    undoes = edit.action is Action.UNDO
    stack = history.undoable if undoes else history.redoable
    if not stack or stack[-1].id != edit.of:
        raise NotAllowedError("error.undo.not_the_last")
    original = original_of(edit.of)
    expected = original.inverse(Action.UNDO).deltas if undoes else original.deltas
    if edit.barrier or edit.verb is not original.verb or not _same(edit.deltas, expected):
        raise NotAllowedError("error.undo.not_the_last")
    bound = PROPOSER_ONLY if undoes else PROPOSER_ONLY | IN_ONES_NAME
    if original.verb in bound and original.actor != actor_id:
        raise NotAllowedError("error.undo.signed")


def _same(given: tuple[Delta, ...], expected: tuple[Delta, ...]) -> bool:
    if len(given) != len(expected):
        return False
    return all(
        (a.kind, tuple(a.ids)) == (b.kind, tuple(b.ids))
        and _columns(a.before) == _columns(b.before)
        and _columns(a.after) == _columns(b.after)
        for a, b in zip(given, expected, strict=True)
    )


def _columns(columns: Columns | None) -> dict[str, tuple[Scalar, ...]] | None:
    """Return columns as they compare: lists and tuples of one content are the same."""
    return None if columns is None else {name: tuple(v) for name, v in columns.items()}
