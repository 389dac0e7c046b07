from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gui import theme
from tests.end_to_end.main_job import do_the_main_job

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dressed(qapp):
    """pytest-qt's application, dressed as the program dresses its own."""
    qapp.setStyle("Fusion")
    theme.load_fonts()
    return qapp


@pytest.mark.usefixtures("dressed", "fresh_home")
def test_a_planner_goes_from_a_new_plan_to_a_printed_report(tmp_path):
    do_the_main_job(tmp_path)


@pytest.mark.xvfb
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="Xvfb is not installed")
def test_the_same_job_in_a_real_window_on_an_x11_display(tmp_path):
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "xcb",
        "UCM_HOME": str(tmp_path / "home"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [
            *("xvfb-run", "-a", "-s", "-screen 0 1366x768x24"),
            *(sys.executable, "-m", "tests.end_to_end.main_job", str(tmp_path)),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip().endswith("done on xcb")
