"""What the makers of a lesson read: the desk, the timeline, the talks, who did what."""

from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import now
from yunke.craft.texts.difference import Kind
from yunke.school.library.door import Help
from yunke.school.library.models import Asset, Lesson, Unit
from yunke.school.library.tests import makers as library
from yunke.school.preparing.actions.save import version_now, version_publish, version_restore
from yunke.school.preparing.actions.suggest import suggestion_accept, suggestion_make
from yunke.school.preparing.actions.talk import thread_begin, threads_seen
from yunke.school.preparing.models import Comment, Here, Mention, Read, Suggestion, Thread, Version
from yunke.school.preparing.reads.credits import credits_of
from yunke.school.preparing.reads.desk import desk_of, waiting_in
from yunke.school.preparing.reads.history import (
    clock,
    compared,
    content_numbered,
    goals_written,
    timeline,
    version_by_number,
    version_shown,
    words_of,
)
from yunke.school.preparing.reads.talk import (
    PAGE,
    Around,
    counts_by_place,
    here_now,
    resolved_count,
    suggestions_of,
    talk_counts,
    threads_of,
)
from yunke.school.preparing.reads.work import shown_number, work_at, work_content, work_of
from yunke.school.preparing.tests import makers
from yunke.school.preparing.tests.makers import people
from yunke.school.preparing.values import Content, Mark, Part, Place, TaskMark, Waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    made = makers.lesson(cast.teacher, goals=["读准字音", "会背"])
    makers.invite(made, cast.other_teacher)
    return made


def say(lesson: Lesson, by: Any, place: Place | None = None, text: str = "想想") -> int:
    return thread_begin(
        who=people.who(by), lesson_id=lesson.id, place=place or Place("goal", "会背"), quote="",
        text=text,
    )  # fmt: skip


def version(lesson: Lesson, number: int, somebody: Any, **more: Any) -> Version:
    content = makers.content(lesson, lesson.author).as_json()
    told = {"content": content, "fields": [], "made_by": somebody, **more}
    return Version.objects.create(lesson=lesson, number=number, **told)


# The work


def test_the_work_is_its_makers_and_nobody_elses(cast: Any, lesson: Any) -> None:
    for name in ("teacher", "other_teacher", "city_staff"):
        assert work_of(lesson.id, people.who(getattr(cast, name))) is not None
    for name in ("far_teacher", "head", "pupil", "guardian", "admin"):
        assert work_of(lesson.id, people.who(getattr(cast, name))) is None
    assert work_of(404, people.who(cast.city_staff)) is None
    with pytest.raises(LookupError):
        work_content(404)


def test_the_work_is_pending_while_pupils_see_less(cast: Any, lesson: Any) -> None:
    def pending() -> bool:
        found = work_of(lesson.id, people.who(cast.teacher))
        assert found is not None
        return found.pending

    makers.file(lesson)
    assert not pending()
    version_publish(version_now(lesson.id))
    Lesson.objects.filter(id=lesson.id).update(state="published")
    assert not pending()
    makers.save(lesson, cast.teacher, title="新的")
    assert pending()
    version_publish(version_now(lesson.id))
    assert not pending()
    Asset.objects.filter(lesson=lesson).update(shown=False)
    assert pending()


def test_the_shown_version_is_the_one_published_last(cast: Any, lesson: Any) -> None:
    assert shown_number(lesson.id) == 0
    for number, hours in ((1, 3), (2, 1), (3, 2)):
        version(lesson, number, cast.teacher, published_at=now() - timedelta(hours=hours))
    assert shown_number(lesson.id) == 2


def test_a_lesson_without_versions_is_what_its_row_says(cast: Any, lesson: Any) -> None:
    found = work_of(lesson.id, people.who(cast.teacher))
    assert found is not None
    assert (found.version, found.number, found.shown) == (None, lesson.version, 0)
    assert work_at(found.row).content == found.content == work_content(lesson.id)
    assert found.content.goals == ("读准字音", "会背")


# The desk


def test_the_desk_tells_who_saved_last_and_what_waits(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.other_teacher, title="同事改的")
    say(lesson, cast.other_teacher, text="@任课老师 看看")
    suggestion_make(
        who=people.who(cast.other_teacher), lesson_id=lesson.id, field="goals", was="会背",
        text="会唱", why="",
    )  # fmt: skip
    Here.objects.create(lesson=lesson, person=cast.other_teacher)
    Here.objects.create(lesson=lesson, person=cast.teacher)
    (line,), more = desk_of(people.who(cast.teacher), number=1)
    assert (line.help, line.title, line.changed_by, more) == (
        "author", "同事改的", "隔壁老师", False,
    )  # fmt: skip
    assert line.waiting == Waiting(1, 1, 1, ("隔壁老师",))
    assert line.waiting.any
    assert line.colleagues == ("隔壁老师",)
    (theirs,), _more = desk_of(people.who(cast.other_teacher), number=1)
    assert (theirs.help, theirs.waiting.unread, theirs.waiting.mentions) == ("editor", 0, 0)
    assert theirs.colleagues[0] == "任课老师"


def test_nothing_waits_in_what_was_seen_or_settled(cast: Any, lesson: Any) -> None:
    first, second = (say(lesson, cast.other_teacher, text=f"@任课老师 {n}") for n in range(2))
    author = people.who(cast.teacher)
    assert waiting_in(author, [lesson.id])[lesson.id] == Waiting(2, 0, 2)
    threads_seen(who=author, lesson_id=lesson.id, counts={first: 1})
    assert waiting_in(author, [lesson.id])[lesson.id] == Waiting(1, 0, 1)
    Thread.objects.filter(id=second).update(resolved_at=now())
    assert waiting_in(author, [lesson.id])[lesson.id].unread == 0
    assert waiting_in(author, []) == {}
    assert not Waiting(here=("甲",)).any


def test_the_desk_turns_its_pages(cast: Any) -> None:
    made = [makers.lesson(cast.teacher, title=f"课{n}").id for n in range(5)]
    who = people.who(cast.teacher)
    seen = []
    for number, more in ((1, True), (2, True), (3, False)):
        lines, follows = desk_of(who, number=number, size=2)
        assert follows == more
        seen += [line.card.id for line in lines]
    assert sorted(seen) == sorted(made)
    assert desk_of(who, number=9, size=2) == ([], False)


def test_a_published_lesson_whose_newest_version_is_not_shown_says_so(cast: Any) -> None:
    made = makers.lesson(cast.teacher, published=True)
    version(made, 1, cast.teacher, published_at=now())
    who = people.who(cast.teacher)
    assert not desk_of(who, number=1)[0][0].pending
    version(made, 2, cast.teacher)
    assert desk_of(who, number=1)[0][0].pending


# Versions


def test_the_timeline_is_newest_first_and_has_pages(cast: Any, lesson: Any) -> None:
    for number in range(1, 8):
        version(lesson, number, cast.teacher, label=f"第{number}")
    lines = timeline(lesson.id, size=3)
    assert [line.number for line in lines] == [7, 6, 5, 4]
    assert [line.number for line in timeline(lesson.id, before=5, size=3)] == [4, 3, 2, 1]
    assert [line.number for line in timeline(lesson.id, before=3, size=3)] == [2, 1]
    assert timeline(404) == []
    assert (lines[0].name, lines[0].label, lines[0].published) == ("任课老师", "第7", False)


def test_a_version_of_somebody_who_left_keeps_its_words(cast: Any, lesson: Any) -> None:
    version(lesson, 1, None)
    (line,) = timeline(lesson.id)
    assert (line.person_id, line.name) == (0, "")
    shown = version_by_number(lesson.id, 1)
    assert shown is not None
    assert (shown.name, shown.content.title) == ("", "古诗三首")


@pytest.mark.parametrize("number", [0, 2, 2**62])
def test_a_version_that_is_none_is_not_shown(number: int, cast: Any, lesson: Any) -> None:
    version(lesson, 1, cast.teacher)
    assert version_by_number(lesson.id, number) is None
    assert version_shown(2**62) is None
    assert content_numbered(lesson.id, [number]) == {}


def test_a_version_shows_its_files_and_questions_whatever_became_of_them(
    cast: Any, lesson: Any
) -> None:
    file = makers.file(lesson, title="一.pdf")
    question = library.question()
    content = makers.content(lesson, cast.teacher)
    tasks = [[2, 90.0, question.id], [1, 30.0, 999_999]]
    kept = {**content.as_json(), "tasks": tasks, "files": [file.id]}
    version(lesson, 1, cast.teacher, content=kept)
    Asset.objects.filter(id=file.id).update(work=False)
    shown = version_by_number(lesson.id, 1)
    assert shown is not None
    assert [found.title for found in shown.files] == ["一.pdf"]
    assert [at for at, _words in shown.tasks] == [30.0, 90.0]
    assert shown.tasks[0][1] == ""
    assert shown.tasks[1][1] == "1+1=?"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59.9, "0:59"), (61.5, "1:01"), (3600, "60:00")]
)
def test_a_moment_is_minutes_and_seconds(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "古诗", "古诗"),
        ("minutes", 25, "25"),
        ("download_allowed", True, "✓"),
        ("download_allowed", False, "—"),
        ("goals", ("一", "二"), "一\n二"),
        ("points", (), ""),
        (
            "chapters",
            (Mark(61.5, "开头", "Start"), Mark(90, "练", "")),
            "1:01  开头 Start\n1:30  练",
        ),
        ("unit", 2**61, "—"),
        ("tasks", (TaskMark(1, 30.0, 999_999),), "0:30  "),
    ],
)
def test_a_field_is_shown_in_words(name: str, value: Any, words: str) -> None:
    told: dict[str, Any] = {"unit": 1, "title": "x", name: value}
    assert words_of(name, Content(**told)) == words


def test_two_versions_are_compared_field_by_field(cast: Any, lesson: Any) -> None:
    file, other = makers.file(lesson, title="旧.pdf"), makers.file(lesson, title="新.pdf")
    unit = Unit.objects.get(id=lesson.unit_id)
    old = Content(unit=unit.id, title="一稿", goals=("甲", "乙"), files=(file.id,))
    new = Content(unit=2**61, title="二稿", goals=("甲", "丙"), files=(other.id, 999_999))
    found = {d.field: d for d in compared(old, new)}
    assert list(found) == ["unit", "title", "goals", "files"]
    assert [f.title for f in found["files"].gone] == ["旧.pdf"]
    assert [f.title for f in found["files"].came] == ["新.pdf"]
    assert "".join(p.text for p in found["unit"].pieces if p.kind != Kind.NEW) == unit.title
    assert {row.text for row in found["goals"].rows} >= {"甲", "丙"}
    assert compared(old, old) == []


def test_each_goal_is_whose_words_it_has_now(cast: Any, lesson: Any) -> None:
    assert goals_written(lesson.id, ["读准字音"]) == []
    makers.save(lesson, cast.other_teacher, goals=("读准字音", "会背三首"))
    number = suggestion_make(
        who=people.who(cast.other_teacher), lesson_id=lesson.id, field="goals", was="",
        text="能讲", why="",
    )  # fmt: skip
    suggestion_accept(who=people.who(cast.teacher), lesson_id=lesson.id, suggestion_id=number)
    lines = goals_written(lesson.id, ("读准字音", "会背三首", "能讲", "没人写过"))
    assert [(line.text, line.name, line.number) for line in lines] == [
        ("读准字音", "任课老师", 1), ("会背三首", "隔壁老师", 2), ("能讲", "隔壁老师", 3),
        ("没人写过", "", 0),
    ]  # fmt: skip
    assert [line.before for line in lines] == ["", "会背", "", ""]


@pytest.mark.parametrize("many", [5, 50])
def test_reading_the_versions_costs_the_same(
    many: int, cast: Any, lesson: Any, django_assert_num_queries: Any
) -> None:
    for number in range(1, many + 1):
        version(lesson, number, cast.teacher, fields=["goals"])
    with django_assert_num_queries(2):
        timeline(lesson.id)
    with django_assert_num_queries(2):
        goals_written(lesson.id, ["读准字音"])
    with django_assert_num_queries(2):
        credits_of([lesson.id])


# Credits


def test_who_only_restored_or_proposed_is_credited_for_that(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.other_teacher, title="同事的", summary="同事的")
    number = suggestion_make(
        who=people.who(cast.other_teacher), lesson_id=lesson.id, field="goals", was="会背",
        text="会唱", why="",
    )  # fmt: skip
    suggestion_accept(who=people.who(cast.teacher), lesson_id=lesson.id, suggestion_id=number)
    credits = {c.name: c.parts for c in credits_of([lesson.id])[lesson.id]}
    assert credits == {"任课老师": (Part.AUTHOR,), "隔壁老师": (Part.WORDS, Part.SUGGESTED)}
    version_restore(who=people.who(cast.teacher), lesson_id=lesson.id, number=1)
    credits = {c.name: c.parts for c in credits_of([lesson.id])[lesson.id]}
    assert credits["任课老师"] == (Part.AUTHOR, Part.WORDS, Part.GOALS)


def test_a_later_draft_credits_nobody_yet(cast: Any, lesson: Any) -> None:
    version(lesson, 1, cast.teacher, published_at=now())
    version(lesson, 2, cast.far_teacher, fields=["goals"])
    assert [c.name for c in credits_of([lesson.id])[lesson.id]] == ["任课老师"]
    Version.objects.filter(number=2).update(published_at=now())
    assert [c.name for c in credits_of([lesson.id])[lesson.id]] == ["任课老师", "远方老师"]


# Talks


def test_a_place_is_lost_when_what_it_named_is_gone(cast: Any, lesson: Any) -> None:
    file = makers.file(lesson, pages=2, pictures=2)
    found = work_of(lesson.id, people.who(cast.teacher))
    assert found is not None
    tasks = (TaskMark(7, 1.0, 1),)
    content = Content(unit=1, title="x", goals=("会背",), files=(file.id,), tasks=tasks)
    around = Around(content, found.row.files)
    for place, lost in (
        (Place("goal", "会背"), False),
        (Place("goal", "会唱"), True),
        (Place("page", f"{file.id}:1"), False),
        (Place("page", "999999:1"), True),
        (Place("page", "no page"), True),
        (Place("task", "7"), False),
        (Place("task", "8"), True),
        (Place("section", "summary"), False),
        (Place(), False),
        (Place("second", "", 9e9), False),
    ):
        assert around.lost(place) == lost, place


def test_a_page_has_its_picture_and_a_page_that_is_none_has_not(cast: Any, lesson: Any) -> None:
    file = makers.file(lesson, pages=2, pictures=2)
    film = makers.file(lesson, kind="video", poster=True)
    found = work_of(lesson.id, people.who(cast.teacher))
    assert found is not None
    around = Around(found.content, found.row.files)
    assert around.picture(Place("page", f"{file.id}:2")).endswith(f"/{file.id}/page-002.jpg")
    assert around.picture(Place("second", "", 3)).endswith(f"/{film.id}/poster.jpg")
    for ref in (f"{file.id}:0", f"{file.id}:3", "999999:1", "", f"{file.id}:-1"):
        assert around.picture(Place("page", ref)) == ""
    assert around.picture(Place("goal", "会背")) == ""


def test_talks_are_read_by_place_by_state_and_by_page(cast: Any, lesson: Any) -> None:
    for number in range(PAGE + 2):
        say(lesson, cast.other_teacher, Place("section", "title"), text=f"第{number}句")
    at_goal = say(lesson, cast.teacher)
    Thread.objects.filter(id=at_goal).update(resolved_at=now(), resolved_by=cast.teacher)
    around = Around(makers.content(lesson, cast.teacher), ())
    first, more = threads_of(lesson.id, cast.teacher.id, around)
    assert (len(first), more, first[0].comments[0].text) == (PAGE, True, f"第{PAGE + 1}句")
    rest, more = threads_of(lesson.id, cast.teacher.id, around, page=2)
    assert ([line.comments[0].text for line in rest], more) == (["第1句", "第0句"], False)
    assert threads_of(lesson.id, cast.teacher.id, around, place=Place("goal", "会背"))[0] == []
    (settled,), _more = threads_of(lesson.id, cast.teacher.id, around, resolved=True)
    assert (settled.id, settled.resolved_by, settled.unread) == (at_goal, "任课老师", 0)
    assert counts_by_place(lesson.id) == {("section", "title"): PAGE + 2}
    assert (resolved_count(lesson.id), talk_counts(lesson.id)) == (1, (PAGE + 3, 0))


def test_a_comment_of_somebody_who_left_is_nameless(cast: Any, lesson: Any) -> None:
    thread = say(lesson, cast.other_teacher, text="@任课老师 看")
    Comment.objects.update(person=None)
    around = Around(makers.content(lesson, cast.teacher), ())
    (line,), _more = threads_of(lesson.id, cast.teacher.id, around)
    (comment,) = line.comments
    assert (line.id, line.unread) == (thread, 1)
    assert (comment.person_id, comment.name, comment.mentions) == (0, "", ("任课老师",))


@pytest.mark.parametrize("many", [5, 50])
def test_reading_the_talks_costs_the_same(
    many: int, cast: Any, lesson: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(many):
        thread = Thread.objects.create(lesson=lesson, place="goal", ref=f"{number}")
        comment = Comment.objects.create(thread=thread, person=cast.other_teacher, text="x")
        Mention.objects.create(comment=comment, person=cast.teacher)
        Read.objects.create(thread=thread, person=cast.teacher)
        Suggestion.objects.create(lesson=lesson, person=cast.teacher, field="title")
    content = makers.content(lesson, cast.teacher)
    with django_assert_max_num_queries(5):
        threads_of(lesson.id, cast.teacher.id, Around(content, ()))
    with django_assert_max_num_queries(1):
        assert len(suggestions_of(lesson.id, content)) == many
    who = people.who(cast.teacher)
    with django_assert_max_num_queries(4):
        waiting_in(who, [lesson.id])


def test_a_suggestion_is_stale_only_while_it_waits(cast: Any, lesson: Any) -> None:
    told = {"lesson": lesson, "person": cast.other_teacher, "field": "goals", "now": "会唱"}
    Suggestion.objects.create(**told, was="会背")
    Suggestion.objects.create(**told, was="没有的")
    Suggestion.objects.create(
        **told, was="早没了", state="declined", decided_by=cast.teacher, decided_at=now()
    )
    content = makers.content(lesson, cast.teacher)
    assert [line.stale for line in suggestions_of(lesson.id, content)] == [False, True]
    (decided,) = suggestions_of(lesson.id, content, decided=True)
    assert (decided.stale, decided.decided_by, decided.name) == (False, "任课老师", "隔壁老师")


def test_who_said_nothing_for_twelve_seconds_is_not_here(cast: Any, lesson: Any) -> None:
    moment = now()
    Here.objects.create(lesson=lesson, person=cast.teacher, place="title", at=moment)
    for seconds, here in ((0, 1), (11, 1), (13, 0)):
        assert len(here_now(lesson.id, moment=moment + timedelta(seconds=seconds))) == here
    assert here_now(404) == []


def test_a_colleague_who_may_only_comment_is_named_as_such(cast: Any, lesson: Any) -> None:
    makers.invite(lesson, cast.far_teacher, Help.COMMENTER)
    (line,), _more = desk_of(people.who(cast.far_teacher), number=1)
    assert line.help == "commenter"
