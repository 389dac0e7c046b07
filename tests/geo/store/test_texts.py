from __future__ import annotations

import csv
import re
from pathlib import Path

from geo.catalogue import catalogue

GEO = Path(__file__).parents[3] / "geo"
CODE = re.compile(r'"((?:error|check)\.[a-z_]+\.?[a-z_]*)"')


def test_every_error_and_finding_of_the_store_has_its_text_and_no_text_is_left_over():
    sources = [*(GEO / "store").glob("*.py"), GEO / "keys.py"]
    used = {code for path in sources for code in CODE.findall(path.read_text("utf-8"))}
    with (GEO.parent / "resources" / "i18n" / "store.csv").open(
        encoding="utf-8", newline=""
    ) as stream:
        ours = {row["code"] for row in csv.DictReader(stream)}
    assert used <= set(catalogue())
    assert {code for code in ours if not code.startswith("violation.")} <= used
