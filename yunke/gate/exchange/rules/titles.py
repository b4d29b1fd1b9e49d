"""Grades and classes as schools write them: 三年级（2）班, 初一3班, Grade 3 Class 2, 302."""

import re
import unicodedata

_DIGITS = {char: index for index, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN = "[一二三四五六七八九十]"
_STAGES = (("初", 6), ("高", 9))
_GRADE = (
    re.compile(rf"({_HAN}{{1,2}}|\d{{1,2}})\s*年级"),
    re.compile(r"(?:grade|year|gr\.?|g)\s*0*(\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d)({_HAN}{{1,2}}|\d{{1,2}})\s*[(（.\-–]\s*(?:{_HAN}{{1,3}}|\d{{1,2}})\s*[)）]?\s*班?"),
)  # fmt: skip
_STAGE = re.compile(rf"(初|高)中?\s*({_HAN}|\d)")
_NUMBER = (
    re.compile(rf"[(（]\s*({_HAN}{{1,3}}|\d{{1,2}})\s*[)）]\s*班?"),
    re.compile(rf"({_HAN}{{1,3}}|\d{{1,2}})\s*班"),
    re.compile(r"(?:class|section|cl\.?)\s*0*(\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(rf"(?:{_HAN}|\d{{1,2}})\s*[.\-–]\s*(\d{{1,2}})$"),
)  # fmt: skip
_PACKED = re.compile(r"([1-9]|1[0-2])(0[1-9]|[1-3]\d)班?")
GRADES = range(1, 13)


def number_of(text: str) -> int:
    """A small number in digits or Chinese; 0 for what is none."""
    meant = unicodedata.normalize("NFKC", text).strip()
    if meant.isdecimal():
        return int(meant) if len(meant) <= 3 else 0
    tens, ten, ones = meant.rpartition("十")
    if not ten:
        return _DIGITS.get(meant, 0)
    if {tens, ones} - {"", *_DIGITS}:
        return 0
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def grade_of(text: str) -> int:
    """1 to 12; 0 when the text names no grade."""
    meant = unicodedata.normalize("NFKC", text.split(",")[0]).strip()
    stage = _STAGE.search(meant)
    if stage:
        first = dict(_STAGES)[stage[1]]
        return _within(first + number_of(stage[2]))
    packed = _PACKED.fullmatch(meant)
    if packed:
        return _within(int(packed[1]))
    plain = number_of(meant)
    if plain:
        return _within(plain)
    found = next(filter(None, (pattern.search(meant) for pattern in _GRADE)), None)
    return _within(number_of(found[1])) if found else 0


def class_number(text: str) -> int:
    """Which class of its grade; 0 when the text does not say."""
    meant = unicodedata.normalize("NFKC", text).strip()
    packed = _PACKED.fullmatch(meant)
    if packed:
        return int(packed[2])
    plain = number_of(meant)
    if plain:
        return plain
    found = next(filter(None, (pattern.search(meant) for pattern in _NUMBER)), None)
    return number_of(found[1]) if found else 0


def _within(grade: int) -> int:
    return grade if grade in GRADES else 0


_HAN_GRADES = "零一二三四五六七八九"


def class_name(grade: int, number: int) -> tuple[str, str]:
    """How a class is called here, in Chinese and English."""
    han = _HAN_GRADES[grade] if grade < 10 else f"高{_HAN_GRADES[grade - 9]}"
    name = f"{han}年级（{number}）班" if grade < 10 else f"{han}（{number}）班"
    return name, f"Grade {grade}, Class {number}"


_SUBJECTS = {
    "chinese": "语文 中文 chinese languagearts chn",
    "maths": "数学 maths math mathematics",
    "english": "英语 english eng",
    "science": "科学 science 自然",
    "morality": "道德与法治 道法 品德 思想品德 政治 morality ethics civics",
    "music": "音乐 music",
    "art": "美术 art arts",
    "sport": "体育 体育与健康 sport sports pe physicaleducation",
}
SUBJECTS = {name: key for key, names in _SUBJECTS.items() for name in [key, *names.split()]}


def subject_of(text: str) -> str:
    """Our key of a subject; "" for one that we do not have."""
    meant = unicodedata.normalize("NFKC", text.split(",")[0]).strip().lower()
    return SUBJECTS.get(re.sub(r"[\s_\-]", "", meant), "")


def subject_names() -> dict[str, str]:
    """Our key → how a list writes it."""
    return {key: names.split()[0] for key, names in _SUBJECTS.items()}
