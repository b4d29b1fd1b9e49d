"""Units of a Chinese primary school and what they are worth: (dimension, factor to its base)."""

import re
from fractions import Fraction as F

LENGTH, AREA, VOLUME, MASS, TIME = "length", "area", "volume", "mass", "time"
MONEY, ANGLE, SPEED, MONTHS, HEAT = "money", "angle", "speed", "months", "heat"

_LENGTHS = {
    ("km", "千米", "公里"): F(1000), ("m", "米"): F(1), ("dm", "分米"): F(1, 10),
    ("cm", "厘米"): F(1, 100), ("mm", "毫米"): F(1, 1000),
    ("里",): F(500), ("丈",): F(10, 3), ("尺",): F(1, 3), ("寸",): F(1, 30),
}  # fmt: skip
_OTHERS: dict[str, dict[tuple[str, ...], F]] = {
    AREA: {("公顷", "ha"): F(10_000), ("亩",): F(2000, 3)},
    VOLUME: {("l", "升"): F(1, 1000), ("ml", "毫升"): F(1, 10**6)},
    MASS: {
        ("t", "吨"): F(10**6), ("kg", "千克", "公斤"): F(1000), ("g", "克"): F(1),
        ("mg", "毫克"): F(1, 1000), ("斤",): F(500), ("两",): F(50),
    },
    TIME: {
        ("h", "hr", "时", "小时", "个小时"): F(3600), ("min", "分", "分钟"): F(60),
        ("s", "sec", "秒", "秒钟"): F(1), ("d", "天", "日"): F(86_400),
        ("周", "星期", "个星期"): F(604_800),
    },
    MONTHS: {("年",): F(12), ("月", "个月"): F(1), ("季度", "个季度"): F(3)},
    MONEY: {
        ("元", "块", "块钱", "yuan", "¥", "rmb"): F(1), ("角", "毛", "毛钱", "角钱"): F(1, 10),
        ("分", "分钱"): F(1, 100),
    },
    ANGLE: {("°", "度"): F(1)},
    HEAT: {("°c", "摄氏度"): F(1)},
    SPEED: {
        ("km/h", "千米/时", "千米/小时", "公里/小时", "千米每小时", "千米每时"): F(5, 18),
        ("m/s", "米/秒", "米每秒"): F(1),
        ("m/min", "米/分", "米/分钟", "米每分钟", "米每分"): F(1, 60),
    },
}  # fmt: skip
_ENGLISH = {
    "kilometre": "km", "kilometer": "km", "metre": "m", "meter": "m", "centimetre": "cm",
    "centimeter": "cm", "kilogram": "kg", "gram": "g", "hour": "h", "minute": "min",
    "second": "s", "day": "d", "litre": "l", "liter": "l",
}  # fmt: skip
# Words that count without measuring: 5 个, 12 人.
COUNTED = frozenset(
    "个只本人名条张支枝件次棵辆朵头匹把双对盒包箱袋瓶杯页岁题道种组排层盏颗粒位间座艘架株筐篮根套副扇面枚倍"
    "段份户楼字行列堆桶碗盘串束片"
)


def _raised(word: str, power: int) -> dict[tuple[str, ...], F]:
    """平方米, m^2 and m2 of every length; 立方米, m^3 and m3."""
    found: dict[tuple[str, ...], F] = {}
    for names, factor in _LENGTHS.items():
        words = [f"{word}{name}" for name in names]
        signs = [f"{name}{mark}{power}" for name in names if name.isascii() for mark in ("^", "")]
        found[(*words, *signs)] = F(factor**power)
    return found


def _table() -> dict[str, tuple[tuple[str, F], ...]]:
    groups = {
        LENGTH: _LENGTHS,
        **_OTHERS,
        AREA: {**_raised("平方", 2), **_OTHERS[AREA]},
        VOLUME: {**_raised("立方", 3), **_OTHERS[VOLUME]},
    }
    found: dict[str, list[tuple[str, F]]] = {}
    for dimension, units in groups.items():
        for names, factor in units.items():
            for name in names:
                found.setdefault(name, []).append((dimension, factor))
    for word, sign in _ENGLISH.items():
        found[word] = found[f"{word}s"] = found[sign]
    return {name: tuple(meanings) for name, meanings in found.items()}


# name (lower case) -> its meanings; 分 is a minute, a cent of money, or neither.
UNITS = _table()


def _pattern() -> str:
    """The longest name first; in 2m30cm the m is not m3."""
    names = sorted(UNITS, key=len, reverse=True)
    ends = (re.escape(name) + (r"(?!\d)" if name[-1].isdigit() else "") for name in names)
    return f"(?:{'|'.join(ends)})(?![a-z])"


UNIT_PATTERN = _pattern()
