"""Handing in by a plain form: once, one's own, refused whole, told in the reader's language."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from yunke.base.clock import now, today
from yunke.craft.marking.items import LongTextKey
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership
from yunke.ground.people.tests import makers as people
from yunke.school.attempts.actions.opening import attempt_withdraw
from yunke.school.attempts.models import Attempt, Reply, Stray
from yunke.school.attempts.reads import things
from yunke.school.attempts.tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(things, "_PAGES", {})


def send(client: Client, row: Attempt, values: dict[int, str], **more: Any) -> Any:
    fields = {f"q{row.order[place]}": value for place, value in values.items()}
    whole = {**people.once(), "back": f"/attempts/{row.id}", **fields, **more}
    return client.post(f"/attempts/{row.id}/hand-in", whole)


def values(row: Attempt) -> list[Any]:
    found = dict(Reply.objects.filter(attempt=row).values_list("question_id", "value"))
    return [found.get(number) for number in row.order]


def test_the_same_form_twice_hands_in_once() -> None:
    row = makers.attempt()
    client, key = people.signed_in(row.person), people.once()
    for _ in range(2):
        assert send(client, row, {0: "B"}, do="submit", **key).status_code == 303
    row.refresh_from_db()
    assert row.submitted_at is not None
    assert values(row) == ["B", None, None]
    assert Event.objects.filter(verb="attempt.handed_in").count() == 1
    assert not Stray.objects.exists()


def test_what_did_not_change_is_not_written_again() -> None:
    row = makers.attempt()
    client = people.signed_in(row.person)
    send(client, row, {0: "B", 1: "A"}, do="save")
    before = dict(Reply.objects.values_list("question_id", "seq"))
    send(client, row, {0: "B", 1: "C"}, do="save")
    after = dict(Reply.objects.values_list("question_id", "seq"))
    assert after[row.order[0]] == before[row.order[0]]
    assert after[row.order[1]] > before[row.order[1]]
    assert values(row) == ["B", "C", None]


def test_a_form_is_newer_than_what_a_device_with_a_fast_clock_wrote() -> None:
    row = makers.attempt()
    fast = round((now() + timedelta(days=400)).timestamp() * 1_000_000)
    makers.saved(row, {0: "A"}, seq=fast, device="phone")
    send(people.signed_in(row.person), row, {0: "B"}, do="save")
    assert values(row)[0] == "B"


def test_after_the_end_it_is_said_that_the_answer_only_stands_beside() -> None:
    row = makers.attempt(ends_at=now() - timedelta(minutes=1))
    client = people.signed_in(row.person)
    send(client, row, {0: "B"}, do="save")
    told = client.get(f"/attempts/{row.id}").content.decode()
    assert "算不算由老师决定" in told
    assert Stray.objects.get().value == "B"
    assert values(row) == [None, None, None]


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "太长"), ("en", "too long")])
def test_an_answer_that_is_too_long_refuses_the_whole_form(language: str, word: str) -> None:
    row = makers.attempt([makers.question(), makers.question(LongTextKey())])
    client = people.signed_in(row.person)
    client.cookies["yunke_language"] = language
    answer = send(client, row, {0: "B", 1: "春" * 20_001}, do="submit")
    assert answer.status_code == 422
    assert word in answer.content.decode()
    row.refresh_from_db()
    assert (row.submitted_at, row.seq) == (None, 0)
    assert values(row) == [None, None]


def test_a_letter_that_cannot_be_kept_refuses_the_whole_form() -> None:
    row = makers.attempt([makers.question(), makers.question(LongTextKey())])
    answer = send(people.signed_in(row.person), row, {0: "B", 1: "a\0b"}, do="save")
    assert answer.status_code == 422
    assert values(row) == [None, None]


def test_fields_of_another_sheet_are_nothing() -> None:
    row, other = makers.attempt(), makers.attempt()
    more = {f"q{other.order[0]}": "B", "q": "B", "qx": "B", f"q{10**20}": "B"}
    assert send(people.signed_in(row.person), row, {}, do="save", **more).status_code == 303
    assert not Reply.objects.exists()


def test_a_withdrawn_attempt_is_gone_for_its_pupil_too() -> None:
    row = makers.attempt()
    client = people.signed_in(row.person)
    attempt_withdraw(row.id)
    assert client.get(f"/attempts/{row.id}").status_code == 404
    assert send(client, row, {0: "B"}, do="submit").status_code == 404
    assert not Reply.objects.exists()


def test_a_pupil_who_left_is_led_to_the_door_and_nothing_is_stored() -> None:
    row = makers.attempt()
    client = people.signed_in(row.person)
    Membership.objects.filter(person=row.person).update(until=today() - timedelta(days=1))
    assert send(client, row, {0: "B"}, do="submit").status_code in {302, 303, 404}
    assert not Reply.objects.exists()
    row.refresh_from_db()
    assert row.submitted_at is None


def test_looking_writes_nothing_and_handing_in_is_no_link() -> None:
    row = makers.attempt()
    client = people.signed_in(row.person)
    assert client.get(f"/attempts/{row.id}/hand-in").status_code == 405
    before = Event.objects.count()
    client.get(f"/attempts/{row.id}")
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("ends", "told"), [(None, False), (timedelta(minutes=5), True)]
)  # fmt: skip
def test_a_countdown_stands_only_on_what_ends(ends: timedelta | None, told: bool) -> None:
    row = makers.attempt(ends_at=now() + ends if ends else None)
    page = people.signed_in(row.person).get(f"/attempts/{row.id}").content.decode()
    assert ("data-ends" in page) is told


def test_a_hostile_answer_stands_on_the_page_as_words() -> None:
    row = makers.attempt([makers.question(LongTextKey())])
    client = people.signed_in(row.person)
    evil = '</script><script>alert(1)</script></textarea><img src=x onerror="1">'
    send(client, row, {0: evil}, do="save")
    page = client.get(f"/attempts/{row.id}").content.decode()
    assert values(row) == [evil]
    assert "<script>alert" not in page
    assert "<img src=x" not in page
