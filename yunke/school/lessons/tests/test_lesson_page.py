"""The lesson's page: a card for strangers, the player for those who may watch."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from yunke.ground.people.tests.makers import cast, signed_in
from yunke.school.lessons.tests.makers import film, hour, noted, taught, watched
from yunke.school.library.tests.makers import lesson

pytestmark = pytest.mark.django_db


def json_of(page: str, name: str) -> Any:
    found = re.search(rf'id="{name}" type="application/json">(.*?)</script>', page, re.S)
    return json.loads(found[1]) if found else None


def feed_of(page: str) -> dict[str, Any]:
    return dict(json_of(page, "player-feed"))


def test_a_stranger_sees_what_the_lesson_is_about_and_where_to_sign_in() -> None:
    row = taught(goals=["读出节奏"])
    page = Client().get(f"/lesson/{row.id}").content.decode()
    assert "读出节奏" in page
    assert "练一练" in page
    assert f"/sign-in?next=/lesson/{row.id}" in page
    assert "master.m3u8" not in page
    assert "yunke-player" not in page


@pytest.mark.parametrize("who", ["pupil", "guardian", "teacher", "admin", "far_pupil"])
def test_everybody_who_is_signed_in_can_watch(who: str) -> None:
    people, row = cast(), taught()
    page = signed_in(getattr(people, who)).get(f"/lesson/{row.id}").content.decode()
    assert "master.m3u8" in page


def test_a_draft_is_only_its_authors() -> None:
    people = cast()
    row = taught(people.teacher, published=False)
    assert signed_in(people.teacher).get(f"/lesson/{row.id}").status_code == 200
    for client in (Client(), signed_in(people.pupil), signed_in(people.other_teacher)):
        assert client.get(f"/lesson/{row.id}").status_code == 404
    assert Client().get("/lesson/99999").status_code == 404


def test_an_author_looking_at_a_draft_leaves_no_progress() -> None:
    people = cast()
    row = taught(people.teacher, published=False)
    page = signed_in(people.teacher).get(f"/lesson/{row.id}").content.decode()
    assert feed_of(page)["keep"] is False
    assert "yunke-notes" not in page


def test_the_player_knows_where_one_stopped_and_what_was_seen() -> None:
    people, row = cast(), taught()
    watched(people.pupil, row, (0, 30), (60, 90))
    feed = feed_of(signed_in(people.pupil).get(f"/lesson/{row.id}").content.decode())
    assert feed["position"] == 90
    assert feed["seen"] == [[0, 30], [60, 90]]
    assert feed["keep"] is True
    other = feed_of(signed_in(people.pupils[1]).get(f"/lesson/{row.id}").content.decode())
    assert (other["position"], other["seen"]) == (0, [])


def test_a_guardian_watches_along_without_leaving_progress_or_notes() -> None:
    people, row = cast(), taught()
    page = signed_in(people.guardian).get(f"/lesson/{row.id}").content.decode()
    assert feed_of(page)["keep"] is False
    assert feed_of(page)["answer"] is False
    assert "yunke-notes" not in page


def test_ones_own_notes_are_on_the_page() -> None:
    people, row = cast(), taught()
    noted(people.pupil, row, "疑是地上霜")
    mine = signed_in(people.pupil).get(f"/lesson/{row.id}").content.decode()
    assert [note["text"] for note in json_of(mine, "notes-feed")] == ["疑是地上霜"]
    teachers = signed_in(people.teacher).get(f"/lesson/{row.id}").content.decode()
    assert json_of(teachers, "notes-feed") == []


def test_a_title_cannot_leave_its_place() -> None:
    people = cast()
    row = taught(title="</script><b>x", title_en="")
    page = signed_in(people.pupil).get(f"/lesson/{row.id}").content.decode()
    assert "</script><b>x" not in page
    assert feed_of(page)["title"] == "</script><b>x"


def test_a_lesson_without_a_video_says_so_and_shows_the_rest() -> None:
    people, row = cast(), lesson(goals=["读准字音"])
    page = signed_in(people.pupil).get(f"/lesson/{row.id}").content.decode()
    assert "视频还没有放上来" in page
    assert "读准字音" in page


def test_files_may_be_taken_home_only_when_the_teacher_allows_it() -> None:
    people = cast()
    closed, open_ = taught(), taught(download_allowed=True)
    client = signed_in(people.pupil)
    assert " download>" not in re.sub(
        r"<yunke-notes.*?</yunke-notes>", "", client.get(f"/lesson/{closed.id}").content.decode(),
        flags=re.S,
    )  # fmt: skip
    page = client.get(f"/lesson/{open_.id}").content.decode()
    assert "下载视频" in page
    assert "c.pdf" in page


def test_a_teacher_finds_everything_to_teach_with_on_the_lesson() -> None:
    made = hour()
    page = signed_in(made.people.teacher).get(f"/lesson/{made.lesson.id}").content.decode()
    class_id = made.people.one.id
    for path in (
        f"/make/{made.lesson.id}/tasks", f"/lesson/{made.lesson.id}/along",
        f"/class/{class_id}/packs/new?lesson={made.lesson.id}",
        f"/class/{class_id}/lesson/{made.lesson.id}",
    ):  # fmt: skip
        assert path in page
    pupil_page = signed_in(made.people.pupil).get(f"/lesson/{made.lesson.id}").content.decode()
    assert "带全班看" not in pupil_page


def test_both_languages_are_whole(english) -> None:
    made = hour()
    page = english(made.people.pupil).get(f"/lesson/{made.lesson.id}").content.decode()
    for words in ("Three ancient poems", "Notes", "Transcript", "Practice", "Question choice"):
        assert words in page
    assert feed_of(page)["tasks"][0]["options"][0]["text"] == "one"
    assert '<html lang="en"' in page


def test_the_page_costs_the_same_with_many_notes_and_tasks(queries_of) -> None:
    made = hour()
    client = signed_in(made.people.pupil)
    few = queries_of(lambda: client.get(f"/lesson/{made.lesson.id}"))
    for n in range(20):
        noted(made.people.pupil, made.lesson, f"第{n}条", at=n)
    many = queries_of(lambda: client.get(f"/lesson/{made.lesson.id}"))
    assert many <= few + 2


def test_a_replaced_video_is_the_one_that_plays() -> None:
    people, row = cast(), taught()
    newer = film(row, seconds=90)
    feed = feed_of(signed_in(people.pupil).get(f"/lesson/{row.id}").content.decode())
    assert f"/{newer.id}/master.m3u8" in str(feed["playlist"])
    assert feed["seconds"] == 90
