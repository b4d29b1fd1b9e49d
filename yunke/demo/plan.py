"""The plan of the demo city: its offices, schools and classes, before anybody lives in it."""

from dataclasses import dataclass
from random import Random

SEED = "yunke 云州市"
CITY = ("yunzhou", "云州市教育局", "Yunzhou City Education Bureau")
COUNTIES = (
    ("qingyu", "青屿区教育局", "Qingyu District Education Office"),
    ("wangxi", "望溪县教育局", "Wangxi County Education Office"),
)


@dataclass(frozen=True)
class School:
    """``classes``: how many classes each grade has; ``size``: pupils of a class, about."""

    code: str
    county: str
    name: str
    name_en: str
    classes: dict[int, int]
    size: int


PRIMARY, JUNIOR = range(1, 7), range(7, 10)
SCHOOLS = (
    School("yinxing", "qingyu", "银杏路小学", "Ginkgo Road Primary School",
           dict.fromkeys(PRIMARY, 2), 44),
    School("haitang", "qingyu", "海棠小学", "Crabapple Primary School",
           dict.fromkeys(PRIMARY, 1), 40),
    School("wangxi1", "wangxi", "望溪县第一小学", "Wangxi No. 1 Primary School",
           dict.fromkeys(PRIMARY, 1), 42),
    School("daoxiang", "wangxi", "稻香村小学", "Rice Field Village Primary School",
           dict.fromkeys(PRIMARY, 1), 24),
    School("qingyuzx", "qingyu", "青屿中学", "Qingyu Junior High School",
           dict.fromkeys(JUNIOR, 2), 46),
    School("wangxizx", "wangxi", "望溪中学", "Wangxi Junior High School",
           {7: 2, 8: 1, 9: 1}, 43),
)  # fmt: skip
PUPILS, TEACHERS_PER_CLASS = 1600, 3

# Lessons a week of a class; the sum is the thirty periods of five days.
HOURS = {
    "chinese": 7, "maths": 6, "english": 4, "science": 3, "morality": 2, "music": 2, "art": 2,
    "sport": 4,
}  # fmt: skip
DAYS, PERIODS = 5, 6


def rng(*about: object) -> Random:
    """A stream of chance of its own for each thing, so that one change does not move all."""
    return Random("/".join([SEED, *map(str, about)]))


def class_sizes() -> list[int]:
    """Pupils of each class in the order of ``SCHOOLS``, together ``PUPILS``."""
    dice = rng("sizes")
    sizes = [
        school.size + dice.randint(-3, 3)
        for school in SCHOOLS
        for number in school.classes.values()
        for _ in range(number)
    ]
    for index in range(10_000):
        missing = PUPILS - sum(sizes)
        if not missing:
            break
        sizes[index % len(sizes)] += 1 if missing > 0 else -1
    return sizes


def class_names(grade: int, number: int) -> tuple[str, str]:
    digit = "一二三四五六七八九"[grade - 1]
    return f"{digit}年级（{number}）班", f"Grade {grade}, Class {number}"


def timetable(
    classes: dict[int, dict[str, int]], about: str
) -> dict[int, dict[tuple[int, int], str]]:
    """Weeks of classes in which no teacher is in two rooms: class → (weekday, period) → subject.

    ``classes`` gives each class's teacher by subject. A subject comes at most twice a day. Where
    no free teacher is left, the period stays free.
    """
    dice = rng("timetable", about)
    weeks: dict[int, dict[tuple[int, int], str]] = {class_id: {} for class_id in classes}
    left = {class_id: dict(HOURS) for class_id in classes}
    for slot in [(day, period) for period in range(1, PERIODS + 1) for day in range(DAYS)]:
        busy: set[int] = set()
        for class_id in dice.sample(list(classes), len(classes)):
            subject = _subject(classes[class_id], left[class_id], weeks[class_id], slot, busy)
            if subject:
                weeks[class_id][slot] = subject
                left[class_id][subject] -= 1
                busy.add(classes[class_id][subject])
    return weeks


def _subject(
    teachers: dict[str, int],
    left: dict[str, int],
    week: dict[tuple[int, int], str],
    slot: tuple[int, int],
    busy: set[int],
) -> str:
    """The subject with the most hours left whose teacher is free; main subjects come early."""
    today = [subject for (day, _period), subject in week.items() if day == slot[0]]
    free = [
        subject
        for subject, hours in left.items()
        if hours and teachers[subject] not in busy and today.count(subject) < 2
    ]
    return max(free, key=lambda s: (left[s] / HOURS[s] - today.count(s), HOURS[s]), default="")
