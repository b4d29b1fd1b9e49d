"""The public page: true to the running code, for everybody, in both languages."""

import json
import re

import pytest
from django.conf import settings as conf
from django.test import Client

from yunke.base.capability import CAPABILITIES, SHOWN, capability
from yunke.ground.audit.models import Entry
from yunke.ground.consent.models import Chosen
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in
from yunke.ground.people.values import Role
from yunke.site.about import NEVER, models_known, rows_of
from yunke.site.existing import existing
from yunke.site.profile import profile_line, profile_note

pytestmark = pytest.mark.django_db
PAGE = "/about-this-site"
HAN = re.compile("[\u4e00-\u9fff]+")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.DATA = tmp_path


def text(client: Client, path: str = PAGE, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_everybody_may_read_it_and_finds_it_from_the_front_and_the_door() -> None:
    people.cast()  # an empty house sends everybody to its first day
    assert "法律配置" in text(Client())
    for path in ("/", "/sign-in"):
        assert f'href="{PAGE}"' in text(Client(), path)


def test_it_reads_in_english() -> None:
    client = Client()
    client.cookies[conf.LANGUAGE_COOKIE_NAME] = "en"
    assert HAN.findall(main_of(text(client))) == []


def test_every_capability_stands_in_the_table_under_all_four() -> None:
    page = main_of(text(Client()))
    for of in CAPABILITIES:
        assert of.name in page
    rows = page[page.index("<tbody>") : page.index("</tbody>")]
    assert rows.count("<tr>") == len(CAPABILITIES)
    assert rows.count("<td") == len(CAPABILITIES) * len(SHOWN)


def test_what_is_never_done_comes_with_its_tests() -> None:
    page = text(Client())
    for key, proofs in NEVER.items():
        assert capability(key).name in page
        assert all(proof in page for proof in proofs)


def test_what_exists_is_counted_in_the_running_code() -> None:
    row = next(row for row in rows_of("cn") if row.of.key == "wristband")
    assert row.there is not None
    assert (row.there.apps, row.there.tables) == (1, 1)
    assert row.there.routes == 6
    assert row.built


def test_a_file_left_behind_is_seen(tmp_path) -> None:
    owned = capability("wristband").owned
    assert existing(owned, []).files == 0
    (tmp_path / "pulse").mkdir()
    assert existing(owned, []).files == 1
    assert existing(owned, ["sensing_pulse", "people_person"]).tables == 1


def test_under_a_strict_profile_the_page_says_what_is_gone(settings) -> None:
    settings.PROFILE = "strict"
    page = main_of(text(Client()))
    assert "在这个配置下不存在" in page
    assert capability("emotion").law in page


def test_models_are_those_of_the_registry(tmp_path) -> None:
    assert models_known() == []
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "registry.json").write_text(json.dumps({"voice.onnx": "0" * 64}))
    assert "voice.onnx" in text(Client())


def test_somebody_of_the_city_signs_and_the_name_stands_at_every_foot() -> None:
    cast = people.cast()
    client = signed_in(cast.city_staff)
    assert "还没有人署名" in text(Client())
    assert client.post(f"{PAGE}/profile/sign", once()).status_code == 303
    assert f"{cast.city_staff.name} 选定" in text(Client(), "/week")
    assert Chosen.objects.get().by_id == cast.city_staff.id
    assert Entry.objects.get(act="profile.changed").actor_id == cast.city_staff.id


@pytest.mark.parametrize("who", ["teacher", "head", "admin", "guardian", "pupil"])
def test_nobody_else_signs_asks_or_decides(who) -> None:
    client = signed_in(getattr(people.cast(), who))
    assert client.get(f"{PAGE}/profile").status_code == 404
    for verb in ("sign", "loosen", "decide"):
        assert client.post(f"{PAGE}/profile/{verb}", once()).status_code == 404


def two(settings) -> tuple[Client, Client]:
    settings.PROFILE = "eu"
    cast = people.cast()
    second = people.staff(cast.city, Role.CITY_STAFF, "第二人")
    return signed_in(cast.city_staff), signed_in(second)


def ask(client: Client, profile: str = "cn", reason: str = "搬到中国"):  # noqa: ANN201
    return client.post(f"{PAGE}/profile/loosen", {"profile": profile, "reason": reason, **once()})


def decide(client: Client, given: str = "given", reason: str = ""):  # noqa: ANN201
    return client.post(f"{PAGE}/profile/decide", {"decision": given, "reason": reason, **once()})


def test_a_looser_profile_takes_two_named_persons(settings) -> None:
    first, second = two(settings)
    assert ask(first).status_code == 303
    assert "等另一位同事决定" in text(first, f"{PAGE}/profile")
    assert decide(first).status_code == 422
    assert not Chosen.objects.exists()
    assert "搬到中国" in text(second, f"{PAGE}/profile")
    assert decide(second).status_code == 303
    row = Chosen.objects.get()
    assert (row.profile, row.by_name, row.second_name) == ("cn", "市教研员", "第二人")
    assert Entry.objects.filter(act="profile.changed").count() == 1


def test_the_second_person_may_refuse_with_a_reason(settings) -> None:
    first, second = two(settings)
    ask(first)
    assert decide(second, "refused").status_code == 422
    assert decide(second, "refused", "没有必要").status_code == 303
    assert not Chosen.objects.exists()
    assert decide(second).status_code == 404


@pytest.mark.parametrize("profile", ["eu", "strict", "moon", ""])
def test_only_a_looser_profile_is_asked_for(settings, profile) -> None:
    first, _ = two(settings)
    assert ask(first, profile).status_code == 422


def test_one_request_waits_at_a_time(settings) -> None:
    first, second = two(settings)
    assert ask(first).status_code == 303
    assert ask(second).status_code == 422


def test_without_a_reason_nobody_is_asked(settings) -> None:
    first, _ = two(settings)
    assert ask(first, reason=" ").status_code == 422


def test_the_line_at_the_foot_costs_no_query(django_assert_num_queries) -> None:
    Chosen.objects.create(profile="cn", by_name="沈立言")
    profile_note()
    with django_assert_num_queries(0):
        assert profile_line().by == "沈立言"


def test_a_note_of_another_profile_or_a_broken_one_names_nobody(settings, tmp_path) -> None:
    for written in ('{"key": "eu", "by": "甲", "second": "", "since": ""}', "{", "[]", '{"by":1}'):
        (tmp_path / "profile.json").write_text(written)
        line = profile_line()
        assert (line.key, line.by) == ("cn", "")
