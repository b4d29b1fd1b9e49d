"""A city's OneRoster bundle of any size, written row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yunke.craft.formats.oneroster import bundle_write

PUPILS, TEACHERS, CLASSES = 449_000, 37_000, 12_000
A_SCHOOL = 30  # classes
COUNTIES = 8
SUBJECTS = ("chinese", "maths", "english", "science", "morality", "music", "art", "sport")
FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "子轩浩宇欣怡梓涵雨桐思远佳琪俊杰诗涵博文雅婷一诺明泽嘉怡天佑若曦"
Row = dict[str, str]


@dataclass(frozen=True)
class City:
    pupils: int
    teachers: int
    classes: int

    @property
    def schools(self) -> int:
        return -(-self.classes // A_SCHOOL)

    def classes_of(self, school: int) -> range:
        return range(school * A_SCHOOL, min(self.classes, (school + 1) * A_SCHOOL))


def share(whole: int, parts: int, index: int) -> range:
    """The index-th of so many nearly equal parts."""
    return range(whole * index // parts, whole * (index + 1) // parts)


def school_id(number: int) -> str:
    return f"sch-{number:08}"


def class_id(number: int) -> str:
    return f"cls-{number:010}"


def bundle_file(file: Path, city: City, *, bad: bool = False) -> int:
    """Write the bundle; ``bad``: the pupil in the middle has an id that Excel rounded. Gives the
    line of that pupil in users.csv.
    """
    with file.open("wb") as out:
        bundle_write(
            out,
            {
                "orgs": orgs(city), "classes": classes(city), "users": users(city, bad=bad),
                "roles": roles(city), "enrollments": enrollments(city),
            },
        )  # fmt: skip
    return city.teachers + city.pupils // 2 + 2


def orgs(city: City) -> Iterator[Row]:
    for number in range(1, COUNTIES + 1):
        yield {
            "sourcedId": f"county-{number:04}", "name": f"云州市第{number}学区",
            "type": "district", "identifier": f"x{number}",
        }  # fmt: skip
    for number in range(city.schools):
        yield {
            "sourcedId": school_id(number), "name": f"第{number + 1}小学", "type": "school",
            "identifier": f"k{number + 1}", "parentSourcedId": f"county-{number % COUNTIES + 1:04}",
        }  # fmt: skip


def classes(city: City) -> Iterator[Row]:
    for school in range(city.schools):
        for index, number in enumerate(city.classes_of(school)):
            grade, place = index // 5 + 1, index % 5 + 1
            yield {
                "sourcedId": class_id(number), "title": f"{grade}年级（{place}）班",
                "grades": f"{grade:02}", "classType": "homeroom",
                "schoolSourcedId": school_id(school),
            }  # fmt: skip


def persons(city: City) -> Iterator[tuple[str, str, str, int]]:
    """(id, name, role, school): the teachers of all schools, then the pupils."""
    for school in range(city.schools):
        for number in share(city.teachers, city.schools, school):
            yield f"tea-{number:010}", name_of(number * 7), "teacher", school
    for number in range(city.pupils):
        of = number * city.classes // city.pupils
        yield f"pup-{number:010}", name_of(number), "student", of // A_SCHOOL


def name_of(number: int) -> str:
    family = FAMILIES[number % len(FAMILIES)]
    first = GIVEN[number // 31 % len(GIVEN)]
    return family + first + GIVEN[number // 997 % len(GIVEN)]


def users(city: City, *, bad: bool = False) -> Iterator[Row]:
    middle = f"pup-{city.pupils // 2:010}" if bad else ""
    for source, name, _role, school in persons(city):
        yield {
            "sourcedId": "1.23E+11" if source == middle else source, "enabledUser": "true",
            "familyName": name[:1], "givenName": name[1:], "username": "",
            "primaryOrgSourcedId": school_id(school),
        }  # fmt: skip


def roles(city: City) -> Iterator[Row]:
    for source, _name, role, school in persons(city):
        yield {
            "sourcedId": f"r{source}", "userSourcedId": source, "roleType": "primary",
            "role": role, "orgSourcedId": school_id(school),
        }  # fmt: skip


def enrollments(city: City) -> Iterator[Row]:
    for number in range(city.pupils):
        of = number * city.classes // city.pupils
        yield tie(of, f"pup-{number:010}", "student")
    for school in range(city.schools):
        staff = share(city.teachers, city.schools, school)
        for of in city.classes_of(school):
            for index, subject in enumerate(SUBJECTS):
                teacher = staff[(of * 3 + index) % len(staff)]
                yield tie(of, f"tea-{teacher:010}", "teacher", subject=subject)
            head = staff[of * 3 % len(staff)]
            yield tie(of, f"tea-{head:010}", "teacher", primary="true")


def tie(of: int, user: str, role: str, *, subject: str = "", primary: str = "false") -> Row:
    return {
        "sourcedId": f"e-{of}-{user}-{subject}", "classSourcedId": class_id(of),
        "schoolSourcedId": school_id(of // A_SCHOOL), "userSourcedId": user, "role": role,
        "primary": primary, "metadata.yunke.subject": subject,
    }  # fmt: skip
