"""The pupil's own pages: error book, curves, drills."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yunke.base.pages import Asked, page
from yunke.base.trouble import Refused
from yunke.ground.people.door import Who
from yunke.school.attempts.door import Of, attempt_open, attempt_opened, marks_of, sheet_of
from yunke.school.library.door import SUBJECT_NAMES, points_named, solved_of
from yunke.school.practice.actions.drilling import drill_again
from yunke.school.practice.actions.explaining import explanation_seen
from yunke.school.practice.actions.papers import paper_take
from yunke.school.practice.actions.saying import doubt_say, own_word
from yunke.school.practice.models import Drill
from yunke.school.practice.reads import book, classes, drills
from yunke.school.practice.rules.drawing import over_time
from yunke.school.practice.values import OwnWord
from yunke.school.practice.views.scope import language, number, own_place, words

WORDS = tuple(OwnWord)


@require_GET
@page("practice.do")
def practice_page(request: Asked) -> HttpResponse:
    """What is open, the drill that waits, and how the points stand. 12 queries."""
    who: Who = request.who
    subject = request.GET.get("subject", "")
    subject = subject if subject in SUBJECT_NAMES else ""
    point_id = number(request.GET.get("point"))
    mastered = request.GET.get("done") == "1"
    errors = book.errors_of(who.id, subject=subject, point_id=point_id, mastered=mastered)
    counts = book.counts_of(who.id)
    return render(
        request,
        "practice/own.html",
        {
            "errors": lines_with_questions(errors[:40]),
            "more": max(len(errors) - 40, 0),
            "counts": counts,
            "subjects": [
                (key, zh, en, counts[f"s-{key}"])
                for key, (zh, en) in SUBJECT_NAMES.items()
                if f"s-{key}" in counts
            ],
            "subject": subject,
            "point": points_named([point_id]).get(point_id) if point_id else None,
            "mastered": mastered,
            "drills": drills.drills_of(who.id, most=4),
            "papers": drills.papers_by(who.id),
            **standing(who.id),
        },
    )


def standing(person_id: int, most: int = 6) -> dict[str, Any]:
    """How the points stand, or why nothing is said about them."""
    wanted = book.inferred(person_id)
    return {
        "points": book.points_lines(person_id)[:most] if wanted else [],
        "inference": wanted,
    }


def lines_with_questions(errors: list[Any]) -> list[tuple[Any, Any]]:
    """Each page of the book with its question, key and reasoning. 1 query."""
    solved = solved_of([one.question_id for one in errors])
    return [(one, solved[one.question_id]) for one in errors if one.question_id in solved]


@require_GET
@page("practice.do")
def error_page(request: Asked, entry_id: int) -> HttpResponse:
    """One question of the book: what was answered, why, the teacher's film, what to do."""
    who: Who = request.who
    error = book.error_of(who.id, entry_id)
    if error is None:
        raise Http404
    solved = solved_of([error.question_id]).get(error.question_id)
    if solved is None:
        raise Http404
    film = error.explanation_id
    return render(
        request,
        "practice/error.html",
        {
            "error": error,
            "solved": solved,
            "words": WORDS,
            "film": film,
            "film_open": bool(film) and book.film_seen(who.id, film),
            "points": list(points_named(error.points).values()),
            "doubts": [d for d in classes.doubts_by(who.id) if d.question_id == error.question_id],
        },
    )


@require_POST
@page("practice.do")
def word_said(request: Asked, entry_id: int) -> HttpResponse:
    who: Who = request.who
    place = own_place(who)
    own_word(
        who_id=who.id, class_id=place.class_id, school_id=place.school, entry_id=entry_id,
        word=words(request, "word"),
    )  # fmt: skip
    messages.success(request, _("记下了。老师也会看到你是怎么想的。"))
    return HttpResponseRedirect(f"/practice/error/{entry_id}", status=303)


@require_POST
@page("practice.do")
def film_opened(request: Asked, entry_id: int) -> HttpResponse:
    """Open the teacher's explanation; the teacher sees how many have."""
    who: Who = request.who
    error = book.error_of(who.id, entry_id)
    if error is None or not error.explanation_id:
        raise Http404
    place = own_place(who)
    explanation_seen(
        who_id=who.id, class_id=place.class_id, school_id=place.school,
        explanation_id=error.explanation_id,
    )  # fmt: skip
    return HttpResponseRedirect(f"/practice/error/{entry_id}#film", status=303)


@require_GET
@page("practice.do")
def points_page(request: Asked) -> HttpResponse:
    who: Who = request.who
    return render(request, "practice/points.html", {**standing(who.id, 100), "own": True})


@require_GET
@page("practice.do")
def point_page(request: Asked, point_id: int) -> HttpResponse:
    who: Who = request.who
    return render(request, "practice/point.html", {**story(who.id, point_id), "own": True})


def story(person_id: int, point_id: int) -> dict[str, Any]:
    """A curve and the answers under it. Raises Http404 where nothing is estimated."""
    if not book.inferred(person_id):
        raise Http404
    rows = [row for row in book.answers_of(person_id) if point_id in row.points]
    solved = solved_of({row.question_id for row in rows})
    stems = {one: short_stem(found) for one, found in solved.items()}
    found = book.story_of(person_id, point_id, language(), stems)
    if found is None:
        raise Http404
    ends = [found.moments[0].at, found.moments[-1].at] if found.moments else []
    return {
        "story": found,
        "picture": over_time(found.moments, [date_format(at, "n/j") for at in ends]),
        "answers": [(one, solved.get(one.question_id)) for one in found.answers],
    }


def short_stem(solved: Any) -> str:
    asked = solved.asked
    text = asked.prompt_en if language() == "en" and asked.prompt_en else asked.prompt
    return " ".join(str(text).split())[:24]


@require_POST
@page("practice.do")
def doubt_said(request: Asked) -> HttpResponse:
    """ "This is wrong", from an error's or a point's page."""
    who: Who = request.who
    place = own_place(who)
    question, point = number(request.POST.get("question")), number(request.POST.get("point"))
    doubt_say(
        who_id=who.id, person_id=who.id, class_id=place.class_id, school_id=place.school,
        text=words(request, "text"), question_id=question, point_id=point,
    )  # fmt: skip
    messages.success(request, _("老师收到了，会来看。在那之前什么都不会因此改变。"))
    return HttpResponseRedirect(_back(request), status=303)


def _back(request: Asked) -> str:
    """Where the form was: one of this room's own pages, else the book."""
    entry, point = number(request.POST.get("entry")), number(request.POST.get("point"))
    if entry:
        return f"/practice/error/{entry}"
    return f"/practice/points/{point}" if point else "/practice"


@require_POST
@page("practice.do")
def drill_wanted(request: Asked) -> HttpResponse:
    who: Who = request.who
    place = own_place(who)
    drill_id = drill_again(who_id=who.id, class_id=place.class_id, school_id=place.school)
    return HttpResponseRedirect(f"/practice/drill/{drill_id}", status=303)


@require_GET
@page("practice.do")
def drill_page(request: Asked, drill_id: int) -> HttpResponse:
    """The drill to be answered; handed in, what was right and why each question was in it."""
    who: Who = request.who
    drill = drills.drill_of(who.id, drill_id)
    if drill is None:
        raise Http404
    opened = attempt_opened(who.id, Of.DRILL, drill.id)
    if opened is None:
        _begin(drill)
        opened = attempt_opened(who.id, Of.DRILL, drill.id)
    if opened is None:
        raise Http404
    asked = drills.asked_in(drill)
    told: dict[str, Any] = {"drill": drill, "asked": asked, "points": _names(asked)}
    if opened.submitted_at is None:
        return render(request, "practice/drill.html", {**told, "sheet": sheet_of(opened)})
    marks = {one.question_id: one for one in marks_of([opened.id])}
    solved = solved_of(opened.order)
    rows = [
        (n, solved[one], opened.answers.get(one), marks.get(one))
        for n, one in enumerate((q for q in opened.order if q in solved), start=1)
    ]
    right = sum(one.score is not None and one.score == one.out_of for one in marks.values())
    told |= {"rows": rows, "right": right, "marked": bool(marks), "opened": opened}
    return render(request, "practice/drilled.html", told)


def _names(asked: tuple[Any, ...]) -> dict[int, Any]:
    return points_named({one.point_id for one in asked if one.point_id})


def _begin(drill: Drill) -> None:
    """Opened by looking at it: the own drill, idempotent."""
    attempt_open(
        person_id=drill.person_id, class_id=drill.class_id, school_id=drill.school_id,
        of=Of.DRILL, of_id=drill.id, order=[one.question_id for one in drills.asked_in(drill)],
    )  # fmt: skip


@require_POST
@page("practice.do")
def paper_sent(request: Asked) -> HttpResponse:
    """The own sheet, photographed."""
    who: Who = request.who
    place = own_place(who)
    file = request.FILES.get("photo")
    if file is None:
        raise Refused(_("没有收到照片。请再拍一次。"), status=422)
    paper_take(
        who_id=who.id, class_id=place.class_id, school_id=place.school, file=file,
        person_id=who.id,
    )  # fmt: skip
    messages.success(request, _("照片收到了，正在读。几秒后刷新就能看到。"))
    return HttpResponseRedirect("/practice", status=303)
