"""Files of other systems: UTF-16, old code pages, tables without a word about their encoding."""

from __future__ import annotations

import pytest

from geo.model.entity import Kind

KHMER = "ទីតាំងសាកល្បង"
CSV = "Code,Name,Type,Latitude,Longitude\nS1,{name},hotel,10.6,103.5\nS2,Demo,hotel,10.7,103.6\n"
KML = """<?xml version="1.0" encoding="{encoding}"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>Casinos</name>
<Placemark><name>{name}</name><ExtendedData><Data name="type"><value>hotel</value></Data>
</ExtendedData><Point><coordinates>103.5,10.6</coordinates></Point></Placemark>
</Folder></Document></kml>"""
GPX = """<?xml version="1.0" encoding="{encoding}"?>
<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="10.6" lon="103.5"><name>{name}</name></wpt></gpx>"""
WIDE = ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"]


@pytest.mark.parametrize("encoding", WIDE)
def test_csv_in_every_unicode(checked, tmp_path, encoding):
    path = tmp_path / "x.csv"
    path.write_bytes(CSV.format(name=KHMER).encode(encoding))
    result = checked(path, Kind.SITE)
    assert result.imported == 2
    assert result.raw.column("Name")[0] == KHMER


@pytest.mark.parametrize("encoding", WIDE)
def test_kml_in_every_unicode(checked, tmp_path, encoding):
    path = tmp_path / "x.kml"
    declared = "utf-16" if "16" in encoding else "utf-8"
    path.write_bytes(KML.format(name=KHMER, encoding=declared).encode(encoding))
    result = checked(path, Kind.SITE)
    assert result.columns["name_km"] == [KHMER]
    assert result.columns["kind"] == ["hotel_guesthouse"]


@pytest.mark.parametrize("encoding", WIDE)
def test_gpx_in_every_unicode(checked, tmp_path, encoding):
    path = tmp_path / "x.gpx"
    declared = "utf-16" if "16" in encoding else "utf-8"
    path.write_bytes(GPX.format(name=KHMER, encoding=declared).encode(encoding))
    assert checked(path, Kind.SITE).columns["name_km"] == [KHMER]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_geojson_in_every_unicode(checked, tmp_path, encoding):
    path = tmp_path / "x.geojson"
    text = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
        f'{{"name": "{KHMER}"}}, "geometry": {{"type": "Point", "coordinates": [103.5, 10.6]}}}}]}}'
    )
    path.write_bytes(text.encode(encoding))
    assert checked(path, Kind.SITE).columns["name_km"] == [KHMER]


def test_an_old_western_page(checked, tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(CSV.format(name="Café Réunion – hôtel").encode("cp1252"))
    assert checked(path, Kind.SITE).columns["name_en"] == ["Café Réunion – hôtel", "Demo"]


def test_a_shapefile_that_says_nothing_of_its_encoding(reader, shapefile_zip):
    path = shapefile_zip([("សាកល្បង", 103.5, 10.6), ("Demo", 103.6, 10.7)], cpg=None)
    assert reader.read(path).column("NAME_KM") == ["សាកល្បង", "Demo"]


def test_a_shapefile_of_an_old_western_page_that_says_nothing(reader, shapefile_zip):
    names = ["Café Réunion", "Hôtel Élysée", "Théâtre des Mékong", "Forêt noire"]
    rows = [(name.encode("cp1252"), 103.5, 10.6) for name in names]
    assert reader.read(shapefile_zip(rows, cpg=None)).column("NAME_KM") == names


def test_xml_by_hand_with_a_bare_ampersand_and_an_entity_of_web_pages(checked, tmp_path):
    path = tmp_path / "x.kml"
    path.write_text(KML.format(name="Bar &nbsp;& Grill", encoding="utf-8"), encoding="utf-8")
    assert checked(path, Kind.SITE).columns["name_en"] == ["Bar &nbsp;& Grill"]


def test_half_a_character_costs_a_placemark_nothing_else(checked, tmp_path):
    path = tmp_path / "x.kml"
    whole = KML.format(name=KHMER, encoding="utf-8").encode()
    path.write_bytes(whole.replace(KHMER.encode(), KHMER.encode()[:-1]))
    assert checked(path, Kind.SITE).columns["name_km"] == [KHMER[:-1]]


def test_a_file_that_ends_too_early_costs_only_its_last_row(checked, tmp_path):
    marks = "".join(
        f"<Placemark><name>Demo {n}</name><Point><coordinates>103.5{n},10.6</coordinates></Point>"
        "</Placemark>"
        for n in range(4)
    )
    path = tmp_path / "x.kml"
    path.write_text(f"<kml><Document>{marks}"[:-40], encoding="utf-8")
    result = checked(path, Kind.SITE)
    assert result.imported == 3
    assert [(p.row, p.code) for p in result.rejected] == [(4, "import.reason.cut_off")]


def test_a_file_cut_between_two_waypoints_loses_nothing(checked, tmp_path):
    marks = "".join(f'<wpt lat="10.6{n}" lon="103.5"><name>Demo {n}</name></wpt>' for n in range(3))
    path = tmp_path / "x.gpx"
    path.write_text(f"<gpx>{marks}", encoding="utf-8")
    assert checked(path, Kind.SITE).imported == 3


@pytest.mark.parametrize("prefix", ["", "k:"])
def test_a_stray_bracket_in_the_middle_costs_one_placemark(checked, tmp_path, prefix):
    names = ["Demo 0", "Demo < 1", "Demo 2", "Demo 3"]
    marks = "".join(
        f"<{prefix}Placemark><{prefix}name>{name}</{prefix}name><{prefix}Point><{prefix}coordinates>"
        f"103.5{n},10.6</{prefix}coordinates></{prefix}Point></{prefix}Placemark>"
        for n, name in enumerate(names)
    )
    path = tmp_path / "x.kml"
    path.write_text(f'<{prefix}kml xmlns:k="http://x">{marks}</{prefix}kml>', encoding="utf-8")
    result = checked(path, Kind.SITE)
    assert result.columns["name_en"] == ["Demo 0", "Demo 2", "Demo 3"]
    assert [(p.row, p.code) for p in result.rejected] == [(2, "import.reason.cut_off")]
