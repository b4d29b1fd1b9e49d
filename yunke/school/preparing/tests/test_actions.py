"""Every act on a lesson in the making: whom it refuses, what it writes, what is undone whole."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.school.library.door import Help, NotReady, NotYours
from yunke.school.library.models import Asset, Colleague, Lesson
from yunke.school.preparing.actions import people as people_acts
from yunke.school.preparing.actions import suggest as suggest_acts
from yunke.school.preparing.actions import talk as talk_acts
from yunke.school.preparing.actions.people import colleague_invite, colleague_remove, here_note
from yunke.school.preparing.actions.save import (
    NoVersion,
    caught_up,
    editable,
    file_leave,
    lesson_save,
    version_label,
    version_now,
    version_publish,
    version_restore,
    work_note,
    work_open,
    work_publish,
    work_withdraw,
)
from yunke.school.preparing.actions.suggest import (
    suggestion_accept,
    suggestion_decline,
    suggestion_make,
    suggestion_take_back,
)
from yunke.school.preparing.actions.talk import (
    thread_answer,
    thread_begin,
    thread_resolve,
    threads_seen,
)
from yunke.school.preparing.models import (
    Comment,
    Here,
    Mention,
    Read,
    Suggestion,
    Thread,
    Version,
)
from yunke.school.preparing.tests import makers
from yunke.school.preparing.tests.makers import people
from yunke.school.preparing.values import Place

pytestmark = pytest.mark.django_db
STRANGERS = ("far_teacher", "head", "pupil", "guardian", "admin", "far_admin")


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    """The teacher's lesson; the one next door writes in it."""
    made = makers.lesson(cast.teacher, goals=["读准字音", "会背"])
    makers.invite(made, cast.other_teacher)
    return made


def begin(cast: Any, lesson: Lesson, text: str = "再想想", by: Any = None) -> int:
    who = people.who(by or cast.other_teacher)
    place = Place("goal", "会背")
    return thread_begin(who=who, lesson_id=lesson.id, place=place, quote="会背", text=text)


def propose(cast: Any, lesson: Lesson, **more: str) -> int:
    told = {"field": "goals", "was": "会背", "text": "会背两首", "why": "少一点", **more}
    return suggestion_make(who=people.who(cast.other_teacher), lesson_id=lesson.id, **told)


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def counted() -> tuple[int, ...]:
    """Everything that an act of this room could have written."""
    kinds = (Version, Thread, Comment, Mention, Read, Suggestion, Here, Colleague, Event, Entry)
    return tuple(kind.objects.count() for kind in kinds)


ACTS: dict[str, Callable[..., object]] = {
    "save": lambda who, n: lesson_save(
        who=who, lesson_id=n, was=SHOWN[n], mine=SHOWN[n], why="x"
    ),
    "publish": lambda who, n: work_publish(who=who, lesson_id=n),
    "withdraw": lambda who, n: work_withdraw(who=who, lesson_id=n),
    "restore": lambda who, n: version_restore(who=who, lesson_id=n, number=1),
    "label": lambda who, n: version_label(who=who, lesson_id=n, number=1, label="x"),
    "file": lambda who, n: file_leave(who=who, lesson_id=n, asset_id=1),
    "invite": lambda who, n: colleague_invite(
        who=who, lesson_id=n, person_id=who.id, role=Help.EDITOR
    ),
    "remove": lambda who, n: colleague_remove(who=who, lesson_id=n, person_id=who.id),
    "talk": lambda who, n: thread_begin(
        who=who, lesson_id=n, place=Place(), quote="", text="x"
    ),
    "answer": lambda who, n: thread_answer(who=who, lesson_id=n, thread_id=1, text="x"),
    "resolve": lambda who, n: thread_resolve(who=who, lesson_id=n, thread_id=1, resolved=True),
    "seen": lambda who, n: threads_seen(who=who, lesson_id=n, counts={1: 1}),
    "suggest": lambda who, n: suggestion_make(
        who=who, lesson_id=n, field="title", was="a", text="b", why=""
    ),
    "accept": lambda who, n: suggestion_accept(who=who, lesson_id=n, suggestion_id=1),
    "decline": lambda who, n: suggestion_decline(
        who=who, lesson_id=n, suggestion_id=1, reason="x"
    ),
    "take back": lambda who, n: suggestion_take_back(who=who, lesson_id=n, suggestion_id=1),
}  # fmt: skip
# What a colleague who may only look and comment must not do.
EDITORS = ("save", "publish", "withdraw", "restore", "label", "file", "accept", "decline")
SHOWN: dict[int, Any] = {}


@pytest.mark.parametrize("act", ACTS)
def test_no_act_is_anybodys_who_does_not_make_the_lesson(act: str, cast: Any, lesson: Any) -> None:
    SHOWN[lesson.id] = makers.content(lesson, cast.teacher)
    before = counted()
    for name in STRANGERS:
        with pytest.raises(NotYours):
            ACTS[act](people.who(getattr(cast, name)), lesson.id)
    assert counted() == before


@pytest.mark.parametrize("act", EDITORS)
def test_a_commenter_does_nothing_of_an_editors(act: str, cast: Any, lesson: Any) -> None:
    makers.invite(lesson, cast.other_teacher, Help.COMMENTER)
    SHOWN[lesson.id] = makers.content(lesson, cast.teacher)
    before = counted()
    with pytest.raises(NotYours):
        ACTS[act](people.who(cast.other_teacher), lesson.id)
    assert counted() == before


@pytest.mark.parametrize("act", ACTS)
def test_a_lesson_that_is_none_is_nobodys(act: str, cast: Any, lesson: Any) -> None:
    SHOWN[404] = makers.content(lesson, cast.teacher)
    with pytest.raises(NotYours):
        ACTS[act](people.who(cast.city_staff), 404)


# Who makes it


def test_changing_what_a_colleague_may_is_always_possible(
    cast: Any, lesson: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_acts, "MOST_COLLEAGUES", 1)
    makers.invite(lesson, cast.other_teacher, Help.COMMENTER)
    assert Colleague.objects.get().role == "commenter"
    with pytest.raises(Refused, match="最多邀请"):
        makers.invite(lesson, cast.far_teacher)
    assert Colleague.objects.count() == 1


def test_inviting_the_same_twice_is_one_line(cast: Any, lesson: Any) -> None:
    before = counted()
    makers.invite(lesson, cast.other_teacher)
    assert counted() == before
    event, entry = Event.objects.latest("id"), Entry.objects.latest("seq")
    assert (event.verb, event.lesson_id) == ("lesson.shared", lesson.id)
    assert (entry.act, entry.subject_id) == ("role.changed", cast.other_teacher.id)


def test_removing_ends_ones_presence_and_is_audited_once(cast: Any, lesson: Any) -> None:
    here_note(who=people.who(cast.other_teacher), lesson_id=lesson.id, place="title")
    here_note(who=people.who(cast.teacher), lesson_id=lesson.id, place="title")
    author = people.who(cast.teacher)
    for _twice in range(2):
        colleague_remove(who=author, lesson_id=lesson.id, person_id=cast.other_teacher.id)
    assert [here.person_id for here in Here.objects.all()] == [cast.teacher.id]
    assert [e.detail for e in Entry.objects.filter(act="role.changed").order_by("seq")] == [
        {"role": "editor"}, {"role": ""},
    ]  # fmt: skip


def test_an_editor_removes_nobody_but_themselves(cast: Any, lesson: Any) -> None:
    makers.invite(lesson, cast.far_teacher)
    with pytest.raises(NotYours):
        colleague_remove(
            who=people.who(cast.other_teacher), lesson_id=lesson.id, person_id=cast.far_teacher.id
        )
    assert Colleague.objects.count() == 2


def test_the_city_may_say_who_makes_a_lesson(cast: Any, lesson: Any) -> None:
    city = people.who(cast.city_staff)
    colleague_invite(
        who=city, lesson_id=lesson.id, person_id=cast.far_teacher.id, role=Help.COMMENTER
    )
    assert set(Colleague.objects.values_list("person_id", flat=True)) == {
        cast.other_teacher.id, cast.far_teacher.id,
    }  # fmt: skip


def test_somebody_is_here_once_and_where_they_were_last(cast: Any, lesson: Any) -> None:
    who = people.who(cast.teacher)
    for place in ("title", "s" * 40):
        here_note(who=who, lesson_id=lesson.id, place=place)
    assert [(row.person_id, row.place) for row in Here.objects.all()] == [(who.id, "s" * 20)]


# Saves


def test_a_save_that_fails_at_its_end_leaves_nothing(
    cast: Any, lesson: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    makers.save(lesson, cast.teacher, title="一稿")
    before, title = counted(), Lesson.objects.get(id=lesson.id).title

    def broken(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("yunke.school.preparing.actions.save.mirror", broken)
    with pytest.raises(RuntimeError):
        makers.save(lesson, cast.other_teacher, title="二稿")
    assert counted() == before
    assert Lesson.objects.get(id=lesson.id).title == title
    assert not Version.objects.filter(number=3).exists()


def test_a_reason_alone_is_a_version_and_a_name_seals_it(cast: Any, lesson: Any) -> None:
    shown = makers.content(lesson, cast.teacher)
    who = people.who(cast.teacher)
    told = {"who": who, "lesson_id": lesson.id, "was": shown, "mine": shown}
    assert lesson_save(**told).number == 1
    assert lesson_save(**told, why="w" * 300).number == 2
    assert lesson_save(**told, label="l" * 80).number == 2
    version = Version.objects.get(number=2)
    assert (len(version.why), len(version.label), version.sealed) == (0, 60, True)
    assert version.fields == []


def test_a_save_tells_what_came_in_beside_it(cast: Any, lesson: Any) -> None:
    before = makers.content(lesson, cast.teacher)
    makers.save(lesson, cast.other_teacher, summary="同事写的", minutes=33)
    saved = makers.save(lesson, cast.teacher, was=before, title="我的")
    assert saved.merged == ("minutes", "summary")
    assert (saved.content.title, saved.content.minutes) == ("我的", 33)


def test_a_version_takes_up_what_others_changed_outside_the_editor(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.teacher, title="一稿")
    file = makers.file(lesson)
    work_open(lesson.id)
    assert Version.objects.latest("number").content["files"] == [file.id]
    before = Version.objects.count()
    work_open(lesson.id)
    work_open(404)
    assert Version.objects.count() == before
    assert work_note(who_id=cast.teacher.id, lesson_id=lesson.id) == 2
    Asset.objects.filter(id=file.id).update(work=False)
    assert work_note(who_id=cast.other_teacher.id, lesson_id=lesson.id) == 3
    assert Version.objects.latest("number").made_by_id == cast.other_teacher.id
    with pytest.raises(NotYours):
        work_note(who_id=cast.teacher.id, lesson_id=404)


def test_a_file_that_is_none_leaves_nothing_out(cast: Any, lesson: Any) -> None:
    file = makers.file(lesson)
    who = people.who(cast.teacher)
    assert not file_leave(who=who, lesson_id=lesson.id, asset_id=file.id + 9)
    assert file_leave(who=who, lesson_id=lesson.id, asset_id=file.id)
    assert not file_leave(who=who, lesson_id=lesson.id, asset_id=file.id)
    assert [v.content["files"] for v in Version.objects.order_by("number")][-2:] == [[file.id], []]


@pytest.mark.parametrize("number", [0, 99, 2**62])
def test_a_version_that_is_none_is_neither_restored_nor_named(
    number: int, cast: Any, lesson: Any
) -> None:
    makers.save(lesson, cast.teacher, title="一稿")
    who = people.who(cast.teacher)
    with pytest.raises(NoVersion):
        version_restore(who=who, lesson_id=lesson.id, number=number)
    with pytest.raises(NoVersion):
        version_label(who=who, lesson_id=lesson.id, number=number, label="x")
    assert Version.objects.filter(restored__gt=0).count() == 0


def test_another_lessons_version_is_not_restored_here(cast: Any, lesson: Any) -> None:
    other = makers.lesson(cast.teacher, title="别的课")
    for title in ("甲", "乙"):
        makers.save(other, cast.teacher, title=title)
        version_now(other.id)
    with pytest.raises(NoVersion):
        version_restore(who=people.who(cast.teacher), lesson_id=lesson.id, number=3)


def test_what_was_sealed_to_be_read_stays_as_it_is(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.teacher, title="送审的")
    number = version_now(lesson.id)
    assert version_now(lesson.id) == number
    makers.save(lesson, cast.teacher, title="后来的")
    assert Version.objects.get(id=number).content["title"] == "送审的"
    for nothing in (version_now, version_publish):
        with pytest.raises((NotYours, NoVersion)):
            nothing(404)


def test_nothing_to_watch_publishes_nothing_and_leaves_no_trace(cast: Any, lesson: Any) -> None:
    before = counted()
    with pytest.raises(NotReady), transaction.atomic():
        work_publish(who=people.who(cast.teacher), lesson_id=lesson.id)
    assert counted() == before
    assert Lesson.objects.get(id=lesson.id).state == "draft"


def test_publishing_and_withdrawing_are_told_and_audited(cast: Any, lesson: Any) -> None:
    makers.file(lesson)
    who = people.who(cast.other_teacher)
    work_publish(who=who, lesson_id=lesson.id)
    work_withdraw(who=who, lesson_id=lesson.id)
    acts = Entry.objects.filter(object_id=lesson.id, actor_id=who.id).order_by("seq")
    assert [entry.act for entry in acts] == ["lesson.published", "lesson.withdrawn"]
    assert verbs().count("published") + verbs().count("lesson.published") == 1


def test_an_act_holds_the_lesson_for_who_may_edit_alone(cast: Any, lesson: Any) -> None:
    with transaction.atomic():
        row = editable(lesson.id, people.who(cast.other_teacher))
        assert (row.help, row.may_edit, row.keeper) == ("editor", True, False)
        assert caught_up(row).number == 1


# Talks


def test_a_comment_calls_its_people_once_and_never_its_writer(cast: Any, lesson: Any) -> None:
    begin(cast, lesson, "@任课老师 @隔壁老师 @任课老师 看看")
    (mention,) = Mention.objects.all()
    assert (mention.person_id, mention.seen_at) == (cast.teacher.id, None)
    assert Read.objects.get().count == 1
    assert verbs().count("lesson.discussed") == 1


def test_nobody_outside_the_lesson_is_called(cast: Any, lesson: Any) -> None:
    begin(cast, lesson, "@远方老师 @班主任 @校管理员")
    assert not Mention.objects.exists()


def test_an_answer_opens_a_settled_talk_again(cast: Any, lesson: Any) -> None:
    thread = begin(cast, lesson)
    author = people.who(cast.teacher)
    thread_resolve(who=author, lesson_id=lesson.id, thread_id=thread, resolved=True)
    row = Thread.objects.get()
    assert (row.resolved_by_id, row.resolved_at is not None) == (author.id, True)
    thread_answer(who=author, lesson_id=lesson.id, thread_id=thread, text="还没完")
    row.refresh_from_db()
    assert (row.resolved_by_id, row.resolved_at) == (None, None)
    assert Comment.objects.count() == 2


def test_a_talk_of_another_lesson_is_not_here(cast: Any, lesson: Any) -> None:
    other = makers.lesson(cast.teacher)
    makers.invite(other, cast.other_teacher)
    thread = begin(cast, other)
    author = people.who(cast.teacher)
    with pytest.raises(NotYours):
        thread_answer(who=author, lesson_id=lesson.id, thread_id=thread, text="x")
    with pytest.raises(NotYours):
        thread_resolve(who=author, lesson_id=lesson.id, thread_id=thread, resolved=True)
    threads_seen(who=author, lesson_id=lesson.id, counts={thread: 1})
    assert not Read.objects.filter(person_id=author.id).exists()


def test_too_many_talks_and_too_long_ones_are_said(
    cast: Any, lesson: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk_acts, "MOST_THREADS", 1)
    monkeypatch.setattr(talk_acts, "MOST_COMMENTS", 1)
    thread = begin(cast, lesson)
    with pytest.raises(Refused, match="讨论太多"):
        begin(cast, lesson)
    with pytest.raises(Refused, match="另开一个"):
        thread_answer(who=people.who(cast.teacher), lesson_id=lesson.id, thread_id=thread, text="x")
    assert Comment.objects.count() == 1


def test_what_was_seen_grows_only_and_settles_the_calls(cast: Any, lesson: Any) -> None:
    thread = begin(cast, lesson, "@任课老师 看")
    author = people.who(cast.teacher)
    for count, kept in ((0, None), (1, 1), (0, 1), (3, 3), (10**6, talk_acts.MOST_COMMENTS)):
        threads_seen(who=author, lesson_id=lesson.id, counts={thread: count})
        found = Read.objects.filter(person_id=author.id).values_list("count", flat=True).first()
        assert found == kept
    assert Mention.objects.get().seen_at is not None
    assert Read.objects.get(person_id=cast.other_teacher.id).count == 1


# Suggestions


def test_a_suggestion_is_told_when_it_is_made_and_when_it_is_decided(
    cast: Any, lesson: Any
) -> None:
    number = propose(cast, lesson)
    author = people.who(cast.teacher)
    version = suggestion_accept(who=author, lesson_id=lesson.id, suggestion_id=number, reason="好")
    row = Suggestion.objects.get()
    assert (row.state, row.decided_by_id, row.reason) == ("accepted", author.id, "好")
    assert row.version is not None
    assert (row.version.number, row.version.sealed) == (version, True)
    told = Event.objects.filter(verb="lesson.suggested").order_by("id")
    assert [event.result["state"] for event in told] == ["open", "accepted"]


def test_a_decided_suggestion_is_decided_no_more(cast: Any, lesson: Any) -> None:
    number = propose(cast, lesson)
    author, proposer = people.who(cast.teacher), people.who(cast.other_teacher)
    suggestion_decline(who=author, lesson_id=lesson.id, suggestion_id=number, reason=" 要背 ")
    assert Suggestion.objects.get().reason == "要背"
    before = counted()
    ids = {"lesson_id": lesson.id, "suggestion_id": number}
    for act in (
        lambda: suggestion_accept(who=author, **ids),
        lambda: suggestion_decline(who=author, **ids, reason="x"),
        lambda: suggestion_take_back(who=proposer, **ids),
    ):
        with pytest.raises(Refused, match="已经有人处理"):
            act()
    assert counted() == before


def test_a_suggestion_of_another_lesson_is_not_here(cast: Any, lesson: Any) -> None:
    other = makers.lesson(cast.teacher, goals=["会背"])
    makers.invite(other, cast.other_teacher)
    number = propose(cast, other)
    with pytest.raises(NotYours):
        suggestion_accept(who=people.who(cast.teacher), lesson_id=lesson.id, suggestion_id=number)
    assert Suggestion.objects.get().state == "open"


def test_open_suggestions_are_not_without_number(
    cast: Any, lesson: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggest_acts, "MOST_SUGGESTIONS", 1)
    number = propose(cast, lesson)
    with pytest.raises(Refused, match="先处理"):
        propose(cast, lesson, text="会唱")
    who = people.who(cast.other_teacher)
    suggestion_take_back(who=who, lesson_id=lesson.id, suggestion_id=number)
    assert propose(cast, lesson, text="会唱") != number


def test_a_suggested_goal_that_is_there_already_is_not_written_twice(
    cast: Any, lesson: Any
) -> None:
    number = propose(cast, lesson, text="读准字音")
    with pytest.raises(Refused, match="后来改过"):
        suggestion_accept(who=people.who(cast.teacher), lesson_id=lesson.id, suggestion_id=number)
    assert makers.content(lesson, cast.teacher).goals == ("读准字音", "会背")


def test_a_refused_acceptance_writes_nothing_at_all(cast: Any, lesson: Any) -> None:
    number = propose(cast, lesson)
    makers.save(lesson, cast.teacher, goals=("能讲",))
    before = counted()
    with pytest.raises(Refused):
        suggestion_accept(who=people.who(cast.teacher), lesson_id=lesson.id, suggestion_id=number)
    assert counted() == before


def test_an_old_version_is_not_grown_after_its_sitting(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.teacher, title="一稿")
    Version.objects.filter(number=2).update(made_at=now() - timedelta(minutes=10))
    assert makers.save(lesson, cast.teacher, title="二稿").number == 3
    assert [row.saves for row in Version.objects.order_by("number")] == [1, 1, 1]
