"""What practice adds to pages of rooms below: a pupil's day, a guardian's child, a class."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from yunke.ground.people.door import Place, Who, allowed
from yunke.school.practice.models import Explanation
from yunke.school.practice.reads.book import counts_of
from yunke.school.practice.reads.drills import drill_waiting
from yunke.school.practice.reads.live import live_open
from yunke.school.practice.values import ErrorState, Filming
from yunke.school.practice.views.scope import own_place


def on_today(request: HttpRequest, **about: Any) -> str:
    """A live question, a drill that waits, errors that are open. 3 queries."""
    who: Who | None = getattr(request, "who", None)
    if who is None or not who.is_pupil:
        return ""
    told = {
        "live": live_open(own_place(who).class_id),
        "drill": drill_waiting(who.id),
        "open": counts_of(who.id).get(ErrorState.OPEN, 0),
    }
    return render_to_string("practice/on_today.html", told, request) if any(told.values()) else ""


def on_child(request: HttpRequest, *, pupil: int, **about: Any) -> str:
    """The way to the child's practice. 2 queries."""
    told = {"child": pupil, "counts": counts_of(pupil), "drill": drill_waiting(pupil)}
    return render_to_string("practice/on_child.html", told, request)


def on_class(request: HttpRequest, *, class_id: int, **about: Any) -> str:
    """The ways of those who teach the class. 1 query."""
    who: Who | None = getattr(request, "who", None)
    if who is None or not allowed(who, "practice.teach", Place(class_id=class_id)):
        return ""
    told = {"class_id": class_id, "live": live_open(class_id)}
    return render_to_string("practice/on_class.html", told, request)


def on_review(
    request: HttpRequest, *, question: int, classes: tuple[int, ...], **about: Any
) -> str:  # fmt: skip
    """The newest explanation of a question that the reader's own classes have. 1 query."""
    who: Who | None = getattr(request, "who", None)
    mine = [c for c in classes if who and allowed(who, "practice.teach", Place(class_id=c))]
    rows = Explanation.objects.filter(
        class_id__in=mine, question_id=question, state=Filming.READY, withdrawn_at__isnull=True
    )
    found = rows.order_by("-id").first()
    return render_to_string("practice/on_review.html", {"film": found.id}, request) if found else ""
