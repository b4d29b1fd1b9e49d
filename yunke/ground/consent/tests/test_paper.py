"""Forms on paper: typed in by one, looked at by another; a no counts at once."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from yunke.base.clock import today
from yunke.ground.audit.door import lines_about
from yunke.ground.consent.door import DataKind, Purpose, consents
from yunke.ground.consent.models import Consent, Sheet
from yunke.ground.consent.tests.makers import WRISTBAND, says
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import once, signed_in

pytestmark = pytest.mark.django_db
ASK = (Purpose.PULSE, DataKind.WRISTBAND)


@pytest.fixture
def cast() -> people.Cast:
    return people.cast(grade=3)


def typed(cast: people.Cast, client: Client, **answers: str):  # noqa: ANN201
    values = {key.replace("__", "-"): said for key, said in answers.items()}
    form = {"relation": "妈妈", "paper_on": (today() - timedelta(2)).isoformat(), **values}
    return client.post(f"/class/{cast.one.id}/consent/{cast.pupil.id}", {**form, **once()})


def decided(client: Client, decision: str, reason: str = ""):  # noqa: ANN201
    sheet = Sheet.objects.latest("id")
    return client.post(
        f"/consent/sheet/{sheet.id}/decide", {"decision": decision, "reason": reason, **once()}
    )


def test_a_yes_on_paper_counts_after_the_second_look(cast) -> None:
    says(cast.pupil, cast.pupil)
    assert typed(cast, signed_in(cast.head), pulse__wristband="given").status_code == 303
    assert not consents(cast.pupil.id, *ASK)
    assert decided(signed_in(cast.admin), "given").status_code == 303
    assert consents(cast.pupil.id, *ASK)
    line = Consent.objects.get(by_id=0)
    assert (line.paper_on, line.entered_by) == (today() - timedelta(2), cast.head.id)


def test_a_family_sees_who_read_its_answers_on_paper(cast) -> None:
    typed(cast, signed_in(cast.head), pulse__wristband="given")
    sheet = Sheet.objects.get()
    assert signed_in(cast.admin).get(f"/consent/sheet/{sheet.id}").status_code == 200
    newest = lines_about(cast.pupil.id).rows[0]
    assert (newest.actor_id, newest.object_kind) == (cast.admin.id, "consent")


def test_a_no_on_paper_counts_at_once(cast) -> None:
    says(cast.pupil, cast.pupil)
    says(cast.guardian, cast.pupil)
    assert consents(cast.pupil.id, *ASK)
    typed(cast, signed_in(cast.head), pulse__wristband="refused")
    assert not consents(cast.pupil.id, *ASK)
    assert Sheet.objects.get().done_at is not None


def test_nobody_takes_the_second_look_at_what_they_typed_themselves(cast) -> None:
    typed(cast, signed_in(cast.head), pulse__wristband="given")
    assert decided(signed_in(cast.head), "given").status_code == 422
    assert not Consent.objects.exists()


def test_a_form_that_differs_is_sent_back_with_its_reason(cast) -> None:
    typed(cast, signed_in(cast.head), pulse__wristband="given")
    admin = signed_in(cast.admin)
    assert decided(admin, "refused").status_code == 422
    assert decided(admin, "refused", "纸上是不同意").status_code == 303
    assert not Consent.objects.exists()
    assert decided(admin, "given").status_code == 422


@pytest.mark.parametrize("days", [-1, 61, 400])
def test_the_date_on_the_paper_is_a_recent_one(cast, days) -> None:
    day = (today() - timedelta(days)).isoformat()
    answer = typed(cast, signed_in(cast.head), pulse__wristband="given", paper_on=day)
    assert answer.status_code == 422
    assert "六十天" in answer.content.decode()
    assert not Sheet.objects.exists()


def test_an_empty_form_is_not_kept(cast) -> None:
    answer = typed(cast, signed_in(cast.head))
    assert answer.status_code == 422
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("who", ["teacher", "guardian", "pupil", "far_admin", "far_head"])
def test_others_neither_print_nor_type_nor_look(cast, who) -> None:
    typed(cast, signed_in(cast.head), pulse__wristband="given")
    client, of = signed_in(getattr(cast, who)), cast.one.id
    sheet = Sheet.objects.get()
    for path in (f"/class/{of}/consent", f"/class/{of}/consent/{cast.pupil.id}",
                 f"/consent/sheet/{sheet.id}"):  # fmt: skip
        assert client.get(path).status_code == 404
    assert typed(cast, client, pulse__wristband="given").status_code == 404
    assert decided(client, "given").status_code == 404


def test_a_pupil_of_another_class_is_not_on_the_list(cast) -> None:
    path = f"/class/{cast.one.id}/consent/{cast.other_pupil.id}"
    assert signed_in(cast.head).get(path).status_code == 404


def test_the_class_page_lists_pupils_and_what_waits_but_no_answers(cast) -> None:
    says(cast.guardian, cast.pupil)
    client = signed_in(cast.head)
    typed(cast, client, pulse__wristband="given")
    page = client.get(f"/class/{cast.one.id}/consent").content.decode()
    assert all(child.name in page for child in cast.pupils)
    assert f"/consent/sheet/{Sheet.objects.get().id}" in page
    rows = re.findall(r'<li><label class="check grow">.*?</li>', page, re.S)
    plain = {re.sub(r"\d+|学生\d+|lucide-[\w-]+|<path.*?>", "", row)[:60] for row in rows}
    assert len(plain) == 1


def test_printing_gives_a_page_a_pupil(cast) -> None:
    client = signed_in(cast.head)
    path = f"/class/{cast.one.id}/consent/print"
    chosen = [p.id for p in cast.pupils[:3]]
    answer = client.post(path, {"pupil": chosen, **once()})
    assert answer.content.startswith(b"%PDF")
    assert client.post(path, once()).status_code == 422


def test_the_second_person_sees_what_was_typed(cast) -> None:
    typed(cast, signed_in(cast.head), pulse__wristband="given", display__photo="refused")
    sheet = Sheet.objects.get()
    page = signed_in(cast.admin).get(f"/consent/sheet/{sheet.id}").content.decode()
    assert cast.pupil.name in page
    assert "和纸一样" in page
    assert "请另一位同事" in signed_in(cast.head).get(
        f"/consent/sheet/{sheet.id}").content.decode()  # fmt: skip
    assert WRISTBAND in sheet.answers
