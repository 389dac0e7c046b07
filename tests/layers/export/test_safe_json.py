from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.export.safe_json import safe_json

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(values)
def test_what_goes_in_is_what_a_reader_gets(value):
    assert json.loads(safe_json(value)) == value


@given(st.lists(st.text(alphabet="<>&{}'`\u2028\u2029/script!-%\"\\")))
def test_no_text_has_a_sign_that_means_something_to_a_page_or_a_template(texts):
    written = safe_json(texts)
    assert not set(written) & set("<>&{}'`\u2028\u2029")


def test_a_number_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="finite"):
        safe_json([float("nan")])


def test_what_json_does_not_know_is_refused():
    with pytest.raises(TypeError):
        safe_json({"a": object()})
    with pytest.raises(TypeError):
        safe_json({1: "a"})
