"""Questions as rows of a table, both ways: for spreadsheets that people fill.

A row is read through the editor's own fields, so what the editor refuses a row is refused for too.
In ``答案``: letters (AC), 对 or 错, a number, ways to write it with |; a line a blank, ``数：3 米``
and ``式：2x`` for what is no word, ``只：`` where nothing else can be right.
In ``错因``: a line each, ``B=小减大`` for an option, ``35=不借位`` for a result.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from yunke.craft.marking import items as m
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
_PREFIX = re.compile(r"^(数|式|只|number|formula|only)\s*[:：]\s*", re.I)
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
    """``3``, ``3 年级``, ``三年级``, ``Grade 3``."""
    found = re.search(r"[1-9一二三四五六七八九]", text)
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
        what, equals, cause = line.replace("＝", "=").rpartition("=")
        if line.strip():
            found.append((what.strip() if equals else "", cause.strip()))
    return found


Read = Callable[[dict[str, str], list[str], list[tuple[str, str]]], dict[str, list[str]]]


def _options(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    by_letter = {what.upper(): cause for what, cause in causes}
    letters = [one for one in re.sub(r"[^A-H]", "", row.get("answer", "").upper())]
    return {
        "option_id": list(OPTIONS), "option_text": options,
        "option_cause": [by_letter.get(one, "") for one in OPTIONS], "right": letters,
    }  # fmt: skip


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
    for at, line in enumerate(row.get("answer", "").strip().splitlines(), 1):
        found = _PREFIX.match(line.strip())
        sign = found[1].casefold() if found else ""
        text = _PREFIX.sub("", line.strip())
        unit = ""
        if sign in ("数", "number"):
            text, _, unit = text.partition(" ")
        if sign in ("只", "only"):
            closed.append(str(at))
        kinds.append({"数": "number", "number": "number", "式": "formula"}.get(sign, "text"))
        if sign == "formula":
            kinds[-1] = "formula"
        accepted.append(text)
        units.append(unit.strip())
    found_results = [(re.match(r"(\d+)[:：]\s*(.+)", what), cause) for what, cause in causes]
    results = [(hit[1], hit[2], cause) for hit, cause in found_results if hit]
    return {
        "blank_kind": kinds, "blank_accepted": accepted, "blank_unit": units,
        "blank_closed": closed, "result_blank": [one for one, _, _ in results],
        "result_text": [text for _, text, _ in results],
        "result_cause": [cause for _, _, cause in results],
    }  # fmt: skip


def _matching(row: dict[str, str], options: list[str], causes: list[tuple[str, str]]) -> Any:
    pairs = [one.replace("＝", "=").partition("=") for one in options if one]
    known = [(what.partition("-"), cause) for what, cause in causes]
    return {
        "pair_left": [left.strip() for left, _, _ in pairs],
        "pair_right": [right.strip() for _, _, right in pairs],
        "known_left": [what[0].strip() for what, _ in known],
        "known_right": [what[2].strip() for what, _ in known],
        "known_cause": [cause for _, cause in known],
    }  # fmt: skip


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
    m.Kind.CHOICE: _options,
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
    return f"{row['left']}={row['right']}" if kind == m.Kind.MATCHING else row["text"]


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
