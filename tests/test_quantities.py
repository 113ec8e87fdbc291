"""Words read as intervals, and the arithmetic on them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kzdata as kz
from kzdata import quantities
from kzdata.quantities import PLURAL, Quantity, format_number, format_quantity, parse_quantity, quantity_of, ratio


def test_every_figure_says_what_its_words_say():
    for figure_id, row in kz.load_figures().iterrows():
        words = row["quantity_text"]
        match row["reading"]:
            case "list":
                read = Quantity(*[len(words.replace(" and ", ", ").split(", "))] * 3)
            case "plural":
                read = PLURAL
            case _:
                read = parse_quantity(words)
        assert quantity_of(row) == read, figure_id


EXACT = {
    "$1 billion": 1e9, "ninth largest": 9, "the largest": 1, "the world’s second largest": 2, "twenty-seven": 27,
    "one hundred and fifty": 150, "a hundred": 100, "two hundred thousand": 200_000, "half a million": 500_000,
    "half a dozen": 6, "two dozen": 24, "1.5 million": 1.5e6, "1,225": 1225, "225 people": 225, "100 per cent": 100,
    "from 1991": 1991, "no one": 0, "a dozen": 12, "81-year-old": 81,
}  # fmt: skip
FLOORS = {"At least 164": 164, "more than 20 years": 20, "over 1,000": 1000, "no fewer than 5": 5, "from 10": 10,
          "164+": 164, "20 or more": 20, "more than a dozen": 12, "several hundred": 300, "several": 3}  # fmt: skip
CEILINGS = {"at most 5": 5, "up to 10": 10, "no more than 7": 7, "fewer than five": 5, "less than 1%": 1,
            "20 or fewer": 20}  # fmt: skip
ABOUT = {"about 50": 50, "some 50": 50, "nearly 50": 50, "almost a hundred": 100, "around $50": 50, "~50": 50,
         "roughly fifty": 50, "approximately 50": 50, "about a dozen": 12, "50 or so": 50}  # fmt: skip
RANGES = {
    "between 10 and 20": (10, 20), "10-20": (10, 20), "10–20": (10, 20), "10 to 20": (10, 20),
    "from 10 to 20": (10, 20), "$10-20 million": (10e6, 20e6), "1992-2009": (1992, 2009),
    "ten to twenty people": (10, 20), "hundreds": (200, 999),
    "nearly three decades": (25, 30), "dozens of people": (24, 99), "tens of thousands": (20_000, 99_999),
}  # fmt: skip
WORDS = (
    {words: Quantity(n, n, n) for words, n in EXACT.items()}
    | {words: Quantity(n, None, None) for words, n in FLOORS.items()}
    | {words: Quantity(None, None, n) for words, n in CEILINGS.items()}
    | {words: Quantity(None, n, None) for words, n in ABOUT.items()}
    | {words: Quantity(low, None, high) for words, (low, high) in RANGES.items()}
)


@pytest.mark.parametrize("words", WORDS)
def test_parse(words):
    assert parse_quantity(words) == WORDS[words]


@pytest.mark.parametrize("words", [
    "workers", "plenty", "not 225", "two thirds", "a third", "half", "one or two", "225 of 300", "perhaps 225",
    "one of the largest", "about 10 to 20", "at least about 20", "at least dozens", "between 10", "10 and 20",
    "20 to 10", "-5", "1 225", "1,5", "12.000", "1e5", "2 January", "January 2, 2022", "2022-01-02", "some hundred", "",
])  # fmt: skip
def test_words_that_are_refused(words):
    with pytest.raises(ValueError, match=f"no quantity in {re.escape(repr(words))} that can be read without dropping"):
        parse_quantity(words)


#: Every word that the reading of quantities knows.
KNOWN = set(re.findall("[a-z]+", quantities._QUANTITY.pattern + quantities._RANK.pattern)) | {"percent"}
UNKNOWN = st.text("abcdefghijklmnopqrstuvwxyzé", min_size=6, max_size=9).filter(lambda word: word not in KNOWN)
PLACES = st.sampled_from(["{} 225", "225 {}", "{} 10 to 20", "more {} 20 years", "{} a dozen", "the {} largest"])


@given(UNKNOWN, PLACES)
def test_no_word_is_dropped(word, form):
    """Whatever an unknown word says, it is not read as if it were not there."""
    with pytest.raises(ValueError, match="without dropping a word"):
        parse_quantity(form.format(word))


def interval(low: float, width: float) -> Quantity:
    return Quantity(low, low + width / 2, low + width)


@given(*[st.floats(0.1, 1e6)] * 4, st.floats(0, 1), st.floats(0, 1))
def test_ratio_bounds_hold_for_every_pair_inside(low_a, width_a, low_b, width_b, at_a, at_b):
    a, b = interval(low_a, width_a), interval(low_b, width_b)
    result = ratio(a, b)
    pair = (low_a + at_a * width_a) / (low_b + at_b * width_b)
    assert result.low <= pair * (1 + 1e-9) and pair <= result.high * (1 + 1e-9)


def test_ratio_keeps_what_is_open():
    assert ratio(Quantity(2, None, None), Quantity(1, 1, 4)) == Quantity(0.5, None, None)


@pytest.mark.parametrize("value, digits, text", [
    (5.876, None, "5.9"), (97, None, "97"), (12_000, None, "12,000"), (1e9, None, "1 billion"),
    (107e6, None, "107 million"), (1_754_385.96, None, "1.8 million"), (187_719.3, 2, "190,000"),
    (999_999_999, 2, "1 billion"),
])  # fmt: skip
def test_format_number(value, digits, text):
    assert format_number(value, digits) == text


@pytest.mark.parametrize("quantity, unit, text", [
    (Quantity(570, 570, 570), "USD", "$570"),
    (Quantity(24, None, 99), "persons", "24 to 99"),
    (Quantity(2, None, None), "persons", "at least 2"),
    (Quantity(None, None, 5), "states", "at most 5"),
    (Quantity(None, 50, None), "USD", "about $50"),
    (Quantity(2008, 2008, 2008), "year", "2008"),
    (Quantity(25, None, 30), "years", "25 to 30 years"),
    (Quantity(9, 9, 9), "rank", "rank 9"),
])  # fmt: skip
def test_format_quantity(quantity, unit, text):
    assert format_quantity(quantity, unit) == text
