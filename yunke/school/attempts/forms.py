"""Answers as a browser without scripts posts them."""

from typing import Any

from django.http import QueryDict

from yunke.school.attempts.values import Asking

MANY = frozenset({"multiple"})


def answers_of(sent: QueryDict, questions: tuple[Asking, ...]) -> dict[int, Any]:
    """By question, the value as ``craft.marking`` takes it; what was not posted is left out."""
    found: dict[int, Any] = {}
    for one in questions:
        name = f"q{one.question_id}"
        if one.kind in MANY:
            found[one.question_id] = sent.getlist(name)
        elif name in sent:
            found[one.question_id] = sent[name].strip()
    return {number: value for number, value in found.items() if value not in ("", [])}
