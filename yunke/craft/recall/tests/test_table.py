"""Answers out of files as they come: marks, encodings, ids of any kind, moments, and refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.recall.table import decoded, read_tables
from yunke.craft.recall.tests.made_up import csv_of, school
from yunke.craft.recall.values import MOST_POINTS, Unusable

HEAD = "pupil,order,item,points,correct\n"
GOOD = (HEAD + "a,1,q1,k1_k2,1\nb,2,q2,k2,0\n").encode()


def table(*lines: str) -> bytes:
    return (HEAD + "".join(f"{line}\n" for line in lines)).encode()


def test_both_tables_share_their_numbers() -> None:
    found = read_tables(GOOD, table("b,3,q1,k2_k3,1", "c,4,q9,k1,0"))
    assert found.pupils == ["a", "b", "c"]
    assert found.items == ["q1", "q2", "q9"]
    assert found.points == ["k1", "k2", "k3"]
    assert found.train.pupil.tolist() == [0, 1]
    assert found.test.pupil.tolist() == [1, 2]
    assert found.test.points.tolist() == [[1, 2], [0, -1]]
    assert found.test.right.tolist() == [1, 0]
    assert found.test.order.tolist() == [3, 4]


def test_what_was_written_is_read() -> None:
    answers = school(pupils=6, length=10, items=9, points=3).answers
    found = read_tables(csv_of(answers), csv_of(answers.take(np.arange(5))))
    assert len(found.train) == 60
    assert len(found.test) == 5
    names = [found.items[number] for number in found.train.item]
    assert names == [f"q{number}" for number in answers.item]
    assert found.train.right.tolist() == answers.right.tolist()


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b",", b";"),
        GOOD.replace(b",", b"\t"),
        GOOD.decode().encode("utf-16"),
        GOOD + b"\n\n",
        GOOD.replace(b"pupil,order", b" Pupil , ORDER "),
    ],
)
def test_the_same_table_in_other_clothes(raw) -> None:
    found = read_tables(raw, GOOD)
    assert found.pupils == ["a", "b"]
    assert found.train.points.tolist() == found.test.points.tolist() == [[0, 1], [1, -1]]


def test_columns_may_stand_in_any_order_among_others() -> None:
    raw = b"x,correct,points,item,order,pupil\n9,1,k,q,5,a\n"
    found = read_tables(raw, raw)
    assert found.train.order.tolist() == [5]
    assert found.train.right.tolist() == [1]


def test_names_in_chinese_in_utf_8_and_in_gb_18030() -> None:
    raw = HEAD + "张三,1,题一,退位减法_进位,1\n"
    for kind in ("utf-8", "gb18030"):
        found = read_tables(raw.encode(kind), GOOD)
        assert found.pupils[0] == "张三"
        assert found.points[:2] == ["退位减法", "进位"]


def test_ids_of_any_kind_and_fields_in_quotes() -> None:
    found = read_tables(table('"Smith, J",1,"a ""b""\nc",7,1', "007,2,-1,,0", "7,3,1e5,NA,1"), GOOD)
    assert found.pupils[:3] == ["Smith, J", "007", "7"]
    assert found.items[0] == 'a "b"\nc'
    assert found.train.points.tolist()[1:] == [[-1, -1], [-1, -1]]


@pytest.mark.parametrize(
    ("points", "numbers"), [("a_a", 1), ("_a_", 1), ("a_ b", 2), ("nan", 0), ("__", 0), ("0", 1)]
)
def test_points_once_each_and_none_for_nothing(points, numbers) -> None:
    found = read_tables(table(f"p,1,q,{points},1"), table("p,2,q,,1"))
    assert (found.train.points >= 0).sum() == numbers


def test_more_points_than_can_be_traced_are_cut() -> None:
    found = read_tables(table("p,1,q," + "_".join(str(one) for one in range(40)) + ",1"), GOOD)
    assert found.train.points.shape[1] == MOST_POINTS


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("1", "2"),
        ("9", "10"),
        ("0.5", "1e3"),
        ("-3", "0"),
        ("9007199254740993", "9007199254740994"),
        ("2010-03-05 09:10:11", "2010-03-05 09:10:12"),
        ("2005-09-09 12:24:35.0", "2005-09-09 12:24:35.5"),
        ("2010-03-05T09:10:11Z", "2010-03-05T09:10:11-01:00"),
        ("2010-03-05", "2010-10-01"),
        ("3/5/2010 9:10", "10/1/2010 9:10"),
        ("2010/3/5 9:10:11", "2010/10/1 9:10:11"),
    ],
)
def test_order_as_numbers_and_as_moments(early, late) -> None:
    found = read_tables(table(f"p,{late},q,k,1", f"p,{early},q,k,0"), table(f"p,{late},q,k,1"))
    assert found.train.order[1] < found.train.order[0] == found.test.order[0]


@pytest.mark.parametrize(
    ("word", "right"),
    [("1", 1), ("0", 0), ("1.0", 1), ("TRUE", 1), ("false", 0), (" 1 ", 1), ("0.5", 0)],
)
def test_right_in_other_words(word, right) -> None:
    assert read_tables(table(f"p,1,q,k,{word}"), GOOD).train.right.tolist() == [right]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "train: empty"),
        (b"\n\n", "train: empty"),
        (b"pupil,order,item,correct\na,1,q,1\n", "train: no column points"),
        (b"\xff\xfe\x00", "train: not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff", "train: "),
        (table("a,1,q,k"), "train, line 2: 4 fields instead of 5"),
        (table("a,1,q,k,1", "a,2,q,k,2"), "train, line 3: correct is '2'"),
        (table("a,1,q,k,"), "train, line 2: correct is ''"),
        (table("a,soon,q,k,1"), "train, line 2: order is 'soon'"),
        (table("a,,q,k,1"), "train, line 2: order is ''"),
        (table("a,nan,q,k,1"), "train, line 2: order is 'nan'"),
    ],
)
def test_a_table_that_cannot_be_used_says_where(raw, said) -> None:
    with pytest.raises(Unusable, match="^" + said.replace("'", ".")):
        read_tables(raw, GOOD)


def test_the_reason_names_the_test_table_too() -> None:
    with pytest.raises(Unusable, match=r"test, line 3: correct is"):
        read_tables(GOOD, table("a,1,q,k,1", "a,2,q,k,x"))


def test_tables_without_rows_are_tables() -> None:
    found = read_tables(HEAD.encode(), HEAD.encode())
    assert len(found.train) == len(found.test) == 0
    assert found.train.points.shape == (0, 1)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw) -> None:
    said = ""
    try:
        read_tables(raw, GOOD)
        decoded(raw, "x")
    except Unusable as reason:
        said = str(reason)
    assert "\n" not in said
