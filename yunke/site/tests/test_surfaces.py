"""Every page of the house for everybody, in both languages: it answers, and no word is missing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation

from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.school.timetable.tests.makers import a_day, day_cast

pytestmark = pytest.mark.django_db
# 08:35 at school, a Wednesday: the first lesson of each grade runs since five minutes.
MORNING = datetime(2026, 11, 18, 0, 35, tzinfo=UTC)
HAN = re.compile("[\u4e00-\u9fff]")
PEOPLE = (
    "stranger", "pupil", "guardian", "teacher", "head", "admin", "city_staff", "far_pupil",
)  # fmt: skip
# Pages that each of them must be able to open; all others may be "not there".
OPEN = {"/", "/week", "/catalogue", "/onair", "/sign-in", "/tv"}
OWN = {
    "stranger": set(),
    "pupil": {"/today", "/packs", "/account", "/account/log"},
    "guardian": {"/child", "/account", "/account/log"},
    "teacher": {"/class/", "/make", "/make/new", "/account"},
    "head": {"/class/", "/account"},
    "admin": {"/people", "/account"},
    "city_staff": {"/events", "/capacity", "/account"},
    "far_pupil": {"/today", "/packs", "/account"},
}


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def people() -> Cast:
    found = day_cast()
    for grade in (2, 3):
        found.more["lesson"] = a_day(found.city, grade=grade, count=2)[0].lesson_id
    return found


@pytest.fixture
def untranslated(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The words that an English page asked for and got in Chinese."""
    missing: set[str] = set()
    plain = DjangoTranslation.gettext

    def asked(self: Any, message: str) -> str:
        found = plain(self, message)
        if self.language() == "en" and HAN.search(found):
            missing.add(message)
        return found

    monkeypatch.setattr(DjangoTranslation, "gettext", asked)
    return missing


def addresses(patterns: Any, before: str = "/") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield before + str(one.pattern)


def every_page(cast: Cast) -> list[str]:
    """All addresses with the ids of the one class and its first pupil in them."""
    ids = {"class_id": cast.one.id, "grade": 1, "name": "chinese", "kind": "video"}
    pupil = ("person_id", "child_id", "pupil_id")
    ids["lesson_id"] = cast.more["lesson"]
    ids.update(dict.fromkeys(pupil, cast.pupil.id))

    def fill(mark: re.Match[str]) -> str:
        return str(ids.get(mark.group(1), 1))

    return [
        re.sub(r"<(?:\w+:)?(\w+)>", fill, address)
        for address in addresses(get_resolver().url_patterns)
    ]


def client_of(cast: Cast, name: str, language: str) -> Client:
    found = Client() if name == "stranger" else signed_in(getattr(cast, name))
    found.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return found


def is_page(answer: HttpResponse) -> bool:
    return answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")


def test_a_word_without_its_english_is_noticed(untranslated: set[str]) -> None:
    with translation.override("en"):
        translation.gettext("今天")
        translation.gettext("这个词谁也没有译过")
    assert untranslated == {"这个词谁也没有译过"}


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(("language", "tag"), [("zh-hans", "zh-CN"), ("en", "en")])
def test_every_page_answers_everybody_in_their_language(
    name: str, language: str, tag: str, people: Cast, untranslated: set[str]
) -> None:
    client = client_of(people, name, language)
    shown, wrong = set(), []
    for path in every_page(people):
        answer = client.get(path)
        # 422: what it needs was not chosen, said in words.
        if answer.status_code not in {200, 302, 303, 404, 405, 422}:
            wrong.append(f"{path}: {answer.status_code}")
        if not is_page(answer):
            continue
        shown.add(path)
        text = answer.content.decode()
        whole = text.lstrip().lower().startswith("<!doctype")
        if whole and f'<html lang="{tag}"' not in text:
            wrong.append(f"{path}: is not in {tag}")
        if re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>| style=\"", text):
            wrong.append(f"{path}: script or style within the page")
    assert wrong == []
    assert sorted(untranslated) == []
    wanted = (OPEN if name == "stranger" else OPEN - {"/", "/sign-in"}) | OWN[name]
    theirs = {path.replace("/class/", f"/class/{people.one.id}") for path in wanted}
    assert theirs - shown == set()


@pytest.mark.parametrize("name", ["stranger", "pupil", "guardian", "teacher"])
def test_a_page_that_is_not_there_speaks_both_languages(
    name: str, people: Cast, untranslated: set[str]
) -> None:
    for language, words in (("zh-hans", "没有找到这一页"), ("en", "no such page")):
        answer = client_of(people, name, language).get("/no/such/page")
        assert answer.status_code == 404
        assert words in answer.content.decode()
        assert answer["Content-Language"] == language
    assert sorted(untranslated) == []


def test_nobody_opens_the_page_of_a_class_that_is_not_theirs(people: Cast) -> None:
    for path in every_page(people):
        if str(people.pupil.id) not in path and f"/{people.one.id}" not in path:
            continue
        if not path.startswith(("/class/", "/child/", "/people/", "/account/")):
            continue
        for name in ("far_pupil", "far_teacher", "far_guardian", "far_admin", "far_head"):
            answer = client_of(people, name, "zh-hans").get(path)
            assert answer.status_code in {404, 405}, f"{name} at {path}"
            assert people.pupil.name not in answer.content.decode()
