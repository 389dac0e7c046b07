"""Making and opening plan files.

Whatever is wrong with a file is one `PlanFileError`, and the file stays as it was.
"""

from __future__ import annotations

import contextlib
import errno
import os
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from geo.edit.edit import stamped
from geo.edit.verbs import Verb, demand
from geo.errors import InputError, PlanError, PlanFileError
from geo.keys import KeyStore
from geo.model.entity import new_id
from geo.model.plan import PlanInfo, User
from geo.store import files
from geo.store.backup import back_up
from geo.store.check_file import trigger_problems
from geo.store.connection import (
    Connection,
    configure,
    connect,
    file_errors,
    register_functions,
    store_errors,
)
from geo.store.geopackage import GeoPackageStore
from geo.store.lock import PlanLock, acquire
from geo.store.migrations import migrate
from geo.store.opening import connected, demand_plan, real_path, tail_warnings
from geo.store.schema import APPLICATION_ID, GPKG_VERSION, statements
from geo.store.seed import first_edit
from geo.store.versions import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.store.protocol import Signer

PLAIN_SUFFIX = ".gpkg"
PROTECTED_SUFFIX = ".ucmplan"
"""A protected plan is no GeoPackage to other programs, so it does not call itself one."""

# A bigger plan is looked through and copied after the window is up, by whoever opened it.
AT_ONCE_BYTES = 48 * 1024 * 1024
# Why an older plan cannot be brought up to date where it lies, though it is whole.
_NOT_HERE = frozenset(
    {
        *("error.plan.read_only", "error.plan.read_only_folder", "error.plan.two_names"),
        *("error.plan.in_use", "error.plan.in_use_elsewhere", "error.plan.locked"),
        *("error.plan.disk_full", "error.plan.no_copy_before_update"),
    }
)


def create_plan(  # noqa: PLR0913 - the facts of a new plan
    path: Path,
    *,
    name: str,
    province_code: str,
    users: Sequence[User],
    actor: User,
    passphrase: str | None = None,
    fictional: bool = False,
    office_km: str = "",
    office_en: str = "",
    signer: Signer | None = None,
    crossings: bool = True,
) -> GeoPackageStore:
    """Make a plan file and open it.

    It is made under another name and gets its own when it is whole, so that a full disk leaves
    nothing behind.

    Args:
        path: Where; must not exist. With a passphrase not ``.gpkg``.
        name: Title of the plan.
        province_code: NCDD code of its province.
        users: The users, with their public keys.
        actor: Who makes it, one of `users`.
        passphrase: Makes a protected plan.
        fictional: Demonstration data.
        office_km: Office for the title block, Khmer.
        office_en: The same in English.
        signer: Signs the first audit row; the actor's key on this computer if not given.
        crossings: Start with the shipped border crossings.

    Raises:
        PlanFileError: The file exists, or the folder is missing, read-only or on a network drive.
        StoreError: The disk is full or refused.
        NotAllowedError: The actor's role does not permit it.
        InputError: The actor is not among the users.
    """
    path = real_path(path)
    demand(actor, Verb.CREATE_PLAN)
    if actor.id not in {u.id for u in users}:
        raise InputError("error.plan.actor_is_no_user")
    _demand_place(path, passphrase)
    if signer is None and actor.public_key:
        signer = KeyStore().signer(actor.id)
    temporary = files.temporary_beside(path)
    try:
        with store_errors():
            connection = connect(temporary, passphrase)
            try:
                _lay_out(connection)
                store = GeoPackageStore(temporary, connection, passphrase=passphrase)
            except BaseException:
                connection.close()
                raise
            with contextlib.closing(store):
                now = datetime.now(UTC)
                info = PlanInfo(
                    name=name,
                    province_code=province_code,
                    created_at=now,
                    office_km=office_km,
                    office_en=office_en,
                    fictional=fictional,
                )
                edit = first_edit(info, users, crossings=crossings)
                store.commit(stamped(edit, actor=actor.id, at=now), signer)
        files.put_in_place(temporary, path, overwrite=False)
    finally:
        files.remove_database(temporary)
    return open_plan(path, passphrase=passphrase, backup=False)


def _demand_place(path: Path, passphrase: str | None) -> None:
    name = path.name
    if passphrase == "":
        raise PlanFileError("error.plan.empty_passphrase", name=name)
    if passphrase and path.suffix.lower() == PLAIN_SUFFIX:
        raise PlanFileError("error.plan.protected_suffix", name=name, suffix=PROTECTED_SUFFIX)
    files.refuse_network(path)
    try:
        if path.exists():
            raise PlanFileError("error.plan.exists", name=name)
        if not path.parent.is_dir():
            raise PlanFileError("error.plan.no_folder", name=name)
        files.demand_nothing_beside(path)
        probe = files.temporary_beside(path)
        os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        probe.unlink()
    except OSError as error:
        long = error.errno == errno.ENAMETOOLONG
        code = "error.plan.bad_name" if long else "error.plan.read_only_folder"
        raise PlanFileError(code, name=name) from None


def _lay_out(connection: Connection) -> None:
    """Write the empty schema."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {GPKG_VERSION}")
    configure(connection)
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements():
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO ucm_meta VALUES (?, ?)",
        [("schema_version", str(SCHEMA_VERSION)), ("plan_id", new_id())],
    )
    connection.execute("COMMIT")


def open_plan(
    path: Path, *, passphrase: str | None = None, read_only: bool = False, backup: bool = True
) -> GeoPackageStore:
    """Open a plan file.

    Args:
        path: The file.
        passphrase: For a protected plan; ignored for a plain one.
        read_only: Only look: works on read-only media and beside another program, and takes no
            lock.
        backup: Make the rotating backup (see `geo.store.backup`).

    Raises:
        PlanFileError: One code for each reason; the file is left as it was.
    """
    path = real_path(path)
    encrypted = files.sniff(path, protected=bool(passphrase), read_only=read_only)
    key = passphrase if encrypted else None
    lock = None if read_only else acquire(path)
    try:
        if not read_only:
            files.demand_one_name(path)
        connection = connected(path, key, read_only=read_only)
        try:
            with file_errors(path):
                found = demand_plan(path, connection)
            if read_only and found < SCHEMA_VERSION:
                connection.close()
                _update(path, passphrase)
                connection = connected(path, key, read_only=True)
            store = _opened(path, connection, key, lock, read_only=read_only, backup=backup)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    if backup and not read_only:
        _back_up(store)
    return store


def _update(path: Path, passphrase: str | None) -> None:
    """Bring an older plan up to date, so that it can be looked at.

    Raises:
        PlanFileError: It is older and cannot be written where it lies.
    """
    try:
        open_plan(path, passphrase=passphrase).close()
    except PlanFileError as error:
        if error.code in _NOT_HERE:
            raise PlanFileError("error.plan.older_schema", name=path.name) from error
        raise


def _opened(
    path: Path,
    connection: Connection,
    key: str | None,
    lock: PlanLock | None,
    *,
    read_only: bool,
    backup: bool,
) -> GeoPackageStore:
    with file_errors(path):
        found = demand_plan(path, connection)
        at_once = path.stat().st_size <= AT_ONCE_BYTES
        if at_once and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise PlanFileError("error.plan.damaged", name=path.name)
        if read_only:
            register_functions(connection)
        else:
            if found == SCHEMA_VERSION:
                _demand_own_triggers(path, connection)
            configure(connection)
        store = GeoPackageStore(path, connection, passphrase=key, read_only=read_only, lock=lock)
        try:
            if found < SCHEMA_VERSION:
                if backup:
                    _copy_first(store)
                migrate(connection, found, accept=partial(_demand_own_triggers, path))
            store.warnings = tail_warnings(connection)
        except BaseException:
            store.abandon()
            raise
    return store


def _demand_own_triggers(path: Path, connection: Connection) -> None:
    if next(trigger_problems(connection), None) is not None:
        raise PlanFileError("error.plan.schema_changed", name=path.name)


def _copy_first(store: GeoPackageStore) -> None:
    """Copy a plan as an older program left it: what it becomes no older program opens.

    However big it is, and however new the last copy.

    Raises:
        PlanFileError: There is no such copy; the plan stays as it was.
    """
    try:
        back_up(store, changed_only=True)
    except (PlanError, OSError) as error:
        name = store.path.name
        raise PlanFileError("error.plan.no_copy_before_update", name=name) from error


def _back_up(store: GeoPackageStore) -> None:
    if store.path.stat().st_size > AT_ONCE_BYTES:
        store.backup_due = True
        return
    try:
        back_up(store)
    except (PlanError, OSError):
        # No backup is no reason to keep a person from the plan; the window says it.
        store.warnings = (*store.warnings, "error.store.no_backup")
