"""What a session has done on the store's own thread: loading, looking after, signing, logging."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geo.errors import PlanError

if TYPE_CHECKING:
    from pathlib import Path

    # At run time these would bring numpy and shapely into the first second of the window.
    from geo.edit.edit import Edit  # noqa: TC004 - see above
    from geo.model.entity import Kind  # noqa: TC004 - likewise
    from geo.model.table import Table  # noqa: TC004 - likewise
    from geo.project import Project  # noqa: TC004 - likewise
    from geo.store.protocol import Signer, Store


@dataclass(frozen=True, slots=True)
class Job:
    """An edit to come.

    Attributes:
        build: Turns the project into the edit.
        on_store: `build` reads the store, or it or its check takes long, so that both run on the
            store's thread; the tables stay as they are until this edit is absorbed.
        done: Told of the edit once it is absorbed.
        failed: Told instead of everybody why nothing was changed.
        contents: What the edit's attachments hold, by SHA-256.
    """

    build: Callable[[Project], Edit]
    on_store: bool
    done: Callable[[Edit], None] | None
    failed: Callable[[PlanError], None] | None = None
    contents: Mapping[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An edit that the disk has.

    Attributes:
        edit: As it was committed.
        tables: The plan's tables with it, made on the store's thread.
    """

    edit: Edit
    tables: Mapping[Kind, Table]


def load_plan(
    store: Store, preferred_user: str, signer_of: Callable[[str], Signer | None]
) -> tuple[Project, dict[str, Signer]]:
    """Return the plan of a store, with somebody acting whose key is here, and all keys here."""
    from geo.model.entity import Kind
    from geo.model.plan import User
    from geo.project import Project

    project = Project(store)
    _prepare({kind: project.table(kind) for kind in Kind})
    signers = {
        user.id: signer
        for user in project.all(User)
        if user.active and (signer := signer_of(user.id)) is not None
    }
    chosen = preferred_user if preferred_user in signers else next(iter(signers), "")
    if chosen:
        project.user, project.signer = project.get(User, chosen), signers[chosen]
    return project, signers


def written(project: Project, edit: Edit) -> Written:
    """Return a committed edit with the plan's new tables, ready for what will be asked of them."""
    tables = project.tables_after(edit)
    _prepare(tables)
    return Written(edit, tables)


def _prepare(tables: Mapping[Kind, Table]) -> None:
    """Make ready on the store's thread what would make the main thread wait."""
    from layers.content import prepare

    # What is wrong with a row is told by whoever shows it: the edit is on the disk all the same.
    with suppress(KeyError, TypeError, ValueError):
        prepare(tables)


def copy_plan(project: Project, path: Path) -> None:
    """Write the whole plan as it is now to another file, and log that a copy was made.

    Raises:
        PlanError: The file cannot be written, or the plan has no file of its own.
    """
    from geo.store.geopackage import GeoPackageStore

    if not isinstance(project.store, GeoPackageStore):
        raise PlanError("window.error.no_file")
    project.store.snapshot_to(path)
    project.record("export", kind="plan", grade="command")


def look_after(store: Store) -> list[PlanError]:
    """Return what opening found, after the copy that a big plan had left to be made."""
    codes = store.warnings
    if store.backup_due:
        from geo.store.backup import back_up

        try:
            back_up(store)  # type: ignore[arg-type] # only a file says that its copy is due
        except (PlanError, OSError):
            codes = (*codes, "error.store.no_backup")
    return [PlanError(code) for code in codes]


def recording(
    project: Project | None, what: str, details: Mapping[str, str | int]
) -> Callable[[], None] | None:
    """Return what logs an event for who acts at this moment; None without a plan."""
    from geo.store.protocol import AuditEvent

    if project is None:
        return None
    user, signer, store = project.user, project.signer, project.store
    event = AuditEvent(
        what=what, actor=user.id if user else "", at=datetime.now(UTC), details=details
    )
    return lambda: store.record(event, signer)


def key_of(user_id: str, signers: Mapping[str, Signer]) -> Signer:
    """Return the key of a user; without it the edit would stand in the audit unsigned.

    Raises:
        PlanError: It is not on this machine.
    """
    if user_id not in signers:
        raise PlanError("window.error.no_key")
    return signers[user_id]


def let_go(store: Store | None) -> None:
    """Close a store that could not be used."""
    if store is not None:
        store.close()
