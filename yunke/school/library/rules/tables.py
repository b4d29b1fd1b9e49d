"""Questions as rows of a table, both ways: for spreadsheets that people fill.

A row is read through the editor's own fields, so what the editor refuses a row is refused for too.
In ``答案``: letters (AC), 对 or 错, a number, ways to write it with |; a line a blank, ``数：3 米``
and ``式：2x`` for what is no word, ``只：`` where nothing else can be right, ``文：`` before words
that begin like one of these. A pair is ``左=右``, with ``＝`` or ``⇔`` where a text holds ``=``.
In ``错因``: a line each, ``B=小减大`` for an option, ``35=不借位`` for a result.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from yunke.craft.marking import items as m
from yunke.craft.marking.numbers import read_number, read_rest
from yunke.school.library.rules.causes import cause_words
from yunke.school.library.rules.drafting import Fields, fields_of
from yunke.school.library.values import SUBJECT_NAMES
from yunke.school.library.values.questions import KIND_NAMES

OPTIONS = "ABCDEFGH"
# Column → (Chinese, English) heading.
COLUMNS: dict[str, tuple[str, str]] = {
    "kind": ("题型", "Kind"), "subject": ("学科", "Subject"), "grade": ("年级", "Grade"),
    "points_worth": ("分值", "Points"), "prompt": ("题干", "Question"),
    **{f"option_{one}": (f"选项{one}", f"Option {one}") for one in OPTIONS},
    "answer": ("答案", "Answer"), "unit": ("单位", "Unit"), "tolerance": ("误差", "Tolerance"),
    "expression": ("算式", "Expression"), "causes": ("错因", "Causes"),
    "reasoning": ("解析", "Reasoning"), "points": ("知识点", "Knowledge"),
}  # fmt: skip
_PREFIX = re.compile(r"^(数|式|只|文|number|formula|only|text)\s*[:：]\s*", re.I)
_BLANK_KINDS = {"数": "number", "number": "number", "式": "formula", "formula": "formula"}
# The first that stands in a pair parts it.
_JOINS = ("⇔", "＝", "=")
_MIDDLE = re.compile(r"初\s*([一二三123])")
_GRADE = re.compile(r"(?<![0-9十高第])[1-9一二三四五六七八九](?![0-9十])")
_BETWEEN = re.compile(r"[\s,、;.。/()]|和|及|AND")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_MEDIA = {"photo": ("照片", "photo"), "video": ("视频", "video")}


def headings(*, english: bool) -> list[str]:
    return [names[english] for names in COLUMNS.values()]


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Which column stands where, by its Chinese or English heading, capitals and blanks aside."""
    # A heading comes before a column's own name: "Points" is what a question is worth.
    known = {_bare(column): column for column in COLUMNS}
    known |= {_bare(name): column for column, names in COLUMNS.items() for name in names}
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        column = known.get(_bare(cell))
        if column:
            found.setdefault(column, at)
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\s_*（）()]", "", text).casefold()


def fields_from_row(row: dict[str, str], subject: str, grade: int) -> Fields:
    """A row as the editor's fields. ``subject`` and ``grade`` where the row has none."""
    kind = _named(row.get("kind", ""), {key: names[:2] for key, names in KIND_NAMES.items()})
    told = {
        "kind": [kind], "prompt": [row.get("prompt", "")], "reasoning": [row.get("reasoning", "")],
        "points_worth": [row.get("points_worth") or "1"],
        "subject": [_named(row.get("subject", ""), SUBJECT_NAMES) or subject],
        "grade": [_grade(row.get("grade", "")) or str(grade)],
        "points": [one.strip() for one in re.split(r"[、;；\n]", row.get("points", ""))],
    }  # fmt: skip
    options = [row.get(f"option_{one}", "").strip() for one in OPTIONS]
    causes = _pairs(row.get("causes", ""))
    if kind in _READ:
        told |= _READ[kind](row, options, causes)
    return Fields(told)


def _grade(text: str) -> str:
    """``3``, ``3 年级``, ``三年级``, ``Grade 3``, ``初一``; "" for 10 and what is no grade here."""
    middle = _MIDDLE.search(text)
    if middle:
        return str(int(middle[1].translate(_NUMERALS)) + 6)
    found = _GRADE.search(text)
    return found[0].translate(_NUMERALS) if found else ""


def _named(text: str, names: dict[str, Any]) -> str:
    """The key that a cell names in Chinese, English or as itself; "" for none."""
    bare = _bare(text)
    for key, told in names.items():
        if bare and bare in {_bare(one) for one in (key, *told)}:
            return str(key)
    return ""


def _pairs(text: str) -> list[tuple[str, str]]:
    """Lines of ``what=cause``; a line without = is a cause of everything."""
    found = []
    for line in text.splitlines():
        at = max(line.rfind("="), line.rfind("＝"))
        if line.strip():
            found.append((line[: max(at, 0)].strip(), line[at + 1 :].strip()))
    return found


Read = Callable[[dict[str, str], list[str], list[tuple[str, str]]], dict[str, list[str]]]


def _options(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    by_letter = {what.upper(): cause for what, cause in causes}
    return {
        "option_id": list(OPTIONS), "option_text": options,
        "option_cause": [by_letter.get(one, "") for one in OPTIONS],
        "right": _letters(row.get("answer", ""), options),
    }  # fmt: skip


def _letters(answer: str, options: list[str]) -> list[str]:
    """``AC``, ``a、c``, ``Ａ 和 Ｃ``; none where anything else stands there: nothing is guessed."""
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", answer).upper())
    there = {letter for letter, text in zip(OPTIONS, options, strict=True) if text}
    return list(dict.fromkeys(bare)) if there.issuperset(bare) else []


def _one_option(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    told = _options(row, options, causes)
    return told if len(told["right"]) == 1 else told | {"right": []}


def _truth(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    answer = row.get("answer", "").strip().casefold()
    right = "true" if answer in ("对", "√", "true", "t", "正确", "✓", "1") else ""
    right = right or ("false" if answer in ("错", "×", "false", "f", "错误", "✗", "0") else "")
    return {"right": [right], "cause": [cause for _, cause in causes][:1]}


def _results(causes: list[tuple[str, str]]) -> dict[str, list[str]]:
    return {
        "result_text": [what for what, _ in causes], "result_cause": [cause for _, cause in causes]
    }  # fmt: skip


def _number(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    return {
        "value": [row.get("answer", "")], "unit": [row.get("unit", "")],
        "tolerance": [row.get("tolerance", "")], "expression": [row.get("expression", "")],
        **_results(causes),
    }  # fmt: skip


def _formula(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    return {"accepted": [row.get("answer", "")], **_results(causes)}


def _blanks(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    kinds, accepted, units, closed = [], [], [], []
    lines = row.get("answer", "").strip().splitlines()
    for at, line in enumerate(lines, 1):
        found = _PREFIX.match(line.strip())
        sign = found[1].casefold() if found else ""
        kind = _BLANK_KINDS.get(sign, "text")
        text = _PREFIX.sub("", line.strip())
        text, unit = _measured(text) if kind == "number" else (text, "")
        closed += [str(at)] if sign in ("只", "only") else []
        kinds.append(kind)
        accepted.append(text)
        units.append(unit)
    results = []
    for what, cause in causes:
        hit = re.match(r"(\d+)[:：]\s*(.+)", what)
        if hit:
            results.append((hit[1], hit[2], cause))
        elif len(lines) == 1:
            results.append(("1", what, cause))
    return {
        "blank_kind": kinds, "blank_accepted": accepted, "blank_unit": units,
        "blank_closed": closed, "result_blank": [one for one, _, _ in results],
        "result_text": [text for _, text, _ in results],
        "result_cause": [cause for _, _, cause in results],
    }  # fmt: skip


def _measured(text: str) -> tuple[str, str]:
    """A number, which may hold blanks itself (``1 1/2``, ``7 余 2``), and the unit behind it."""
    parts = text.split()
    for at in range(len(parts), 0, -1):
        value = " ".join(parts[:at])
        if read_rest(value) is not None or read_number(value) is not None:
            return value, " ".join(parts[at:])
    return text, ""


def _matching(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    pairs = [_parted(one) for one in options if one]
    left, right = [one for one, _ in pairs], [other for _, other in pairs]
    known = [(*_joined(what, left, right), cause) for what, cause in causes]
    return {
        "pair_left": left, "pair_right": right, "known_left": [one for one, _, _ in known],
        "known_right": [one for _, one, _ in known], "known_cause": [one for _, _, one in known],
    }  # fmt: skip


def _parted(text: str) -> tuple[str, str]:
    left, _, right = text.partition(next((one for one in _JOINS if one in text), "="))
    return left.strip(), right.strip()


def _joined(what: str, left: Iterable[str], right: Iterable[str]) -> tuple[str, str]:
    """``左-右`` of the texts that stand in the pairs, whatever signs they hold."""
    for hit in re.finditer("-", what):
        one, other = what[: hit.start()].strip(), what[hit.end() :].strip()
        if one in left and other in right:
            return one, other
    return "", ""


def _ordering(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    return {"option_text": options, **_results(causes)}


def _long(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    least, _, most = row.get("answer", "").replace("—", "-").partition("-")
    return {"least": [re.sub(r"\D", "", least)], "most": [re.sub(r"\D", "", most)]}


def _practical(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    answer = row.get("answer", "").casefold()
    return {"media": [key for key, names in _MEDIA.items() if any(one in answer for one in names)]}


def _plain(field: str) -> Read:
    return lambda row, options, causes: {field: [row.get("answer", "")]}


_READ: dict[str, Read] = {
    m.Kind.CHOICE: _one_option,
    m.Kind.MULTIPLE: _options,
    m.Kind.TRUE_FALSE: _truth,
    m.Kind.BLANKS: _blanks,
    m.Kind.NUMBER: _number,
    m.Kind.FORMULA: _formula,
    m.Kind.MATCHING: _matching,
    m.Kind.ORDERING: _ordering,
    m.Kind.SHORT_TEXT: _plain("references"),
    m.Kind.LONG_TEXT: _long,
    m.Kind.HANDWRITING: _plain("expected"),
    m.Kind.READING: _plain("text"),
    m.Kind.RECITATION: _plain("text"),
    m.Kind.PRACTICAL: _practical,
    m.Kind.SIGNED: _plain("statement"),
}
# Where a kind's answer stands in one field.
_ANSWER_IN = {
    m.Kind.NUMBER: "value", m.Kind.FORMULA: "accepted", m.Kind.SHORT_TEXT: "references",
    m.Kind.HANDWRITING: "expected", m.Kind.READING: "text", m.Kind.RECITATION: "text",
    m.Kind.SIGNED: "statement",
}  # fmt: skip


def row_of(
    item: m.Item, subject: str, grade: int, points: Sequence[str], *, english: bool
) -> list[str]:
    """An item as a row under ``headings``; what no table can hold is left out."""
    fields = fields_of(item)
    options = [
        _option(item.kind, row) for row in fields.get("options") or fields.get("pairs") or ()
    ]
    options = [one for one in options if one][: len(OPTIONS)]
    found = {
        "kind": KIND_NAMES[item.kind][english], "subject": SUBJECT_NAMES[subject][english]
        if subject else "", "grade": str(grade or ""), "points_worth": fields["points_worth"],
        "prompt": item.prompt, "answer": _answer(item.kind, fields, english=english),
        "unit": fields.get("unit", ""), "tolerance": fields.get("tolerance", ""),
        "expression": fields.get("expression", ""), "reasoning": item.reasoning,
        "causes": "\n".join(_causes(item.kind, fields, english=english)),
        "points": "、".join(points),
        **{f"option_{OPTIONS[at]}": text for at, text in enumerate(options)},
    }  # fmt: skip
    return [str(found.get(column, "")) for column in COLUMNS]


def _option(kind: str, row: dict[str, str]) -> str:
    if kind != m.Kind.MATCHING:
        return row["text"]
    texts = row["left"] + row["right"]
    sign = "=" if not any(one in texts for one in _JOINS) else "⇔" if "＝" in texts else "＝"
    return f"{row['left']}{sign}{row['right']}"


def _answer(kind: str, fields: dict[str, Any], *, english: bool) -> str:
    if kind in _ANSWER_IN:
        return str(fields.get(_ANSWER_IN[m.Kind(kind)], ""))
    if kind in (m.Kind.CHOICE, m.Kind.MULTIPLE):
        letters = zip(OPTIONS, fields["options"], strict=False)
        return "".join(letter for letter, row in letters if row["right"])
    if kind == m.Kind.TRUE_FALSE:
        return ("true" if english else "对") if fields["right"] == "true" else (
            "false" if english else "错"
        )  # fmt: skip
    if kind == m.Kind.BLANKS:
        return "\n".join(_blank_line(row) for row in fields["blanks"])
    if kind == m.Kind.LONG_TEXT and (fields["least"] or fields["most"]):
        return f"{fields['least']}-{fields['most']}"
    if kind == m.Kind.PRACTICAL:
        return "、".join(_MEDIA[one][english] for one in fields["media"])
    return ""


def _blank_line(row: dict[str, Any]) -> str:
    if row["kind"] == "number":
        return f"数：{row['accepted']} {row['unit']}".strip()
    sign = "式：" if row["kind"] == "formula" else "只：" if row["closed"] else ""
    sign = sign or ("文：" if _PREFIX.match(str(row["accepted"])) else "")
    return sign + str(row["accepted"])


def _causes(kind: str, fields: dict[str, Any], *, english: bool) -> list[str]:
    found = []
    if kind in (m.Kind.CHOICE, m.Kind.MULTIPLE):
        letters = zip(OPTIONS, fields["options"], strict=False)
        found = [(letter, row["cause"]) for letter, row in letters]
    elif kind == m.Kind.TRUE_FALSE:
        found = [("", fields.get("cause", ""))]
    elif kind == m.Kind.MATCHING:
        found = [(f"{row['left']}-{row['right']}", row["cause"]) for row in fields["known"]]
    else:
        for row in fields.get("results") or ():
            before = f"{row['blank']}：" if row["blank"] else ""
            found.append((before + row["text"], row["cause"]))
    return [
        f"{w}={cause_words(c)[english]}" if w else cause_words(c)[english] for w, c in found if c
    ]
