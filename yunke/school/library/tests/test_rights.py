"""Who may open, change and take what: every address and every file by everybody, state by state."""

import uuid
from typing import Any

import pytest
from django.test import Client

from yunke.ground.lake.models import Event
from yunke.ground.people.models import Duty
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.library.door import lesson_may_write, lessons_full, media_may
from yunke.school.library.models import Asset, Lesson, Upload
from yunke.school.library.reads.full import lesson_full
from yunke.school.library.tests import makers, tus

pytestmark = pytest.mark.django_db

STATES = ("draft", "published", "withdrawn")
NOT_THE_AUTHOR = (
    "pupil", "guardian", "other_teacher", "far_teacher", "head", "far_head", "admin", "far_admin",
    "far_pupil", "far_guardian",
)  # fmt: skip


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    return makers.lesson(
        author=cast.teacher, school_id=cast.school.id, county_id=cast.county.id, summary="一句简介"
    )


def put(lesson: Lesson, **fields: Any) -> None:
    Lesson.objects.filter(id=lesson.id).update(**fields)


def key() -> dict[str, str]:
    return {"once": str(uuid.uuid4())}


def county_staff(cast: Any, of: Any = None) -> Any:
    return people.staff(of or cast.county, Role.COUNTY_STAFF)


# The lesson itself


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", NOT_THE_AUTHOR)
def test_only_what_is_published_opens_for_others(
    state: str, name: str, cast: Any, lesson: Any
) -> None:
    put(lesson, state=state)
    seen = lesson_full(lesson.id, people.who(getattr(cast, name)))
    assert (seen is not None) == (state == "published")


@pytest.mark.parametrize("state", STATES)
def test_a_stranger_opens_what_is_published_only(state: str, lesson: Any) -> None:
    put(lesson, state=state)
    assert (lesson_full(lesson.id, None) is not None) == (state == "published")
    assert (lesson.id in lessons_full([lesson.id], None)) == (state == "published")


@pytest.mark.parametrize("state", STATES)
def test_the_author_and_the_staff_above_open_it_in_any_state(
    state: str, cast: Any, lesson: Any
) -> None:
    put(lesson, state=state)
    for somebody in (cast.teacher, cast.city_staff, county_staff(cast)):
        assert lesson_full(lesson.id, people.who(somebody)) is not None
        assert lesson_may_write(lesson.id, people.who(somebody))


def test_the_county_next_door_changes_nothing(cast: Any, lesson: Any) -> None:
    elsewhere = people.org("county", "河西县", cast.city)
    who = people.who(county_staff(cast, elsewhere))
    put(lesson, state="draft")
    assert not lesson_may_write(lesson.id, who)
    assert lesson_full(lesson.id, who) is None


def test_a_lesson_of_no_county_is_no_countys(cast: Any, lesson: Any) -> None:
    """0 is "no county"; staff whose duty names none must not match it."""
    put(lesson, county_id=0, school_id=0, author_id=None)
    assert not lesson_may_write(lesson.id, people.who(county_staff(cast)))
    assert not lesson_may_write(lesson.id, people.who(cast.teacher))
    assert lesson_may_write(lesson.id, people.who(cast.city_staff))


def test_staff_whose_duty_ended_may_no_longer_write(cast: Any, lesson: Any) -> None:
    client = people.signed_in(cast.city_staff)
    assert client.get(f"/make/{lesson.id}").status_code == 200
    Duty.objects.filter(person=cast.city_staff).delete()
    people.member(cast.city_staff, cast.one, Role.TEACHER, subject="chinese")
    assert client.get("/make").status_code == 200
    assert client.get(f"/make/{lesson.id}").status_code == 404


# Addresses

READS = (
    "/make", "/make/new", "/make/points?subject=chinese&point=古", "/make/{id}",
    "/make/{id}/files/video", "/make/{id}/files/courseware", "/make/{id}/files/captions",
)  # fmt: skip
WRITES = ("/make/new", "/make/{id}", "/make/{id}/publish", "/make/{id}/withdraw",
          "/make/{id}/files/{file}/remove")  # fmt: skip


@pytest.mark.parametrize("address", READS)
@pytest.mark.parametrize("name", ["pupil", "guardian", "admin"])
def test_whoever_makes_no_lessons_finds_no_desk(
    address: str, name: str, cast: Any, lesson: Any
) -> None:
    answer = people.signed_in(getattr(cast, name)).get(address.format(id=lesson.id))
    assert answer.status_code == 404
    assert lesson.title not in answer.content.decode()


@pytest.mark.parametrize("address", WRITES)
@pytest.mark.parametrize("name", NOT_THE_AUTHOR)
@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_nobody_else_writes_in_any_state(
    address: str, name: str, state: str, cast: Any, lesson: Any
) -> None:
    asset = Asset.objects.create(lesson=lesson, kind="courseware", title="课件", state="ready")
    put(lesson, state=state)
    told = key() | {"title": "夺走", "version": 1, "unit": 404, "grade": 3, "subject": "chinese",
                    "minutes": 5}  # fmt: skip
    client = people.signed_in(getattr(cast, name))
    answer = client.post(address.format(id=lesson.id, file=asset.id), told)
    assert answer.status_code == 404
    lesson.refresh_from_db()
    assert (lesson.state, lesson.title, lesson.version) == (state, "古诗三首", 1)
    assert Asset.objects.filter(id=asset.id).exists()
    assert not Event.objects.filter(lesson_id=lesson.id).exists()


@pytest.mark.parametrize("address", WRITES)
def test_a_stranger_is_sent_to_sign_in_and_writes_nothing(address: str, lesson: Any) -> None:
    answer = Client().post(address.format(id=lesson.id, file=1), key() | {"title": "x"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=")
    assert Lesson.objects.get().version == 1


@pytest.mark.parametrize("address", READS[3:])
def test_numbers_that_no_lesson_has_are_not_found(address: str, cast: Any) -> None:
    client = people.signed_in(cast.teacher)
    for number in (0, 404, 2**63, 10**30):
        assert client.get(address.format(id=number)).status_code == 404


def test_a_kind_of_file_that_is_none_is_not_found(cast: Any, lesson: Any) -> None:
    assert people.signed_in(cast.teacher).get(f"/make/{lesson.id}/files/magic").status_code == 404


def test_a_file_is_not_taken_away_through_another_lesson(cast: Any, lesson: Any) -> None:
    """The address names both; the file must be the lesson's."""
    theirs = makers.lesson(author=cast.other_teacher)
    asset = Asset.objects.create(lesson=theirs, kind="courseware", title="课件", state="ready")
    client = people.signed_in(cast.teacher)
    assert client.post(f"/make/{lesson.id}/files/{asset.id}/remove", key()).status_code == 404
    assert Asset.objects.filter(id=asset.id).exists()
    assert client.post(f"/make/{lesson.id}/files/{10**25}/remove", key()).status_code == 404


def test_a_write_without_its_key_is_refused(cast: Any, lesson: Any) -> None:
    client = people.signed_in(cast.teacher)
    assert client.post(f"/make/{lesson.id}/withdraw").status_code == 400
    lesson.refresh_from_db()
    assert lesson.state == "published"


@pytest.mark.parametrize("way", ["publish", "withdraw"])
def test_state_is_not_changed_by_looking(way: str, cast: Any, lesson: Any) -> None:
    assert people.signed_in(cast.teacher).get(f"/make/{lesson.id}/{way}").status_code == 405


def test_the_desk_shows_ones_own_lessons_even_to_the_citys_staff(cast: Any, lesson: Any) -> None:
    own = makers.lesson(title="市里的课", author=cast.city_staff, published=False)
    shown = people.signed_in(cast.city_staff).get("/make").content.decode()
    assert own.title in shown
    assert lesson.title not in shown


# Uploads of somebody whose right has ended


def test_an_upload_ends_with_the_right_to_the_lesson(cast: Any, lesson: Any) -> None:
    """A bureau's expert who becomes a teacher again finishes no film of somebody else's lesson."""
    client = people.signed_in(cast.city_staff)
    film = b"\0\0\0\x18ftypisom" + b"x" * 4000
    address = tus.begin(client, lesson.id, "课.mp4", len(film))["Location"]
    assert tus.patch(client, address, 0, film[:2000]).status_code == 204
    Duty.objects.filter(person=cast.city_staff).delete()
    people.member(cast.city_staff, cast.other, Role.TEACHER, subject="chinese")
    answer = tus.patch(client, address, 2000, film[2000:])
    assert (answer.status_code, answer["Upload-Reason"]) == (404, "no-lesson")
    assert Upload.objects.get().state == Upload.State.GROWING


# Media, file by file

PLAY = ("master.m3u8", "top/index.m3u8", "top/seg-0001.m4s", "480/init.mp4", "captions.vtt",
        "page-001.jpg")  # fmt: skip
TAKE = ("download/lesson-1.mp4", "download/lesson-1-phone.mp4", "download/courseware-2.pdf")


def may(lesson: Lesson, name: str, somebody: Any) -> bool:
    who = people.who(somebody) if somebody is not None else None
    return media_may(f"/media/lessons/{lesson.id}/7/{name}", who)


@pytest.mark.parametrize("name", PLAY)
def test_what_plays_is_for_those_who_may_watch(name: str, cast: Any, lesson: Any) -> None:
    for somebody in (cast.pupil, cast.far_pupil, cast.guardian, cast.far_teacher, cast.admin):
        assert may(lesson, name, somebody)
    assert not may(lesson, name, None)


@pytest.mark.parametrize("name", PLAY + TAKE + ("poster.jpg",))
@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_nothing_of_an_unpublished_lesson_leaves_the_house(
    name: str, state: str, cast: Any, lesson: Any
) -> None:
    put(lesson, state=state, download_allowed=True)
    for somebody in (cast.pupil, cast.guardian, cast.other_teacher, cast.head, cast.admin, None):
        assert not may(lesson, name, somebody)
    assert may(lesson, name, cast.teacher)
    assert may(lesson, name, county_staff(cast))


@pytest.mark.parametrize("name", TAKE)
def test_a_download_follows_the_teachers_word(name: str, cast: Any, lesson: Any) -> None:
    for allowed in (True, False, True):
        put(lesson, download_allowed=allowed)
        for somebody in (cast.pupil, cast.guardian, cast.far_teacher):
            assert may(lesson, name, somebody) == allowed
        assert not may(lesson, name, None)
        assert may(lesson, name, cast.teacher)


def test_the_poster_is_the_only_open_file(lesson: Any) -> None:
    assert may(lesson, "poster.jpg", None)
    for name in ("poster.jpg/x", "top/poster.jpg", "poster.jpgx", "page-001.jpg", "poster_jpg"):
        assert not may(lesson, name, None)


@pytest.mark.parametrize(
    "name",
    [
        "../8/download/x.mp4", "top/../download/x.mp4", ".master.m3u8", "./download/x.mp4",
        "/download/x.mp4", "%2e%2e/x", "a b", "a\nb", "a\0b", "", "x" * 300, "download\\x.mp4",
        "top/seg?x", "top/seg#x",
    ],
)  # fmt: skip
def test_odd_names_are_refused_even_to_the_author(name: str, cast: Any, lesson: Any) -> None:
    assert not may(lesson, name, cast.teacher)


@pytest.mark.parametrize(
    "path",
    [
        "/media/lessons/{id}/.7-3/top/index.m3u8",
        "/media/lessons/{id}/7",
        "/media/lessons/{id}",
        "/media/lessons/0{big}/7/poster.jpg",
        "/media/uploads/{id}.part",
        "/uploads/{id}.part",
        "/media/../media/lessons/{id}/7/poster.jpg",
        "/static/lessons/{id}/7/poster.jpg",
        "lessons/{id}/7/poster.jpg\n",
    ],
)
def test_only_finished_files_of_lessons_have_an_address(path: str, cast: Any, lesson: Any) -> None:
    """Folders in the making and uploads that grow are nobody's to fetch."""
    address = path.format(id=lesson.id, big="9" * 18)
    assert not media_may(address, people.who(cast.teacher))


def test_one_lessons_right_opens_no_other_lessons_file(cast: Any, lesson: Any) -> None:
    theirs = makers.lesson(author=cast.other_teacher, published=False)
    assert not media_may(f"/media/lessons/{theirs.id}/7/master.m3u8", people.who(cast.teacher))
    assert media_may(f"/media/lessons/{lesson.id}/7/master.m3u8", people.who(cast.other_teacher))


def test_downloads_are_named_to_those_only_who_may_take_them(cast: Any, lesson: Any) -> None:
    video = Asset.objects.create(
        lesson=lesson, kind="video", title="v", state="ready", file="download/lesson-1.mp4", bytes=9
    )
    Asset.objects.create(
        lesson=lesson, kind="courseware", title="课件", state="ready", file="download/c.pdf"
    )
    put(lesson, video=video)
    for somebody in (cast.pupil, cast.guardian, cast.far_teacher, None):
        who = people.who(somebody) if somebody else None
        full = lesson_full(lesson.id, who)
        assert (full.download, full.download_phone, full.download_bytes) == ("", "", 0)
        assert [file.url for file in full.courseware] == [""]
        assert "download/" not in repr(full)
    own = lesson_full(lesson.id, people.who(cast.teacher))
    assert own.download.endswith("lesson-1.mp4")
    assert own.courseware[0].url.endswith("c.pdf")
    assert "download/" not in repr(lessons_full([lesson.id], None))


@pytest.mark.parametrize("state", ["examining", "preparing", "refused"])
def test_files_that_are_not_ready_are_shown_to_nobody(state: str, lesson: Any) -> None:
    for kind in ("courseware", "captions"):
        Asset.objects.create(lesson=lesson, kind=kind, title="x", state=state, language="zh")
    full = lesson_full(lesson.id, None)
    assert (full.courseware, full.tracks) == ((), ())
