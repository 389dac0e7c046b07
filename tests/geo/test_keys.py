from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from geo.errors import SigningKeyError
from geo.home import home
from geo.keys import KEYRING_ENTRY, PASSPHRASE_VARIABLE, SERVICE, KeyStore, verify
from geo.model.entity import new_id


@pytest.fixture
def user_id():
    return new_id()


def test_the_home_is_where_the_environment_says(fresh_home):
    assert home() == fresh_home


def test_the_home_is_the_users_data_folder_otherwise(monkeypatch):
    monkeypatch.delenv("UCM_HOME")
    assert home().name == "unity-command-map"


def test_a_signature_fits_its_message_and_key_only(fresh_home, user_id):
    keys = KeyStore()
    public = keys.create(user_id)
    signer = keys.signer(user_id)
    signature = signer.sign(b"message")
    assert (signer.user_id, signer.public_key, len(signature)) == (user_id, public, 64)
    assert verify(public, b"message", signature)
    assert keys.verify(public, b"message", signature)
    assert not verify(public, b"massage", signature)
    assert not verify(keys.create(new_id()), b"message", signature)
    assert not verify("no key", b"message", signature)
    assert not verify("", b"message", b"")


def test_a_user_without_a_key_here_has_no_signer(fresh_home, user_id):
    assert KeyStore().signer(user_id) is None


def test_a_key_is_never_made_twice(fresh_home, user_id):
    KeyStore().create(user_id)
    with pytest.raises(SigningKeyError) as caught:
        KeyStore().create(user_id)
    assert caught.value.code == "error.key.exists"


def test_the_private_key_lies_encrypted_and_for_its_owner_only(fresh_home, user_id):
    KeyStore().create(user_id)
    path = fresh_home / "keys" / f"{user_id}.pem"
    assert b"ENCRYPTED PRIVATE KEY" in path.read_bytes()
    for private in (path, fresh_home / "key.passphrase"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o600


def test_a_keyring_keeps_the_passphrase_where_there_is_one(fresh_home, user_id, memory_keyring):
    public = KeyStore().create(user_id)
    assert not (fresh_home / "key.passphrase").exists()
    assert memory_keyring.get_password(SERVICE, KEYRING_ENTRY)
    assert KeyStore().signer(user_id).public_key == public


def test_keys_made_before_there_was_a_keyring_still_open(fresh_home, user_id, request):
    public = KeyStore().create(user_id)
    request.getfixturevalue("memory_keyring")
    assert KeyStore().signer(user_id).public_key == public


def test_the_passphrase_file_can_lie_elsewhere(fresh_home, user_id, tmp_path, monkeypatch):
    stick = tmp_path / "stick.txt"
    stick.write_text("from the stick\n")
    monkeypatch.setenv(PASSPHRASE_VARIABLE, str(stick))
    KeyStore().create(user_id)
    assert KeyStore().signer(user_id) is not None
    stick.write_text("of another stick")
    with pytest.raises(SigningKeyError) as caught:
        KeyStore().signer(user_id)
    assert caught.value.code == "error.key.cannot_unlock"
    stick.unlink()
    with pytest.raises(SigningKeyError) as caught:
        KeyStore().signer(user_id)
    assert caught.value.code == "error.key.passphrase_missing"


def test_a_damaged_key_says_so(fresh_home, user_id):
    KeyStore().create(user_id)
    path = fresh_home / "keys" / f"{user_id}.pem"
    path.write_bytes(path.read_bytes()[:80])
    with pytest.raises(SigningKeyError) as caught:
        KeyStore().signer(user_id)
    assert caught.value.code == "error.key.cannot_unlock"


@pytest.mark.parametrize("bad", ["", "../x", "a/b", ".hidden", "x" * 101])
def test_a_user_id_never_leads_out_of_the_folder(fresh_home, bad):
    with pytest.raises(SigningKeyError) as caught:
        KeyStore().signer(bad)
    assert caught.value.code == "error.key.bad_user_id"


def test_a_folder_that_cannot_be_written_says_so(tmp_path, user_id):
    (tmp_path / "keys").write_text("a file where the folder should be")
    with pytest.raises(SigningKeyError) as caught:
        KeyStore(tmp_path / "keys").create(user_id)
    assert caught.value.code in {"error.key.cannot_write", "error.key.passphrase_unreadable"}


def test_two_folders_share_nothing(tmp_path, user_id):
    one, other = KeyStore(tmp_path / "a"), KeyStore(tmp_path / "b")
    assert one.create(user_id) != other.create(user_id)
    assert (tmp_path / "a" / "key.passphrase").exists()


def test_keyring_and_cryptography_are_not_imported_before_they_are_needed():
    code = (
        "import sys, geo.keys, geo.store.plans\n"
        "print({'keyring', 'cryptography'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "set()"
