"""A plan that is edited without pause until somebody kills the process.

Run as ``python kill_loop.py PLAN USER_ID``; every acknowledged edit is one line ``revision id`` on
standard output.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from shapely import Point

from geo.edit.edit import Edit, inserting, stamped
from geo.edit.verbs import Verb
from geo.keys import KeyStore
from geo.model.command import Zone
from geo.model.entity import LonLat
from geo.model.site import Site
from geo.store.plans import open_plan


def main(plan: Path, user_id: str, passphrase: str | None) -> None:
    """Commit edits of one zone and three sites until killed."""
    store = open_plan(plan, passphrase=passphrase, backup=False)
    signer = KeyStore().signer(user_id)
    number = 0
    while True:
        zone = Zone(name=f"zone {number}", outline=Point(103, 10).buffer(0.1))
        sites = [Site(name_en=f"Fictional {number}", point=LonLat(103, 10 + i)) for i in range(3)]
        edit = Edit(verb=Verb.IMPORT, deltas=(inserting([zone]), inserting(sites)))
        done = store.commit(stamped(edit, actor=user_id, at=datetime.now(UTC)), signer)
        # Straight to the pipe: what the parent can read was acknowledged, buffers know no kill.
        os.write(1, f"{done.revision} {done.id}\n".encode())
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)
