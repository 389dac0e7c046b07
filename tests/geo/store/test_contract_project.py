"""A project and its store hold the same, whatever is done, taken back and put back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.edit.edit import Edit, inserting, updating
from geo.edit.verbs import Verb
from geo.model.entity import Kind
from geo.project import Project

if TYPE_CHECKING:
    from geo.model.table import Table


def same(one: Table, other: Table) -> bool:
    return (
        list(one.ids) == list(other.ids)
        and list(one.versions) == list(other.versions)
        and [one.row_at(i) for i in range(len(one))] == [other.row_at(i) for i in range(len(other))]
    )


# A project takes them only as acts of their own, and no row of made-up values is one.
RULED = frozenset(
    (
        Kind.STATUS_DECISION,
        Kind.OPERATION,
        Kind.ZONE,
        Kind.ASSIGNMENT,
        Kind.OVERRIDE,
        Kind.COORDINATION,
        Kind.OUTCOME,
        Kind.FINE,
        Kind.LOG_ENTRY,
        Kind.PERSON_REF,
        Kind.PERSON_DECISION,
        Kind.RETURN,
    )
)


def test_what_the_project_holds_is_what_the_store_gives_back(
    store, every_kind, planner, signer, sample_contents
):
    project = Project(store, planner, signer)

    def demand_same() -> None:
        for kind in Kind:
            assert same(store.load(kind), project.table(kind)), kind

    start = {kind: list(store.load(kind).ids) for kind in Kind}
    for kind, entities in every_kind:
        if kind in RULED:
            continue
        project.commit(Edit(verb=Verb.IMPORT, deltas=(inserting(entities),)), sample_contents)
        old = project.table(kind).entity(entities[0].id)
        other = project.table(kind).entity(entities[1].id)
        changed = replace(other, id=old.id, version=old.version)
        project.commit(Edit(verb=Verb.IMPORT, deltas=(updating(old, changed),)))
        assert project.table(kind).entity(old.id) == replace(changed, version=2)
    demand_same()
    full = {kind: store.load(kind) for kind in Kind}
    while project.history.undoable:
        project.undo()
    demand_same()
    assert {kind: list(store.load(kind).ids) for kind in Kind} == start
    while project.history.redoable:
        project.redo()
    demand_same()
    assert all(list(store.load(kind).ids) == list(full[kind].ids) for kind in Kind)
