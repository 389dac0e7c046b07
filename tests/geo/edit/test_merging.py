"""Merging sites and allegations, keeping pairs apart."""

from __future__ import annotations

from geo.edit.merging import live_sites
from geo.model.entity import Kind
from geo.model.table import Table


def test_a_merged_site_is_no_site_of_its_own():
    table = Table.of(Kind.SITE, ["a", "b", "c"], [1, 1, 1], {"merged_into": ["", "a", None]})
    assert live_sites(table).tolist() == [True, False, True]
