"""Signing keys: every user of a plan has an Ed25519 key, and a typed name never signs.

The private key lies in the application's folder, encrypted with a passphrase that comes from the
keyring of the operating system or, where there is none, from a file beside it.

What that protects: with a keyring, a copied folder is useless without the person's login. With a
passphrase file, only a copy of the keys *without* that file is useless; whoever can read the whole
folder can sign. The file is readable by its owner alone, and ``UCM_KEY_PASSPHRASE_FILE`` puts it
elsewhere, for example on a stick. Nothing here protects against somebody who sits at the unlocked
computer.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import SigningKeyError
from geo.home import home

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SERVICE = "unity-command-map"
KEYRING_ENTRY = "signing-keys"
PASSPHRASE_VARIABLE = "UCM_KEY_PASSPHRASE_FILE"  # noqa: S105 - the name of a variable
KEYRING_VARIABLE = "UCM_KEYRING"

_SAFE_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")


class KeySigner:
    """Signs with one user's unlocked private key.

    Attributes:
        user_id: Whose key it is.
    """

    def __init__(self, user_id: str, key: Ed25519PrivateKey) -> None:
        self.user_id = user_id
        self._key = key

    def sign(self, message: bytes) -> bytes:
        """Return the Ed25519 signature of `message`, 64 bytes."""
        return self._key.sign(message)

    @property
    def public_key(self) -> str:
        """The public half, 32 bytes in hexadecimal."""
        return self._key.public_key().public_bytes_raw().hex()


def verify(public_hex: str, message: bytes, signature: bytes) -> bool:
    """Tell whether `signature` was made over `message` with the private half of `public_hex`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class KeyStore:
    """The private keys on this computer, one file for each user.

    Args:
        folder: Where the keys lie; the application's folder if not given. A folder given explicitly
            uses its own passphrase file and never the keyring.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder if folder is not None else home() / "keys"
        self._passphrase_file = (
            folder / "key.passphrase" if folder is not None else home() / "key.passphrase"
        )
        self._may_use_keyring = folder is None

    def create(self, user_id: str) -> str:
        """Make a key for a user and return its public half in hexadecimal.

        Raises:
            SigningKeyError: The user has a key already, or the folder cannot be written.
        """
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        path = self._path(user_id)
        if path.exists():
            raise SigningKeyError("error.key.exists")
        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(self._passphrase(create=True)),
        )
        _write_private(path, pem)
        return key.public_key().public_bytes_raw().hex()

    def signer(self, user_id: str) -> KeySigner | None:
        """Return what signs for a user, or None if this computer does not hold the user's key.

        Raises:
            SigningKeyError: The key is there but cannot be read or unlocked.
        """
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        path = self._path(user_id)
        try:
            pem = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            raise SigningKeyError("error.key.unreadable") from None
        try:
            key = serialization.load_pem_private_key(pem, self._passphrase(create=False))
        except (ValueError, TypeError):
            raise SigningKeyError("error.key.cannot_unlock") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise SigningKeyError("error.key.cannot_unlock")
        return KeySigner(user_id, key)

    def verify(self, public_hex: str, message: bytes, signature: bytes) -> bool:
        """Tell whether `signature` is good; see `geo.keys.verify`."""
        return verify(public_hex, message, signature)

    def _path(self, user_id: str) -> Path:
        if not _SAFE_NAME.fullmatch(user_id) or user_id.startswith("."):
            raise SigningKeyError("error.key.bad_user_id")
        return self._folder / f"{user_id}.pem"

    def _passphrase(self, *, create: bool) -> bytes:
        """Return the passphrase; where one was found once, it is always looked for first.

        An existing file wins over the keyring: a keyring that appears later (a desktop installed on
        a server) must not lock out the keys that were made before.
        """
        chosen = os.environ.get(PASSPHRASE_VARIABLE, "")
        path = Path(chosen) if chosen else self._passphrase_file
        try:
            found = path.read_bytes().strip()
        except FileNotFoundError:
            found = b""
        except OSError:
            raise SigningKeyError("error.key.passphrase_unreadable") from None
        if found:
            return found
        if chosen:
            raise SigningKeyError("error.key.passphrase_missing")
        if self._may_use_keyring and (kept := _from_keyring(create=create)):
            return kept
        if not create:
            raise SigningKeyError("error.key.passphrase_missing")
        fresh = secrets.token_urlsafe(32).encode()
        _write_private(path, fresh)
        return fresh


def _from_keyring(*, create: bool) -> bytes | None:
    """Return the passphrase kept by the operating system, or None where no keyring works.

    ``UCM_KEYRING=off`` skips it, for machines whose keyring asks a person who is not there.
    """
    if os.environ.get(KEYRING_VARIABLE, "").lower() in {"off", "0", "no"}:
        return None
    # Lazy: the keyring's back ends take longer to import than the window may take to appear.
    import keyring
    from keyring.errors import KeyringError

    try:
        if not _keyring_works():
            return None
        kept = keyring.get_password(SERVICE, KEYRING_ENTRY)
        if kept is None and create:
            kept = secrets.token_urlsafe(32)
            keyring.set_password(SERVICE, KEYRING_ENTRY, kept)
            if keyring.get_password(SERVICE, KEYRING_ENTRY) != kept:
                return None
    except (KeyringError, OSError, RuntimeError):
        return None
    return kept.encode() if kept else None


def _keyring_works() -> bool:
    import keyring

    # The back ends `fail` and `null` have priority 0 or less: they store nothing.
    return float(keyring.get_keyring().priority) >= 1


def _write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, content)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise SigningKeyError("error.key.cannot_write") from None
