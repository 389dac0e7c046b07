from __future__ import annotations

import subprocess
import sys


def test_a_size_of_paper_is_known_without_qt():
    code = "import sys, gui.print.paper; print(any(m.startswith('PySide6') for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
