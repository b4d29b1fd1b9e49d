"""The pages of who took part: for whom, over which days, with what on them."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from yunke.ground.people.tests.makers import cast, signed_in
from yunke.insight.screen.tests.makers import MONDAY, Town, released, school_week, town

pytestmark = pytest.mark.django_db
WEEK = f"week-{MONDAY}"
HAN = re.compile("[\u4e00-\u9fff]")


def client_of(made: Town, name: str, language: str = "zh-hans") -> Client:
    client = signed_in(made.staff[name])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def text_of(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def city_page(made: Town) -> str:
    return f"/participation/city/{made.city.id}?span={WEEK}"


def two_counties() -> Town:
    return town((({1: 30, 2: 25}, {1: 20}), ({1: 40}, {3: 33, 4: 22})))


def test_everybody_begins_at_what_is_their_own() -> None:
    made = released(two_counties(), school_week())
    for name, path in (
        ("city", f"/participation/city/{made.city.id}"),
        ("county", f"/participation/county/{made.counties[0].id}"),
        ("school", f"/participation/school/{made.schools[0].id}"),
    ):
        assert client_of(made, name).get("/participation")["Location"] == path


def test_nobody_sees_a_unit_that_is_not_their_own() -> None:
    made = released(two_counties(), school_week())
    near, far = made.counties[0].id, made.counties[1].id
    for name, path in (
        ("county", f"city/{made.city.id}"),
        ("county", f"county/{far}"),
        ("county", f"school/{made.schools[2].id}"),
        ("school", f"county/{near}"),
        ("school", f"school/{made.schools[1].id}"),
        ("school", f"school/{made.schools[1].id}/grade/1"),
        ("city", "county/99999"),
        ("city", f"school/{near}"),
        ("city", f"class/{made.schools[0].id}"),
    ):
        for suffix in ("", "/export", "/wall"):
            assert client_of(made, name).get(f"/participation/{path}{suffix}").status_code == 404


def test_pupils_guardians_and_teachers_find_no_page() -> None:
    people = cast()
    for somebody in (people.pupil, people.guardian, people.teacher, people.head):
        assert signed_in(somebody).get("/participation").status_code == 404
    assert Client().get("/participation").status_code == 302


def test_the_city_page_says_share_parts_and_age() -> None:
    made = released(two_counties(), school_week())
    text = text_of(client_of(made, "city"), city_page(made))
    for words in (
        "参与率",
        "用市级平台",
        "5 个上课日",
        "怎么算的",
        "SELECT",
        "公布于",
        "第1县",
        "第2县",
    ):
        assert words in text, words
    assert re.search(r"[89]\d(\.\d)?–\d+(\.\d)? %", text)


def test_a_drill_down_ends_at_the_grade() -> None:
    made = released(two_counties(), school_week())
    client, school = client_of(made, "city"), made.schools[0].id
    assert f"/participation/school/{school}?" in text_of(
        client, f"/participation/county/{made.counties[0].id}?span={WEEK}"
    )
    text = text_of(client, f"/participation/school/{school}?span={WEEK}")
    assert f"/participation/school/{school}/grade/1?" in text
    grade = text_of(client, f"/participation/school/{school}/grade/1?span={WEEK}")
    assert "1 年级" in grade
    assert "各年级" not in grade
    assert not any(f"学生{n}" in grade for n in range(30))


def test_schools_stand_by_name_not_by_share() -> None:
    made = town((({1: 30}, {1: 30}, {1: 30}),))
    names = ["丙校", "甲校", "乙校"]
    for school, name in zip(made.schools, names, strict=True):
        school.name = name
        school.save()
    released(made, school_week())
    text = text_of(
        client_of(made, "city"), f"/participation/county/{made.counties[0].id}?span={WEEK}"
    )
    order = [text.index(f'part-name cut">{name}') for name in sorted(names)]
    assert order == sorted(order)


def test_a_small_grade_says_why_it_shows_nothing() -> None:
    made = released(town((({1: 4, 2: 30, 3: 40},),)), school_week())
    client, school = client_of(made, "city"), made.schools[0].id
    text = text_of(client, f"/participation/school/{school}?span={WEEK}")
    assert "不足 10 人，不显示" in text
    assert "为旁边人少的一组不显示" in text
    small = text_of(client, f"/participation/school/{school}/grade/1?span={WEEK}")
    assert "这里人数太少" in small
    assert "%" not in re.sub(r"<[^>]*>", "", small.split("<main")[1].split("</main")[0])


def test_only_finished_spans_can_be_asked_for() -> None:
    made = released(two_counties(), school_week())
    client, path = client_of(made, "city"), f"/participation/city/{made.city.id}"
    for span in (
        "day-2026-11-16",
        "week-2026-11-16",
        "month-2026-11",
        "week-2026-11-03",
        "day-x",
        "x",
    ):
        assert client.get(f"{path}?span={span}").status_code == 404, span
    for span in (f"day-{MONDAY}", WEEK):
        assert client.get(f"{path}?span={span}").status_code == 200


def test_a_city_without_a_day_says_what_comes() -> None:
    made = town()
    assert "还没有过完的一天" in text_of(client_of(made, "city"), "/participation")


def test_a_weekend_is_no_school_day() -> None:
    made = released(two_counties(), school_week())
    text = text_of(
        client_of(made, "city"),
        f"/participation/city/{made.city.id}?span=day-{MONDAY + timedelta(days=6)}",
    )
    assert "这一段没有上课日" in text


def test_two_weeks_are_compared_in_words() -> None:
    made = town()
    released(made, school_week(), share=0.6)
    following = school_week(MONDAY + timedelta(days=7))
    from yunke.insight.screen.models import Figure, ReleasedDay  # noqa: PLC0415

    Figure.objects.filter(day__in=following).delete()
    ReleasedDay.objects.filter(day__gte=following[0]).delete()
    released(made, following, share=0.95)
    text = text_of(
        client_of(made, "city"),
        f"/participation/city/{made.city.id}?span=week-{MONDAY + timedelta(days=7)}",
    )
    assert re.search(r"比上一段高 [234]\d\.\d 个百分点", text)


def test_every_page_reads_in_english() -> None:
    made = released(town((({1: 4, 2: 30, 3: 40}, {1: 20}),)), school_week())
    client, school = client_of(made, "city", "en"), made.schools[0].id
    for path in (
        f"/participation/city/{made.city.id}", f"/participation/school/{school}",
        f"/participation/school/{school}/grade/1", f"/participation/school/{school}/grade/3",
        f"/participation/city/{made.city.id}/wall", "/capacity",
    ):  # fmt: skip
        main = text_of(client, path).split("<main")[1].split("</main")[0]
        found = HAN.findall(re.sub(r"<[^>]*>|云州市|第\d小学|第\d县|-en", "", main))
        assert not found, (path, "".join(found))


def test_the_wall_has_nothing_to_press() -> None:
    made = released(two_counties(), school_week())
    text = text_of(client_of(made, "city"), f"/participation/city/{made.city.id}/wall?span={WEEK}")
    main = text.split("<main")[1]
    assert "<a " not in main
    assert "<button" not in main
    assert "参与率" in main


def test_pictures_have_a_table_beside_them() -> None:
    made = released(two_counties(), school_week())
    text = text_of(client_of(made, "city"), city_page(made))
    assert text.count("<table") == 2 + 0
    assert 'role="img"' in text


@pytest.mark.parametrize("schools", [5, 50])
def test_a_county_of_any_size_costs_the_same(
    schools: int, django_assert_max_num_queries: Any
) -> None:
    made = released(town((tuple({1: 12} for _ in range(schools)),)), school_week()[:2])
    client = client_of(made, "city")
    path = f"/participation/county/{made.counties[0].id}?span=day-{MONDAY}"
    client.get(path)
    with django_assert_max_num_queries(12):
        assert client.get(path).status_code == 200
