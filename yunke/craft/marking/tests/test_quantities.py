"""Numbers with units."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.numbers import read_quantity
from yunke.craft.marking.numbers.units import COUNTED, UNITS


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("3.5km", "3500", "length"),
        ("3.5 km", "3500", "length"),
        ("３.５千米", "3500", "length"),
        ("3米5厘米", "3.05", "length"),
        ("3m5cm", "3.05", "length"),
        ("2m30cm", "2.3", "length"),
        ("3 1/2 km", "3500", "length"),
        ("1/2米", "0.5", "length"),
        ("五米", "5", "length"),
        ("12平方米", "12", "area"),
        ("12m²", "12", "area"),
        ("12㎡", "12", "area"),
        ("12m2", "12", "area"),
        ("50平方分米", "0.5", "area"),
        ("2公顷", "20000", "area"),
        ("3立方厘米", "3/1000000", "volume"),
        ("1.5升", "0.0015", "volume"),
        ("250毫升", "0.00025", "volume"),
        ("2吨", "2000000", "mass"),
        ("3千克200克", "3200", "mass"),
        ("3斤2两", "1600", "mass"),
        ("2时30分", "9000", "time"),
        ("2小时半", "9000", "time"),
        ("半小时", "1800", "time"),
        ("一个半小时", "5400", "time"),
        ("2h15min", "8100", "time"),
        ("90 minutes", "5400", "time"),
        ("1年3个月", "15", "months"),
        ("3元5角", "3.5", "money"),
        ("3元5角2分", "3.52", "money"),
        ("三块五", "3.5", "money"),
        ("¥12.50", "12.5", "money"),
        ("5分钱", "0.05", "money"),
        ("60km/h", "50/3", "speed"),
        ("60千米/时", "50/3", "speed"),
        ("-3°C", "-3", "heat"),
        ("45°", "45", "angle"),
        ("45度", "45", "angle"),
        ("15个", "15", "个"),
        ("十二人", "12", "人"),
        ("35", "35", ""),
        ("35%", "0.35", ""),
    ],
)
def test_a_quantity_is_read_in_the_base_of_its_dimension(
    text: str, value: str, dimension: str
) -> None:
    found = read_quantity(text)
    assert found is not None
    assert (found.value, found.dimension) == (Fraction(value), dimension)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "米",
        "3x",
        "3米5",
        "3米5米",
        "3米2千克",
        "5厘米3苹果",
        "3 朵红花",
        "km3",
        "3kmm",
        "5..2米",
    ],
)
def test_what_is_no_quantity_is_none(text: str) -> None:
    assert read_quantity(text) is None


def test_an_ambiguous_unit_keeps_its_meanings() -> None:
    found = read_quantity("20分")
    assert found is not None
    assert found.as_dimension("time") == 1200
    assert found.as_dimension("money") == Fraction(1, 5)
    assert found.as_dimension("length") is None


def test_together_with_hours_a_minute_is_meant_and_with_yuan_a_cent() -> None:
    hours, yuan = read_quantity("1时20分"), read_quantity("1元20分")
    assert hours is not None
    assert (hours.dimension, hours.others) == ("time", ())
    assert yuan is not None
    assert (yuan.dimension, yuan.value) == ("money", Fraction(6, 5))


def test_the_parts_stay_as_they_were_written() -> None:
    found = read_quantity("3m5cm")
    assert found is not None
    assert [(number.value, unit) for number, unit in found.parts] == [(3, "m"), (5, "cm")]


def test_areas_grow_with_the_square() -> None:
    for small, large in (("平方分米", "平方米"), ("平方厘米", "平方分米")):
        assert dict(UNITS[large])["area"] / dict(UNITS[small])["area"] == 100
    assert dict(UNITS["立方米"])["volume"] / dict(UNITS["立方分米"])["volume"] == 1000
    assert dict(UNITS["升"])["volume"] == dict(UNITS["立方分米"])["volume"]


def test_words_that_count_are_no_units() -> None:
    assert not COUNTED & set(UNITS)


@given(st.integers(0, 10_000), st.sampled_from(sorted(UNITS)))
def test_every_unit_is_read_back(number: int, unit: str) -> None:
    found = read_quantity(f"{number} {unit}")
    assert found is not None
    meanings = dict(UNITS[unit])
    assert found.value == number * meanings[found.dimension]


@given(st.integers(1, 99), st.integers(0, 99))
def test_metres_and_centimetres_add_up(metres: int, rest: int) -> None:
    found, plain = (
        read_quantity(f"{metres}米{rest}厘米"),
        read_quantity(f"{metres * 100 + rest}厘米"),
    )
    assert found is not None
    assert plain is not None
    assert found.value == plain.value
