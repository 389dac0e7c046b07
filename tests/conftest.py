"""What every test may rely on: no display, no home of its user, no keyring, no network.

All of it is set while pytest starts, before any module of the program is imported.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
import pytest
from hypothesis import settings
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

if TYPE_CHECKING:
    from collections.abc import Iterator

# One throw-away home per process, so that tests run side by side do not meet in it.
HOME = Path(tempfile.mkdtemp(prefix="ucm-tests-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)


def _private_folder(name: str) -> str:
    folder = HOME / name
    folder.mkdir(mode=0o700)
    return str(folder)


os.environ.update(
    {
        "UCM_HOME": _private_folder("ucm"),
        # Whatever does not ask for UCM_HOME must not find the real home either.
        "HOME": str(HOME),
        "USERPROFILE": str(HOME),
        "APPDATA": _private_folder("appdata"),
        "LOCALAPPDATA": _private_folder("localappdata"),
        "XDG_CACHE_HOME": _private_folder("cache"),
        "XDG_CONFIG_HOME": _private_folder("config"),
        "XDG_DATA_HOME": _private_folder("data"),
        "XDG_RUNTIME_DIR": _private_folder("runtime"),
        "XDG_STATE_HOME": _private_folder("state"),
        # A machine without a keyring, which is what the program must cope with.
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Two processes share two cores: a slow example is no failure of the code it tries.
settings.register_profile("shared-cores", deadline=None, print_blob=True)
settings.load_profile("shared-cores")


def _refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Let the program talk to this machine only: all of it must work offline."""
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else "localhost"
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if host not in (None, "", "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1"):
        message = "a test reached for the network"
        raise RuntimeError(message)


sys.addaudithook(_refuse_network)


@pytest.fixture
def fresh_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which the program has never run: no settings, no keys, no recent plans."""
    home = tmp_path / "fresh-home"
    home.mkdir()
    monkeypatch.setenv("UCM_HOME", str(home))
    return home


class MemoryKeyring(KeyringBackend):
    """A keyring that lives as long as one test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self._passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._passwords[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._passwords.pop((service, username), None) is None:
            raise PasswordDeleteError(service)


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """A machine with a keyring."""
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)
