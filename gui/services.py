"""What the window needs from below: opening, making, signing, building the demonstration.

Plain functions, so that a test can hand the window others; what they need is imported when they are
called, so that the window is on the screen first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.model.vocabulary import Role
from geo.progress import Progress

if TYPE_CHECKING:
    # At run time these would bring numpy and shapely into the first second of the window.
    from geo.store.protocol import Signer, Store  # noqa: TC004 - see above


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """What is asked of a user who makes a plan.

    Attributes:
        path: Of the file to be made.
        province_code: NCDD code.
        passphrase: None makes a plain GeoPackage.
    """

    path: Path
    name: str
    province_code: str
    user_name: str
    office: str
    role: Role
    passphrase: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The functions of the plan that the window calls.

    Attributes:
        home: Folder of settings, keys and log.
        open_store: Opens a plan file, with its passphrase or None.
        create_store: Makes a plan file with its first user and opens it.
        signer_of: The key of a user on this machine, or None.
        build_demo: Builds the demonstration plan in a folder and returns its path, or None.
    """

    home: Path
    open_store: Callable[[Path, str | None], Store]
    create_store: Callable[[NewPlan], Store]
    signer_of: Callable[[str], Signer | None]
    build_demo: Callable[[Path, Progress], Path] | None = None


def real_services(build_demo: Callable[[Path, Progress], Path] | None = None) -> Services:
    """Return the services of the program itself."""
    from geo.home import home

    return Services(
        home=home(),
        open_store=_open,
        create_store=_create,
        signer_of=_signer_of,
        build_demo=build_demo,
    )


def _open(path: Path, passphrase: str | None) -> Store:
    from geo.store.plans import open_plan

    return open_plan(path, passphrase=passphrase)


def _create(asked: NewPlan) -> Store:
    from geo.keys import KeyStore
    from geo.model.entity import new_id
    from geo.model.plan import User
    from geo.store.plans import create_plan

    user_id = new_id()
    user = User(
        id=user_id,
        name=asked.user_name,
        role=asked.role,
        office=asked.office,
        public_key=KeyStore().create(user_id),
    )
    return create_plan(
        asked.path,
        name=asked.name,
        province_code=asked.province_code,
        users=[user],
        actor=user,
        passphrase=asked.passphrase,
    )


def _signer_of(user_id: str) -> Signer | None:
    from geo.keys import KeyStore

    return KeyStore().signer(user_id)
