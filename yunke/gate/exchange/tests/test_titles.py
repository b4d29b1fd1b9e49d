"""Properties of names: what we call a class we also read, and a login is nobody else's."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from yunke.gate.exchange.rules.findings import Whole, findings_of, needs_second
from yunke.gate.exchange.rules.logins import LOCAL, key_of, login_free, logins_for
from yunke.gate.exchange.rules.places import Reach, class_read, classes_match, orgs_match
from yunke.gate.exchange.rules.titles import (
    GRADES,
    SUBJECTS,
    class_name,
    class_number,
    grade_of,
    number_of,
    subject_names,
    subject_of,
)
from yunke.gate.exchange.values import ClassHas, OrgHas, OrgWant, Wrong

CITY = OrgHas(1, "city", 0, "c", "云州市")
EAST = OrgHas(2, "county", 1, "e", "河东县")
WEST = OrgHas(3, "county", 1, "w", "河西县")
SCHOOL = OrgHas(4, "school", 2, "s", "河东小学")


@given(some.sampled_from(GRADES), some.integers(1, 99))
def test_a_class_is_read_by_either_of_its_own_names(grade: int, number: int) -> None:
    for name in class_name(grade, number):
        assert (grade_of(name), class_number(name)) == (grade, number), name


@given(some.text(max_size=40))
def test_any_text_names_a_grade_of_school_or_none(text: str) -> None:
    assert grade_of(text) in {0, *GRADES}
    assert class_number(text) >= 0
    assert number_of(text) >= 0


@given(some.integers(1, 99))
def test_every_number_is_read_in_chinese(number: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    assert number_of(ten + (digits[ones] if ones else "")) == number


@pytest.mark.parametrize("text", ["十四年级", "高四", "初零", "Grade 13", "1300", "0", "-1", "½"])
def test_what_no_school_has_is_no_grade(text: str) -> None:
    assert grade_of(text) == 0


def test_a_subject_that_a_list_writes_is_read_back() -> None:
    assert {subject_of(name) for name in subject_names().values()} == set(subject_names())
    for name, key in SUBJECTS.items():
        assert subject_of(f" {name.upper()} ") == key
    assert subject_of("语文,数学") == "chinese"


@given(some.text(max_size=60), some.text(min_size=1, max_size=60), some.text(max_size=20))
def test_every_person_gets_a_login_that_can_be_typed(login: str, source: str, code: str) -> None:
    tries = logins_for(login, source, code)
    assert tries == list(dict.fromkeys(tries))
    for name in tries:
        assert 4 <= len(name) <= 40
        assert name == name.lower()
        assert name.isascii()


@given(some.lists(some.text(min_size=1, max_size=8), min_size=1, max_size=12))
def test_no_two_persons_get_one_login(sources: list[str]) -> None:
    given_out: set[str] = set()
    for source in sources:
        name = login_free(logins_for("", source, ""), given_out.__contains__)
        assert name not in given_out
        given_out.add(name)


@given(some.text(min_size=1, max_size=30))
def test_only_short_numbers_are_a_schools_own(source: str) -> None:
    assert key_of(source, "") == source
    assert key_of(source, "o7:") == (f"o7:{source}" if len(source) < LOCAL else source)


@given(
    some.dictionaries(some.integers(1, 9), some.tuples(some.integers(0, 50), some.integers(0, 50)))
)
def test_a_file_in_which_nobody_leaves_asks_nobody(counts: dict[int, tuple[int, int]]) -> None:
    schools = {school: (there, 0, there) for school, (there, _left) in counts.items()}
    assert findings_of(Whole(schools)) == []
    schools = {school: (there, min(there, left), there) for school, (there, left) in counts.items()}
    many = any(left * 10 > there > 0 for there, left, _again in schools.values())
    assert needs_second(findings_of(Whole(schools))) == many


def want(source: str, name: str, kind: str = "school", **more: str) -> OrgWant:
    return OrgWant(2, source, name, kind, more.get("code", ""), more.get("parent", ""))


def found(wanted: list[OrgWant], reach: Reach) -> tuple[list[tuple[str, int]], list[str]]:
    faults: list[Wrong] = []
    places = orgs_match(wanted, [CITY, EAST, WEST, SCHOOL], reach, faults.append, "orgs")
    made = [(one.name, one.parent_id) for one in places.orgs if one.act == "new"]
    return made, [fault.code for fault in faults]


CITYWIDE = Reach(1, "city", None)
EASTERN = Reach(2, "county", frozenset({4}))


@pytest.mark.parametrize(
    ("wanted", "reach", "made", "codes"),
    [
        ([want("n", "新", parent="e")], EASTERN, [("新", 2)], []),
        ([want("n", "新")], EASTERN, [("新", 2)], []),
        ([want("n", "新"), want("e", "河东县", "district")], EASTERN, [("新", 2)], []),
        ([want("n", "南", "district")], EASTERN, [], ["other-school"]),
        ([want("n", "新")], CITYWIDE, [], ["other-school"]),
        (
            [want("n", "新", parent="w"), want("w", "河西县", "local")], CITYWIDE,
            [("新", 3)], [],
        ),
        ([want("n", "南", "district")], CITYWIDE, [("南", 1)], []),
        ([want("n", "别市", "state", code="x")], CITYWIDE, [], ["other-school"]),
    ],
)  # fmt: skip
def test_who_may_make_which_office(
    wanted: list[OrgWant], reach: Reach, made: list[tuple[str, int]], codes: list[str]
) -> None:
    assert found(wanted, reach) == (made, codes)


def test_a_code_that_another_office_has_is_told_before_anything_is_written() -> None:
    two = [want("n", "新", code="s" * 2), want("m", "旧", code="s" * 2)]
    made, codes = found(two, EASTERN)
    assert ([name for name, _parent in made], codes) == (["新"], ["same-code"])
    assert found([want("n", "新", code="e")], EASTERN)[1] == ["same-code"]


def test_departments_that_name_each_other_end() -> None:
    circle = [
        want("a", "甲", "department", parent="b"), want("b", "乙", "department", parent="a"),
    ]  # fmt: skip
    assert orgs_match(circle, [CITY], CITYWIDE, lambda _: None, "orgs").alias == {}


def matched(wanted: list[tuple[str, str, str]], has: list[ClassHas], **more: bool) -> list[object]:
    rows = [class_read(n, s, title, grades, "", 4) for n, (s, title, grades) in enumerate(wanted)]
    told = classes_match(
        rows, has, whole=more.get("whole", True), covered={4}, faults=lambda _: None, file="c"
    )
    return [[(c.id, c.number, str(c.act)) for c in told.rows], [of.id for of in told.ended]]


FIRST = ClassHas(10, 4, 3, 1, "三年级1班", False, "a")
SECOND = ClassHas(11, 4, 3, 2, "三年级2班", False)
OVER = ClassHas(12, 4, 3, 3, "三年级3班", True, "o")


@pytest.mark.parametrize(
    ("wanted", "rows", "ended"),
    [
        ([("a", "三年级1班", ""), ("b", "三年级2班", "")], [(10, 1, "same"), (11, 2, "same")], []),
        ([("a", "三年级1班", "")], [(10, 1, "same")], [11]),
        ([("a", "三年级2班", "")], [(10, 2, "changed")], [11]),
        ([("x", "三年级1班", "")], [(10, 1, "same")], [11]),
        ([("o", "三年级3班", "")], [(12, 3, "changed")], [10, 11]),
        ([("n", "三年级9班", "")], [(-1, 9, "new")], [10, 11]),
        (
            [("a", "三年级", "03"), ("n", "三年级", "03")],
            [(10, 1, "changed"), (-1, 3, "new")], [11],
        ),
    ],
)  # fmt: skip
def test_classes_by_id_then_by_place_then_new(
    wanted: list[tuple[str, str, str]], rows: list[tuple[int, int, str]], ended: list[int]
) -> None:
    assert matched(wanted, [FIRST, SECOND, OVER]) == [rows, ended]


def test_a_part_of_a_school_ends_no_class() -> None:
    assert matched([("a", "三年级1班", "")], [FIRST, SECOND], whole=False)[1] == []


@given(some.lists(some.tuples(some.integers(1, 12), some.integers(0, 9)), max_size=30))
def test_no_two_classes_share_a_place(wanted: list[tuple[int, int]]) -> None:
    rows = [
        class_read(n, f"c{n}", f"{number}班" if number else "组", str(grade), "", 4)
        for n, (grade, number) in enumerate(wanted)
    ]
    faults: list[Wrong] = []
    told = classes_match(
        rows, [FIRST, SECOND], whole=True, covered={4}, faults=faults.append, file="c"
    )
    places = [(c.grade, c.number) for c in told.rows]
    assert len(set(places)) == len(places)
    assert len({c.id for c in told.rows}) == len(told.rows)
    assert len(told.rows) + len(faults) == len(wanted)
