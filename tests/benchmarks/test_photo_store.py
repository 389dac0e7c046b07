"""What photographs cost: preparing and committing one, opening a plan that holds many."""

from __future__ import annotations

import hashlib
import os
import statistics
import time
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from geo.edit.edit import Edit, inserting, stamped
from geo.edit.verbs import Verb
from geo.keys import KeyStore
from geo.model.entity import Kind, new_id
from geo.model.evidence import Attachment
from geo.model.plan import User
from geo.model.site import Site
from geo.model.vocabulary import Role
from geo.photos import prepare
from geo.project import Project
from geo.store.backup import back_up
from geo.store.plans import create_plan, open_plan

pytestmark = pytest.mark.benchmark

COMMIT_MS = 1000
OPEN_S = 2
MEBI = 1024 * 1024


def attachment(content):
    digest = hashlib.sha256(content).hexdigest()
    row = Attachment(
        owner_kind=Kind.SITE,
        owner_id="site",
        file_name="a.jpg",
        media_type="image/jpeg",
        sha256=digest,
        content_sha256=digest,
        size=len(content),
        added_at=datetime.now(UTC),
        added_by="",
    )
    return row, {digest: content}


@pytest.fixture
def made(tmp_path, fresh_home):
    """The path of a plan, and what commits to an open store of it."""
    user_id = new_id()
    key = KeyStore().create(user_id)
    user = User(id=user_id, name="P", role=Role.PLANNER, public_key=key)
    signer = KeyStore().signer(user_id)

    def commit(store, *deltas, contents=None):
        edit = stamped(Edit(verb=Verb.ATTACH, deltas=deltas), actor=user_id, at=datetime.now(UTC))
        return store.commit(edit, signer, contents)

    def create(passphrase=None):
        path = tmp_path / ("plan.ucmplan" if passphrase else "plan.gpkg")
        facts = {"name": "x", "province_code": "18", "users": [user], "actor": user}
        with closing(create_plan(path, passphrase=passphrase, **facts)) as store:
            commit(store, inserting([Site(id="site", code="1")]))
        return path

    return create, commit


@pytest.mark.parametrize("passphrase", [None, "correct horse battery"])
def test_a_photograph_of_3_mb_is_committed_in_a_moment(made, passphrase):
    create, commit = made
    times = []
    with closing(open_plan(create(passphrase), passphrase=passphrase, backup=False)) as store:
        for _ in range(20):
            row, contents = attachment(os.urandom(3 * MEBI))
            start = time.perf_counter()
            commit(store, inserting([row]), contents=contents)
            times.append((time.perf_counter() - start) * 1000)
    print(f"commit of 3 MB: median {statistics.median(times):.0f} ms")  # noqa: T201
    assert statistics.median(times) < COMMIT_MS


def test_a_plan_with_200_photographs_opens_without_reading_them(made):
    create, commit = made
    path = create()
    with closing(open_plan(path, backup=False)) as store:
        for _ in range(200):
            row, contents = attachment(os.urandom(MEBI))
            commit(store, inserting([row]), contents=contents)
    before = read_bytes()
    start = time.perf_counter()
    with closing(open_plan(path)) as store:
        project = Project(store)
        seconds, read = time.perf_counter() - start, read_bytes() - before
        assert len(project.table(Kind.ATTACHMENT)) == 200
        print(f"opened in {seconds:.2f} s, {read / MEBI:.1f} MB read")  # noqa: T201
        start = time.perf_counter()
        one = str(project.table(Kind.ATTACHMENT)["content_sha256"][100])
        assert len(store.content(one)) == MEBI
        print(f"one content: {(time.perf_counter() - start) * 1000:.1f} ms")  # noqa: T201
        assert store.backup_due
        start = time.perf_counter()
        back_up(store)
        print(f"backup afterwards: {time.perf_counter() - start:.2f} s")  # noqa: T201
        start = time.perf_counter()
        assert store.check() == ()
        print(f"check: {time.perf_counter() - start:.2f} s")  # noqa: T201
    assert seconds < OPEN_S
    assert read < 20 * MEBI


def read_bytes():
    """Bytes that this process has read so far, from the disk or its cache (Linux)."""
    with open("/proc/self/io", encoding="ascii") as lines:  # noqa: PTH123 - no file of ours
        return next(int(line.split()[1]) for line in lines if line.startswith("rchar"))


def test_a_photograph_of_a_phone_is_prepared_in_a_second():
    noise = np.random.default_rng(7).integers(0, 255, (300, 400, 3), dtype=np.uint8)
    stream = BytesIO()
    Image.fromarray(noise).resize((4000, 3000)).save(stream, "JPEG", quality=92)
    data = stream.getvalue()
    start = time.perf_counter()
    photo = prepare(data, "a.jpg")
    seconds = time.perf_counter() - start
    sizes = f"{len(data) / MEBI:.1f} MB → {len(photo.content) / MEBI:.1f} MB"
    print(f"12 megapixels, {sizes}: {seconds:.2f} s")  # noqa: T201
