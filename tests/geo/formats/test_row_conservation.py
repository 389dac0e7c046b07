"""Whatever a file holds: imported + rejected + waiting = rows, and no row is in two of them."""

from __future__ import annotations

import csv
import io
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.formats.arrow import from_ipc, to_ipc
from geo.formats.mapping import Mapping
from geo.formats.raw import RawTable
from geo.formats.rows import check
from geo.model.codec import columns_of, from_row
from geo.model.entity import Kind

WORDS = st.sampled_from(
    ["", "S1", "00855", "855", "casino", "កាស៊ីណូ", "ILLEGAL", "yes", "—", "31/02/2022",
     "២០២២-០១-០២", "17/09/2022", "B", "3-4 នាក់", "torture", "0,0", "11.5, 104.9",
     "104.9, 11.5", "48N 343757 1176111", "=1+1", "012 345 678", "180104", "TH",
     "international", "NaN", "inf", "1e400", "〃", '"', "\x00"]
)  # fmt: skip
CELLS = st.one_of(
    st.none(),
    WORDS,
    st.text(max_size=12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.floats(min_value=102, max_value=108),
    st.floats(min_value=9, max_value=15),
    st.integers(min_value=-(10**12), max_value=10**12),
    st.booleans(),
    st.dates(),
    st.datetimes().map(lambda moment: moment.replace(fold=0)),
)
FIELDS = {
    Kind.SITE: ["code", "name", "kind", "lat", "lon", "commune_code", "capacity", "visited_on",
                "claimed_status", "activity", "accuracy_m"],
    Kind.LICENCE: ["number", "holder", "issued_on", "expires_on", "lat", "lon", "activity"],
    Kind.ALLEGATION: ["reference", "received_on", "occurred_on", "kinds", "people", "channel",
                      "text", "reliability", "credibility", "district", "commune", "village",
                      "held_now"],
    Kind.CROSSING: ["name", "neighbour", "crossing_class", "open_from", "open_to", "lat", "lon"],
    Kind.TEAM: ["name", "lead_en", "vehicles", "contact", "province_code"],
}  # fmt: skip


@st.composite
def tables(draw, target):
    names = FIELDS[target]
    n = draw(st.integers(min_value=1, max_value=8))
    cells = tuple(draw(st.lists(CELLS, min_size=n, max_size=n)) for _ in names)
    raw = RawTable(columns=tuple(names), cells=cells, numbers=list(range(2, n + 2)))
    return raw, Mapping(target=target, columns={name: name for name in names})


@pytest.mark.parametrize("target", FIELDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_row_is_exactly_one_of_the_three(target, data):
    raw, mapping = data.draw(tables(target))
    result = check(raw, mapping, target)
    good = {raw.numbers[i] for i in result.good}
    rejected = [p.row for p in result.rejected]
    waiting = [p.row for p in result.waiting]
    assert sorted([*good, *rejected, *waiting]) == raw.numbers
    assert all(len(values) == len(good) for values in result.columns.values())
    assert set(result.columns.get("legal_status", ())) <= {"unverified"}


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_imported_is_always_a_sound_site(data):
    raw, mapping = data.draw(tables(Kind.SITE))
    result = check(raw, mapping)
    names = [c.name for c in columns_of(Kind.SITE) if c.name in result.columns]
    for i in range(len(result.good)):
        row = {name: result.columns[name][i] for name in names}
        assert row["lon"] is None or (math.isfinite(row["lon"]) and 102 < row["lon"] < 108)
        from_row(Kind.SITE, "id", 1, row)


@settings(max_examples=100, deadline=None)
@given(tables(Kind.SITE))
def test_rows_come_out_of_the_wire_as_they_went_in(drawn):
    raw, _ = drawn
    back = from_ipc(to_ipc(raw))
    assert back.columns == raw.columns
    assert repr(back.cells) == repr(raw.cells)
    assert back.numbers == raw.numbers


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)),
        min_size=1,
        max_size=10,
    )
)
def test_every_record_of_a_written_csv_is_a_row(reader, tmp_path, texts):
    path = tmp_path / "x.csv"
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["code", "name", "kind", "address"])
    writer.writerows([f"S{n}", text, "casino", "Demo street"] for n, (text,) in enumerate(texts))
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    raw = reader.read(path)
    assert raw.column("code") == [f"S{n}" for n in range(len(texts))]
