"""Each address of the room by who asks: the right one gets it, everybody else finds nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from yunke.base.clock import today
from yunke.ground.audit.models import Entry
from yunke.ground.consent.models import Consent, Sheet
from yunke.ground.consent.tests.makers import WRISTBAND, says
from yunke.ground.consent.values import Answer
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Guardianship
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "pupil", "guardian", "head", "teacher", "admin", "city_staff", "other_pupil", "other_teacher",
    "far_pupil", "far_guardian", "far_head", "far_admin",
)  # fmt: skip
FAMILY, PAPER = {"pupil", "guardian"}, {"head", "admin"}
READ: dict[str, set[str]] = {
    "/consent/{pupil}": FAMILY,
    f"/consent/{{pupil}}/{WRISTBAND}": FAMILY,
    "/consent/{pupil}/form.pdf": FAMILY,
    "/class/{class}/consent": PAPER,
    "/class/{class}/consent/{pupil}": PAPER,
    "/consent/sheet/{sheet}": PAPER,
    "/consent/school/{school}": {"admin"},
}
WRITE: dict[str, set[str]] = {
    f"/consent/{{pupil}}/{WRISTBAND}/answer": FAMILY,
    "/class/{class}/consent/print": PAPER,
    "/class/{class}/consent/{pupil}": PAPER,
    "/consent/sheet/{sheet}/decide": PAPER,
}


@pytest.fixture
def cast() -> people.Cast:
    made = people.cast(pupils_in_class=2, grade=3)
    form = {"relation": "妈妈", "paper_on": today().isoformat(), WRISTBAND: "given", **once()}
    signed_in(made.head).post(f"/class/{made.one.id}/consent/{made.pupils[1].id}", form)
    made.more["sheet"] = Sheet.objects.get()
    return made


def named(cast: people.Cast, path: str) -> str:
    return path.format(
        **{"pupil": cast.pupil.id, "class": cast.one.id, "school": cast.school.id,
           "sheet": cast.more["sheet"].id},
    )  # fmt: skip


@pytest.mark.parametrize("path", READ)
def test_a_page_is_there_for_the_right_people_alone(cast: people.Cast, path: str) -> None:
    found = {
        name
        for name in EVERYBODY
        if signed_in(getattr(cast, name)).get(named(cast, path)).status_code == 200
    }
    assert found == READ[path]


@pytest.mark.parametrize("path", WRITE)
def test_a_write_of_anybody_else_is_not_found_and_keeps_nothing(
    cast: people.Cast, path: str
) -> None:
    told = {
        "answer": "given", "version": "1", "decision": "given", "pupil": cast.pupil.id,
        "relation": "妈妈", "paper_on": today().isoformat(), WRISTBAND: "given",
    }  # fmt: skip
    for name in set(EVERYBODY) - WRITE[path]:
        answer = signed_in(getattr(cast, name)).post(named(cast, path), {**told, **once()})
        assert answer.status_code == 404, name
    assert not Consent.objects.exists()
    assert Sheet.objects.get().done_at is None


@pytest.mark.parametrize("path", [*READ, *WRITE])
def test_a_stranger_is_asked_to_sign_in_first(cast: people.Cast, client: Any, path: str) -> None:
    for answer in (client.get(named(cast, path)), client.post(named(cast, path), once())):
        assert answer.status_code in {302, 303, 405}
        assert answer.status_code == 405 or answer["Location"].startswith("/sign-in")


@pytest.mark.parametrize("path", [path for path in READ if not path.endswith(".pdf")])
@pytest.mark.parametrize(("language", "mark"), [("zh-hans", "zh"), ("en", "en")])
def test_each_page_speaks_both_languages(
    cast: people.Cast, path: str, language: str, mark: str
) -> None:
    client = signed_in(cast.guardian if "guardian" in READ[path] else cast.admin)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(named(cast, path)).content.decode()
    assert f'lang="{mark}' in page
    main = page[page.index("<main") : page.index("</main>")]
    chinese = any("同意" in line for line in main.splitlines())
    assert chinese == (language != "en"), "no word is left in the other language"


@pytest.mark.parametrize("version", ["", "x", "0", "2", "-1", "1.0", "²", "9" * 5000])
def test_a_yes_to_words_of_another_version_is_refused(cast: people.Cast, version: str) -> None:
    told = {"answer": "given", "version": version, **once()}
    path = f"/consent/{cast.pupil.id}/{WRISTBAND}/answer"
    assert signed_in(cast.guardian).post(path, told).status_code == 422
    assert not Consent.objects.exists()


@pytest.mark.parametrize("said", ["refused", "withdrawn"])
def test_a_no_is_taken_whatever_version_was_read(cast: people.Cast, said: str) -> None:
    path = f"/consent/{cast.pupil.id}/{WRISTBAND}/answer"
    told = {"answer": said, "version": "0", **once()}
    assert signed_in(cast.guardian).post(path, told).status_code == 303
    assert Consent.objects.get().answer == said


def test_one_tap_that_arrives_twice_is_one_line(cast: people.Cast) -> None:
    client, key = signed_in(cast.guardian), once()
    path = f"/consent/{cast.pupil.id}/{WRISTBAND}/answer"
    for _n in range(2):
        assert client.post(path, {"answer": "given", "version": "1", **key}).status_code == 303
    assert Consent.objects.count() == 1
    assert Event.objects.filter(verb="consent.given").count() == 1
    assert Entry.objects.filter(act="consent.given").count() == 1


def test_only_a_small_child_may_ask_first(cast: people.Cast) -> None:
    path = f"/consent/{cast.pupil.id}/{WRISTBAND}/answer"
    told = {"answer": "asking", "version": "1"}
    assert signed_in(cast.guardian).post(path, {**told, **once()}).status_code == 404
    assert signed_in(cast.pupil).post(path, {**told, **once()}).status_code == 303
    assert Consent.objects.get().answer == Answer.ASKING


def test_a_guardian_until_yesterday_finds_none_of_it(cast: people.Cast) -> None:
    says(cast.guardian, cast.pupil)
    client = signed_in(cast.guardian)
    Guardianship.objects.filter(child=cast.pupil).update(until=today() - timedelta(days=1))
    for path in (path for path, who in READ.items() if "guardian" in who):
        assert client.get(named(cast, path)).status_code in {302, 404}
    told = {"answer": "withdrawn", "version": "1", **once()}
    answer = client.post(f"/consent/{cast.pupil.id}/{WRISTBAND}/answer", told)
    assert answer.status_code in {302, 404}
    assert Consent.objects.count() == 1


@pytest.mark.parametrize("wanted", [[], ["0"], ["x"]])
def test_nothing_chosen_prints_nothing_and_says_so(cast: people.Cast, wanted: list[str]) -> None:
    path = f"/class/{cast.one.id}/consent/print"
    answer = signed_in(cast.head).post(path, {"pupil": wanted, **once()})
    assert answer.status_code == 422
    far = signed_in(cast.head).post(path, {"pupil": [str(cast.far_pupil.id)], **once()})
    assert far.status_code == 422, "a pupil of another class is none of this one"
