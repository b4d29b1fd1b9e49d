"""Whom a lesson reaches, read by read: its school, its county, the city; files; taking back."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from yunke.base.clock import monday, now, today
from yunke.base.kept import forget_all
from yunke.base.trouble import Refused
from yunke.gate.front.session import Pupil
from yunke.gate.front.today import shared_of
from yunke.gate.terminals.reads import catalogue, standing_at
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Place, Role
from yunke.school.lessons.actions import answers_submit, note_save, progress_save
from yunke.school.lessons.door import PackParts, pack_send
from yunke.school.library.actions.lessons import lesson_publish, lesson_withdraw
from yunke.school.library.door import (
    Reach,
    Standing,
    lesson_full,
    lesson_reaches,
    lesson_search,
    lessons_full,
    lessons_gone,
    lessons_of_grade,
    media_may,
    reaches,
    standing_of,
)
from yunke.school.library.models import Asset, Lesson
from yunke.school.review.tests.makers import (
    House,
    claimed,
    decided,
    house,
    lesson,
    published,
    signed_in,
    submitted,
    who,
)
from yunke.school.timetable.door import (
    BroadcastIn,
    air_of_day,
    broadcasts_write,
    day_of_grade,
    week_of_grade,
)

READERS = ["pupil", "near_pupil", "far_pupil", None]
# Who of READERS is reached: own school, own county, another county, a stranger.
REACHED = {"school": 1, "county": 2, "city": 4}


@pytest.fixture
def at(db: Any) -> House:
    return house()


def shown(at: House, reach: str, **more: Any) -> Lesson:
    return lesson(at, published=True, reach=reach, **more)


def place(at: House, name: str) -> dict[str, int]:
    of = who(getattr(at, name)).grants[0].place
    return {"county_id": of.county, "school_id": of.school}


def writer(at: House, name: str) -> dict[str, int]:
    """Somebody as the front's writes name them."""
    school = place(at, name)["school_id"]
    return {"who_id": getattr(at, name).id, "class_id": 1, "school_id": school}


def reached(at: House, test: Any) -> list[bool]:
    forget_all()
    return [bool(test(name)) for name in READERS]


def expected(reach: str) -> list[bool]:
    return [place < REACHED[reach] for place in range(4)]


@pytest.mark.parametrize("reach", REACHED)
def test_every_read_says_the_same(at: House, reach: str) -> None:
    row = shown(at, reach, title="潮水的声音")
    on_air = BroadcastIn(at.city.id, 3, today(), 1, now(), now(), row.id)
    broadcasts_write([on_air])

    def somebody(name: str | None) -> Any:
        return who(getattr(at, name)) if name else None

    def client(name: str | None) -> Client:
        return signed_in(getattr(at, name)) if name else Client()

    def spot(name: str | None) -> dict[str, int]:
        return place(at, name) if name else {}

    film = f"/media/lessons/{row.id}/{row.video_id}/"
    reads = {
        "full": lambda n: lesson_full(row.id, somebody(n)),
        "fulls": lambda n: lessons_full([row.id], somebody(n)),
        "grade": lambda n: lessons_of_grade(3, standing=standing_of(somebody(n))),
        "search": lambda n: lesson_search("潮水", standing=standing_of(somebody(n))),
        "poster": lambda n: media_may(film + "poster.jpg", somebody(n)),
        "air": lambda n: air_of_day(at.city.id, today(), **spot(n)),
        "day": lambda n: day_of_grade(at.city.id, 3, today(), **spot(n)),
        "week": lambda n: any(
            d.broadcasts for d in week_of_grade(at.city.id, 3, monday(today()), **spot(n))
        ),
        "catalogue": lambda n: row.title in client(n).get("/catalogue?grade=3").content.decode(),
        "found": lambda n: (
            row.title in client(n).get("/catalogue?q=潮水").content.decode().split("</h2>", 1)[1]
        ),
        "page": lambda n: client(n).get(f"/lesson/{row.id}").status_code == 200,
        "week page": lambda n: row.title in client(n).get("/week?grade=3").content.decode(),
        "on air page": lambda n: row.title in client(n).get("/onair?grade=3").content.decode(),
        "tv": lambda n: client(n).get(f"/tv/lesson/{row.id}").status_code == 200,
        "tv shelf": lambda n: (
            row.title in client(n).get("/tv/subject/chinese?grade=3").content.decode()
        ),
    }
    found = {name: reached(at, read) for name, read in reads.items()}
    assert found == dict.fromkeys(reads, expected(reach))


@pytest.mark.parametrize("reach", REACHED)
def test_films_are_for_those_whom_the_lesson_reaches(at: House, reach: str) -> None:
    row = shown(at, reach, download_allowed=True)
    for name in ("master.m3u8", "720/00001.m4s", "download/lesson.mp4"):
        path = f"/media/lessons/{row.id}/{row.video_id}/{name}"
        found = [media_may(path, who(getattr(at, n)) if n else None) for n in READERS]
        assert found == [*expected(reach)[:3], False], name


@pytest.mark.parametrize("reach", REACHED)
def test_nothing_is_written_down_in_a_lesson_that_does_not_reach(at: House, reach: str) -> None:
    row = shown(at, reach)
    for name, ok in zip(READERS[:3], expected(reach), strict=False):
        assert lesson_reaches(row.id, place(at, name)["school_id"]) == ok
        spot = {
            "who_id": getattr(at, name).id,
            "class_id": 1,
            "school_id": place(at, name)["school_id"],
        }
        for act in (
            lambda s: progress_save(**s, lesson_id=row.id, position=1, ranges=[], of_seconds=9),
            lambda s: note_save(**s, lesson_id=row.id, at=1, text="记"),
        ):
            if ok:
                act(spot)
            else:
                with pytest.raises(Refused), transaction.atomic():
                    act(spot)


def test_the_front_shares_a_day_by_county_and_school(at: House) -> None:
    row = shown(at, "county")
    broadcasts_write([BroadcastIn(at.city.id, 3, today(), 1, now(), now(), row.id)])
    for name, there in (("near_pupil", True), ("far_pupil", False)):
        spot = place(at, name)
        pupil = Pupil(1, 1, 3, spot["school_id"], spot["county_id"], at.city.id)
        forget_all()
        assert (row.id in shared_of(pupil, today()).lessons) == there


def test_a_pack_shows_only_what_reaches_its_pupil(at: House) -> None:
    row = shown(at, "school")
    for name in ("pupil", "far_pupil"):
        child = getattr(at, name)
        of = who(child).grants[0].place
        pack_send(
            who_id=at.author.id, class_id=of.class_id, school_id=of.school, lesson_id=row.id,
            message="", parts=PackParts(), shown=(child.id,),
        )  # fmt: skip
    assert row.title in signed_in(at.pupil).get("/packs").content.decode()
    assert row.title not in signed_in(at.far_pupil).get("/packs").content.decode()


def test_who_makes_or_answers_for_it_opens_it_anyway(at: House) -> None:
    row = shown(at, "school")
    for name in ("author", "county_staff", "city_staff"):
        assert lesson_full(row.id, who(getattr(at, name))) is not None
    assert lesson_full(row.id, who(at.far_staff)) is None


def test_a_guardian_stands_where_the_children_do(at: House) -> None:
    row = shown(at, "school")
    mother = people.guardian(at.pupil)
    assert lesson_full(row.id, who(mother)) is not None
    assert lesson_full(row.id, who(people.guardian(at.far_pupil))) is None


def test_a_lesson_of_no_school_reaches_nobody_before_its_review() -> None:
    nobody = Standing()
    assert not reaches(Reach.SCHOOL, 0, 0, nobody)
    assert not reaches(Reach.COUNTY, 0, 0, nobody)
    assert not reaches("something else", 1, 1, Standing(frozenset({1}), frozenset({1})))
    assert reaches(Reach.CITY, 0, 0, nobody)


def test_a_child_of_two_counties_reads_nobodys_words() -> None:
    assert Standing(frozenset({1})).county == 1
    assert Standing(frozenset({1, 2})).county == 0
    assert Standing().county == 0


def test_publishing_reaches_the_own_school_at_once(at: House) -> None:
    row = lesson(at)
    lesson_publish(who=who(at.author), lesson_id=row.id)
    assert reached(at, lambda n: lesson_full(row.id, who(getattr(at, n)) if n else None)) == [
        True, False, False, False,
    ]  # fmt: skip


def test_a_new_version_of_what_the_city_sees_needs_a_review(at: House) -> None:
    row = shown(at, "city")
    with pytest.raises(Refused):
        lesson_publish(who=who(at.author), lesson_id=row.id)
    lesson_withdraw(who=who(at.author), lesson_id=row.id)
    lesson_publish(who=who(at.author), lesson_id=row.id)
    row.refresh_from_db()
    assert row.reach == Reach.SCHOOL


# Under review

FILM = "/media/lessons/{}/{}/720/00001.m4s"


def test_reviewers_play_the_submitted_film_and_only_while_they_review(at: House) -> None:
    row = lesson(at)
    path = FILM.format(row.id, row.video_id)
    assert not media_may(path, who(at.reviewer))
    sub = submitted(at, row)
    assert media_may(path, who(at.reviewer))
    assert not media_may(path.replace("720/00001.m4s", "download/x.mp4"), who(at.reviewer))
    for name in ("maths_reviewer", "far_reviewer", "city_reviewer", "pupil", "far_staff"):
        assert not media_may(path, who(getattr(at, name))), name
    decided(at, at.reviewer, sub, passed=False)
    assert not media_may(path, who(at.reviewer))


def test_a_film_that_came_after_the_hand_in_is_not_the_reviewers(at: House) -> None:
    row = lesson(at)
    submitted(at, row)
    newer = Asset.objects.create(lesson=row, kind="video", title="new", state="ready", shown=False)
    assert not media_may(FILM.format(row.id, newer.id), who(at.reviewer))


def test_the_city_plays_it_once_the_county_has_passed_it(at: House) -> None:
    row = lesson(at)
    sub = submitted(at, row)
    path = FILM.format(row.id, row.video_id)
    decided(at, at.reviewer, sub)
    assert media_may(path, who(at.city_reviewer))


def test_a_pass_shows_the_version_that_was_handed_in(at: House) -> None:
    from yunke.school.preparing.door import Content, lesson_save  # noqa: PLC0415

    row = lesson(at, title="第一稿")
    sub = submitted(at, row)
    was = Content(unit=row.unit_id, title="第一稿", title_en=row.title_en)
    mine = Content(unit=row.unit_id, title="第二稿", title_en=row.title_en)
    lesson_save(who=who(at.author), lesson_id=row.id, was=was, mine=mine)
    client = signed_in(at.reviewer)
    page = client.get(f"/review/{sub.id}").content.decode()
    assert "第一稿" in page
    assert "老师后来又改过" in page
    decided(at, at.reviewer, sub)
    decided(at, at.city_reviewer, sub)
    row.refresh_from_db()
    assert row.title == "第一稿"
    assert (row.state, row.reach) == ("published", "city")


# Taken back while it is watched


def watched(at: House, row: Lesson) -> dict[str, int]:
    spot = writer(at, "pupil")
    progress_save(**spot, lesson_id=row.id, position=9, ranges=[[0, 9]], of_seconds=300)
    note_save(**spot, lesson_id=row.id, at=5, text="潮水像白线")
    return spot


def test_the_film_stops_and_the_page_is_kind(at: House) -> None:
    sub = published(at)
    row = sub.lesson
    watched(at, row)
    path = FILM.format(row.id, row.video_id)
    client = signed_in(at.pupil)
    assert media_may(path, who(at.pupil))
    lesson_withdraw(who=who(at.author), lesson_id=row.id)
    assert not media_may(path, who(at.pupil))
    answer = client.get(f"/lesson/{row.id}")
    shown_page = answer.content.decode()
    assert answer.status_code == 410
    assert "这节课被收回了" in shown_page
    assert "潮水像白线" in shown_page
    assert client.get(f"/lesson/{row.id}/notes").status_code == 200
    assert "潮水像白线" in client.get(f"/lesson/{row.id}/notes.txt").content.decode()
    for other in (signed_in(at.near_pupil), Client()):
        assert other.get(f"/lesson/{row.id}").status_code == 404


def test_what_was_being_written_is_still_kept(at: House) -> None:
    row = shown(at, "city")
    spot = watched(at, row)
    lesson_withdraw(who=who(at.author), lesson_id=row.id)
    told = note_save(**spot, lesson_id=row.id, at=9, text="还没写完的一条")
    assert told["text"] == "还没写完的一条"
    progress_save(**spot, lesson_id=row.id, position=12, ranges=[[9, 12]], of_seconds=300)
    stranger = {**spot, "who_id": at.far_pupil.id}
    with pytest.raises(Refused):
        note_save(**stranger, lesson_id=row.id, at=1, text="我没看过")


def test_answers_to_a_lesson_that_does_not_reach_say_nothing(at: House) -> None:
    from yunke.school.lessons.tests.makers import task  # noqa: PLC0415

    row = shown(at, "school")
    one = task(row)
    far = {
        "who_id": at.far_pupil.id,
        "class_id": 1,
        "school_id": place(at, "far_pupil")["school_id"],
    }
    with pytest.raises(Refused):
        answers_submit(
            **far, lesson_id=row.id, answers=[{"task": one.id, "value": "B"}], key="k" * 20
        )


def test_kept_days_lose_it_within_seconds(at: House) -> None:
    row = shown(at, "city")
    broadcasts_write([BroadcastIn(at.city.id, 3, today(), 1, now(), now(), row.id)])
    standing = standing_at(Place(city=at.city.id))
    forget_all()
    assert [b.lesson_id for b in day_of_grade(at.city.id, 3, today())] == [row.id]
    assert [card.id for card in catalogue(3, standing)] == [row.id]
    assert lessons_gone() == frozenset()
    Lesson.objects.filter(id=row.id).update(state="withdrawn", withdrawn_at=now())
    # The kept day itself is older than the withdrawal; only what is gone is asked for anew.
    from yunke.school.library.reads.reach import GONE_SECONDS, gone_forget  # noqa: PLC0415

    assert GONE_SECONDS < 5
    gone_forget()
    assert lessons_gone() == {row.id}
    assert day_of_grade(at.city.id, 3, today()) == ()
    assert air_of_day(at.city.id, today()) == ()
    assert catalogue(3, standing) == ()


def test_a_claimed_lesson_is_nobody_elses_to_play_when_the_duty_ends(at: House) -> None:
    row = lesson(at)
    sub = claimed(at.reviewer, submitted(at, row))
    people.Duty.objects.filter(person=at.reviewer, role=Role.REVIEWER).update(until=today())
    assert not media_may(FILM.format(row.id, row.video_id), who(at.reviewer))
    assert sub.claimed_by_id == at.reviewer.id
