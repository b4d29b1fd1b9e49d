"""The stories of the demo city: lessons on their way, made together, looked at; told once."""

from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.cache import cache

from yunke.base.clock import today
from yunke.demo.anchor import calendar_of
from yunke.demo.catalogue import catalogue_write
from yunke.demo.film import films
from yunke.demo.looks import ALONE, LOOKED, looks_write
from yunke.demo.reviews import GRADE, STORIES, SUBJECT, paper, reviews_write, teacher_of
from yunke.demo.rosters import NEW, SCHOOL, roster_wait
from yunke.demo.tests.makers import paper_city, small_city
from yunke.demo.together import GOALS, TITLE, _makers, together_write
from yunke.demo.week import LATE, week_write
from yunke.gate.exchange.actions.stage import stage
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.values import State as RosterState
from yunke.ground.audit.models import Look, Second
from yunke.ground.people.door import Role, class_pupils, places_of
from yunke.ground.privacy.models import Wish as PrivacyWish
from yunke.school.library.door import lesson_cards, lesson_names, lesson_search, units_of
from yunke.school.library.models import Colleague, CountyPage, Lesson
from yunke.school.preparing.models import Comment, Suggestion, Thread, Version
from yunke.school.review.models import Submission, Tick, Wish
from yunke.school.review.values import State
from yunke.school.timetable.models import Bell, LostWeek

db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.LAKE_ROOT = tmp_path / "lake"
    cache.clear()
    return tmp_path


# What is told


def test_there_is_a_story_of_every_state_and_those_sent_back_say_why() -> None:
    assert {story.to for story in STORIES} == {state.value for state in State}
    assert len({story.title for story in STORIES}) == len(STORIES)
    for story in STORIES:
        assert bool(story.reason) == story.to.endswith("returned"), story.title
        assert story.goals
        assert story.title_en.isascii() or "ü" in story.title_en or "’" in story.title_en
        assert 0 <= story.days < 30


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.to)
def test_a_paper_has_a_page_for_the_title_and_one_for_each_goal(story: Any, folder: Path) -> None:
    document = pypdfium2.PdfDocument(paper(story, folder / "paper.pdf"))
    assert len(document) == 1 + len(story.goals)
    picture = document[0].render(scale=0.2).to_pil().convert("L")
    assert picture.width > picture.height, "for a screen"
    darkest, lightest = picture.getextrema()
    assert darkest < 120 < 230 < lightest, "something is written on it"
    document.close()


def test_a_teacher_speaks_as_one_of_the_own_school_and_subject() -> None:
    city = paper_city()
    plan = city.class_of("yinxing", 1)
    who = teacher_of(city, plan, "english")
    [grant] = who.grants
    assert who.id == city.cast["english"]
    assert (grant.role, grant.subject) == (Role.TEACHER, "english")
    assert (grant.place.school, grant.place.class_id) == (plan.school_id, plan.id)


def test_three_people_of_two_schools_make_a_lesson_together() -> None:
    city = paper_city()
    author, helper, critic = _makers(city)
    assert (author.id, critic.id) == (city.cast["teacher"], city.cast["english"])
    assert author.grants[0].place.school == critic.grants[0].place.school
    assert helper.grants[0].place.school != author.grants[0].place.school
    assert [who.grants[0].subject for who in (author, helper, critic)] == [
        "chinese", "chinese", "english",
    ]  # fmt: skip


def test_those_who_looked_looked_at_a_class_or_at_the_child_alone() -> None:
    parts = {part for _who, _role, part in LOOKED}
    assert parts >= ALONE
    assert len(set(LOOKED)) == len(LOOKED)


# Told through the rooms' own doors


@db
def test_lessons_stand_where_their_stories_say_and_are_told_once(folder: Path) -> None:
    city = small_city()
    catalogue = catalogue_write(city, films())
    assert reviews_write(city, catalogue, folder) == len(STORIES)
    found = dict(Submission.objects.values_list("title", "state"))
    assert found == {story.title: story.to for story in STORIES}
    cards = {card.title: card for card in lesson_cards(_lessons()).values()}
    passed = dict.fromkeys(("county_passed", "city_reviewing", "city_returned"), "county")
    for story in STORIES:
        card, reach = cards[story.title], {"published": "city", **passed}.get(story.to, "")
        assert card.state == ("published" if reach else "draft"), story.to
        assert card.reach == (reach or "school"), story.to
    assert lesson_search(STORIES[6].title[:4])
    _county_pages(city)
    [wish] = Wish.objects.all()
    assert (wish.teacher_id, wish.asked_by_id) == (city.cast["teacher"], city.cast["city"])
    returned = Tick.objects.filter(good=False)
    assert returned.count() == 2
    assert all(tick.note and tick.page == 2 for tick in returned)
    before = Submission.objects.count()
    assert reviews_write(city, catalogue, folder) == 0
    assert Submission.objects.count() == before
    assert Wish.objects.count() == CountyPage.objects.count() == 1


def _lessons() -> list[int]:
    return list(Submission.objects.values_list("lesson_id", flat=True))


def _county_pages(city: Any) -> None:
    [page] = CountyPage.objects.all()
    assert page.county_id == city.counties["wangxi"]
    assert page.changed_by_id == city.cast["county2"]
    assert page.words["title"].endswith("（望溪）")
    authors = Lesson.objects.filter(id__in=_lessons()).values_list("author_id", flat=True)
    assert len(set(authors)) == 2
    assert city.class_of("yinxing", GRADE).teachers[SUBJECT] in set(authors)


@db
def test_the_lesson_made_together_has_its_versions_talk_and_suggestions(folder: Path) -> None:
    city = small_city()
    catalogue = catalogue_write(city, films())
    versions = together_write(city, catalogue, folder)
    unit = units_of(1, "chinese")[0]
    assert TITLE in lesson_names(unit.id)
    lesson = Lesson.objects.get(title=TITLE)
    assert Version.objects.filter(lesson=lesson).count() == versions
    assert lesson.goals == list(GOALS)
    assert lesson.minutes == 12
    assert lesson.summary_en
    roles = dict(Colleague.objects.filter(lesson=lesson).values_list("person_id", "role"))
    assert sorted(roles.values()) == ["commenter", "editor"]
    assert roles[city.cast["english"]] == "commenter"
    assert Counter(Suggestion.objects.values_list("state", flat=True)) == {
        "accepted": 1, "open": 1,
    }  # fmt: skip
    threads = Thread.objects.filter(lesson=lesson)
    assert Counter(threads.values_list("place", flat=True)) == {
        "goal": 1, "section": 1, "second": 1, "page": 1,
    }  # fmt: skip
    assert threads.filter(resolved_at__isnull=False).count() == 1
    assert Comment.objects.count() == 6
    assert together_write(city, catalogue, folder) == 0
    assert Lesson.objects.filter(title=TITLE).count() == 1


@db
def test_looks_stand_in_the_childs_record_and_two_things_wait(folder: Path) -> None:
    city = small_city()
    assert looks_write(city) == len(LOOKED)
    child = city.cast["child"]
    pupils = class_pupils(places_of([child])[child].class_id)
    alone = sum(part in ALONE for _who, _role, part in LOOKED)
    assert Look.objects.filter(pupil_id=child).count() == len(LOOKED)
    other = next(p.id for p in pupils if p.id != child)
    assert Look.objects.filter(pupil_id=other).count() == len(LOOKED) - alone
    readers = set(Look.objects.filter(pupil_id=child).values_list("reader_id", flat=True))
    assert readers == {city.cast[who] for who, _role, _part in LOOKED}
    assert PrivacyWish.objects.filter(asked_by=city.cast["mother"]).count() == 2
    [second] = Second.objects.all()
    assert (second.asked_by, second.kind) == (city.cast["school"], "pupils.read")
    assert looks_write(city) == 0
    assert Look.objects.filter(pupil_id=child).count() == len(LOOKED)


@db
def test_a_roster_waits_that_changes_a_few_and_is_uploaded_once(folder: Path) -> None:
    city = small_city()
    rows = roster_wait(city)
    before, waiting = Import.objects.order_by("id")
    assert before.state == RosterState.DONE
    assert not {"persons_new", "persons_left"} & set(before.written)
    assert (waiting.org_id, waiting.made_by) == (city.schools[SCHOOL], city.cast["school"])
    people = sum(len(plan.pupils) for plan in city.classes if plan.school.code == SCHOOL)
    assert rows > people, "pupils and staff"
    assert waiting.bytes > rows * 20
    assert len(set(NEW)) == len(NEW)
    found = stage(waiting, tell=lambda name, share: None)
    pupils = found["counts"]["pupil"]
    assert (pupils["new"], pupils["gone"], pupils["changed"]) == (len(NEW), 1, 1)
    assert found["counts"]["all"]["wrong"] == 0
    assert roster_wait(city) == 0
    assert Import.objects.count() == 2


@db
def test_a_week_is_lost_by_its_own_county_once_and_villages_begin_later(folder: Path) -> None:
    city, calendar = small_city(), calendar_of(today())
    catalogue = catalogue_write(city, films())
    for _again in range(2):
        counts = week_write(city, calendar, catalogue, since=today())
        [lost] = LostWeek.objects.all()
        assert (lost.org_id, lost.made_by, lost.week) == (
            city.counties["wangxi"], city.cast["county2"], 4,
        )  # fmt: skip
    assert counts["slots"] > 1000
    first = Bell.objects.get(org_id=city.counties["wangxi"], period=1)
    assert first.starts == LATE[1][0]
