from __future__ import annotations

import itertools

import pytest

from gui.print.khmer import ZERO_WIDTH_SPACE, breakable
from gui.print.text import Paragraph, least_width, natural_width

KHMER = "ទីតាំងអាជីវកម្មដែលសម្រេចថាស្របច្បាប់ប្រព្រឹត្តិកម្ម"


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("មិនអាចវិនិច្ឆ័យ", ["មិន", "អាច", "វិនិច្ឆ័យ"]),
        ("ល្បែងស៊ីសងតាមអនឡាញ", ["ល្បែងស៊ីសង", "តាម", "អនឡាញ"]),
        ("កំពុងពិនិត្យ", ["កំពុង", "ពិនិត្យ"]),
        ("កងរាជអាវុធហត្ថ", ["កងរាជអាវុធហត្ថ"]),
    ],
)
def test_khmer_breaks_between_the_words_of_this_program(run, words):
    assert breakable(run).split(ZERO_WIDTH_SPACE) == words


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("word", ["ចម្រុះ", "ព្យួរ", "អាវុធហត្ថ"])
def test_a_word_fits_into_its_least_width(word):
    assert Paragraph(word, least_width(word, points=8, bold=True), points=8, bold=True).lines == 1


def test_khmer_breaks_between_syllables_and_never_before_a_subscript():
    pieces = breakable(KHMER).split(ZERO_WIDTH_SPACE)
    assert "".join(pieces) == KHMER
    assert len(pieces) > 5
    for before, after in itertools.pairwise(pieces):
        assert not before.endswith("\u17d2")
        assert "\u1780" <= after[0] <= "\u17b3"


@pytest.mark.parametrize("text", ["", "Preah Sihanouk", "ខេត្ត"])
def test_short_words_and_latin_are_left_as_they_are(text):
    assert breakable(text) == text


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("text", [KHMER, "several words of some length in a row"])
def test_a_paragraph_grows_downwards_when_it_has_less_room(text):
    wide = Paragraph(text, 5000)
    narrow = Paragraph(text, natural_width(text) / 3)
    assert wide.lines == 1
    assert narrow.lines >= 3
    assert narrow.height > 2 * wide.height


@pytest.mark.usefixtures("qapp")
def test_the_least_width_is_that_of_the_longest_word():
    assert least_width("a longest b") == natural_width("longest")


@pytest.mark.usefixtures("qapp")
def test_markup_is_written_as_it_stands():
    assert natural_width("<b>name</b>") > natural_width("name")
