"""Chinese numerals: 一千零五, 两百, 壹贰叁, 三点一四, 一又三分之二, 百分之五, 一个半, 负三."""

import re
from fractions import Fraction

_DIGITS = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    **{sign: value for value, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{sign: value for value, sign in enumerate("０１２３４５６７８９")},
    "两": 2, "兩": 2, "贰": 2, "貳": 2, "參": 3, "叄": 3, "陸": 6, "弌": 1, "○": 0,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_SHORT = {"廿": "二十", "卅": "三十", "卌": "四十"}
_ALL = re.compile("[" + "".join([*_DIGITS, *_TENS, *_LARGE]) + "]+")
_HALF = re.compile("^(.+?)(?:个|個)?半$")
_ARABIC_LARGE = re.compile(r"^(\d+(?:\.\d+)?)([万萬亿億])$")
LONGEST = 60


def chinese_number(text: str) -> Fraction | None:
    """The value of a numeral written in characters; None where the text is not one."""
    plain = "".join(_SHORT.get(sign, sign) for sign in text.replace(" ", ""))
    if not plain or len(plain) > LONGEST:
        return None
    if plain[0] in "负負":
        rest = chinese_number(plain[1:]) if plain[1:2] not in ("负", "負") else None
        return None if rest is None else -rest
    for reader in (_whole, _half, _part, _pointed, _arabic):
        found = reader(plain)
        if found is not None:
            return found
    return None


def _half(text: str) -> Fraction | None:
    if text in ("半", "一半"):
        return Fraction(1, 2)
    match = _HALF.match(text)
    front = _whole(match[1]) if match else None
    return None if front is None else front + Fraction(1, 2)


def _part(text: str) -> Fraction | None:
    """三分之二, 一又三分之二, 百分之五, 千分之三."""
    wholes, _, rest = text.rpartition("又")
    below, middle, above = rest.partition("分之")
    if not middle:
        return None
    den = Fraction(_TENS[below]) if below in _TENS else _whole(below)
    num = _whole(above)
    if num is None:
        num = _pointed(above)
    whole = _whole(wholes) if wholes else Fraction(0)
    if not den or num is None or whole is None:
        return None
    return whole + num / den


def _pointed(text: str) -> Fraction | None:
    """三点一四: behind the point digit by digit."""
    front, middle, behind = text.partition("点")
    whole = _whole(front)
    if not middle or whole is None or not behind or any(sign not in _DIGITS for sign in behind):
        return None
    digits = "".join(str(_DIGITS[sign]) for sign in behind)
    return whole + Fraction(int(digits), 10 ** len(digits))


def _arabic(text: str) -> Fraction | None:
    """3万, 1.5亿."""
    match = _ARABIC_LARGE.match(text)
    return Fraction(match[1]) * _LARGE[match[2]] if match else None


def _whole(text: str) -> Fraction | None:
    if not _ALL.fullmatch(text):
        return None
    if all(sign in _DIGITS for sign in text):
        return Fraction(int("".join(str(_DIGITS[sign]) for sign in text)))
    return _spoken(text)


def _spoken(text: str) -> Fraction | None:
    """一千零五, 两百五 (250), 三万二 (32,000): a last digit alone counts the next unit below."""
    total = section = 0
    digit: int | None = None
    unit, after_zero = 1, False
    for sign in text:
        if sign in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[sign]
            after_zero = after_zero or digit == 0
        elif sign in _TENS:
            unit, after_zero = _TENS[sign], False
            section += (1 if digit is None else digit) * unit
            digit = None
        else:
            unit, after_zero = _LARGE[sign], False
            if not section + (digit or 0) and not total:
                return None
            total = _closed(total, section + (digit or 0), unit)
            section, digit = 0, None
    last = (digit or 0) * (unit // 10 if unit >= 100 and not after_zero else 1)
    return Fraction(total + section + last)


def _closed(total: int, section: int, unit: int) -> int:
    """一万亿 multiplies what stands before; 一亿三万 adds."""
    return (total + section) * unit if 0 < total < unit else total + section * unit
