"""Files that want to do harm, or were harmed themselves."""

from __future__ import annotations

import json
import struct
import zipfile

import pytest

from geo.errors import InputError
from geo.model.entity import Kind

VRT = """<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{secret}</SrcDataSource>
</OGRVRTLayer></OGRVRTDataSource>"""
HEAD = "code,name_en,lat,lon,kind\n"
GOOD = "S1,Demo Casino,11.0,104.9,casino\n"


def refused(reader, path):
    with pytest.raises(InputError) as caught:
        reader.read(path)
    return caught.value.code


@pytest.mark.parametrize("ending", [".geojson", ".json", ".csv", ".kml", ".gpx", ".gpkg", ".shp"])
def test_a_vrt_under_another_name_is_not_opened(reader, tmp_path, ending):
    secret = tmp_path / "secret.csv"
    secret.write_text(HEAD + GOOD)
    path = tmp_path / f"register{ending}"
    path.write_text(VRT.format(secret=secret))
    assert refused(reader, path) == "error.import.not_what_it_says"


def test_a_gdalg_pipeline_under_the_name_json_is_not_opened(reader, tmp_path):
    path = tmp_path / "register.json"
    path.write_text(json.dumps({"type": "gdal_streamed_alg", "command_line": "gdal vector read x"}))
    assert refused(reader, path) == "error.import.not_what_it_says"
    path.write_text(json.dumps({"type": "x", "gdalg": {"command_line": "gdal vector read x"}}))
    assert refused(reader, path) == "error.import.not_what_it_says"


def test_an_unknown_ending_a_missing_and_an_empty_file_are_named(reader, tmp_path):
    (tmp_path / "plan.dwg").write_bytes(b"AC1027")
    (tmp_path / "empty.csv").write_bytes(b"")
    assert refused(reader, tmp_path / "plan.dwg") == "error.import.unknown_format"
    assert refused(reader, tmp_path / "empty.csv") == "error.import.empty_file"
    assert refused(reader, tmp_path / "nowhere.csv") == "error.import.missing_file"


def test_a_zip_bomb_is_not_unpacked(reader, tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 300_000_000)
    assert refused(reader, path) == "error.import.bomb"


def test_a_zip_that_climbs_out_of_its_folder_is_refused(reader, tmp_path):
    path = tmp_path / "climb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../layer.shp", b"\x00\x00\x27\x0a" + bytes(96))
        archive.writestr("../../layer.dbf", b"")
    assert refused(reader, path) == "error.import.bad_path"


@pytest.mark.parametrize("ending", ["kml", "gpx"])
def test_a_billion_laughs_stay_unlaughed(reader, tmp_path, ending):
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    path = tmp_path / f"laughs.{ending}"
    path.write_text(f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><{ending}>&a9;</{ending}>")
    assert refused(reader, path) == "error.import.bomb"


def test_an_external_entity_reads_no_file(reader, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    path = tmp_path / "external.kml"
    path.write_text(
        f'<!DOCTYPE kml [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<kml><Placemark><name>&x;</name></Placemark></kml>"
    )
    assert refused(reader, path) == "error.import.bomb"


def test_an_open_quote_costs_one_row_and_is_named(reader, tmp_path):
    path = tmp_path / "quote.csv"
    rows = "".join(f"S{n},Demo {n},11.0,104.9,casino\n" for n in range(20))
    path.write_text(HEAD + GOOD + 'S9,"Demo open,11.0,104.9,casino\n' + rows)
    raw = reader.read(path)
    assert len(raw) == 22
    assert [(n.row, n.what) for n in raw.damaged] == [(3, "import.reason.open_quote")]


def test_two_open_quotes_swallow_nothing_between_them(reader, tmp_path):
    path = tmp_path / "quotes.csv"
    open_row = 'S9,"Demo open,11.0,104.9,casino\n'
    path.write_text(HEAD + open_row + GOOD + GOOD + open_row + GOOD)
    raw = reader.read(path)
    assert len(raw) == 5
    assert [n.row for n in raw.damaged] == [2, 5]


def test_a_nul_byte_cuts_nothing_off_silently(reader, tmp_path):
    path = tmp_path / "nul.csv"
    path.write_bytes((HEAD + GOOD + "S2,Demo\x00hidden,11.0,104.9,casino\n").encode())
    raw = reader.read(path)
    assert len(raw) == 2
    assert [(n.row, n.what) for n in raw.damaged] == [(3, "import.reason.nul")]


def test_a_character_cut_in_csv_costs_no_other_row(reader, tmp_path):
    path = tmp_path / "cut.csv"
    khmer = "ផ្ទះសំណាក់".encode()
    path.write_bytes(
        b"code,name_km,lat,lon\nS1," + khmer[:-1] + b",11,104.9\nS2," + khmer + b",11,104.9\n"
    )
    raw = reader.read(path)
    assert raw.column("name_km")[1] == "ផ្ទះសំណាក់"
    assert [(n.row, n.what) for n in raw.repairs] == [(2, "import.repair.cut_text")]


def test_a_duplicate_key_in_geojson_does_not_let_the_last_one_win(checked, tmp_path):
    path = tmp_path / "twice.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": ['
        '{"type": "Feature", "properties": {"name": "a", "status": "legal", "status": "illegal"},'
        ' "geometry": {"type": "Point", "coordinates": [104.9, 11.5]}}]}'
    )
    result = checked(path, Kind.SITE)
    assert [p.code for p in result.rejected] == ["import.reason.duplicate_key"]


def test_one_broken_feature_does_not_cost_the_others(checked, tmp_path):
    feature = (
        '{"type": "Feature", "properties": {"name": "%s"},'
        ' "geometry": {"type": "Point", "coordinates": %s}}'
    )
    path = tmp_path / "broken.geojson"
    features = [
        feature % ("a", "[104.9, 11.5]"),
        feature % ("b", "[104.9, oops]"),
        feature % ("c", "[NaN, 11.5]"),
        feature % ("d", "[104.9, 11.6]"),
    ]
    path.write_text('{"type": "FeatureCollection", "features": [' + ",\n".join(features) + "]}")
    result = checked(path, Kind.SITE)
    assert (result.rows, result.imported, len(result.rejected)) == (4, 2, 2)


def test_a_truncated_shapefile_names_what_is_lost(reader, shapefile_zip):
    path = shapefile_zip([("S1", 104.9, 11.5), ("S2", 104.8, 11.4)], cut=20)
    raw = reader.read(path)
    assert len(raw) == 2
    assert [(n.row, n.what) for n in raw.damaged] == [(2, "import.reason.broken_geometry")]


def test_formula_text_stays_text(reader, tmp_path):
    path = tmp_path / "formula.csv"
    path.write_text(HEAD + '"=HYPERLINK(""http://x"")",@SUM(A1),11,104.9,casino\n')
    assert reader.read(path).column("code") == ['=HYPERLINK("http://x")']


def test_a_view_in_a_geopackage_is_never_read(reader, tmp_path):
    import sqlcipher3

    path = tmp_path / "views.gpkg"
    connection = sqlcipher3.connect(str(path))
    connection.executescript(
        """
        CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id, organization,
            organization_coordsys_id, definition, description);
        CREATE TABLE gpkg_contents (table_name, data_type, identifier);
        INSERT INTO gpkg_contents VALUES ('endless', 'attributes', 'endless');
        CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
            SELECT i FROM n;
        """
    )
    connection.close()
    assert refused(reader, path) == "error.import.no_rows"


def test_a_lying_size_in_a_shapefile_header_is_no_crash(reader, tmp_path):
    path = tmp_path / "lie.shp"
    path.write_bytes(struct.pack(">i5i", 0x270A, 0, 0, 0, 0, 0) + struct.pack(">i", 1 << 30))
    for part in (".shx", ".dbf"):
        path.with_suffix(part).write_bytes(bytes(100))
    assert refused(reader, path) == "error.import.file_broken"
