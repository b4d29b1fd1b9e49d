"""The sheet: whole without scripts, in both languages, one's own, and without any key."""

import json
import re

import pytest
from django.test import Client

from yunke.ground.people.tests import makers as people
from yunke.school.attempts.actions.marking import attempts_mark
from yunke.school.attempts.models import Attempt, Reply
from yunke.school.attempts.reads import things
from yunke.school.attempts.reads.attempts import attempt_opened
from yunke.school.attempts.reads.sheets import sheet_of
from yunke.school.attempts.tests import makers
from yunke.school.attempts.values import Of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no room above had a page of its own."""
    monkeypatch.setattr(things, "_PAGES", {})


def page(row: Attempt, client: Client | None = None) -> str:
    answer = (client or people.signed_in(row.person)).get(f"/attempts/{row.id}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_sheet_shows_every_question_and_its_stored_answer() -> None:
    row = makers.attempt(list(makers.every_kind().values()))
    makers.saved(row, {0: "B", 3: "12.5米"})
    text = page(row)
    assert text.count("data-question=") == 8
    assert 'value="12.5米"' in text
    assert re.search(r'value="B" checked', text)


def test_a_sheet_holds_no_key_no_cause_and_no_score() -> None:
    kinds = makers.every_kind()
    row = makers.attempt(list(kinds.values()))
    makers.submitted(row, {0: "A"})
    attempts_mark([row.id])
    text = page(row)
    for secret in ("off-by-one", "x^2-1", "眠不觉晓</b>春", '"right"', "verdict", "score"):
        assert secret not in text


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "边写边存"), ("en", "Saved while")])
def test_a_sheet_speaks_both_languages(language: str, words: str) -> None:
    row = makers.attempt()
    client = people.signed_in(row.person)
    client.cookies["yunke_language"] = language
    assert words in page(row, client)


def test_the_feed_gives_the_pupils_own_session_its_keys() -> None:
    row = makers.attempt()
    found = re.search(r'type="application/json">(.*?)</script>', page(row), re.S)
    feed = json.loads(found[1])
    assert {"copy", "log", "box", "permit", "tick", "slot", "now", "ends_at"} <= set(feed)
    assert feed["questions"] == row.order


def test_a_sheet_is_nobody_elses() -> None:
    cast = people.cast()
    row = makers.attempt(by=cast.pupils[0], own=cast.one)
    for somebody in (cast.pupils[1], cast.teacher, cast.guardian, cast.admin):
        assert people.signed_in(somebody).get(f"/attempts/{row.id}").status_code == 404
        assert people.signed_in(somebody).post(
            f"/attempts/{row.id}/hand-in", people.once()
        ).status_code == 404  # fmt: skip
    assert Client().get(f"/attempts/{row.id}").status_code == 302


def test_a_room_with_a_page_of_its_own_is_led_to() -> None:
    things.page_from(Of.HOMEWORK, lambda number: f"/homework/{number}")
    row = makers.attempt(of_id=31)
    answer = people.signed_in(row.person).get(f"/attempts/{row.id}")
    assert answer["Location"] == "/homework/31"


def test_without_scripts_a_form_saves_and_hands_in() -> None:
    row = makers.attempt(list(makers.every_kind().values()))
    client = people.signed_in(row.person)
    ids = row.order
    form = {
        f"q{ids[0]}": "B", f"q{ids[1]}": ["A", "B"], f"q{ids[2]}": "true", f"q{ids[3]}": "12.5米",
        f"q{ids[4]}.1": "春", f"q{ids[5]}": "(x-1)(x+1)", f"q{ids[6]}": "春天来了",
        "back": f"/attempts/{row.id}",
    }  # fmt: skip
    saved = client.post(f"/attempts/{row.id}/hand-in", {**form, **people.once(), "do": "save"})
    assert saved["Location"] == f"/attempts/{row.id}"
    values = dict(Reply.objects.values_list("question_id", "value"))
    assert [values[one] for one in ids[:7]] == [
        "B", ["A", "B"], True, "12.5米", {"1": "春"}, "(x-1)(x+1)", "春天来了",
    ]  # fmt: skip
    client.post(f"/attempts/{row.id}/hand-in", {**form, **people.once(), "do": "submit"})
    row.refresh_from_db()
    assert row.submitted_at is not None
    done = attempt_opened(row.person_id, Of.HOMEWORK, row.of_id)
    assert done.receipt in page(row)


def test_a_form_never_leads_to_another_site() -> None:
    row = makers.attempt()
    client = people.signed_in(row.person)
    for back in ("https://evil.example/", "//evil.example", "javascript:alert(1)", ""):
        form = {**people.once(), "back": back}
        assert client.post(f"/attempts/{row.id}/hand-in", form)["Location"] == "/"


@pytest.mark.parametrize("count", [5, 50])
def test_a_sheet_costs_the_same_for_many_questions(
    count: int, django_assert_max_num_queries
) -> None:
    row = makers.attempt(makers.choices(count))
    opened = attempt_opened(row.person_id, Of.HOMEWORK, row.of_id)
    with django_assert_max_num_queries(2):
        found = sheet_of(opened)
    assert [one.number for one in found.questions] == list(range(1, count + 1))
    assert found.open
