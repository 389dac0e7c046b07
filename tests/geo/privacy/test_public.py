from __future__ import annotations

from datetime import date

import pytest

from geo.errors import InputError
from geo.model.entity import Kind
from geo.model.vocabulary import OperationState
from geo.privacy.public import Geography, public_release
from tests.geo.privacy.example_plan import DAY, example_plan


def test_a_year_that_is_not_over_is_not_published():
    with pytest.raises(InputError) as refused:
        public_release(example_plan(), DAY.year, today=DAY)
    assert refused.value.code == "grade.error.period_open"


def test_counts_are_those_of_the_plan():
    found = public_release(example_plan(), 2021, today=DAY, province_code="18")
    assert found.counts["legal"].total == 70
    assert found.counts["illegal"].total == 40


def test_no_published_count_is_under_eleven():
    found = public_release(example_plan(state=OperationState.COMPLETED), 2021, today=DAY)
    published = [cell for counts in found.counts.values() for cell in counts.cells]
    published += found.outcomes.values()
    assert all(cell is None or cell >= 11 for cell in published)


def test_outcomes_are_those_of_completed_operations():
    draft = public_release(example_plan(), 2021, today=DAY)
    done = public_release(example_plan(state=OperationState.COMPLETED), 2021, today=DAY)
    assert draft.outcomes["rescued"] is None
    assert done.outcomes["rescued"] == 18


def test_the_geography_is_coarser_until_it_holds():
    found = public_release(example_plan(), 2021, today=DAY, province_code="18")
    small = any(counts.hidden for counts in found.counts.values())
    assert found.geography is Geography.PROVINCE or not small


def test_the_same_release_again_is_the_same():
    plan = example_plan()
    first = public_release(plan, 2021, today=DAY)
    plan.record("print", **first.audit_details())
    assert public_release(plan, 2021, today=date(2023, 1, 5)) == first


def test_a_release_that_differs_from_an_earlier_one_is_refused():
    plan = example_plan()
    plan.record("print", **public_release(plan, 2021, today=DAY).audit_details())
    sites = plan.table(Kind.SITE)
    plan._tables[Kind.SITE] = sites.with_updated(  # noqa: SLF001 - as if edited since
        [sites.ids[0]], [2], {"admin_code": ["010101"]}
    )
    with pytest.raises(InputError) as refused:
        public_release(plan, 2021, today=DAY)
    assert refused.value.code == "grade.error.differs_from_earlier"


def test_another_province_of_the_same_year_is_a_difference_too():
    plan = example_plan()
    plan.record("print", **public_release(plan, 2021, today=DAY).audit_details())
    with pytest.raises(InputError):
        public_release(plan, 2021, today=DAY, province_code="18")
