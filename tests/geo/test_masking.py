from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.masking import ADDRESS, PASSPORT, TELEPHONE, mask

DIGITS = st.text("0123456789", min_size=8, max_size=9)
GAPS = st.sampled_from(["", " ", "-", "."])


@pytest.mark.parametrize(
    "text",
    [
        "012 345 678",
        "012345678",
        "+855 12 345 678",
        "855 12 345 678",
        "០១២ ៣៤៥ ៦៧៨",
        "(012) 345-678",
        "+66 81 234 5678",
        "0012 345 678",
    ],
)
def test_telephone_numbers_are_masked(text):
    assert mask(f"Call back: {text}.") == f"Call back: {TELEPHONE}."


@pytest.mark.parametrize("text", ["N0000001", "E 0000002", "AB1234567", "010123456"])
def test_passport_and_card_numbers_are_masked(text):
    masked = mask(f"Passport {text} kept")
    assert not any(c.isdigit() for c in masked)
    assert PASSPORT in masked or TELEPHONE in masked


@pytest.mark.parametrize(
    "text",
    [
        "Shifts of 16 hours, 12 people, since 17/09/2022",
        "ធ្វើការ ១៦ ម៉ោងក្នុងមួយថ្ងៃ",
        "2022-09-17 10:30",
        "fined 2,620,000 riel",
        "",
    ],
)
def test_what_is_no_number_of_a_person_stays(text):
    assert mask(text) == text


@given(st.text(max_size=60), DIGITS, GAPS, st.text(max_size=60))
def test_no_telephone_number_survives_in_any_text(before, rest, gap, after):
    number = "0" + gap.join([rest[:2], rest[2:5], rest[5:]])
    masked = mask(f"{before} {number} {after}")
    assert number not in masked


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text):
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "លេខទូរស័ព្ទ០១២៣៤៥៦៧៨",
        "ទូរស័ព្ទ012345678ហៅ",
        "电话13812345678",
        "０１２３４５６７８",  # noqa: RUF001
        "๐๘๑๒๓๔๕๖๗๘",
        "012\u2011345\u2011678",
        "012\u2009345\u2009678",
        "012—345—678",
        "012,345,678",
        "012_345_678",
        "012\u00ad345\u00ad678",
        "012\u200d345678",
        "012\n345\n678",
        "012345678x",
        "(+855) 12-345-678",
        "1.012 345 678",
        "12-345-678",
        "លិខិតឆ្លងដែនN1234567",
        "N 123 4567",
        "110101199003071234",
        "11010119900307123X",
        "123 456 789",
        "061234567890",
    ],
)
def test_a_number_is_masked_however_it_is_written_and_whatever_stands_beside_it(text):
    assert sum(c.isdigit() for c in mask(text)) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "10.62345678, 103.52345678",
        "2022-09-17 10:30, 120 people",
        "07/09/2022 15 people in rooms 101, 102",
        "2 620 000 riel and 1,680,000 riel",
        "ថ្ងៃទី០៧/០៩/២០២២ ម៉ោង ១០",
        "PSH-00855",
    ],
)
def test_dates_amounts_and_positions_stay(text):
    assert mask(text) == text


@pytest.mark.parametrize(
    "address",
    [
        "someone@example.org",
        "some.one+x@mail.example.co.uk",
        "someone (at) example.org",
        "someone[at]example.org",
        "@some_one",
        "t.me/some_one",
        "https://t.me/some_one",
        "https://www.facebook.com/some.one?id=12",
        "wa.me/85512000000",
        "someone\uff20example.org",
    ],
)
def test_addresses_and_names_in_chats_are_masked(address):
    assert mask(f"Write to {address} today") == f"Write to {ADDRESS} today"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Telegram: some_one", f"Telegram: {ADDRESS}"),
        ("WhatsApp:some.one says", f"WhatsApp:{ADDRESS} says"),
        ("WeChat ID: someone88", f"WeChat ID: {ADDRESS}"),
        ("Line ID: @someone", f"Line ID: {ADDRESS}"),
        ("តេឡេក្រាម៖ some_one", f"តេឡេក្រាម៖ {ADDRESS}"),
        ("ផ្ញើទៅsomeone@example.orgភ្លាម", f"ផ្ញើទៅ{ADDRESS}ភ្លាម"),
        ("微信:someone", f"微信:{ADDRESS}"),
    ],
)
def test_a_name_behind_a_service_is_masked(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "https://maps.example/@10.62,103.52,17z",
        "Signal is weak here; facebook was not asked",
        "10 workers @ 5 USD",
        "see example.org/page",
        "Contact line: none. Status: open",
    ],
)
def test_what_is_no_address_stays(text):
    assert mask(text) == text
