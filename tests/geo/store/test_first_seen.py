"""When a row came into the plan, from the log of every store."""

from __future__ import annotations

from geo.edit.edit import Action, Edit, inserting
from geo.edit.verbs import Verb
from geo.model.site import Site
from geo.store.first_seen import first_in, first_seen

SITE = Site(id="one", code="1")


def test_a_row_counts_from_the_edit_that_first_inserted_it(store):
    added = store.commit(Edit(verb=Verb.ADD_SITE, deltas=(inserting([SITE]),)))
    gone = store.commit(added.inverse(Action.UNDO))
    store.commit(
        Edit(verb=Verb.ADD_SITE, deltas=(inserting([SITE]),), action=Action.REDO, of=added.id)
    )
    assert gone.revision == added.revision + 1
    assert first_seen(store)["one"] == added.at.isoformat()


def test_the_answer_of_a_store_is_that_of_its_whole_log(store):
    store.commit(Edit(verb=Verb.ADD_SITE, deltas=(inserting([SITE, Site(id="two")]),)))
    assert first_seen(store) == first_in(store.changes_since(0))
