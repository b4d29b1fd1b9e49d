"""Questions on a page: ``{% question_ask asked value %}``, ``{% question_solved solved value %}``.

The fields are native and named, so that a form works without a script:
``q<id>`` (choice, text, number), ``q<id>.<part>`` (blanks, matching, ordering).
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yunke.school.library.rules.asked import answer_lines, formula_shown, points_text
from yunke.school.library.rules.causes import cause_words
from yunke.school.library.rules.shown import CLOSE, OPEN, plain_of, shown
from yunke.school.library.values import SUBJECT_NAMES
from yunke.school.library.values.questions import (
    KIND_NAMES,
    SHOWN_KINDS,
    Asked,
    QuestionLine,
    Solved,
)
from yunke.school.library.views.questionwords import reason_text

register = template.Library()
_PLACE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_MODES = {"number": "decimal", "formula": "text", "text": "text"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def rich(text: str) -> SafeString:
    """An author's text with its markup and formulas; blanks as lines."""
    return mark_safe(_PLACE.sub("____", shown(text or "")))  # noqa: S308 - rewritten from a list


@register.filter
def one_line(text: str, most: int = 160) -> str:
    return plain_of(text or "", most)


@register.filter
def kind_name(kind: str) -> str:
    zh, en, _icon = KIND_NAMES.get(kind, ("填空", "Blanks", ""))
    return en if english() else zh


@register.filter
def kind_icon(kind: str) -> str:
    return KIND_NAMES.get(kind, ("", "", "puzzle"))[2]


@register.filter
def cause_name(cause: str) -> str:
    """A wrong cause in the language of the page; the author's own words as they are."""
    zh, en = cause_words(cause)
    return en if english() else zh


@register.filter
def reason_words(reason: str) -> str:
    """What a rule said of an answer ("unit.missing")."""
    return reason_text(reason)


@register.filter
def letter(index: int) -> str:
    """0 is A; behind Z come numbers."""
    return LETTERS[index] if 0 <= index < len(LETTERS) else str(index + 1)


@register.filter
def points_shown(points: Any) -> str:
    return points_text(points) if hasattr(points, "numerator") else str(points)


@register.simple_tag
def question_ask(
    asked: Asked, value: Any = None, number: int = 0, locked: bool = False, apart: int = 0
) -> str:
    """The question as a ``<fieldset>`` of native fields, with the answer that is stored.

    ``number``: printed before it, 0 for none. ``locked``: to be read, no field can be changed.
    ``apart``: tells its fields from those of the same question elsewhere on the page, 0 for alone.
    """
    kind = asked.kind
    prompt = (asked.prompt_en if english() and asked.prompt_en else asked.prompt) or ""
    context = {
        "asked": asked, "number": number, "locked": locked, "kind": kind,
        "name": f"q{asked.id}-{apart}" if apart else f"q{asked.id}",
        "legend": plain_of(prompt, 120),
        "prompt": _prompt(asked, prompt, value, locked), "value": value,
        "stored": json.dumps(value, ensure_ascii=False) if kind in SHOWN_KINDS and value else "",
        "part": f"library/question_ask/{_part(kind)}.html", **_filled(asked, value, prompt),
    }  # fmt: skip
    return render_to_string("library/question_ask.html", context)


def _part(kind: str) -> str:
    if kind in SHOWN_KINDS:
        return "shown"
    return {"choice": "options", "multiple": "options", "long-text": "text", "short-text": "text",
            "formula": "line", "number": "line"}.get(kind, kind)  # fmt: skip


def _filled(asked: Asked, value: Any, prompt: str) -> dict[str, Any]:
    """The options with what was answered; the blanks that have no place in this prompt."""
    chosen = {str(one) for one in value} if isinstance(value, list) else {str(value)}
    if asked.kind in ("choice", "multiple"):
        return {"rows": [(one, one.id in chosen) for one in asked.options]}
    if asked.kind == "matching":
        joined = _joined(value)
        return {"rows": [(one, joined.get(one.id, "")) for one in asked.options]}
    if asked.kind == "ordering":
        return {"rows": _ordered(asked, value), "given": isinstance(value, list) and bool(value)}
    if asked.kind == "blanks":
        placed = _placed(asked, prompt)
        loose = [one for one in asked.blanks if one.id not in placed]
        return {"rows": [(one, _written(asked, value, one.id)) for one in loose]}
    return {}


def _joined(value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        return {str(one): str(other) for one, other in value.items()}
    pairs = [one for one in value or [] if isinstance(one, list) and len(one) == 2]
    return {str(one): str(other) for one, other in pairs}


def _ordered(asked: Asked, value: Any) -> list[tuple[Any, int]]:
    """The options as they were put, each with its place; 0 while nothing was put."""
    given = [str(one) for one in value] if isinstance(value, list) else []
    known = {one.id: one for one in asked.options}
    first = [known[one] for one in given if one in known]
    rows = [*first, *(one for one in asked.options if one not in first)]
    return [(one, place if first else 0) for place, one in enumerate(rows, 1)]


def _written(asked: Asked, value: Any, blank: str) -> str:
    if isinstance(value, dict):
        return str(value.get(blank) or "")
    if isinstance(value, list):
        place = [one.id for one in asked.blanks].index(blank)
        return str(value[place]) if place < len(value) and value[place] is not None else ""
    return str(value) if value is not None and len(asked.blanks) == 1 else ""


def _placed(asked: Asked, prompt: str) -> list[str]:
    """The blanks in the order of their places in the prompt: by name, or the next one."""
    left = [one.id for one in asked.blanks]
    found = []
    for told in _PLACE.findall(shown(prompt)):
        blank = told if told in left else left[0] if left and not told else ""
        if blank:
            left.remove(blank)
        found.append(blank)
    return found


def _prompt(asked: Asked, prompt: str, value: Any, locked: bool) -> SafeString:
    """The prompt, with fields where its blanks are."""
    if asked.kind != "blanks":
        return rich(prompt)
    names, modes = _placed(asked, prompt), {one.id: one.mode for one in asked.blanks}
    places = iter(names)

    def field(found: "re.Match[str]") -> str:
        blank = next(places, "")
        if not blank:
            return "____"
        number = [one.id for one in asked.blanks].index(blank) + 1
        return format_html(
            '<input class="q-blank" name="q{}.{}" data-blank="{}" inputmode="{}" value="{}"'
            ' aria-label="{}" maxlength="500" autocomplete="off" autocapitalize="off"'
            ' spellcheck="false"{}>',
            asked.id, blank, blank, _MODES[modes[blank]], _written(asked, value, blank),
            _("第 %(number)s 空") % {"number": number}, mark_safe(" readonly") if locked else "",
        )  # fmt: skip

    return mark_safe(_PLACE.sub(field, shown(prompt)))  # noqa: S308 - rewritten from a list


@register.inclusion_tag("library/questions/pick.html")
def question_pick(
    name: str = "questions", chosen: Sequence[QuestionLine] = (), subject: str = "", grade: int = 0
) -> dict[str, Any]:
    """Find and choose questions inside a form: it is sent with one ``name`` a question, in order.

    ``chosen``: lines that are chosen already (``question_lines``). Needs ``library/pick.js`` and
    ``library/questions.css``.
    """
    return {
        "name": name, "chosen": chosen, "subject": subject, "grade": grade,
        "subjects": [(key, zh, en) for key, (zh, en) in SUBJECT_NAMES.items()],
        "grades": range(1, 10), "kinds": list(KIND_NAMES), "english": english(),
    }  # fmt: skip


@register.simple_tag
def question_solved(solved: Solved, value: Any = None, mark: Any = None, number: int = 0) -> str:
    """The question with its key in words, the answer given and its mark.

    ``mark``: anything with ``verdict``, ``score``, ``out_of`` and ``causes`` (a mark of attempts, a
    ``Marking``), or None.
    """
    asked = solved.asked
    prompt = (asked.prompt_en if english() and asked.prompt_en else asked.prompt) or ""
    why = solved.reasoning_en if english() and solved.reasoning_en else solved.reasoning
    chosen = {str(one) for one in value} if isinstance(value, list) else {str(value)}
    lines = [] if asked.kind in SHOWN_KINDS else list(answer_lines(asked, value))
    if asked.kind == "formula":
        lines = [formula_shown(one) for one in lines]
    context = {
        "solved": solved, "asked": asked, "number": number, "mark": mark, "prompt": rich(prompt),
        "rows": [(one, one.id in chosen) for one in solved.options], "given": lines,
        "why": why, "causes": list(getattr(mark, "causes", ()) or ()),
        "legend": plain_of(prompt, 120),
    }  # fmt: skip
    return render_to_string("library/question_solved.html", context)


@register.filter
def betrayed(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """What a wrong option or result says of who gave it: (text, cause), from ``fields_of``."""
    rows = [*(fields.get("options") or []), *(fields.get("results") or [])]
    found = [(row["text"], row["cause"]) for row in rows if row.get("cause")]
    known = fields.get("known") or []
    return found + [(f"{row['left']} — {row['right']}", row["cause"]) for row in known]
