"""Decisions on plain values: what may be undone, what a code means, which password will do."""

from datetime import datetime, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.clock import now
from yunke.ground.people.forms import COMMON, Binding, PasswordForm, password_wrong
from yunke.ground.people.rules.codes import ALPHABET, code_new, code_read, password_new
from yunke.ground.people.rules.devices import device_of, network_of
from yunke.ground.people.rules.limits import ACCOUNT, MOVES, PASSWORD_SHORTEST, Limit
from yunke.ground.people.rules.undo import FINAL, UNDO, may_undo
from yunke.ground.people.views.life import day_typed, number_typed

MOMENT = now()


@pytest.mark.parametrize(
    ("kind", "age", "undone", "steps", "may"),
    [
        ("class", timedelta(0), None, 2, True),
        ("class", UNDO - timedelta(seconds=1), None, 1, True),
        ("class", UNDO, None, 1, False),
        ("class", timedelta(days=30), None, 1, False),
        ("class", timedelta(0), MOMENT, 1, False),
        ("devices", timedelta(0), None, 0, False),
        *((kind, timedelta(0), None, 3, False) for kind in sorted(FINAL)),
    ],
)
def test_a_change_is_taken_back_within_its_week_once_and_never_a_decision(
    kind: str, age: timedelta, undone: datetime | None, steps: int, may: bool
) -> None:
    made_at = MOMENT - age
    found = may_undo(kind, made_at=made_at, undone_at=undone, steps=steps, moment=MOMENT)
    assert found is may


def test_what_a_court_or_two_people_decided_is_final() -> None:
    assert {"court", "freeze", "unfreeze", "move"} == FINAL


@given(st.integers(min_value=1, max_value=20))
def test_a_code_is_read_back_as_it_was_made(length: int) -> None:
    code = code_new(length)
    assert len(code) == length
    assert code_read(code) == code


@given(st.text(alphabet=ALPHABET, min_size=1, max_size=12), st.data())
def test_spaces_dashes_and_case_do_not_matter(code: str, data: st.DataObject) -> None:
    typed = "".join(c + data.draw(st.sampled_from(("", " ", "-", "—", "\u3000"))) for c in code)
    assert code_read(typed.lower()) == code


@given(st.text(max_size=200))
def test_whatever_is_typed_becomes_letters_of_codes(typed: str) -> None:
    read = code_read(typed)
    assert set(read) <= set(ALPHABET)
    assert len(read) <= 20
    assert code_read(read) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ＫＱ２３", "KQ23"), ("kq-23 45", "KQ2345"), ("0O1ILU", ""), ("", ""), ("班级KQ", "KQ")],
)
def test_wide_letters_are_read_and_lookalikes_are_not(typed: str, meant: str) -> None:
    assert code_read(typed) == meant


def test_no_two_letters_of_the_alphabet_look_alike() -> None:
    assert not set("01OILU") & set(ALPHABET)
    assert len(ALPHABET) == len(set(ALPHABET)) == 30


def test_a_password_to_be_read_out_is_two_groups_and_good_enough() -> None:
    made = {password_new() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        assert [len(part) for part in password.split("-")] == [4, 4]
        assert password == password.lower()


@pytest.mark.parametrize(
    ("password", "login", "good"),
    [
        ("moon-river", "", True),
        ("月亮河上的船儿轻轻", "", True),
        ("short12", "", False),
        ("a" * PASSWORD_SHORTEST, "", False),
        ("abababab", "", False),
        ("abcabcabc", "", True),
        ("13800000123", "13800000123", False),
        ("Zhou.Ming", "zhou.ming", False),
        *((word, "", False) for word in sorted(COMMON)),
        ("PASSWORD1", "", False),
    ],
)
def test_which_password_will_do(password: str, login: str, good: bool) -> None:
    assert (password_wrong(password, login) == "") is good


@pytest.mark.parametrize(
    ("new", "again", "wrong"),
    [
        ("moon-river", "moon-river", set()),
        ("moon-river", "moon-rivers", {"again"}),
        ("short", "short", {"new"}),
        ("short", "other", {"new"}),
        ("", "", {"new", "again"}),
    ],
)
def test_the_form_says_which_field_is_wrong(new: str, again: str, wrong: set[str]) -> None:
    form = PasswordForm({"now": "x", "new": new, "again": again})
    assert form.is_valid() is not wrong or not form.errors
    assert set(form.errors) == wrong


def typed(**fields: str) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update(fields)
    return found


def test_what_a_guardian_types_is_trimmed_and_bounded_but_never_the_password() -> None:
    read = Binding.read(
        typed(code=" kq2345 ", child=" 李小明 ", relation="妈妈", name=" 李妈 ", login=" LI.MA ",
              password="  two spaces  ")
    )  # fmt: skip
    assert (read.code, read.child, read.name, read.login) == ("kq2345", "李小明", "李妈", "li.ma")
    assert read.password == "  two spaces  "
    long = Binding.read(typed(code="x" * 500, login="y" * 500, password="z" * 500))
    assert (len(long.code), len(long.login), len(long.password)) == (60, 60, 200)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": "李妈", "login": "li.ma", "password": "moon-river"}, set()),
        ({"login": "li.ma", "password": "moon-river"}, {"name"}),
        ({"name": "李妈", "login": "abc", "password": "moon-river"}, {"login"}),
        ({"name": "李妈", "login": "li ma x", "password": "moon-river"}, {"login"}),
        ({"name": "李妈", "login": "moon-river", "password": "Moon-River"}, {"password"}),
        ({}, {"name", "login", "password"}),
    ],
)
def test_an_account_needs_a_name_a_login_and_a_password(
    fields: dict[str, str], wrong: set[str]
) -> None:
    assert set(Binding.read(typed(**fields)).account_wrong()) == wrong


@given(st.text(max_size=300))
def test_any_browser_has_a_name_or_none(agent: str) -> None:
    assert len(device_of(agent)) <= 40


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10.0.0.1", "10.0.0.2", False),
        ("2001:db8:1:2:3::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2:3::1", "2001:db8:1:3:3::1", False),
    ],
)
def test_a_household_is_one_network(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_a_limits_key_fits_its_column_whatever_it_counts() -> None:
    assert ACCOUNT.key(7) != MOVES.key(7)
    assert len(Limit("x" * 100, 1, timedelta(1)).key("y" * 500)) == 120


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("", 0), ("-7", 0), ("7.5", 0), ("x", 0), ("9" * 19, 0), ("9" * 18, 10**18 - 1)],
)
def test_a_number_that_is_none_is_zero(text: str, number: int) -> None:
    assert number_typed(text) == number


def test_an_empty_day_is_today() -> None:
    assert day_typed("  ") == day_typed("")
    assert day_typed(" 2030-01-31 ").isoformat() == "2030-01-31"
