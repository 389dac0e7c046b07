"""No acknowledged edit is lost when the process is killed in the middle of its work."""

from __future__ import annotations

import os
import random
import select
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from geo.keys import KeyStore
from geo.model.entity import Kind, new_id
from geo.model.plan import User
from geo.model.vocabulary import Role
from geo.store.plans import create_plan, open_plan

ROOT = Path(__file__).resolve().parents[2]
LOOP = Path(__file__).with_name("kill_loop.py")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 and select on pipes are POSIX")


def killed_at_a_random_moment(arguments: list[str], chance: random.Random) -> list[str]:
    """Start the loop, kill it soon after its first edit, return what it acknowledged."""
    with subprocess.Popen(
        [sys.executable, str(LOOP), *arguments],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], 60)
        assert ready, "the loop never acknowledged an edit"
        end = time.monotonic() + chance.uniform(0, 0.06)
        while time.monotonic() < end:
            pass
        process.kill()
        said = process.stdout.read().decode()
    # A line without its end was cut by the kill while it was written: it acknowledges nothing.
    return said.splitlines() if said.endswith("\n") else said.splitlines()[:-1]


def kill_often(folder: Path, kills: int, passphrase: str | None) -> int:
    """Kill the loop `kills` times; return how many edits were acknowledged in all."""
    chance = random.Random(kills)
    user_id = new_id()
    user = User(
        id=user_id, name="Planner", role=Role.PLANNER, public_key=KeyStore().create(user_id)
    )
    plan = folder / ("plan.ucmplan" if passphrase else "plan.gpkg")
    create_plan(
        plan, name="x", province_code="18", users=[user], actor=user, passphrase=passphrase
    ).close()
    acknowledged: dict[str, int] = {}
    arguments = [str(plan), user_id, *([passphrase] if passphrase else [])]
    for kill in range(kills):
        for line in killed_at_a_random_moment(arguments, chance):
            revision, edit_id = line.split()
            acknowledged[edit_id] = int(revision)
        with closing(open_plan(plan, passphrase=passphrase, backup=False)) as store:
            assert store.warnings == (), f"after kill {kill}"
            there = {head.id: head.revision for head in store.log()}
            assert acknowledged.items() <= there.items(), f"after kill {kill}"
            revisions = sorted(there.values())
            assert revisions == list(range(1, len(revisions) + 1))
            assert len(store.load(Kind.ZONE)) == len(there) - 1
            assert len(store.load(Kind.SITE)) == 3 * (len(there) - 1)
    with closing(open_plan(plan, passphrase=passphrase, backup=False)) as store:
        assert store.check() == ()
    return len(acknowledged)


@pytest.mark.parametrize("passphrase", [None, "correct horse"], ids=["plain", "protected"])
def test_ten_kills_lose_nothing(tmp_path, fresh_home, passphrase):
    kills = 10 if passphrase is None else 3
    assert kill_often(tmp_path, kills, passphrase) >= kills


@pytest.mark.torture
@pytest.mark.parametrize("passphrase", [None, "correct horse"], ids=["plain", "protected"])
def test_a_hundred_and_twenty_kills_lose_nothing(tmp_path, fresh_home, passphrase):
    acknowledged = kill_often(tmp_path, 120, passphrase)
    print(f"120 kills, {acknowledged} acknowledged edits, 0 lost")  # noqa: T201 - the proof's result
    assert acknowledged >= 120
