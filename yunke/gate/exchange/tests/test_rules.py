"""Names of grades and classes, whose school a row is, what a file looks like as a whole."""

import pytest

from yunke.gate.exchange.rules.findings import Whole, findings_of, needs_second
from yunke.gate.exchange.rules.logins import key_of, login_free, logins_for
from yunke.gate.exchange.rules.places import Reach, class_read, classes_match, orgs_match
from yunke.gate.exchange.rules.titles import (
    class_name,
    class_number,
    grade_of,
    number_of,
    subject_of,
)
from yunke.gate.exchange.values import ClassHas, OrgHas, OrgWant, Wrong

CITY = OrgHas(1, "city", 0, "c", "云州市")
COUNTY = OrgHas(2, "county", 1, "x1", "河东县")
EAST = OrgHas(3, "school", 2, "s1", "河东小学", "org-east")
HILL = OrgHas(4, "school", 2, "s2", "山前小学")
OURS = [CITY, COUNTY, EAST, HILL]
WHOLE = Reach(1, "city", None)
OWN = Reach(3, "school", frozenset({3}))


@pytest.mark.parametrize(
    ("text", "grade", "number"),
    [
        ("三年级（2）班", 3, 2), ("初一3班", 7, 3), ("高二（10）班", 11, 10),
        ("Grade 3 Class 2", 3, 2),
        ("302", 3, 2), ("1201", 12, 1), ("三(2)班", 3, 2), ("3-2", 3, 2), ("七年级", 7, 0),
        ("六（十二）班", 6, 12), ("十二班", 0, 12), ("5", 5, 5), ("09", 9, 9), ("KG", 0, 0),
        ("Introduction to Physics", 0, 0), ("９年级１班", 9, 1), ("13", 0, 13),
    ],
)  # fmt: skip
def test_grades_and_classes_as_schools_write_them(text: str, grade: int, number: int) -> None:
    assert (grade_of(text), class_number(text)) == (grade, number)


def test_numbers_in_chinese() -> None:
    assert [number_of(t) for t in ("十", "十一", "二十", "二十一", "两", "〇", "百")] == [
        10, 11, 20, 21, 2, 0, 0,
    ]  # fmt: skip


def test_a_class_is_called_as_here() -> None:
    assert class_name(3, 2) == ("三年级（2）班", "Grade 3, Class 2")
    assert class_name(11, 1)[0] == "高二（1）班"


def test_subjects_by_their_names() -> None:
    assert [subject_of(t) for t in ("语文", "Maths", "physical education", "化学", "")] == [
        "chinese", "maths", "sport", "", "",
    ]  # fmt: skip


def want(source: str, name: str, **more: str) -> OrgWant:
    told = {"type": "school", "code": "", "parent": "", **more}
    return OrgWant(2, source, name, told["type"], told["code"], told["parent"])


def matched(wanted: list[OrgWant], reach: Reach) -> tuple[dict[str, int], list[Wrong], str]:
    faults: list[Wrong] = []
    found = orgs_match(wanted, OURS, reach, faults.append, "orgs")
    return found.alias, faults, found.stranger


def test_a_school_is_known_by_id_code_and_name() -> None:
    wanted = [want("org-east", "改了名"), want("zz", "山前小学"), want("yy", "别名", code="s1")]
    assert matched(wanted[:2], WHOLE)[0] == {"org-east": 3, "zz": 4}
    assert matched(wanted[2:], WHOLE)[0] == {"yy": 3}


def test_a_bureau_makes_new_schools_under_their_county() -> None:
    wanted = [
        want("new", "新城小学", parent="d"),
        want("d", "河西县", type="district"),
        want("old", "旧城小学", parent="d1"),
        want("d1", "河东县", type="district"),
    ]
    found = orgs_match(wanted, OURS, WHOLE, lambda _: None, "orgs")
    made = {org.name: org for org in found.orgs if org.act == "new"}
    assert made["河西县"].parent_id == 1
    assert made["新城小学"].parent_id == made["河西县"].id
    assert made["旧城小学"].parent_id == 2


def test_a_schools_clerk_brings_in_no_other_school() -> None:
    alias, faults, _ = matched([want("org-east", "河东小学"), want("x", "山前小学")], OWN)
    assert alias["org-east"] == 3
    assert [(fault.code, fault.value) for fault in faults] == [("other-school", "山前小学")]


def test_a_schools_only_school_is_its_own_by_whatever_name() -> None:
    alias, faults, stranger = matched([want("q", "河东县河东小学")], OWN)
    assert (alias, faults, stranger) == ({"q": 3}, [], "")
    alias, faults, stranger = matched([want("q", "远方小学")], OWN)
    assert (alias, stranger) == ({"q": 3}, "远方小学")


def test_a_departments_people_are_its_schools() -> None:
    wanted = [
        want("org-east", "河东小学"),
        want("dep", "语文组", type="department", parent="org-east"),
    ]
    assert matched(wanted, OWN)[0]["dep"] == 3


def test_classes_go_up_a_grade_and_the_last_one_ends() -> None:
    has = [
        ClassHas(10, 3, 1, 1, "一年级（1）班", False, "c1"),
        ClassHas(11, 3, 2, 1, "二年级（1）班", False, "c2"),
        ClassHas(12, 3, 6, 1, "六年级（1）班", False, "c6"),
    ]
    wanted = [
        class_read(2, "c1", "二年级（1）班", "02", "", 3),
        class_read(3, "c2", "三年级（1）班", "03", "", 3),
        class_read(4, "c9", "一年级（1）班", "01", "", 3),
    ]
    found = classes_match(wanted, has, whole=True, covered={3}, faults=lambda _: None, file="c")
    assert [(c.source, c.id, c.act) for c in found.rows] == [
        ("c1", 10, "changed"), ("c2", 11, "changed"), ("c9", -1, "new"),
    ]  # fmt: skip
    assert [of.id for of in found.ended] == [12]


def test_classes_without_a_number_get_the_next_free_one() -> None:
    wanted = [
        class_read(n, f"c{n}", title, "09", "", 3) for n, title in enumerate(("物理", "化学"))
    ]
    found = classes_match(wanted, [], whole=False, covered=set(), faults=lambda _: None, file="c")
    assert [c.number for c in found.rows] == [1, 2]


def test_two_classes_of_one_place_and_one_without_a_grade_are_wrong() -> None:
    faults: list[Wrong] = []
    wanted = [
        class_read(2, "a", "三年级1班", "", "", 3), class_read(3, "b", "三(1)班", "", "", 3),
        class_read(4, "c", "合唱", "", "", 3),
    ]  # fmt: skip
    classes_match(wanted, [], whole=False, covered=set(), faults=faults.append, file="classes")
    assert [(f.line, f.code, f.other) for f in faults] == [
        (4, "no-grade", ""),
        (3, "same-class", "2"),
    ]


def codes(**told: object) -> list[str]:
    return [one.code for one in findings_of(Whole(**{"schools": {}, **told}))]  # type: ignore[arg-type]


def test_more_than_a_tenth_leaving_any_one_school_needs_a_second_person() -> None:
    assert codes(schools={1: (100, 10, 90)}) == []
    assert codes(schools={1: (100, 11, 89)}) == ["leavers"]
    assert codes(schools={1: (1000, 0, 1000), 2: (10, 2, 8)}) == ["leavers"]
    assert needs_second(findings_of(Whole(schools={1: (100, 11, 89)})))


def test_wrong_files_are_told_in_words() -> None:
    assert codes(schools={1: (50, 50, 0)}) == ["nobody", "leavers"]
    assert codes(crossing=1) == ["crossing"]
    assert codes(matched=10, lower=6) == ["last-year"]
    assert codes(matched=10, lower=5) == []
    assert codes(terms_over=True) == ["terms-over"]
    half = codes(schools={1: (100, 5, 95)}, classes_there=6, classes_empty=1)
    assert half == ["half"]
    assert codes(stranger="别处") == ["stranger"]


def test_a_login_is_ones_own_then_the_number_then_unique() -> None:
    tries = logins_for("Mary.Jones", "G330102", "")
    assert tries[:2] == ["mary.jones", "g330102"]
    assert login_free(tries, {"mary.jones"}.__contains__) == "g330102"
    assert logins_for("张 三", "7", "S1")[0] == "s1-7"
    only = logins_for("", "李", "")
    taken = {only[-1]}
    assert login_free(only, taken.__contains__) == f"{only[-1]}-2"


def test_short_numbers_are_a_schools_own() -> None:
    assert key_of("0001", "o3:") == "o3:0001"
    assert key_of("G33010220170101", "o3:") == "G33010220170101"
    assert key_of("0001", "") == "0001"
