"""What a plain form says of answers; what of it is believed."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from yunke.school.attempts.forms import answers_of
from yunke.school.attempts.values import Asking
from yunke.school.library.values.questions import Asked, AskedBlank, AskedOption

THREE = tuple(AskedOption(one, one) for one in "abc")
BLANKS = (AskedBlank("1", "text"), AskedBlank("2", "number"))
FIELDS = st.dictionaries(
    st.sampled_from(["q7", "q7.a", "q7.b", "q7.c", "q7.1", "q8", "q", "", "q7."]),
    st.sampled_from(["", " ", "1", "2", "3", "³", "A", "true", "春", "\0"]), max_size=9,
)  # fmt: skip


def asked(kind: str, **more: Any) -> tuple[Asking, ...]:
    return (Asking(1, 7, Asked(7, kind, "?", **more), None, kind),)


def told(kind: str, fields: list[tuple[str, str]], **more: Any) -> Any:
    found = answers_of(QueryDict(urlencode(fields)), asked(kind, **more))
    assert set(found) <= {7}
    return found.get(7)


@pytest.mark.parametrize(
    ("kind", "fields", "value"),
    [
        ("choice", [("q7", "B")], "B"),
        ("choice", [], None),
        ("number", [("q7", "  12.5米 ")], "12.5米"),
        ("long-text", [("q7", " \n ")], None),
        ("multiple", [("q7", "A"), ("q7", "C")], ["A", "C"]),
        ("multiple", [], None),
        ("true-false", [("q7", "false")], False),
        ("true-false", [("q7", "true")], True),
        ("true-false", [("q7", "perhaps")], None),
        ("signed", [("q7", "true")], True),
        ("choice", [("q8", "B")], None),
        ("choice", [("q7.a", "B")], None),
    ],
)
def test_a_field_says_what_its_kind_of_question_asks(
    kind: str, fields: list[tuple[str, str]], value: Any
) -> None:
    assert told(kind, fields) == value


def test_only_the_blanks_that_there_are_and_that_were_filled_count() -> None:
    fields = [("q7.1", " 春 "), ("q7.2", ""), ("q7.3", "无")]
    assert told("blanks", fields, blanks=BLANKS) == {"1": "春"}
    assert told("blanks", [("q7.3", "无")], blanks=BLANKS) is None


def test_a_match_joins_what_was_joined() -> None:
    fields = [("q7.a", "x"), ("q7.c", "y"), ("q7.z", "x")]
    assert told("matching", fields, options=THREE) == [["a", "x"], ["c", "y"]]
    assert told("matching", [("q7.a", "")], options=THREE) is None


@pytest.mark.parametrize(
    ("places", "order"),
    [
        (("2", "3", "1"), ["c", "a", "b"]),
        (("1", "2", "3"), ["a", "b", "c"]),
        (("1", "1", "2"), None),
        (("1", "2", ""), None),
        (("0", "1", "2"), None),
        (("1", "2", "99999999999999999999"), None),
        (("1", "2", "³"), None),
    ],
)
def test_half_an_order_says_nothing(places: tuple[str, ...], order: list[str] | None) -> None:
    fields = [(f"q7.{one}", place) for one, place in zip("abc", places, strict=True)]
    assert told("ordering", fields, options=THREE) == order


def test_files_cannot_come_as_words() -> None:
    """Else a pupil could name somebody else's photograph."""
    assert told("practical", [("q7", "31")], media=("photo",)) is None


@given(
    FIELDS,
    st.sampled_from(["choice", "multiple", "true-false", "blanks", "matching", "ordering", "x"]),
)
def test_no_form_breaks_the_reading_or_leaves_an_empty_answer(
    fields: dict[str, str], kind: str
) -> None:
    found = told(kind, list(fields.items()), options=THREE, blanks=BLANKS)
    assert found not in ("", [], {})
    if kind == "ordering" and found is not None:
        assert sorted(found) == ["a", "b", "c"]
