"""The pages of consent: who may open them, one tap to give and one to take back, nothing told."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import today
from yunke.ground.consent.door import DataKind, Purpose, consents
from yunke.ground.consent.models import Consent
from yunke.ground.consent.tests.makers import WRISTBAND, both_say_yes, says, the
from yunke.ground.consent.values import Answer
from yunke.ground.people.models import Guardianship, Person
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in

pytestmark = pytest.mark.django_db
ASK = (Purpose.PULSE, DataKind.WRISTBAND)


@pytest.fixture
def cast() -> people.Cast:
    return people.cast(grade=1)


def say(client: Client, person: Person, answer: str, *, key: str = WRISTBAND, version: int = 1):  # noqa: ANN201
    path = f"/consent/{person.id}/{key}/answer"
    return client.post(path, {"answer": answer, "version": version, **once()})


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_guardian_says_yes_in_one_tap_and_takes_it_back_in_one(cast) -> None:
    client = signed_in(cast.guardian)
    page = text(client, f"/consent/{cast.pupil.id}")
    # Every question has both; a task of the school, which is on, has the no alone.
    assert page.count('value="given"') == page.count('value="refused"') - 1 > 3
    assert say(client, cast.pupil, "given").status_code == 303
    says(cast.pupil, cast.pupil)
    assert consents(cast.pupil.id, *ASK)
    assert 'value="withdrawn"' in text(client, f"/consent/{cast.pupil.id}")
    assert say(client, cast.pupil, "withdrawn").status_code == 303
    assert not consents(cast.pupil.id, *ASK)


def test_yes_and_no_are_the_same_button_twice(cast) -> None:
    page = text(signed_in(cast.guardian), f"/consent/{cast.pupil.id}/{WRISTBAND}")
    classes = re.findall(r'<button class="([^"]+)" name="answer" value="(given|refused)"', page)
    assert {value for _, value in classes} == {"given", "refused"}
    assert len({css for css, _ in classes}) == 1


def test_a_child_gets_three_equal_buttons_with_pictures_and_a_voice(cast) -> None:
    page = text(signed_in(cast.pupil), f"/consent/{cast.pupil.id}")
    buttons = re.findall(r'<button class="([^"]+)" name="answer" value="(\w+)"', page)
    assert [value for _, value in buttons] == ["given", "refused", "asking"]
    assert {css for css, _ in buttons} == {"assent-button"}
    assert "<read-aloud" in page
    assert page.count("<svg") > 4


def test_a_child_goes_through_the_questions_and_may_change_its_mind(cast) -> None:
    client = signed_in(cast.pupil)
    keys = []
    for answer in ("given", "refused", "asking"):
        page = text(client, f"/consent/{cast.pupil.id}")
        keys += re.findall(r"/consent/\d+/([a-z_-]+)/answer", page)
        assert say(client, cast.pupil, answer, key=keys[-1]).status_code == 303
    assert len(set(keys)) == 3
    assert say(client, cast.pupil, "given", key=keys[1]).status_code == 303
    newest = Consent.objects.filter(person_id=cast.pupil.id).order_by("-id").first()
    assert newest.answer == "given"
    assert "我说过的" in text(client, f"/consent/{cast.pupil.id}?all")


def test_a_guardian_sees_that_the_child_wants_to_ask(cast) -> None:
    says(cast.guardian, cast.pupil)
    says(cast.pupil, cast.pupil, Answer.ASKING)
    assert "孩子想先问问" in text(signed_in(cast.guardian), f"/consent/{cast.pupil.id}")


def test_an_older_pupil_reads_the_same_cards_as_the_guardian(cast) -> None:
    Person.objects.filter(id=cast.pupil.id).update(born_on=date(today().year - 15, 1, 1))
    page = text(signed_in(cast.pupil), f"/consent/{cast.pupil.id}")
    assert "assent-button" not in page
    assert the(WRISTBAND).why in page
    assert say(signed_in(cast.pupil), cast.pupil, "asking").status_code == 404


def test_the_other_guardian_sees_that_it_is_off_and_not_who(cast) -> None:
    father = people.guardian(cast.pupil, "王大山")
    both_say_yes(cast.guardian, cast.pupil)
    says(father, cast.pupil, Answer.REFUSED)
    client = signed_in(cast.guardian)
    for path in (f"/consent/{cast.pupil.id}", f"/consent/{cast.pupil.id}/{WRISTBAND}"):
        page = text(client, path)
        assert "关着" in page
        assert "王大山" not in page
        assert "说：不同意" not in page
    assert "说：不同意" in text(signed_in(father), f"/consent/{cast.pupil.id}/{WRISTBAND}")


def test_an_ex_guardian_loses_the_switch_on_the_next_request(cast) -> None:
    client = signed_in(cast.guardian)
    assert client.get(f"/consent/{cast.pupil.id}").status_code == 200
    Guardianship.objects.filter(guardian=cast.guardian).update(until=today())
    assert client.get(f"/consent/{cast.pupil.id}").status_code in {302, 404}
    say(client, cast.pupil, "given")
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    "who", ["teacher", "head", "admin", "city_staff", "other_pupil", "far_guardian", "far_admin"]
)
def test_nobody_else_reads_or_says_anything_about_a_child(cast, who) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    client, lines = signed_in(getattr(cast, who)), Consent.objects.count()
    for path in ("", f"/{WRISTBAND}", "/form.pdf"):
        assert client.get(f"/consent/{cast.pupil.id}{path}").status_code == 404
    assert say(client, cast.pupil, "withdrawn").status_code == 404
    assert Consent.objects.count() == lines


def test_a_stranger_is_sent_to_sign_in(cast) -> None:
    answer = Client().get(f"/consent/{cast.pupil.id}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


def test_staff_have_the_same_switches_about_themselves(cast) -> None:
    client = signed_in(cast.teacher)
    assert client.get("/consent")["Location"] == f"/consent/{cast.teacher.id}"
    page = text(client, f"/consent/{cast.teacher.id}")
    assert the(WRISTBAND).name in page
    assert the("display-photo").name not in page
    say(client, cast.teacher, "given")
    assert consents(cast.teacher.id, *ASK)


def test_home_leads_a_guardian_to_the_child_and_without_one_to_the_invitation(cast) -> None:
    client = signed_in(cast.guardian)
    assert client.get("/consent")["Location"] == f"/consent/{cast.pupil.id}"


@pytest.mark.parametrize("bad", ["", "yes", "GIVEN", "given ", "on"])
def test_an_answer_that_is_none_is_not_found(cast, bad) -> None:
    assert say(signed_in(cast.guardian), cast.pupil, bad).status_code == 404
    assert not Consent.objects.exists()


def test_a_switch_that_is_none_is_not_found(cast) -> None:
    client = signed_in(cast.guardian)
    assert say(client, cast.pupil, "given", key="mind-reading").status_code == 404
    assert client.get(f"/consent/{cast.pupil.id}/mind-reading").status_code == 404


def test_words_that_changed_meanwhile_are_read_again(cast) -> None:
    answer = say(signed_in(cast.guardian), cast.pupil, "given", version=0)
    assert answer.status_code == 422
    assert "再读一遍" in answer.content.decode()
    assert not Consent.objects.exists()


def test_the_words_of_then_are_shown_in_full(cast) -> None:
    says(cast.guardian, cast.pupil, language="en")
    line = Consent.objects.get()
    client = signed_in(cast.guardian)
    page = text(client, f"/consent/{cast.pupil.id}/{WRISTBAND}?words={line.wording}")
    assert "Counting the pulse with a finger" in page
    assert "Counting" not in text(client, f"/consent/{cast.pupil.id}/{WRISTBAND}?words=0")


@pytest.mark.parametrize("many", [1, 8])
def test_the_page_costs_the_same_however_much_was_said(cast, many) -> None:
    for child in cast.pupils[1:]:
        people.bind(cast.guardian, child)
    for switch in ("pulse-wristband", "display-photo", "recording-video")[: 3 if many > 1 else 1]:
        for _ in range(many):
            both_say_yes(cast.guardian, cast.pupil, switch)
    client = signed_in(cast.guardian)
    client.get(f"/consent/{cast.pupil.id}")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/consent/{cast.pupil.id}")
    assert len(asked) <= 12


@pytest.mark.parametrize("profile", ["eu", "strict"])
def test_in_europe_the_wristband_is_not_asked_for(cast, settings, profile) -> None:
    settings.PROFILE = profile
    client = signed_in(cast.guardian)
    assert the(WRISTBAND).name not in text(client, f"/consent/{cast.pupil.id}")
    assert client.get(f"/consent/{cast.pupil.id}/{WRISTBAND}").status_code == 404
    assert say(client, cast.pupil, "given").status_code == 422


def test_every_page_reads_in_english(cast) -> None:
    both_say_yes(cast.guardian, cast.pupil)
    for who in (cast.guardian, cast.pupil):
        client = signed_in(who)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        for path in ("", f"/{WRISTBAND}"):
            page = text(client, f"/consent/{cast.pupil.id}{path}")
            main = page[page.index("<main") : page.index("</main")]
            for name in (cast.pupil.name, cast.guardian.name):
                main = main.replace(name, "")
            assert re.findall("[\u4e00-\u9fff]+", main) == []


def test_the_form_is_a_pdf_with_the_childs_name(cast) -> None:
    answer = signed_in(cast.guardian).get(f"/consent/{cast.pupil.id}/form.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
