"""What stands around a map has its room in a narrow window too."""

from __future__ import annotations

import pytest

from geo.catalogue import text
from gui.map.furniture import BETWEEN, source_lines


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("room", [10.0, 200.0, 350.0, 5000.0])
def test_every_source_is_named_however_narrow_the_map_is(language, room):
    line = text("map.attribution", language)
    lines = source_lines(line, room, lambda part: 6.0 * len(part))
    assert BETWEEN.join(lines) == line
    alone = max(6.0 * len(name) for name in line.split(BETWEEN))
    assert all(6.0 * len(part) <= max(room, alone) for part in lines)


def test_sources_that_fit_stand_in_one_line():
    assert source_lines("A · B · C", 100.0, len) == ["A · B · C"]
