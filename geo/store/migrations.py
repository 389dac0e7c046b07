"""Bringing an older plan file up to the present schema, step by step, in one transaction.

A step must leave rows and history as they are for the reader: the log is never rewritten, so a step
that adds a column gives it a default that `check` knows from the entity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.store.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.store.connection import Connection

STEPS: Mapping[int, Callable[[Connection], None]] = {}
"""Schema version → what turns it into the next one. Version 1 is the first."""


def migrate(
    connection: Connection,
    found: int,
    *,
    steps: Mapping[int, Callable[[Connection], None]] = STEPS,
    target: int = SCHEMA_VERSION,
) -> None:
    """Run the steps from the version found in the file to `target`: all of them, or none."""
    if found >= target:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for version in range(found, target):
            steps[version](connection)
        connection.execute(
            "UPDATE ucm_meta SET value = ? WHERE key = 'schema_version'", (str(target),)
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
