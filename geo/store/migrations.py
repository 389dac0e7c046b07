"""Bringing an older plan file up to the present schema, step by step, in one transaction.

A step must leave rows and history as they are for the reader: the log is never rewritten, so a step
that adds a column gives it a default that `check` knows from the entity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.store.schema import (
    CONTENT_TABLE,
    column_definition,
    kind_statements,
    kind_triggers,
    quoted,
    stored_columns,
    triggers,
)
from geo.store.versions import ADDED, NEW, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.store.connection import Connection


def _to_2(connection: Connection) -> None:
    """Photographs, merged sites, and what the register's forms brought with them."""
    connection.execute(CONTENT_TABLE)
    for name, statement in triggers().items():
        if name.startswith("ucm_guard_content_"):
            connection.execute(statement)
    _grow(connection, 2)


def _to_3(connection: Connection) -> None:
    """The day of an operation: support, overrides, the log, checklists; zones made of units."""
    _grow(connection, 3)


def _to_4(connection: Connection) -> None:
    """Analysis: who is behind it and by whose decision; questions that are kept; returns."""
    _grow(connection, 4)


def _grow(connection: Connection, version: int) -> None:
    """Add the columns and the tables of a version."""
    for kind, names in ADDED[version].items():
        # A kind that came on the way here was made with the columns of today.
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({quoted(kind.value)})")}
        for column in stored_columns(kind):
            if column.name in names and column.name not in there:
                connection.execute(
                    f"ALTER TABLE {quoted(kind.value)} ADD COLUMN {column_definition(kind, column)}"
                )
    for kind in NEW[version]:
        for statement in (*kind_statements(kind), *kind_triggers(kind).values()):
            connection.execute(statement)


STEPS: Mapping[int, Callable[[Connection], None]] = {1: _to_2, 2: _to_3, 3: _to_4}
"""Schema version → what turns it into the next one. Version 1 is the first."""


def migrate(
    connection: Connection,
    found: int,
    *,
    steps: Mapping[int, Callable[[Connection], None]] = STEPS,
    target: int = SCHEMA_VERSION,
    accept: Callable[[Connection], None] = lambda _connection: None,
) -> None:
    """Run the steps from the version found in the file to `target`: all of them, or none.

    Args:
        connection: Of the plan.
        found: Version in the file.
        steps: One for each version that is left behind.
        target: Version to reach.
        accept: Looks at what came of it, and raises if it shall not stay.
    """
    if found >= target:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for version in range(found, target):
            steps[version](connection)
        connection.execute(
            "UPDATE ucm_meta SET value = ? WHERE key = 'schema_version'", (str(target),)
        )
        accept(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
