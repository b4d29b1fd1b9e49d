"""The lesson's page: a card for strangers, the player for everybody who may watch."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from yunke.base.pages import Asked, open_page, page
from yunke.ground.people.door import Role, Who, holds
from yunke.school.lessons.reads.watching import notes_of, seen_of, tasks_of
from yunke.school.lessons.values import TaskCard
from yunke.school.library.door import (
    LessonCard,
    LessonFull,
    lesson_cards,
    lesson_full,
    lesson_may_write,
)
from yunke.school.library.values import SUBJECT_NAMES

SPEEDS = ("0.75", "1", "1.25", "1.5", "2")
TEACHES = frozenset({Role.TEACHER, Role.HEAD_TEACHER})


@require_GET
@open_page("what a lesson is about may be seen by everybody; watching it needs signing in")
def lesson_page(request: Asked, lesson_id: int) -> HttpResponse:
    who: Who | None = request.who
    plain = request.GET.get("page") == "city"
    full = lesson_full(lesson_id, who, plain=plain)
    if full is None:
        return taken_back(request, lesson_id, who)
    context = about(full) | {"plain": plain}
    if who is None or not holds(who, "lesson.watch"):
        return render(request, "lessons/lesson_card.html", context)
    context |= player(full, who)
    return render(request, "lessons/lesson.html", context)


def taken_back(request: Asked, lesson_id: int, who: Who | None) -> HttpResponse:
    """For who had begun a lesson that was taken back: it is gone, what they wrote is kept.

    Everybody else gets the same answer as for a lesson that is none. Four queries.
    """
    card = lesson_cards([lesson_id]).get(lesson_id) if who is not None else None
    if who is None or card is None or card.state != "withdrawn":
        raise Http404
    progress, _seen = seen_of(who.id, lesson_id)
    notes = notes_of(who.id, lesson_id)
    if progress is None and not notes:
        raise Http404
    context = {"lesson": card, "notes": notes, "tasks": tasks_of(lesson_id, who.id)}
    return render(request, "lessons/taken_back.html", context, status=410)


def about(full: LessonFull) -> dict[str, Any]:
    return {"lesson": full.card, "full": full, "subject": subject_of(full.card)}


def subject_of(card: LessonCard) -> str:
    name, name_en = SUBJECT_NAMES.get(card.subject, ("", ""))
    return name_en if (get_language() or "").startswith("en") else name


def player(full: LessonFull, who: Who) -> dict[str, Any]:
    """Everything that the player shows. Five queries at most."""
    lesson_id = full.card.id
    progress, seen = seen_of(who.id, lesson_id)
    own = holds(who, "progress.write") and full.state == "published"
    may_note = holds(who, "note.write") and full.state == "published"
    classes = [c for c in who.classes if _teaches(who, c.id)]
    tasks = tasks_of(lesson_id, who.id)
    return {
        "progress": progress,
        "tasks": tasks,
        "notes_json": [asdict(n) for n in notes_of(who.id, lesson_id)] if may_note else [],
        "speeds": SPEEDS,
        "classes": classes,
        "may_note": may_note,
        "may_write": holds(who, "lesson.write") and lesson_may_write(lesson_id, who),
        "feed": feed(full, tasks)
        | {
            "position": progress.position if progress else 0,
            "finished": progress.finished if progress else False,
            "seen": seen,
            "keep": own,
            "answer": holds(who, "task.answer") and full.state == "published",
        },
    }


def _teaches(who: Who, class_id: int) -> bool:
    return any(g.role in TEACHES and g.place.class_id == class_id for g in who.grants)


def feed(full: LessonFull, tasks: tuple[TaskCard, ...]) -> dict[str, Any]:
    """What the player island needs, as JSON."""
    english = (get_language() or "").startswith("en")
    return {
        "lesson": full.card.id,
        "title": (full.card.title_en if english else "") or full.card.title,
        "playlist": full.playlist,
        "poster": full.poster,
        "seconds": full.card.seconds,
        "tracks": [asdict(track) for track in full.tracks],
        "chapters": [
            {"at": c.at, "title": (c.title_en if english else "") or c.title} for c in full.chapters
        ],
        "tasks": [task_json(task, english=english) for task in tasks],
        "language": "en" if english else "zh",
    }


def task_json(task: TaskCard, *, english: bool) -> dict[str, Any]:
    """A task for the island in the page's language; nothing of what is right before an answer."""
    return {
        "id": task.id,
        "at": task.at,
        "kind": task.kind,
        "stem": (task.stem_en if english else "") or task.stem,
        "options": [
            {"id": o["id"], "text": (o.get("text_en", "") if english else "") or o["text"]}
            for o in task.options
        ],
        "value": task.value,
        "right": task.right,
        "reasoning": (task.reasoning_en if english else "") or task.reasoning,
    }


@require_GET
@page("note.write")
def notes_page(request: Asked, lesson_id: int) -> HttpResponse:
    """One's own notes of a lesson, for paper."""
    card = card_with_notes(lesson_id, request.who)
    notes = notes_of(request.who.id, lesson_id)
    context = {"lesson": card, "subject": subject_of(card), "notes": notes}
    return render(request, "lessons/notes.html", context)


def card_with_notes(lesson_id: int, who: Who) -> LessonCard:
    """A lesson that reaches who, or any lesson in which they have notes: notes outlive it."""
    full = lesson_full(lesson_id, who)
    if full is not None:
        return full.card
    card = lesson_cards([lesson_id]).get(lesson_id)
    if card is None or not notes_of(who.id, lesson_id):
        raise Http404
    return card


@require_GET
@page("note.write")
def notes_text(request: Asked, lesson_id: int) -> HttpResponse:
    """The same as a text file to keep."""
    lines = [card_with_notes(lesson_id, request.who).title, ""]
    lines += [f"{_clock(n.at)}\t{n.text}" for n in notes_of(request.who.id, lesson_id)]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="notes-{lesson_id}.txt"'
    return response


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
