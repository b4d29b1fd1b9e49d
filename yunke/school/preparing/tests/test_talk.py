"""What is said stays where it was said; suggestions are taken or left, and nobody's is lost."""

from typing import Any

import pytest
from django.test import Client

from yunke.ground.lake.models import Event
from yunke.school.library.door import Help
from yunke.school.library.models import Lesson
from yunke.school.preparing.models import Comment, Mention, Read, Suggestion, Thread, Version
from yunke.school.preparing.tests import makers
from yunke.school.preparing.tests.makers import key, people

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    made = makers.lesson(cast.teacher, goals=["读准字音", "会背"])
    makers.invite(made, cast.other_teacher, Help.COMMENTER)
    return made


@pytest.fixture
def author(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


@pytest.fixture
def critic(cast: Any) -> Client:
    return people.signed_in(cast.other_teacher)


def say(client: Client, lesson: Lesson, text: str = "这里再想想", **place: Any) -> Any:
    told = {"place": "goal", "ref": "会背", "quote": "会背", "text": text, **place}
    return client.post(f"/make/{lesson.id}/talk", key() | told, headers=HTMX)


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ({"place": "section", "ref": "summary"}, "简介"),
        ({"place": "goal", "ref": "会背"}, "学习目标"),
        ({"place": "second", "ref": "", "second": "75.5"}, "1:15"),
        ({"place": "lesson", "ref": "", "quote": ""}, "整节课"),
        ({"place": "task", "ref": "9"}, "课中任务"),
    ],
)
def test_a_comment_is_pinned_to_its_place(
    place: dict[str, str], shown: str, critic: Any, author: Any, lesson: Any
) -> None:
    assert say(critic, lesson, **place).status_code == 200
    page = author.get(f"/make/{lesson.id}").content.decode()
    assert "这里再想想" in page
    assert shown in page
    assert Event.objects.filter(verb="lesson.discussed").count() == 1


def test_a_page_of_courseware_shows_its_picture(critic: Any, author: Any, lesson: Any) -> None:
    file = makers.file(lesson, pages=3, pictures=3, poster=True)
    say(critic, lesson, place="page", ref=f"{file.id}:2")
    page = author.get(f"/make/{lesson.id}").content.decode()
    assert f'class="thread-picture" src="/media/lessons/{lesson.id}/{file.id}/page-002.jpg"' in page
    assert f"place=page&amp;ref={file.id}:3" in page


def test_a_talk_stays_when_its_goal_is_rewritten(
    critic: Any, author: Any, lesson: Any, cast: Any
) -> None:
    say(critic, lesson)
    makers.save(lesson, cast.teacher, goals=("读准字音", "会背两首"))
    page = author.get(f"/make/{lesson.id}").content.decode()
    assert "这里再想想" in page
    assert "这里后来改过了" in page


def test_a_thread_is_answered_settled_and_opened_again(
    critic: Any, author: Any, lesson: Any
) -> None:
    say(critic, lesson)
    thread = Thread.objects.get()
    base = f"/make/{lesson.id}/talk/{thread.id}"
    author.post(f"{base}/answer", key() | {"text": "好的，改"}, headers=HTMX)
    author.post(f"{base}/resolve", key() | {"resolved": "yes"}, headers=HTMX)
    assert "这里再想想" not in author.get(f"/make/{lesson.id}").content.decode()
    settled = author.get(f"/make/{lesson.id}/talk?resolved=yes").content.decode()
    assert "好的，改" in settled
    critic.post(f"{base}/answer", key() | {"text": "还差一点"}, headers=HTMX)
    assert "还差一点" in author.get(f"/make/{lesson.id}").content.decode()
    assert Comment.objects.count() == 3


def test_unread_marks_go_when_the_talk_was_before_ones_eyes(
    critic: Any, author: Any, lesson: Any, cast: Any
) -> None:
    say(critic, lesson, text="@任课老师 看这里")
    assert "叫了你 1 次" in author.get("/make").content.decode()
    assert "1 条新的" in author.get(f"/make/{lesson.id}").content.decode()
    assert "条新的" not in critic.get(f"/make/{lesson.id}").content.decode()
    thread = Thread.objects.get()
    told = key() | {"seen": [f"{thread.id}:1", "999:5", "x", "1:y"]}
    assert author.post(f"/make/{lesson.id}/talk/seen", told).status_code == 204
    assert "条新的" not in author.get(f"/make/{lesson.id}").content.decode()
    assert "叫了你" not in author.get("/make").content.decode()
    assert Mention.objects.get().person_id == cast.teacher.id
    assert Read.objects.filter(person=cast.teacher).count() == 1


@pytest.mark.parametrize("text", ["", "   ", "字" * 1001, "a\0b"])
def test_a_comment_that_cannot_be_taken_is_given_back(text: str, critic: Any, lesson: Any) -> None:
    answer = say(critic, lesson, text=text)
    assert answer.status_code == 422
    assert Thread.objects.count() == 0
    if text.strip() and "\0" not in text:
        assert text in answer.content.decode()


def test_words_are_words(critic: Any, author: Any, lesson: Any) -> None:
    say(critic, lesson, text="<script>1</script>", quote="<b>x</b>", ref="<i>")
    page = author.get(f"/make/{lesson.id}").content.decode()
    assert "<script>1" not in page
    assert "<b>x</b>" not in page


def test_without_scripts_a_comment_leads_back_to_the_lesson(critic: Any, lesson: Any) -> None:
    told = key() | {"place": "lesson", "text": "好"}
    answer = critic.post(f"/make/{lesson.id}/talk", told)
    assert (answer.status_code, answer["Location"]) == (303, f"/make/{lesson.id}#talk")
    assert critic.get(f"/make/{lesson.id}/talk?place=goal&ref=会背").status_code == 200


# Suggestions


def propose(client: Client, lesson: Lesson, **changes: str) -> Any:
    told = {"field": "goals", "was": "会背", "text": "会背两首", "why": "少一点", **changes}
    return client.post(f"/make/{lesson.id}/suggest", key() | told, headers=HTMX)


def decide(client: Client, lesson: Lesson, answer: str, reason: str = "") -> Any:
    number = Suggestion.objects.latest("id").id
    told = key() | {"answer": answer, "reason": reason}
    return client.post(f"/make/{lesson.id}/suggestions/{number}", told)


def test_an_accepted_suggestion_is_the_proposers_version(
    critic: Any, author: Any, lesson: Any, cast: Any
) -> None:
    propose(critic, lesson)
    shown = author.get(f"/make/{lesson.id}").content.decode()
    assert "<ins>两首</ins>" in shown
    assert "少一点" in shown
    assert decide(author, lesson, "accept", "好").status_code == 303
    lesson.refresh_from_db()
    assert lesson.goals == ["读准字音", "会背两首"]
    version = Version.objects.latest("number")
    assert (version.credited_id, version.made_by_id) == (cast.other_teacher.id, cast.teacher.id)
    assert "隔壁老师的建议" in author.get(f"/make/{lesson.id}/versions").content.decode()
    makers.save(lesson, cast.teacher, title="接着写")
    assert Version.objects.filter(credited_id=cast.other_teacher.id).get().number == version.number


def test_a_declined_suggestion_says_why(critic: Any, author: Any, lesson: Any) -> None:
    propose(critic, lesson)
    refused = decide(author, lesson, "decline", "  ")
    assert refused.status_code == 422
    assert "为什么不采用" in refused.content.decode()
    assert decide(author, lesson, "decline", "三首都要背").status_code == 303
    shown = critic.get(f"/make/{lesson.id}/talk?resolved=yes").content.decode()
    assert "三首都要背" in shown
    assert decide(author, lesson, "accept").status_code == 409
    lesson.refresh_from_db()
    assert lesson.goals == ["读准字音", "会背"]


def test_a_suggestion_whose_place_changed_is_not_forced_in(
    critic: Any, author: Any, lesson: Any, cast: Any
) -> None:
    propose(critic, lesson)
    makers.save(lesson, cast.teacher, goals=("读准字音", "能讲"))
    assert "这里的文字后来改过" in author.get(f"/make/{lesson.id}").content.decode()
    assert decide(author, lesson, "accept").status_code == 409
    lesson.refresh_from_db()
    assert lesson.goals == ["读准字音", "能讲"]
    assert Suggestion.objects.get().state == "open"


def test_only_editors_decide_and_only_the_proposer_takes_back(
    critic: Any, author: Any, lesson: Any
) -> None:
    propose(critic, lesson)
    for answer in ("accept", "decline", "nothing"):
        assert decide(critic, lesson, answer, "因为").status_code == 404
    assert decide(author, lesson, "back").status_code == 404
    assert decide(critic, lesson, "back").status_code == 303
    assert Suggestion.objects.get().state == "taken_back"


@pytest.mark.parametrize(
    "changes", [{"text": "会背"}, {"was": "", "text": ""}, {"field": "title", "text": ""}]
)
def test_a_suggestion_must_change_something(
    changes: dict[str, str], critic: Any, lesson: Any
) -> None:
    assert propose(critic, lesson, **changes).status_code == 422
    assert Suggestion.objects.count() == 0


def test_the_forms_show_what_stands_there_now(critic: Any, lesson: Any) -> None:
    page = critic.get(f"/make/{lesson.id}/suggest?field=title").content.decode()
    assert "古诗三首" in page
    page = critic.get(f"/make/{lesson.id}/suggest?field=goals&item=会背").content.decode()
    assert "会背" in page
    assert critic.get(f"/make/{lesson.id}/suggest?field=files").status_code == 404


def test_the_talk_in_english(author: Any, critic: Any, lesson: Any) -> None:
    say(critic, lesson)
    propose(critic, lesson)
    author.cookies["yunke_language"] = "en"
    for path in ("", "/talk", "/versions", "/people", "/suggest?field=title"):
        page = author.get(f"/make/{lesson.id}{path}")
        assert page.status_code == 200
        assert "讨论" not in page.content.decode()
    assert "Suggest" in author.get(f"/make/{lesson.id}/suggest?field=title").content.decode()
