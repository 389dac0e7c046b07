"""Opening a plan for one job, and finding out who is acting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from geo.errors import InputError, SigningKeyError
from geo.keys import KeyStore
from geo.model.plan import User
from geo.model.vocabulary import Role
from geo.project import Project
from geo.store.plans import open_plan

PlanArgument = Annotated[Path, typer.Argument(metavar="PLAN", help="The plan's file.")]
ActorOption = Annotated[
    str, typer.Option("--actor", help="Who acts: the name, role or id of a user of the plan.")
]
PassphraseOption = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="File with the passphrase of a protected plan."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def passphrase_from(file: Path | None) -> str | None:
    """Return the first line of a passphrase file.

    Raises:
        InputError: The file cannot be read or is empty.
    """
    if file is None:
        return None
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InputError("error.cli.passphrase_file", file=str(file)) from None
    if not lines or not lines[0]:
        raise InputError("error.cli.passphrase_file", file=str(file))
    return lines[0]


@contextmanager
def opened(
    plan: Path, *, actor: str = "", passphrase_file: Path | None = None, acts: bool = False
) -> Iterator[Project]:
    """Open a plan, sign in its actor, and close it cleanly whatever happens.

    Args:
        plan: The plan's file.
        actor: Name, role or id; empty is the first user whose key is on this machine.
        passphrase_file: For a protected plan.
        acts: The job changes the plan, so somebody must be signed in.

    Raises:
        PlanFileError: The plan cannot be opened.
        SigningKeyError: The actor's key is not on this machine.
        InputError: The plan has no such user.
    """
    # Who only looks works on read-only media too, and beside the window that has the plan open.
    store = open_plan(plan, passphrase=passphrase_from(passphrase_file), read_only=not acts)
    project = Project(store)
    try:
        sign_in(project, actor, must=acts)
        yield project
    finally:
        project.close()


def sign_in(project: Project, actor: str = "", *, must: bool = True) -> None:
    """Make the named user, or the first one whose key is on this machine, the project's actor.

    Raises:
        SigningKeyError: The key is not on this machine.
        InputError: The plan has no such user.
    """
    keys = KeyStore()
    users = sorted(
        (u for u in project.all(User) if u.active), key=lambda u: list(Role).index(u.role)
    )
    if actor:
        found = [u for u in users if actor.casefold() in {u.name.casefold(), u.id, u.role.value}]
        if not found:
            raise InputError(
                "error.cli.no_such_user", actor=actor, users=", ".join(u.name for u in users)
            )
        users = found
    for user in users:
        try:
            signer = keys.signer(user.id)
        except SigningKeyError:
            if actor or must:
                raise
            continue  # who only looks needs no key
        if signer is not None:
            project.user, project.signer = user, signer
            return
    if actor or must:
        raise SigningKeyError("error.cli.no_key", actor=actor or "–")
