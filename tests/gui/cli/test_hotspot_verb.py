"""``hotspots``: every method from the command line, its file, and what it refuses."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing

import geopandas
import h3
import numpy as np
import pytest

from geo.analysis.hotspots.resampling import Doubt
from geo.analysis.hotspots.wish import HotWish, Statistic
from geo.catalogue import LANGUAGES, text
from geo.compute import Computer
from geo.edit.edit import Edit, inserting_columns
from geo.edit.verbs import Verb
from geo.errors import InputError
from geo.model.codec import to_row
from geo.model.entity import Kind, LonLat
from geo.model.table import columns_from_rows
from geo.model.vocabulary import Grade
from geo.progress import NoProgress
from geo.territory import Territory
from gui.cli.hotspot_methods import METHODS, Question
from gui.cli.hotspot_verbs import Of, as_object, numbers_from
from gui.cli.opening import opened
from gui.models.hotspot_asked import OVER_UNITS
from layers.export.found_rows import found_copy
from tests.geo.analysis.alleged import at, graded, within
from tests.geo.analysis.hotspots.ground import LAST, around, scattered

HOT = h3.latlng_to_cell(10.68, 103.60, 7)
QUICK = ("--rounds", 16)


@pytest.fixture
def alleged(plan):
    """The plan with fictional allegations that gather around one hexagon of its province."""
    random = np.random.default_rng(1)
    lonlat = np.concatenate(
        [
            scattered(random, Territory.load().provinces["18"], 150),
            scattered(random, around(HOT, 1), 60),
        ]
    )
    days = [LAST.fromordinal(LAST.toordinal() - int(n)) for n in random.integers(0, 300, 210)]
    rows = [
        at(LonLat(*p), admin_code="180101", received_on=day, **graded("B2"))
        for p, day in zip(lonlat.tolist(), days, strict=True)
    ]
    rows += [within("180101", received_on=LAST) for _ in range(20)]
    with opened(plan, acts=True) as project:
        columns = columns_from_rows([to_row(a) for a in rows])
        delta = inserting_columns(Kind.ALLEGATION, [a.id for a in rows], columns)
        project.store.commit(Edit(verb=Verb.IMPORT, deltas=(delta,)))
    return plan


def test_gi_star_tells_what_the_contract_names_and_leaves_a_layer(run, alleged, tmp_path):
    out = tmp_path / "hot.gpkg"
    told = run("hotspots", alleged, "--of", "allegations", *QUICK, "--out", out, "--json").json
    assert told["method"] == "gi-star"
    assert told["n"] == 230
    assert told["surely_placed"] == 210
    assert told["grades"] == {"B2": 210, "F6": 20}
    assert told["parameters"]["rate"] == 0.1
    assert told["parameters"]["resolution"] == 7
    assert any("20 of the 230" in w for w in told["warnings"])
    by_id = {cell["id"]: cell for cell in told["cells"]}
    assert len(by_id) == told["parameters"]["count"]
    assert {"id", "z", "p", "class"} <= set(by_id[HOT])
    assert by_id[HOT]["class"] == "hot"
    assert by_id[HOT]["z"] > 3
    assert 0 < by_id[HOT]["q"] < 0.1
    assert by_id[HOT]["sure"] == "sure"
    assert told["path"] == str(out)
    assert len(told["sha256"]) == 64
    log = run("audit", alleged, "--json").json["rows"]
    assert log[-1]["what"] == "export"
    layer = geopandas.read_file(out)  # another program
    assert layer.crs.to_epsg() == 4326
    assert (layer.geometry.geom_type == "Polygon").all()
    assert layer.loc[layer["id"] == HOT, "class"].item() == "hot"
    assert layer["z"].dtype == float
    with closing(sqlite3.connect(out)) as file:
        ((about,),) = file.execute("SELECT description FROM gpkg_contents")
    assert "Getis-Ord" in about


def test_an_earlier_day_knows_less_and_a_table_says_what_it_rests_on(run, alleged):
    earlier = LAST.fromordinal(LAST.toordinal() - 30).isoformat()
    told = run("hotspots", alleged, *QUICK, "--as-of", earlier)
    assert told.status == 0, told.err
    assert "(sure)" in told.out
    assert "Grades: B2 1" in told.out
    assert "230" not in told.out


def test_every_method_answers_with_rows_and_sentences(alleged):
    table = {}
    with opened(alleged) as project, Computer() as computer:
        for method, answers in METHODS.items():
            answer = answers(
                Question(
                    plan=project,
                    method=method,
                    province="18",
                    on=LAST,
                    wish=HotWish(
                        statistic=Statistic(method.value)
                        if method in OVER_UNITS
                        else Statistic.GI_STAR,
                        doubt=Doubt(rounds=16),
                    ),
                    given={},
                    radius_m=None,
                    distance_m=None,
                    fewest=10,
                    computer=computer,
                    progress=NoProgress(),
                )
            )
            assert answer.basis.n == 230
            for lang in LANGUAGES:
                assert len([words.words(lang) for words in (*answer.said, *answer.warned)]) > 4
                assert answer.headline.words(lang)
            told = as_object(method, answer, Of.ALLEGATIONS, None, "")
            assert told["cells"]
            assert all({"id", "z", "p", "class"} <= set(cell) for cell in told["cells"])
            json.dumps(told)
            table[method] = answer.table
        copies = [found_copy(project, t, Grade.COMMAND, "km") for t in table.values()]
    for copy in copies:
        lines = list(csv.reader(copy.data(".csv").decode("utf-8-sig").splitlines()))
        assert lines[0][0].startswith("# ")
        assert len(lines) == len(copy.sheet.about) + 1 + len(copy)
        whole = json.loads(copy.data(".geojson"))
        assert whole["about"]["grade"] == "command"
        kinds = {f["geometry"]["type"] for f in whole["features"]}
        assert kinds <= {"Polygon", "MultiPolygon"}
        assert whole["about"]["method"]
    assert copies[0].data(".xlsx").startswith(b"PK")


@pytest.mark.parametrize("grade", ["restricted", "public"])
def test_other_grades_are_refused_before_anything_is_computed(run, plan, tmp_path, grade):
    out = tmp_path / "hot.gpkg"
    refused = run("hotspots", plan, "--out", out, "--grade", grade)
    assert refused.status == 2
    assert text(f"error.hotspots.grade_{grade}", "en") in refused.err
    assert not out.exists()


def test_a_file_of_numbers_is_read_and_its_faults_are_told(tmp_path):
    numbers = tmp_path / "people.csv"
    numbers.write_text('unit,people\n180101,"1,000"\n១៨០១០២,២០\n', encoding="utf-8")
    assert numbers_from(numbers) == {"180101": 1000.0, "180102": 20.0}
    numbers.write_text("unit,people\n180101,12\n180102,many\n", encoding="utf-8")
    with pytest.raises(InputError, match="per_file"):
        numbers_from(numbers)
    numbers.write_text("180101,-4\n", encoding="utf-8")
    with pytest.raises(InputError, match="per_file"):
        numbers_from(numbers)


def test_a_wrong_day_and_a_wrong_format_are_told(run, plan, tmp_path):
    assert "yesterday" in run("hotspots", plan, "--since", "yesterday").err
    wrong = run("hotspots", plan, "--out", tmp_path / "hot.png")
    assert wrong.status == 2
    assert ".gpkg" in wrong.err
