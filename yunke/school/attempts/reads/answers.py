"""Answers by reply: for who marks them without seeing whose they are."""

from collections.abc import Iterable
from typing import Any

from yunke.school.attempts.models import Reply


def answers_of(reply_ids: Iterable[int]) -> dict[int, Any]:
    """Reply → its value as it counts now. 1 query."""
    return dict(Reply.objects.filter(id__in=set(reply_ids)).values_list("id", "value"))
