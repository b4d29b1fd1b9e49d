"""A county's own words over the city's page."""

from typing import Any

import pytest
from django.test import Client

from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.library.actions.county import PageChange, county_page_set
from yunke.school.library.actions.lessons import NotYours
from yunke.school.library.models import CountyPage, Lesson, Unit
from yunke.school.library.reads.cards import catalogue_rows, lesson_cards, lessons_of_grade
from yunke.school.library.reads.county import county_shelf, page_view
from yunke.school.library.reads.full import lesson_full, lessons_full
from yunke.school.library.reads.reach import standing_of
from yunke.school.library.tests import makers
from yunke.school.library.values import Standing

pytestmark = pytest.mark.django_db


class Town:
    """Two counties with staff and a pupil each; a lesson of the city."""

    def __init__(self) -> None:
        self.city = people.org("city", "云州市")
        self.county = people.org("county", "望溪县", self.city)
        self.other = people.org("county", "青屿区", self.city)
        self.staff = people.staff(self.county, Role.COUNTY_STAFF, "县教研室")
        self.other_staff = people.staff(self.other, Role.COUNTY_STAFF)
        self.city_staff = people.staff(self.city, Role.CITY_STAFF)
        own = people.school_class(people.org("school", "一小", self.county), grade=3)
        far = people.school_class(people.org("school", "外小", self.other), grade=3)
        self.pupil, self.far_pupil = people.pupil(own), people.pupil(far)
        self.teacher = people.teacher(own)
        self.unit = makers.unit(title="第一单元")
        self.lesson = makers.lesson(title="观潮", unit=self.unit, summary="潮水来了")

    def lay(self, kind: str = "lesson", number: int = 0, **change: Any) -> None:
        words = change.pop("words", {})
        county_page_set(
            who=people.who(self.staff), county_id=self.county.id, kind=kind,
            object_id=number or (self.lesson.id if kind == "lesson" else self.unit.id),
            change=PageChange(words, **change),
        )  # fmt: skip


@pytest.fixture
def town() -> Town:
    return Town()


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_pupil_of_the_county_reads_the_countys_words_and_may_open_the_citys(town: Town) -> None:
    town.lay(
        words={
            "title": "钱塘江的潮",
            "summary": "我们县的潮",
            "edition": "人教版",
            "note": "换第三页",
        }
    )
    mine = page(people.signed_in(town.pupil), f"/lesson/{town.lesson.id}")
    for words in ("钱塘江的潮", "我们县的潮", "人教版", "换第三页", "本县版本"):
        assert words in mine
    city = page(people.signed_in(town.pupil), f"/lesson/{town.lesson.id}?page=city")
    assert "观潮" in city
    assert "钱塘江的潮" not in city
    for client in (people.signed_in(town.far_pupil), Client()):
        theirs = page(client, f"/lesson/{town.lesson.id}")
        assert "观潮" in theirs
        assert "本县版本" not in theirs


def test_lists_search_and_units_speak_the_countys_words(town: Town) -> None:
    town.lay(words={"title": "钱塘江的潮"})
    town.lay("unit", words={"title": "江河"})
    client = people.signed_in(town.pupil)
    listed = page(client, "/catalogue?grade=3&subject=chinese")
    assert "钱塘江的潮" in listed
    assert "江河" in listed
    assert "钱塘江的潮" in page(client, "/catalogue?q=观潮")
    other = page(people.signed_in(town.far_pupil), "/catalogue?grade=3&subject=chinese")
    assert "观潮" in other
    assert "江河" not in other
    assert lesson_cards([town.lesson.id])[town.lesson.id].title == "观潮"


def test_nothing_is_forked(town: Town) -> None:
    town.lay(words={"title": "钱塘江的潮"})
    town.lesson.refresh_from_db()
    assert (town.lesson.title, Lesson.objects.count()) == ("观潮", 1)
    Lesson.objects.filter(id=town.lesson.id).update(summary="潮水又来了")
    full = lesson_full(town.lesson.id, people.who(town.pupil))
    assert (full.card.title, full.summary) == ("钱塘江的潮", "潮水又来了")


def test_the_county_is_told_when_the_city_changed_the_text_beneath(town: Town) -> None:
    town.lay(words={"title": "钱塘江的潮", "summary": "我们县的潮"})
    assert not any(
        line.changed for line in page_view("lesson", town.lesson.id, town.county.id).words
    )
    Lesson.objects.filter(id=town.lesson.id).update(title="观潮（新）")
    view = page_view("lesson", town.lesson.id, town.county.id)
    (line,) = [line for line in view.words if line.changed]
    assert (line.field, line.city, line.ours, line.beneath) == (
        "title", "观潮（新）", "钱塘江的潮", "观潮",
    )  # fmt: skip
    (unit,) = county_shelf(town.county.id, 3, "chinese")
    assert unit.lessons[0].changed
    shown = page(people.signed_in(town.staff), f"/county/lesson/{town.lesson.id}")
    assert "市里改过了" in shown
    assert "观潮（新）" in shown


def test_keep_and_take(town: Town) -> None:
    town.lay(words={"title": "钱塘江的潮", "summary": "我们县的潮"})
    Lesson.objects.filter(id=town.lesson.id).update(title="观潮二", summary="二")
    client = people.signed_in(town.staff)
    form = {
        "title": "钱塘江的潮", "choice-title": "keep", "summary": "我们县的潮",
        "choice-summary": "take", **people.once(),
    }  # fmt: skip
    assert client.post(f"/county/lesson/{town.lesson.id}", form).status_code == 303
    kept = CountyPage.objects.get()
    assert kept.words == {"title": "钱塘江的潮"}
    assert kept.beneath == {"title": "观潮二"}
    assert not any(
        line.changed for line in page_view("lesson", town.lesson.id, town.county.id).words
    )


def test_an_empty_page_is_the_citys_again(town: Town) -> None:
    town.lay(words={"title": "钱塘江的潮"}, position=5, hidden=True)
    town.lay(words={"title": ""})
    assert not CountyPage.objects.exists()
    town.lay(words={"title": "观潮"})
    assert not CountyPage.objects.exists(), "the same words are no words of one's own"


def test_saving_the_same_again_changes_nothing(town: Town) -> None:
    for _n in range(2):
        town.lay(words={"title": "钱塘江的潮"})
    assert Entry.objects.filter(act="page.overridden").count() == 1
    assert Event.objects.filter(verb="page.overridden").count() == 1
    entry = Entry.objects.get(act="page.overridden")
    assert entry.detail == {"fields": ["title"], "hidden": False, "county": town.county.id}


def test_order_and_hiding_are_the_countys(town: Town) -> None:
    second = makers.lesson(title="走月亮", unit=town.unit)
    town.lay(position=second.position + 5)
    mine = standing_of(people.who(town.pupil))
    assert [c.title for c in lessons_of_grade(3, standing=mine)] == ["走月亮", "观潮"]
    assert [c.title for c in lessons_of_grade(3)] == ["观潮", "走月亮"]
    town.lay(number=second.id, hidden=True)
    assert [c.title for c in lessons_of_grade(3, standing=mine)] == ["观潮"]
    assert lesson_full(second.id, people.who(town.pupil)) is not None
    assert (
        "走月亮" not in page(people.signed_in(town.pupil), "/catalogue?q=走月亮").split("</h2>")[1]
    )
    town.lay("unit", hidden=True)
    assert lessons_of_grade(3, standing=mine) == ()
    assert len(lessons_of_grade(3)) == 2


@pytest.mark.parametrize("name", ["other_staff", "city_staff", "teacher", "pupil"])
def test_only_the_countys_own_staff_lays_words(town: Town, name: str) -> None:
    with pytest.raises(NotYours):
        county_page_set(
            who=people.who(getattr(town, name)), county_id=town.county.id, kind="lesson",
            object_id=town.lesson.id, change=PageChange({"title": "x"}),
        )  # fmt: skip


@pytest.mark.parametrize("name", ["city_staff", "teacher", "pupil"])
def test_strangers_to_the_pages_find_none(town: Town, name: str) -> None:
    client = people.signed_in(getattr(town, name))
    for path in ("/county", f"/county/lesson/{town.lesson.id}", f"/county/unit/{town.unit.id}"):
        page(client, path, 404)
    data = {"title": "x", **people.once()}
    assert client.post(f"/county/lesson/{town.lesson.id}", data).status_code == 404


def test_a_lesson_that_does_not_reach_the_county_has_no_page(town: Town) -> None:
    for more in (
        {"reach": "school"},
        {"reach": "county", "county_id": town.other.id},
        {"published": False},
    ):
        row = makers.lesson(title="别处的课", unit=town.unit, **more)
        page(people.signed_in(town.staff), f"/county/lesson/{row.id}", 404)
        with pytest.raises(NotYours):
            town.lay(number=row.id, words={"title": "x"})
        assert "别处的课" not in page(
            people.signed_in(town.staff), "/county?grade=3&subject=chinese"
        )
    with pytest.raises(NotYours):
        town.lay("unit", 999_999, words={"title": "x"})


def test_what_was_typed_is_kept_when_it_cannot_be_taken(town: Town) -> None:
    form = {"title": "长" * 81, "summary": "写了很久的简介", "position": "x", **people.once()}
    answer = people.signed_in(town.staff).post(f"/county/lesson/{town.lesson.id}", form)
    assert answer.status_code == 422
    assert "写了很久的简介" in answer.content.decode()
    assert not CountyPage.objects.exists()


def test_words_are_shown_as_text(town: Town) -> None:
    town.lay(words={"note": "<script>alert(1)</script>"})
    shown = page(people.signed_in(town.pupil), f"/lesson/{town.lesson.id}")
    assert "<script>alert" not in shown


@pytest.mark.parametrize("count", [5, 50])
def test_reads_cost_the_same_for_five_pages_and_fifty(
    town: Town, count: int, django_assert_num_queries: Any
) -> None:
    rows = [makers.lesson(title=f"课{n}", unit=town.unit) for n in range(count)]
    for row in rows:
        town.lay(number=row.id, words={"title": f"县{row.title}"})
    ids = [row.id for row in rows]
    mine = Standing(frozenset({town.county.id}))
    with django_assert_num_queries(2):
        assert lesson_cards(ids, county=town.county.id)[ids[0]].title == "县课0"
    with django_assert_num_queries(2):
        lessons_of_grade(3, standing=mine)
    with django_assert_num_queries(5):  # six with files
        _fulls(ids, mine)
    with django_assert_num_queries(3):
        county_shelf(town.county.id, 3, "chinese")


def _fulls(ids: list[int], standing: Standing) -> None:
    from yunke.ground.people.values import Grant, Kind, Place, Who  # noqa: PLC0415

    place = Place(county=next(iter(standing.counties)))
    lessons_full(ids, Who(1, "x", Kind.PUPIL, (Grant(Role.PUPIL, place),)))


def test_the_pages_read_in_english(town: Town) -> None:
    town.lay(words={"title": "钱塘江的潮"})
    client = people.signed_in(town.staff)
    client.cookies["yunke_language"] = "en"
    assert "County" in page(client, "/county?grade=3&subject=chinese")
    assert "The county’s" in page(client, f"/county/lesson/{town.lesson.id}")
    assert "Edit the unit" in page(client, "/county?grade=3&subject=chinese")


def test_the_catalogues_rows_are_one_query_with_the_countys_order(
    town: Town, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        list(catalogue_rows(3, "", Standing(frozenset({town.county.id}))))
    assert Unit.objects.count() == 1
