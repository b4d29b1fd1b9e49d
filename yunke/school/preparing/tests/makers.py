"""The only source of preparing's test rows: a lesson, its form, its colleagues."""

import json
import uuid
from typing import Any

from yunke.ground.people.tests import makers as people
from yunke.school.library.door import Help
from yunke.school.library.models import Asset, Lesson
from yunke.school.library.tests import makers as library
from yunke.school.preparing.actions.people import colleague_invite
from yunke.school.preparing.actions.save import lesson_save
from yunke.school.preparing.reads.history import clock
from yunke.school.preparing.reads.work import work_of
from yunke.school.preparing.values import Content, Saved

__all__ = ["content", "file", "form", "invite", "key", "lesson", "people", "save"]


def key() -> dict[str, str]:
    """The key that every write carries."""
    return {"once": str(uuid.uuid4())}


def lesson(author: Any, *, published: bool = False, **more: Any) -> Lesson:
    place = people.who(author).grants[0].place
    values = {"goals": ["读准字音"], "school_id": place.school, "county_id": place.county}
    return library.lesson(author=author, published=published, **{**values, **more})


def file(of: Lesson, kind: str = "courseware", **more: Any) -> Asset:
    """A ready file of the lesson's work."""
    shown = of.state != Lesson.State.PUBLISHED
    values = {"title": kind, "state": "ready", "shown": shown, "bytes": 9, **more}
    return Asset.objects.create(lesson=of, kind=kind, **values)


def content(of: Lesson, somebody: Any) -> Content:
    """The lesson as its editor shows it to somebody."""
    found = work_of(of.id, people.who(somebody))
    assert found is not None
    return found.content


def form(of: Lesson, somebody: Any, **changes: Any) -> dict[str, Any]:
    """What the editor sends when nothing but ``changes`` was touched since it was shown."""
    shown = content(of, somebody)
    told = {
        "was": json.dumps(shown.as_json()), "unit": shown.unit, "title": shown.title,
        "title_en": shown.title_en, "summary": shown.summary, "summary_en": shown.summary_en,
        "goals": "\n".join(shown.goals), "points": list(shown.points), "minutes": shown.minutes,
        "chapter_at": [_typed(m.at) for m in shown.chapters],
        "chapter_title": [m.title for m in shown.chapters],
        "chapter_title_en": [m.title_en for m in shown.chapters],
    }  # fmt: skip
    return key() | told | changes


def _typed(seconds: float) -> str:
    tenth = round(seconds * 10) % 10
    return clock(seconds) + (f".{tenth}" if tenth else "")


def invite(of: Lesson, somebody: Any, role: Help = Help.EDITOR) -> None:
    """The author invites somebody."""
    assert of.author is not None
    colleague_invite(who=people.who(of.author), lesson_id=of.id, person_id=somebody.id, role=role)


def save(of: Lesson, somebody: Any, *, was: Content | None = None, **changes: Any) -> Saved:
    """Somebody saves what they changed since ``was`` (what is there now)."""
    before = was or content(of, somebody)
    mine = Content(**{**{n: getattr(before, n) for n in before.__dataclass_fields__}, **changes})
    return lesson_save(who=people.who(somebody), lesson_id=of.id, was=before, mine=mine)
