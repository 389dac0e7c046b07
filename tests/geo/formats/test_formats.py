"""One small real file of each format, and what its format must not lose."""

from __future__ import annotations

import zipfile
from datetime import date, datetime

import pyproj
import pytest
import sqlcipher3
from openpyxl import Workbook

from geo.errors import InputError
from geo.model.entity import Kind

KHMER = "ផ្ទះសំណាក់"


def workbook(path, rows, *, sheet="Sheet1", merged=()):
    book = Workbook()
    table = book.worksheets[0]
    table.title = sheet
    for row in rows:
        table.append(row)
    for cells in merged:
        table.merge_cells(cells)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_csv_in_each_unicode_reads_khmer(reader, tmp_path, encoding, told):
    path = tmp_path / "x.csv"
    path.write_text(f"code;name_km\nS1;{KHMER}\nS2;{KHMER}\n", encoding=encoding)
    assert reader.inspect(path).encoding == told
    assert reader.read(path).column("name_km") == [KHMER, KHMER]


def test_csv_of_old_windows_reads_accents(reader, tmp_path):
    path = tmp_path / "x.csv"
    text = "code;name_en;address\nS1;Café Réunion;Rue de l'Église, près du marché\n" * 3
    path.write_bytes(text.encode("cp1252"))
    assert reader.read(path).column("name_en")[0] == "Café Réunion"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_finds_its_delimiter_beside_decimal_commas(reader, tmp_path, delimiter):
    path = tmp_path / "x.csv"
    rows = [["code", "lat", "lon"], ["S1", '"11,5"', '"104,9"'], ["S2", '"11,6"', '"104,8"']]
    path.write_text("\n".join(delimiter.join(r) for r in rows))
    assert reader.inspect(path).delimiter == delimiter
    assert reader.read(path).column("lat") == ["11,5", "11,6"]


def test_csv_counts_a_record_with_a_line_break_as_one_row(reader, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('code,address\nS1,"a\nb"\nS2,c\n')
    raw = reader.read(path)
    assert raw.numbers == [2, 3]
    assert raw.column("address") == ["a\nb", "c"]


def test_csv_with_a_word_for_its_separator_and_title_rows(reader, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("sep=;\nបញ្ជីទីតាំង;;\n;;\ncode;name_en;kind\nS1;Demo;casino\nសរុប;;1\n")
    raw = reader.read(path)
    assert raw.columns == ("code", "name_en", "kind")
    assert raw.numbers == [5]
    assert {n.what for n in raw.skipped} >= {"import.skipped.total", "import.skipped.header"}


def test_xlsx_keeps_the_type_of_each_cell(reader, tmp_path):
    rows = [
        ["code", "capacity", "visited on", "name en"],
        ["00855", 12, date(2022, 9, 17), "Demo"],
        [855, 12.5, datetime.fromisoformat("2022-09-17T08:30"), "Demo"],
    ]
    raw = reader.read(workbook(tmp_path / "x.xlsx", rows))
    assert raw.column("code") == ["00855", 855.0]
    assert raw.column("visited on") == [
        date(2022, 9, 17),
        datetime.fromisoformat("2022-09-17T08:30"),
    ]


def test_xlsx_header_of_two_merged_lines_below_titles(reader, tmp_path):
    rows = [
        ["ព្រះរាជាណាចក្រកម្ពុជា", None, None, None],
        ["លេខលិខិត", "កាលបរិច្ឆេទ", None, "ប្រភេទបណ្តឹង"],
        [None, "ទទួល", "កើតហេតុ", None],
        ["A1", date(2022, 2, 1), None, "torture"],
        ["សរុប", None, None, 1],
        [None, None, None, None],
        ["ធ្វើនៅថ្ងៃទី២៨", None, None, None],
    ]
    merged = ("A1:D1", "A2:A3", "B2:C2", "D2:D3")
    raw = reader.read(workbook(tmp_path / "x.xlsx", rows, merged=merged))
    assert raw.columns == (
        "លេខលិខិត",
        "កាលបរិច្ឆេទ / ទទួល",
        "កាលបរិច្ឆេទ / កើតហេតុ",
        "ប្រភេទបណ្តឹង",
    )
    assert raw.numbers == [4]


def test_a_header_that_a_person_chose_is_taken(reader, tmp_path):
    path = workbook(tmp_path / "x.xlsx", [["a", "b"], ["code", "name"], ["S1", "Demo"]])
    raw = reader.read(path, header={"": (1, 1)})
    assert raw.columns == ("a", "b")
    assert len(raw) == 2


def test_a_sheet_that_is_not_there_is_named(reader, tmp_path):
    path = workbook(tmp_path / "x.xlsx", [["code", "name"], ["S1", "Demo"]])
    with pytest.raises(InputError) as caught:
        reader.read(path, sheets=["nowhere"])
    assert caught.value.code == "error.import.no_sheet"


def test_geojson_in_utm_comes_out_in_degrees(reader, tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name":'
        ' "urn:ogc:def:crs:EPSG::32648"}}, "features": [{"type": "Feature", "properties": {},'
        ' "geometry": {"type": "Point", "coordinates": [343757, 1176111]}}]}'
    )
    raw = reader.read(path)
    assert (raw.lon[0], raw.lat[0]) == pytest.approx((103.57164, 10.63617), abs=1e-5)


def test_geojson_outline_that_was_not_closed_is_closed_and_named(reader, tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},'
        ' "geometry": {"type": "Polygon", "coordinates": [[[103, 11], [104, 11], [104, 12]]]}}]}'
    )
    raw = reader.read(path)
    assert raw.areas[0] is not None
    assert [n.what for n in raw.repairs] == ["import.repair.ring_closed"]


def geopackage(path, rows, *, epsg=4326):
    connection = sqlcipher3.connect(str(path))
    connection.executescript(
        """
        CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id, organization,
            organization_coordsys_id, definition, description);
        CREATE TABLE gpkg_contents (table_name, data_type, identifier);
        CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id);
        CREATE TABLE layer (fid INTEGER PRIMARY KEY, geom POINT, code TEXT, name_en TEXT);
        INSERT INTO gpkg_spatial_ref_sys VALUES ('x', 1, 'EPSG', EPSG_CODE, '', '');
        INSERT INTO gpkg_contents VALUES ('layer', 'features', 'layer');
        INSERT INTO gpkg_geometry_columns VALUES ('layer', 'geom', 'POINT', 1);
        """.replace("EPSG_CODE", str(epsg))
    )
    connection.executemany("INSERT INTO layer (geom, code, name_en) VALUES (?, ?, ?)", rows)
    connection.commit()
    connection.close()
    return path


def blob(lon, lat):
    import shapely

    return b"GP\x00\x01" + (4326).to_bytes(4, "little") + shapely.Point(lon, lat).wkb


def test_geopackage_rows_with_and_without_geometry(reader, tmp_path):
    rows = [(blob(104.9, 11.5), "00855", "Demo"), (None, "855", "Demo")]
    raw = reader.read(geopackage(tmp_path / "x.gpkg", rows))
    assert raw.column("code") == ["00855", "855"]
    assert (raw.lon[0], raw.lat[0], raw.lon[1]) == (104.9, 11.5, None)
    assert raw.damaged == ()


def test_a_damaged_geopackage_says_which_rows_are_lost_and_loses_no_other(reader, tmp_path):
    rows = [(blob(104.9, 11.5), f"S{n}", "Demo " + "x" * 300) for n in range(2000)]
    path = geopackage(tmp_path / "x.gpkg", rows)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\xff" * 4096
    path.write_bytes(data)
    raw = reader.read(path)
    assert len(raw) == 2000
    assert 0 < len(raw.damaged) < 200
    assert raw.column("code")[-1] == "S1999"


def test_indian_1960_geopackage_gets_its_datum_shift(reader, tmp_path):
    rows = [(blob(327112, 1281525), "S1", "Demo")]
    raw = reader.read(geopackage(tmp_path / "x.gpkg", rows, epsg=3148))
    assert (raw.lon[0], raw.lat[0]) == pytest.approx((103.41051, 11.59134), abs=3e-4)


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<NetworkLink><Link><href>http://demo.invalid/x.kml</href></Link></NetworkLink>
<Folder><name>Casinos</name><Folder><name>North</name><Placemark><name>Demo</name>
<description><![CDATA[<script>alert(1)</script>]]></description>
<ExtendedData><Data name="code"><value>S1</value></Data></ExtendedData>
<Point><coordinates>104.9,11.5,0</coordinates></Point></Placemark></Folder></Folder>
</Document></kml>"""


def test_kml_folders_data_and_scripts_are_text(reader, tmp_path):
    path = tmp_path / "x.kml"
    path.write_text(KML)
    raw = reader.read(path)
    assert raw.row_values(0) == {
        "name": "Demo",
        "description": "<script>alert(1)</script>",
        "folder": "Casinos / North",
        "code": "S1",
    }


def test_kmz_is_the_kml_inside(reader, tmp_path):
    path = tmp_path / "x.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc.kml", KML)
    assert reader.read(path).lon == [104.9]


def test_gpx_times_become_cambodian_and_tracks_are_left_out(reader, tmp_path):
    path = tmp_path / "x.gpx"
    path.write_text(
        '<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="11.5" lon="104.9">'
        "<time>2022-08-03T18:40:00Z</time><name>001</name></wpt><trk><name>t</name></trk></gpx>"
    )
    raw = reader.read(path)
    assert raw.column("name") == ["001"]
    assert raw.column("time") == [datetime.fromisoformat("2022-08-04T01:40")]
    assert [n.what for n in raw.skipped] == ["import.skipped.track"]


def test_a_shapefile_with_a_cut_character_keeps_the_other_rows(reader, shapefile_zip):
    cut = ("ក" * 10).encode()[:29]
    raw = reader.read(shapefile_zip([(KHMER[:8], 104.9, 11.5), (cut, 104.8, 11.4)]))
    assert raw.column("NAME_KM") == [KHMER[:8], "ក" * 9]
    assert [n.row for n in raw.repairs] == [2]


def test_a_shapefile_without_cpg_is_read_as_what_it_is(reader, shapefile_zip):
    raw = reader.read(shapefile_zip([(KHMER[:8], 104.9, 11.5)], cpg=None))
    assert raw.column("NAME_KM") == [KHMER[:8]]


def test_a_shapefile_in_utm_comes_out_in_degrees(reader, shapefile_zip):
    prj = pyproj.CRS(32648).to_wkt("WKT1_ESRI")
    raw = reader.read(shapefile_zip([("a", 343757, 1176111)], prj=prj))
    assert (raw.lon[0], raw.lat[0]) == pytest.approx((103.57164, 10.63617), abs=1e-5)


def test_a_file_without_coordinates_holds_sites_as_areas(checked, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("code,name_en,commune_code\nS1,Demo,180104\nS2,Demo,180104\n")
    result = checked(path, Kind.SITE)
    assert result.columns["precision"] == ["commune", "commune"]
    assert result.columns["lon"] == [None, None]
