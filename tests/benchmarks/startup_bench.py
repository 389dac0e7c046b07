"""How long until the window is on the screen, beside the least that Qt needs.

Each scene is a fresh process, and the scenes take turns, so that a busy machine slows all alike.
Prints one JSON object: median and spread in milliseconds, and how many times the bare window's
time the real one takes.

    python tests/benchmarks/startup_bench.py [--rounds 9] [--platform offscreen|xcb]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# The window is "on the screen" when it was exposed and painted once.
_WAIT = """
from PySide6.QtCore import QEvent, QObject
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print("painted", flush=True)
            app.removeEventFilter(self)
        return False
"""

SCENES = {
    "bare Qt window": """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
"""
    + _WAIT
    + """
label = QLabel("x"); painted = Painted(); label.installEventFilter(painted); label.show()
import time
end = time.monotonic() + 10
while time.monotonic() < end: app.processEvents()
""",
    "the application's window": """
import sys
from gui.application import create_application, create_window
from gui.services import real_services
app = create_application()
"""
    + _WAIT
    + """
window = create_window(real_services())
painted = Painted(); app.installEventFilter(painted); window.show()
import time
end = time.monotonic() + 10
while time.monotonic() < end: app.processEvents()
""",
}


def measure(code: str, environment: dict[str, str]) -> float:
    """Return the milliseconds from the start of a process until its window was painted."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    elapsed = (time.perf_counter() - begin) * 1000
    process.kill()
    process.wait()
    if line.strip() != "painted":
        message = f"the window was never painted: {line!r}"
        raise RuntimeError(message)
    return elapsed


def main() -> None:
    """Take turns between the scenes and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--platform", default=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": options.platform, "UCM_HOME": home}
        times: dict[str, list[float]] = {name: [] for name in SCENES}
        for name, code in SCENES.items():
            measure(code, environment)  # warms the disk's cache: the goal is a warm start
            times[name].clear()
        for _ in range(options.rounds):
            for name, code in SCENES.items():
                times[name].append(measure(code, environment))
    result: dict[str, object] = {
        name: {
            "median_ms": round(statistics.median(values)),
            "min_ms": round(min(values)),
            "max_ms": round(max(values)),
        }
        for name, values in times.items()
    }
    bare, own = (statistics.median(times[name]) for name in SCENES)
    result["ratio"] = round(own / bare, 2)
    result["platform"] = options.platform
    result["rounds"] = options.rounds
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
