"""Every address of the library by everybody, and uploads as a model of bytes."""

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from yunke.ground.lake.door import Verb
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.library.actions.uploads import part_file
from yunke.school.library.models import CountyPage, Lesson, Unit, Upload
from yunke.school.library.tests import makers, tus

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "pupil", "far_pupil", "guardian", "teacher", "head", "other_teacher", "far_teacher", "admin",
    "city_staff", "county_staff",
)  # fmt: skip
MAKERS = {"teacher", "head", "other_teacher", "far_teacher", "city_staff", "county_staff"}
OWN = {"teacher", "city_staff", "county_staff"}
PAGES: dict[str, set[str]] = {
    "/catalogue": set(EVERYBODY),
    "/catalogue?q=观潮": set(EVERYBODY),
    "/county": {"county_staff"},
    "/county/lesson/{lesson}": {"county_staff"},
    "/county/unit/{unit}": {"county_staff"},
    "/make/new": MAKERS,
    "/make/points?point=潮&subject=chinese": MAKERS,
    "/make/{lesson}/files/video": OWN,
    "/make/{lesson}/files/captions/whole": OWN,
    "/uploads/{upload}": {"teacher"},
}
FILM = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 12


class Town:
    def __init__(self) -> None:
        self.cast = people.cast(grade=3)
        self.county_staff = people.staff(self.cast.county, Role.COUNTY_STAFF)
        self.lesson = makers.lesson(
            title="观潮", author=self.cast.teacher, school_id=self.cast.school.id,
            county_id=self.cast.county.id,
        )  # fmt: skip
        self.upload = Upload.objects.create(
            lesson=self.lesson, person=self.cast.teacher, kind="video", name="课.mp4", size=9,
            key="k",
        )  # fmt: skip

    def fill(self, text: str) -> str:
        return text.format(lesson=self.lesson.id, unit=self.lesson.unit_id, upload=self.upload.id)

    def client(self, name: str) -> Client:
        somebody = self.county_staff if name == "county_staff" else getattr(self.cast, name)
        return people.signed_in(somebody)


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_is_for_those_it_is_for_and_no_other(page: str, town: Town) -> None:
    found = {name: town.client(name).get(town.fill(page)).status_code for name in EVERYBODY}
    assert {name for name, status in found.items() if status == 200} == PAGES[page]
    assert {status for status in found.values() if status != 200} <= {404}


@pytest.mark.parametrize("page", sorted(set(PAGES) - {"/catalogue", "/catalogue?q=观潮"}))
def test_a_stranger_is_asked_to_sign_in_first(page: str, town: Town) -> None:
    answer = Client().get(town.fill(page))
    assert (answer.status_code, answer["Location"][:14]) == (302, "/sign-in?next=")


@pytest.mark.parametrize("page", ["/county/lesson/{lesson}", "/county/unit/{unit}", "/make/new"])
def test_nobody_else_writes_there(page: str, town: Town) -> None:
    form = {"title": "改", "grade": 3, "subject": "maths", "new_unit": "新", **people.once()}
    for name in EVERYBODY:
        if name not in PAGES[page]:
            assert town.client(name).post(town.fill(page), form).status_code == 404, name
    assert not CountyPage.objects.exists()
    assert (Lesson.objects.count(), Unit.objects.count()) == (1, 1)
    assert not Event.objects.exclude(verb=Verb.SIGNED_IN).exists()


@pytest.mark.parametrize("page", ["/catalogue", "/county", "/county/unit/{unit}", "/make/new"])
def test_a_page_has_two_languages_and_no_sentence_of_the_other(page: str, town: Town) -> None:
    client = town.client("county_staff")
    chinese = client.get(town.fill(page)).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(town.fill(page)).content.decode()
    assert 'lang="en"' in english
    assert 'lang="zh' in chinese
    for sentence in ("还没有", "保存", "回到", "单元", "年级"):
        assert sentence not in english.replace("第一单元", ""), sentence


@pytest.mark.parametrize(
    "address", ["/county/lesson/{0}", "/county/unit/{0}", "/make/{0}/files/video", "/uploads/{0}"]
)
def test_numbers_that_nothing_has_are_not_found(address: str, town: Town) -> None:
    assert town.client("county_staff").get(address.format(10**15)).status_code == 404


@pytest.mark.parametrize(
    ("page", "written"),
    [("/catalogue?grade=99&subject=<i>&page=-3", "<i>"), ("/catalogue?grade=²", "²"),
     ("/catalogue?q=<i>潮", "<i>"), ("/county?grade=x&subject=<i>", "<i>")],
)  # fmt: skip
def test_an_odd_address_is_the_nearest_page_there_is(page: str, written: str, town: Town) -> None:
    answer = town.client("county_staff").get(page)
    assert answer.status_code == 200
    assert written not in answer.content.decode()


@budget(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chunks=st.lists(st.integers(1, 900), min_size=1, max_size=6), again=st.booleans())
def test_however_a_file_is_cut_its_bytes_are_those_that_were_sent(
    town: Town, chunks: list[int], again: bool
) -> None:
    """A model: what is on the disk is the beginning of the file up to the told offset."""
    client = town.client("teacher")
    begun = tus.begin(client, town.lesson.id, f"课{Upload.objects.count()}.mp4", len(FILM))
    address, at = begun["Location"], 0
    number = int(address.rpartition("/")[2])
    for size in chunks:
        piece = FILM[at : at + size]
        answer = tus.patch(client, address, at, piece)
        at += len(piece)
        assert (answer.status_code, int(answer["Upload-Offset"])) == (204, at)
        assert part_file(number).read_bytes() == FILM[:at]
        if again and at < len(FILM):
            assert tus.patch(client, address, at - len(piece), piece).status_code == 409
            assert int(tus.head(client, address)["Upload-Offset"]) == at
        if at == len(FILM):
            break
    row = Upload.objects.get(id=number)
    assert (row.offset, row.state) == (at, "whole" if at == len(FILM) else "growing")
