"""How often and in which grades a profile allows exams. The law as data, with its source."""

from collections.abc import Iterable
from dataclasses import dataclass

from yunke.school.exams.values.exams import Mode, Sort

# 教育部办公厅《关于加强义务教育学校考试管理的通知》, 2021-08-30.
NOTICE = "教基厅函〔2021〕34号 第二条"
NOTICE_EN = "Ministry of Education, notice No. 34 of 2021 on exams, part 2"
RESULTS = "教基厅函〔2021〕34号 第四条"
RESULTS_EN = "Ministry of Education, notice No. 34 of 2021 on exams, part 4"


@dataclass(frozen=True)
class Limit:
    """At most ``most`` exams of a sort in these grades in one term and subject (0: none at all).

    ``modes``: only of these; empty means all.
    """

    sorts: frozenset[Sort]
    grades: range
    most: int
    why: str
    why_en: str
    source: str
    source_en: str
    modes: frozenset[Mode] = frozenset()


_CN = (
    Limit(
        frozenset({Sort.FINAL, Sort.MIDTERM, Sort.UNIT, Sort.MOCK}), range(1, 3), 0,
        "小学一、二年级不进行纸笔考试", "No written exams in grades 1 and 2",
        NOTICE, NOTICE_EN,
    ),
    Limit(
        frozenset({Sort.FINAL}), range(3, 10), 1,
        "每学期只组织一次期末考试", "One final exam a term",
        NOTICE, NOTICE_EN,
    ),
    Limit(
        frozenset({Sort.MIDTERM}), range(3, 7), 0,
        "小学不组织期中考试", "No midterm exams in primary school",
        NOTICE, NOTICE_EN,
    ),
    Limit(
        frozenset({Sort.MIDTERM}), range(7, 10), 1,
        "初中每学期至多一次期中考试", "At most one midterm a term in junior secondary",
        NOTICE, NOTICE_EN,
    ),
    Limit(
        frozenset({Sort.UNIT}), range(3, 10), 0,
        "学校和班级不得组织周考、月考、单元考试", "No weekly, monthly or unit exams",
        NOTICE, NOTICE_EN,
    ),
    Limit(
        frozenset({Sort.MOCK}), range(3, 9), 0,
        "非毕业年级不组织模拟考试", "No mock exams outside the leaving grade",
        NOTICE, NOTICE_EN,
    ),
    Limit(
        frozenset({Sort.MOCK}), range(9, 10), 2,
        "毕业年级至多两次模拟考试", "At most two mock exams in the leaving grade",
        NOTICE, NOTICE_EN,
    ),
    Limit(
        frozenset({Sort.QUIZ}), range(1, 3), 0,
        "小学一、二年级不进行纸笔考试", "No written exams in grades 1 and 2",
        NOTICE, NOTICE_EN, frozenset({Mode.PAPER}),
    ),
)  # fmt: skip
LIMITS: dict[str, tuple[Limit, ...]] = {"cn": _CN, "strict": _CN, "eu": (), "us": ()}
# Where results are told in bands only, never in points.
BANDS_ONLY = frozenset({"cn", "strict"})
# Own share of the points from which on a band begins, best first. (key, 中文, English)
BANDS = (
    (0.85, "a", "优秀", "Excellent"),
    (0.7, "b", "良好", "Good"),
    (0.6, "c", "合格", "Sound"),
    (0.0, "d", "再努力", "Not there yet"),
)


@dataclass(frozen=True)
class Planned:
    """An exam that a class has in the same term and subject."""

    sort: Sort
    mode: Mode


def refused(
    profile: str, *, sort: Sort, mode: Mode, grade: int, planned: Iterable[Planned]
) -> Limit | None:
    """The limit that forbids one more; None where it may be planned.

    ``planned``: what the class already has in this term and subject, withdrawn ones left out.
    """
    have = list(planned)
    for limit in limits_of(profile, grade):
        if sort not in limit.sorts or (limit.modes and mode not in limit.modes):
            continue
        if sum(one.sort in limit.sorts for one in have) >= limit.most:
            return limit
    return None


def limits_of(profile: str, grade: int) -> tuple[Limit, ...]:
    return tuple(limit for limit in LIMITS[profile] if grade in limit.grades)


def band_of(share: float) -> tuple[str, str, str]:
    """(key, 中文, English) of a share of the points between 0 and 1."""
    return next((key, name, english) for low, key, name, english in BANDS if share >= low)


def points_shown(profile: str) -> bool:
    """Do pupil and guardian read points, or a band alone?"""
    return profile not in BANDS_ONLY
