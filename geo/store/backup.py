"""Rotating copies of a plan, made when it is opened.

They lie in the folder ``.ucm-backup`` beside the plan, protected like the plan itself: what was put
on an encrypted stick or into a guarded folder does not appear on another disk. They save from
damage and mistakes, not from the loss of the disk. A copy keeps what was deleted from the plan
since; remove the folder to be rid of it.
"""

from __future__ import annotations

import glob
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from geo.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from geo.store.geopackage import GeoPackageStore

KEEP = 5
FOLDER = ".ucm-backup"
# Several commands in a row open the plan each time; they shall not push yesterday's copy out.
NOT_AGAIN_WITHIN = timedelta(minutes=15)

_NAME = re.compile(r"\.(\d{8}T\d{6}Z)\.r(\d+)$")


def backups(plan: Path) -> tuple[Path, ...]:
    """Return the copies of a plan, oldest first."""
    folder = plan.parent / FOLDER
    found = [p for p in folder.glob("*") if p.name.startswith(plan.stem + ".") and _parsed(p)]
    # The time stands in the name so that names sort as times do.
    return tuple(sorted(found))


def _parsed(copy: Path) -> tuple[datetime, int] | None:
    match = _NAME.search(copy.stem)
    if match is None:
        return None
    when = datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return when, int(match[2])


def back_up(
    store: GeoPackageStore, *, now: datetime | None = None, changed_only: bool = False
) -> Path | None:
    """Copy the plan unless the newest copy is the same or very new; keep the newest `KEEP`.

    Args:
        store: Of the plan.
        now: The present.
        changed_only: However new the newest copy is, only the same one will do.

    Returns:
        The new copy, or None if none was needed.

    Raises:
        StoreError: The plan is damaged, or the copy could not be written.
        OSError: The folder cannot be made.
    """
    now = now or datetime.now(UTC)
    revision = store.revision()
    kept = backups(store.path)
    newest = _parsed(kept[-1]) if kept else None
    if newest is not None:
        very_new = now - newest[0] < NOT_AGAIN_WITHIN and not changed_only
        if newest[1] == revision or very_new:
            return None
    if not store.is_sound():
        # A damaged plan must not push the last good copy out.
        raise StoreError("error.store.damaged")
    folder = store.path.parent / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    name = f"{store.path.stem}.{now:%Y%m%dT%H%M%SZ}.r{revision}{store.path.suffix}"
    copy = folder / name
    for left in folder.glob(f".{glob.escape(store.path.stem)}.*.tmp*"):
        # A copy that was cut short; nobody else makes copies while this plan is locked.
        left.unlink(missing_ok=True)
    store.snapshot_to(copy)
    copy.chmod(0o600)
    for old in backups(store.path)[:-KEEP]:
        old.unlink(missing_ok=True)
    return copy
