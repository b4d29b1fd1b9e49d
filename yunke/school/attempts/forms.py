"""Answers as a browser without scripts posts them: the fields of ``{% question_ask %}``."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from yunke.school.attempts.values import Asking

TRUTH = {"true": True, "false": False}


def answers_of(sent: QueryDict, questions: tuple[Asking, ...]) -> dict[int, Any]:
    """By question, the value as ``craft.marking`` takes it; what was left empty is left out.

    Files cannot come this way: they need the page's script.
    """
    found = {
        one.question_id: READ.get(one.kind, _line)(sent, f"q{one.question_id}", one.asked)
        for one in questions
        if not one.asked.media
    }
    return {number: value for number, value in found.items() if value not in (None, "", [], {})}


def _line(sent: QueryDict, name: str, _asked: Any) -> Any:
    return sent.get(name, "").strip()


def _several(sent: QueryDict, name: str, _asked: Any) -> Any:
    return sent.getlist(name)


def _truth(sent: QueryDict, name: str, _asked: Any) -> Any:
    return TRUTH.get(sent.get(name, ""))


def _blanks(sent: QueryDict, name: str, asked: Any) -> Any:
    written = {one.id: sent.get(f"{name}.{one.id}", "").strip() for one in asked.blanks}
    return {blank: text for blank, text in written.items() if text}


def _pairs(sent: QueryDict, name: str, asked: Any) -> Any:
    joined = [[one.id, sent.get(f"{name}.{one.id}", "")] for one in asked.options]
    return [pair for pair in joined if pair[1]]


def _order(sent: QueryDict, name: str, asked: Any) -> Any:
    """Nothing while two have the same place: half an order says nothing."""
    places = {one.id: sent.get(f"{name}.{one.id}", "") for one in asked.options}
    whole = sorted(places.values()) == sorted(str(n + 1) for n in range(len(places)))
    return sorted(places, key=lambda one: int(places[one])) if whole else []


READ: dict[str, Callable[[QueryDict, str, Any], Any]] = {
    "multiple": _several,
    "true-false": _truth,
    "signed": _truth,
    "blanks": _blanks,
    "matching": _pairs,
    "ordering": _order,
}
