"""How long an import of 100,000 sites takes, what it needs, and whether the window stays awake.

Each file is imported in a fresh process on the window's own path: read in the worker process,
checked on a thread, committed on the store's thread into a real plan, while Qt's event loop runs
and a timer of 5 ms measures how long the main thread did not answer. Rows are made up and as messy
as the registers that were given: 4 of 100 are broken, 8 of 100 must be asked about.

Prints one JSON object. `longest_stall_ms` is of the whole import; `idle_stall_ms` is what the same
loop measures while nothing is done, which is what the machine's other work costs.

    python tests/benchmarks/import_bench.py [--rows 100000] [--formats csv xlsx]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication, QTimer

from geo.formats.mapping import Mapping, suggest
from geo.formats.reader import FileReader
from geo.gazetteer import Gazetteer
from geo.keys import KeySigner, KeyStore
from geo.loading import Loaded, OpenedFile, check_file, open_file
from geo.model.entity import Kind, new_id
from geo.model.plan import User
from geo.model.vocabulary import Role
from geo.store.plans import create_plan, open_plan
from geo.territory import Territory
from gui.session import PlanSession
from gui.tasks.runner import TaskRunner

if TYPE_CHECKING:
    from geo.edit.edit import Edit
    from geo.progress import Progress

ROOT = Path(__file__).resolve().parents[2]
TICK_MS = 5
IDLE_MS = 2_000
AFTER_MS = 300
HEADS = ("Code", "ឈ្មោះ", "Name", "Type", "Coordinates", "CRS", "Commune code", "Capacity",
         "Owner", "Status", "Visited on", "Remarks")  # fmt: skip
KINDS = ("casino", "hotel", "KTV", "កាស៊ីណូ", "factory", "shop", "restaurant", "រោងចក្រ")
KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
TOWNS = ((103.53, 10.61), (104.92, 11.56), (103.85, 13.36), (103.2, 13.1), (105.46, 11.99))


def rows(count: int) -> list[list[object]]:
    """Return made-up rows of a register, the same each time."""
    dice = random.Random(2022)
    made = []
    for n in range(count):
        lon, lat = dice.choice(TOWNS)
        lon, lat = lon + dice.gauss(0, 0.02), lat + dice.gauss(0, 0.02)
        text, crs = coordinate(dice, lon, lat)
        day = date(2019, 1, 1) + timedelta(days=dice.randrange(1300))
        row: list[object] = [
            f"{n:07d}",
            f"ទីតាំងសាកល្បង {n}",
            f"Demo Site {n}",
            dice.choice(KINDS),
            text,
            crs,
            "",
            dice.choice(("", 12, "40", "១២")),
            "Demo Company",
            dice.choice(("", "legal", "illegal")),
            dice.choice((day.isoformat(), f"{day:%d/%m/%Y}", f"{day:%d-%b-%y}")),
            "Line of remarks",
        ]
        spoil(dice, row, n)
        made.append(row)
    return made


def coordinate(dice: random.Random, lon: float, lat: float) -> tuple[str, str]:
    """Return a position as offices write it, and what the column beside it says."""
    style = dice.random()
    pair = f"{lat:.6f}, {lon:.6f}"
    if style < 0.6:
        return pair, ""
    if style < 0.7:
        return pair.translate(KHMER), ""
    if style < 0.8:
        return f"https://maps.example/@{lat:.6f},{lon:.6f},17z", ""
    if style < 0.9:
        sides = (
            f"{int(v)}°{int(v % 1 * 60)}'{v * 60 % 1 * 60:.1f}\"{s}"
            for v, s in ((lat, "N"), (lon, "E"))
        )
        return " ".join(sides), ""
    # About right for the zone; only the look of the numbers matters here.
    east, north = 500_000 + (lon - 105) * 109_000, lat * 110_600
    return f"{east:.0f} {north:.0f}", "UTM 48N" if style < 0.95 else "Indian 1960 UTM 48N"


def spoil(dice: random.Random, row: list[object], n: int) -> None:
    """Break one row of eight, as in the registers."""
    fate = dice.random()
    if fate < 0.02:
        row[4] = "0, 0"
    elif fate < 0.03:
        row[4] = "48.85, 2.35"
    elif fate < 0.04:
        row[7] = "plenty"
    elif fate < 0.07:
        row[4] = ""
    elif fate < 0.09:
        row[3] = "moon base"
    elif fate < 0.11:
        row[0] = f"{max(0, n - 3):07d}"
    elif fate < 0.12:
        row[1] = row[2] = ""


def write(path: Path, count: int) -> None:
    """Write a register; XLSX with real dates of a spreadsheet in one row of three."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(HEADS)
            writer.writerows(rows(count))
        return
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sites")
    sheet.append(["Register of sites, fictional"])
    sheet.append(HEADS)
    for row in rows(count):
        text = str(row[10])
        row[10] = date.fromisoformat(text) if text[4:5] == "-" else text
        sheet.append(row)
    book.save(path)


class Course:
    """One import in this process: its steps in order, each begun when the one before ended."""

    def __init__(self, path: Path, plan: Path) -> None:
        self.path, self.plan = path, plan
        self.reader, self.runner = FileReader(), TaskRunner()
        self.signer = made_plan(plan)
        self.session = PlanSession(lambda _user: self.signer)
        self.loaded: Loaded | None = None
        self.counts: dict[str, int] = {}
        self.seconds: dict[str, float] = {}
        self.stalls: dict[str, float] = {}
        self._phase, self._last = "open", time.perf_counter()
        self._begun = self._last
        self._timer = QTimer(interval=TICK_MS)
        self._timer.timeout.connect(self._tick)

    def run(self, app: QCoreApplication) -> dict[str, object]:
        """Import and return what was measured."""
        self._timer.start()
        # The map of an open window has read both long before.
        Gazetteer.load().find("Poipet")
        Territory.load()
        self.session.opened.connect(self._idle)
        self.session.failed.connect(self._failed)
        self.session.open(lambda: open_plan(self.plan))
        if app.exec():
            raise SystemExit(1)
        self.reader.close()
        self.runner.close()
        self.session.shut_down()
        steps = [name for name in self.seconds if name not in {"open", "idle"}]
        own, worker = (
            resource.getrusage(who).ru_maxrss / 1024
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        return {
            **self.counts,
            "seconds": round(sum(self.seconds[name] for name in steps), 1),
            "peak_rss_mb": round(own + worker),
            "of_it_worker_mb": round(worker),
            "longest_stall_ms": round(max(self.stalls[name] for name in steps)),
            "idle_stall_ms": round(self.stalls["idle"]),
            "steps": {
                name: {
                    "seconds": round(self.seconds[name], 1),
                    "stall_ms": round(self.stalls[name]),
                }
                for name in steps
            },
        }

    def _tick(self) -> None:
        now = time.perf_counter()
        late = (now - self._last) * 1000 - TICK_MS
        self.stalls[self._phase] = max(self.stalls.get(self._phase, 0.0), late)
        self._last = now

    def _enter(self, phase: str) -> None:
        self._tick()
        self.seconds[self._phase] = self._last - self._begun
        self._phase, self._begun = phase, self._last

    def _failed(self, error: object) -> None:
        sys.stderr.write(f"{error!r}\n")
        QCoreApplication.exit(1)

    def _idle(self) -> None:
        self._enter("idle")
        QTimer.singleShot(IDLE_MS, self._read)

    def _read(self) -> None:
        self._enter("read")

        def work(progress: Progress) -> tuple[OpenedFile, Mapping]:
            opened = open_file(self.reader, self.path, progress=progress)
            return opened, suggest(opened.raw, Kind.SITE)

        self.runner.run(work, self._check, self._failed)

    def _check(self, result: tuple[OpenedFile, Mapping]) -> None:
        self._enter("check")
        opened, mapping = result
        project = self.session.project
        self.runner.run(
            lambda progress: check_file(project, opened, mapping, progress=progress),
            self._build,
            self._failed,
        )

    def _build(self, loaded: Loaded) -> None:
        self._enter("edit")
        checked = loaded.checked
        self.counts = {
            "rows": checked.rows,
            "imported": checked.imported,
            "rejected": len(checked.rejected),
            "waiting": len(checked.waiting),
        }
        self.loaded = loaded
        project = self.session.project
        self.runner.run(lambda _progress: loaded.edit(project), self._commit, self._failed)

    def _commit(self, edit: Edit) -> None:
        self._enter("commit")
        self.session.commit(edit, self._done, self._failed)

    def _done(self, _edit: Edit) -> None:
        self._enter("after")
        loaded = self.loaded
        self.runner.run(loaded.dismiss, lambda _done: None, self._failed)
        QTimer.singleShot(AFTER_MS, self._end)

    def _end(self) -> None:
        self._enter("end")
        QCoreApplication.exit(0)


def made_plan(path: Path) -> KeySigner:
    """Make an empty plan and return the key of its planner."""
    keys = KeyStore()
    user_id = new_id()
    public = keys.create(user_id)
    signer = keys.signer(user_id)
    user = User(id=user_id, name="Planner", role=Role.PLANNER, public_key=public)
    create_plan(
        path, name="Benchmark", province_code="18", users=[user], actor=user, signer=signer
    ).close()
    if signer is None:
        message = "the key that was just made is gone"
        raise RuntimeError(message)
    return signer


def in_a_process(path: Path, folder: Path) -> dict[str, object]:
    """Import a file in a fresh process and return what it measured."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "UCM_HOME": str(folder / "home"),
        "UCM_KEYRING": "file",
        "PYTHONPATH": str(ROOT),
    }
    plan = folder / f"{path.name}.gpkg"
    done = subprocess.run(
        [sys.executable, __file__, "--import", path, plan],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def measured(count: int, formats: list[str]) -> dict[str, object]:
    """Return what each format costs."""
    found: dict[str, object] = {"rows": count}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for ending in formats:
            path = folder / f"sites.{ending}"
            write(path, count)
            found[ending] = in_a_process(path, folder)
    return found


def main() -> None:
    """Make the files, import each in a process of its own, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", default=["csv", "xlsx"])
    parser.add_argument("--import", nargs=2, type=Path, dest="one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        result = Course(*options.one).run(QCoreApplication([]))
    else:
        result = measured(options.rows, options.formats)
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
