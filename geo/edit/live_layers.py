"""Questions that are kept as live layers: saving, changing and deleting them.

A live layer holds the question and never its answers: these are found anew from the rows as they
are, so that a layer cannot say what is no longer so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.edit.edit import Edit, deleting, inserting, updating
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.masking import mask
from geo.model.asking import LiveLayer
from geo.question.wire import checked, from_json, to_json

if TYPE_CHECKING:
    from geo.edit.reading import PlanRows
    from geo.question.form import Question

COLOURS: Final = 6
MOST: Final = 12
"""More layers than these could not be told apart on a map."""
LONGEST_NAME: Final = 80


def save_question(plan: PlanRows, name: str, question: Question) -> Edit:
    """Return the edit that keeps a question as a live layer.

    Raises:
        InputError: The name is empty, too long or taken, there are too many layers, or the question
            cannot be asked.
    """
    there = plan.all(LiveLayer)
    if len(there) >= MOST:
        raise InputError("error.live.too_many", most=MOST)
    used = {layer.colour for layer in there}
    layer = LiveLayer(
        name=_name(plan, name),
        of=question.about.kind,
        question=to_json(checked(question)),
        colour=next((c for c in range(COLOURS) if c not in used), len(there) % COLOURS),
        made_by=plan.user.id if plan.user else "",
    )
    return Edit(verb=Verb.ADD_LIVE_LAYER, params={"name": layer.name}, deltas=(inserting([layer]),))


def change_live_layer(
    plan: PlanRows, layer_id: str, *, name: str | None = None, question: Question | None = None
) -> Edit:
    """Return the edit that gives a live layer another name or another question.

    Raises:
        InputError: It is gone, the name is empty, too long or taken, or the question cannot be
            asked.
    """
    old = live_layer_of(plan, layer_id)
    new = old
    if name is not None:
        new = replace(new, name=_name(plan, name, layer_id))
    if question is not None:
        text = to_json(checked(question))
        new = replace(new, question=text, of=question.about.kind)
    return Edit(verb=Verb.EDIT_LIVE_LAYER, params={"name": new.name}, deltas=(updating(old, new),))


def delete_live_layer(plan: PlanRows, layer_id: str) -> Edit:
    """Return the edit that removes a live layer; the rows that it showed stay as they are.

    Raises:
        InputError: It is gone.
    """
    layer = live_layer_of(plan, layer_id)
    return Edit(verb=Verb.DELETE_LIVE_LAYER, params={"name": layer.name}, deltas=(deleting(layer),))


def live_layer_of(plan: PlanRows, layer_id: str) -> LiveLayer:
    """Return a live layer.

    Raises:
        InputError: It is gone.
    """
    layer = plan.find(LiveLayer, layer_id)
    if layer is None:
        raise InputError("error.live.gone")
    return layer


def question_of(layer: LiveLayer) -> Question:
    """Return the question of a live layer.

    Raises:
        InputError: It was made by a newer program, or is damaged.
    """
    return from_json(layer.question)


def _name(plan: PlanRows, name: str, own_id: str = "") -> str:
    """Return a name as it is kept, if it may be had; numbers of telephones are masked in it."""
    name = mask(name.strip())
    if not name or len(name) > LONGEST_NAME:
        raise InputError("error.live.name", most=LONGEST_NAME)
    taken = {layer.name.casefold() for layer in plan.all(LiveLayer) if layer.id != own_id}
    if name.casefold() in taken:
        raise InputError("error.live.taken", name=name)
    return name
