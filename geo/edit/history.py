"""What undo would take back next, found from the log of edits alone: it survives a crash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from geo.edit.edit import Action, Edit
from geo.edit.verbs import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class EditHeader:
    """An edit without its deltas, as the history shows it.

    Attributes:
        count: Number of rows that it touched.
    """

    id: str
    revision: int
    verb: Verb
    params: Mapping[str, str | int]
    actor: str
    at: datetime
    action: Action
    of: str
    barrier: bool
    count: int


def header_of(edit: Edit) -> EditHeader:
    """Return the header of a committed edit."""
    return EditHeader(
        id=edit.id,
        revision=edit.revision,
        verb=edit.verb,
        params=dict(edit.params),
        actor=edit.actor,
        at=edit.at,
        action=edit.action,
        of=edit.of,
        barrier=edit.barrier,
        count=edit.count(),
    )


@dataclass(frozen=True, slots=True)
class History:
    """The state of undo and redo.

    Attributes:
        undoable: Edits that can be taken back, the next one last.
        redoable: Edits that can be put back, the next one last.
    """

    undoable: tuple[EditHeader, ...] = ()
    redoable: tuple[EditHeader, ...] = ()

    def after(self, edit: EditHeader) -> History:
        """Return the state after one more edit; a barrier leaves nothing to take back."""
        if edit.barrier:
            return History()
        if edit.action is Action.DO:
            return History((*self.undoable, edit), ())
        if edit.action is Action.UNDO:
            target = next(e for e in self.undoable if e.id == edit.of)
            return History(
                tuple(e for e in self.undoable if e is not target), (*self.redoable, target)
            )
        target = next(e for e in self.redoable if e.id == edit.of)
        return History((*self.undoable, target), tuple(e for e in self.redoable if e is not target))


def replay(log: Iterable[EditHeader]) -> History:
    """Return the state of undo and redo at the end of a log of edits in order of revision."""
    undoable: list[EditHeader] = []
    redoable: list[EditHeader] = []
    by_id: dict[str, EditHeader] = {}
    for edit in log:
        by_id[edit.id] = edit
        if edit.barrier:
            undoable.clear()
            redoable.clear()
        elif edit.action is Action.DO:
            undoable.append(edit)
            redoable.clear()
        elif edit.action is Action.UNDO:
            undoable.remove(by_id[edit.of])
            redoable.append(by_id[edit.of])
        else:
            redoable.remove(by_id[edit.of])
            undoable.append(by_id[edit.of])
    return History(tuple(undoable), tuple(redoable))
