"""The demonstration's registers, and what was made of them."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from geo.analysis.duplicates import site_pairs
from geo.analysis.reconcile import Finding, Terms, reconcile
from geo.analysis.repeats import allegation_pairs
from geo.clock import today
from geo.corroboration import LeftOutReason, corroboration
from geo.demo import REGISTERS, build
from geo.edit.verbs import Verb
from geo.errors import CancelledError, InputError
from geo.fiction.earlier import ZONE_NAME
from geo.fiction.gates import CLOSED, OPEN_AGAIN
from geo.fiction.voices import REPORTS
from geo.model.allegation import Allegation
from geo.model.command import Zone
from geo.model.entity import Kind
from geo.model.evidence import Attachment, DistinctPair
from geo.model.network import Link, PersonDecision, PersonRef
from geo.model.place import BorderCrossing
from geo.model.plan import ImportBatch, ImportRow, User
from geo.model.result import Inspection
from geo.model.site import Authority, Site, StatusDecision
from geo.model.vocabulary import (
    AllegationStatus,
    Answer,
    LegalStatus,
    PersonRole,
    Role,
    WaitingState,
)

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources" / "demo"
EXPECTED = json.loads((RESOURCES / "expected.json").read_text(encoding="utf-8"))["files"]


def test_each_register_gives_what_is_expected_of_it(built):
    told = {i["file_name"]: i for i in built.told["imports"]}
    assert set(told) == {name for name, _ in REGISTERS}
    for name, counts in told.items():
        assert {k: counts[k] for k in ("rows", "imported", "rejected", "waiting")} == EXPECTED[name]


def rows_in(name: str) -> int | None:
    """Count a register's rows without this program; None where that is not done in a line."""
    text = RESOURCES / name
    if name.endswith(".csv"):
        with text.open(encoding="utf-8-sig", newline="") as file:
            return sum(1 for row in csv.DictReader(file) if any(row.values()))
    if name.endswith(".geojson"):
        return len(json.loads(text.read_text(encoding="utf-8"))["features"])
    return None


def test_no_row_of_any_register_is_lost(demo):
    kept = Counter((r.batch_id, r.state) for r in demo.all(ImportRow))
    by_target = Counter()
    for batch in demo.all(ImportBatch):
        assert batch.rows == batch.imported + batch.rejected + batch.waiting
        assert rows_in(batch.file_name) in {None, batch.rows}
        assert kept[batch.id, WaitingState.REJECTED] == batch.rejected
        assert kept[batch.id, WaitingState.WAITING] == batch.waiting
        by_target[batch.target] += batch.imported
    by_target[Kind.ALLEGATION] += len(REPORTS)
    by_target[Kind.ZONE] += sum(bool(z.units) or z.name == ZONE_NAME for z in demo.all(Zone))
    by_target[Kind.INSPECTION] += sum(bool(i.assignment_id) for i in demo.all(Inspection))
    assert {k: len(demo.table(k)) for k in by_target} == by_target
    assert sum(kept.values()) == len(demo.all(ImportRow))


def test_the_statuses_are_those_that_were_decided(demo):
    decided = {k: v for k, v in EXPECTED["decisions.csv"].items() if k in set(LegalStatus)}
    found = Counter(demo.table(Kind.SITE)["legal_status"])
    assert {status: found[status] for status in decided} == decided
    assert found[LegalStatus.UNVERIFIED] == len(demo.table(Kind.SITE)) - sum(decided.values())
    assert len(demo.table(Kind.STATUS_DECISION)) == EXPECTED["decisions.csv"]["imported"]


def test_no_site_has_a_status_without_a_decision_of_an_authority_that_may_decide(demo):
    last: dict[str, StatusDecision] = {}
    may = {a.id for a in demo.all(Authority) if a.may_decide}
    for decision in sorted(demo.all(StatusDecision), key=lambda d: (d.decided_on, d.recorded_at)):
        assert decision.reason
        assert decision.document
        assert decision.decided_by
        assert decision.authority_id in may
        last[decision.site_id] = decision
    for site in demo.all(Site):
        expected = last[site.id].to_status if site.id in last else LegalStatus.UNVERIFIED
        assert site.legal_status is expected


def test_no_import_brought_a_status_with_it(demo):
    for header in demo.store.log():
        if header.verb is Verb.IMPORT:
            for delta in demo.store.edit(header.id).deltas:
                if delta.kind is Kind.SITE:
                    assert set(delta.after.get("legal_status", ())) <= {"unverified"}


def test_licences_are_mostly_valid_and_each_finding_has_work(demo):
    found = reconcile(demo, Terms(today=today()))
    shown = {finding: found.count(finding) for finding in Finding}
    assert all(shown.values()), shown
    total = len(demo.table(Kind.LICENCE))
    assert 0.05 < shown[Finding.EXPIRED] / total < 0.12
    assert 0.02 < shown[Finding.EXPIRING] / total < 0.08
    assert shown[Finding.MATCHED] > total / 2
    assert shown[Finding.NAME_DIFFERS] < 20


def test_rows_wait_for_answers_of_several_kinds(demo):
    rows = [r for r in demo.all(ImportRow) if r.state is WaitingState.WAITING]
    assert len(rows) > 10
    assert len({json.loads(r.reason)[0] for r in rows}) > 6


def test_duplicates_are_left_to_answer_and_one_pair_is_merged_and_one_kept_apart(demo):
    assert len(site_pairs(demo)) >= 5
    assert len(allegation_pairs(demo)) >= 5
    merged = [site for site in demo.all(Site) if site.merged_into]
    assert len(merged) == 1
    assert demo.get(Site, merged[0].merged_into).code
    assert {p.kind for p in demo.all(DistinctPair)} == {Kind.SITE, Kind.ALLEGATION}


def test_reports_of_the_last_days_have_one_to_three_independent_sources(demo):
    late = [a for a in demo.all(Allegation) if a.reference.startswith("DEMO-A-NEW-")]
    assert len(late) == len(REPORTS)
    found = [corroboration(demo, a.id) for a in late]
    assert {f.independent for f in found} == {0, 1, 2, 3}
    reasons = {o.reason for f in found for o in f.left_out}
    assert {LeftOutReason.SAME_SOURCE, LeftOutReason.NOT_INDEPENDENT} <= reasons
    assert {a.status for a in demo.all(Allegation)} == set(AllegationStatus)
    held = [a.received_on for a in late if a.held_now is Answer.YES]
    assert max(held) >= today() - timedelta(days=2)


def test_the_telephone_numbers_of_reports_are_masked(demo):
    assert not any("012 000" in a.text for a in demo.all(Allegation))


def test_sites_have_inspections_signs_pictures_and_links(demo):
    assert any(i.people_max and i.people_min != i.people_max for i in demo.all(Inspection))
    checks = demo.table(Kind.INDICATOR_CHECK)
    assert {bool(i) for i in checks["inspection_id"]} == {True, False}
    for attachment in demo.all(Attachment):
        assert len(demo.store.content(attachment.content_sha256)) == attachment.size
        assert attachment.file_name.startswith("demo_")
    leaders = [p for p in demo.all(PersonRef) if p.role is PersonRole.RINGLEADER]
    assert len(demo.all(Link)) > len(leaders) > 0
    entries = {d.person_id: d for d in demo.all(PersonDecision)}
    assert all(p.ringleader_decision == entries[p.id].document for p in leaders)
    stopped = [p for p in demo.all(PersonRef) if p.arrested_on]
    assert {bool(p.next_question) for p in stopped} == {True, False}
    assert all("(demo)" in p.pseudonym for p in demo.all(PersonRef))


def test_crossings_closed_and_two_of_them_opened_again(demo):
    changed = [c for c in demo.all(BorderCrossing) if c.open_intervals]
    assert len(changed) == len(CLOSED)
    assert all("demonstration dates" in c.basis for c in changed)
    assert sum(bool(c.open_on(today())) for c in changed) == len(OPEN_AGAIN)


def test_check_finds_nothing(demo):
    assert demo.store.check() == ()


def test_every_edit_is_signed_by_a_user_of_the_plan(demo):
    users = {u.id for u in demo.all(User)}
    rows = demo.store.audit()
    assert all(row.signature for row in rows)
    assert {row.actor for row in rows} <= users
    assert {u.role for u in demo.all(User)} == set(Role)


def test_everything_says_that_it_is_fictional(demo):
    assert demo.info.fictional
    assert "fictional" in demo.info.name
    assert all("demo" in u.name.lower() for u in demo.all(User))


def test_no_gdal_is_in_the_process_that_builds_it(built):
    forbidden = {"fiona", "pyogrio", "rasterio", "osgeo", "geopandas", "pandas", "folium"}
    assert forbidden.isdisjoint(built.told["modules"])
    assert "PySide6" not in built.told["modules"]
    assert "libgdal" not in built.told["libraries"]


def test_a_second_demonstration_is_not_built_over_the_first(built):
    before = built.path.read_bytes()
    with pytest.raises(InputError) as refused:
        build(built.path.parent)
    assert refused.value.code == "error.demo.exists"
    assert built.path.read_bytes() == before


class Impatient:
    """Somebody who cancels at the first step."""

    def step(self, *_: object) -> None:
        raise CancelledError


def test_a_demonstration_that_is_cancelled_leaves_no_plan(tmp_path, fresh_home):
    with pytest.raises(CancelledError):
        build(tmp_path / "out", Impatient())
    assert not list((tmp_path / "out").glob("*.gpkg*"))
