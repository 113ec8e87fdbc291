"""Words read as intervals, and the arithmetic on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kzdata as kz
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


@pytest.mark.parametrize("words, expected", [
    ("$1 billion", Quantity(1e9, 1e9, 1e9)),
    ("more than 20 years", Quantity(20, None, None)),
    ("nearly three decades", Quantity(25, None, 30)),
    ("hundreds", Quantity(200, None, 999)),
    ("a dozen", Quantity(12, 12, 12)),
    ("ninth largest", Quantity(9, 9, 9)),
    ("the largest", Quantity(1, 1, 1)),
])  # fmt: skip
def test_parse(words, expected):
    assert parse_quantity(words) == expected


def test_words_without_a_quantity():
    with pytest.raises(ValueError, match="no quantity in 'workers'"):
        parse_quantity("workers")


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
    (Quantity(2008, 2008, 2008), "year", "2008"),
    (Quantity(25, None, 30), "years", "25 to 30 years"),
    (Quantity(9, 9, 9), "rank", "rank 9"),
])  # fmt: skip
def test_format_quantity(quantity, unit, text):
    assert format_quantity(quantity, unit) == text
