"""Numbers of the intake: read as people type them, in both scripts."""

from __future__ import annotations

import pytest

from geo.errors import InputError
from geo.model.allegation import NationalityCount
from gui.dialogs.allegation_parts import read_count, read_nations
from gui.dialogs.allegation_place import read_metres


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_count, " ៤៥ ", 45),
        (read_count, "", None),
        (read_metres, "២០,៥", 20.5),
        (read_metres, "", None),
        (read_nations, "th:3, VN 2", (NationalityCount("TH", 3), NationalityCount("VN", 2))),
        (read_nations, "", ()),
    ],
)
def test_numbers_are_read_as_people_type_them(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_count, "-1"),
        (read_count, "few"),
        (read_metres, "0"),
        (read_metres, "near"),
        (read_metres, "inf"),
        (read_nations, "Thai 3"),
    ],
)
def test_what_is_no_number_is_refused(read, text):
    with pytest.raises(InputError):
        read(text)
