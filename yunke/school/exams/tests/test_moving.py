"""The form that moves an exam holds what was set, and sent back unchanged it changes nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from yunke.base.clock import now
from yunke.ground.people.tests.makers import once, signed_in
from yunke.school.exams.forms.exams import wish_begun, wish_shown, wish_typed
from yunke.school.exams.models import Exam
from yunke.school.exams.tests.makers import hall
from yunke.school.exams.tests.test_pages import english, post, text
from yunke.school.exams.values.exams import Mode

pytestmark = pytest.mark.django_db
FIELDS = (
    "sort", "mode", "starts_at", "ends_at", "minutes", "late_minutes", "late_full", "shuffle",
    "release_at", "appeal_days", "note",
)  # fmt: skip
INPUT = re.compile(r"<input\b[^>]*>|<option\b[^>]*>|<select\b[^>]*>")


def values(page: str) -> dict[str, str]:
    """What a browser would send back of the form, untouched."""
    form = page[page.index('<form method="post" class="columns">') :]
    form = form[: form.index("</form>")]
    found, select = {}, ""
    for tag in INPUT.findall(form):
        told = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if tag.startswith("<select"):
            select = told["name"]
        elif tag.startswith("<option"):
            if "selected" in tag or select not in found:
                found[select] = told["value"]
        elif told.get("type") not in ("radio", "checkbox") or "checked" in tag:
            found[told["name"]] = told.get("value", "")
    for kept in ("csrfmiddlewaretoken", "once"):
        found.pop(kept, None)
    return found


def row(of: Any) -> dict[str, Any]:
    found = Exam.objects.get(id=of.exam.id)
    return {name: getattr(found, name) for name in FIELDS}


SET: list[dict[str, Any]] = [
    {},
    {"late_minutes": 0},
    {"late_minutes": 7, "shuffle": True},
    {"late_full": True, "appeal_days": 0},
    {"mode": Mode.HOME, "minutes": 20, "appeal_days": 30},
    {"note": "带尺子", "late_minutes": 15, "late_full": True},
]


@pytest.mark.parametrize("more", SET)
def test_sent_back_as_it_came_the_form_changes_nothing(more: dict[str, Any]) -> None:
    start = (now() + timedelta(days=2)).replace(second=0, microsecond=0)
    times = {"starts_at": start, "ends_at": start + timedelta(minutes=90)}
    made = hall(**{**times, **more})
    before = row(made)
    for client in (signed_in(made.people.teacher), english(signed_in(made.people.teacher))):
        sent = values(text(client, f"/exams/{made.exam.id}/move"))
        assert post(client, f"/exams/{made.exam.id}/move", **sent).status_code == 303
        assert row(made) == before


def test_another_hour_keeps_the_window_and_who_may_come_late() -> None:
    start = (now() + timedelta(days=2)).replace(second=0, microsecond=0)
    made = hall(
        starts_at=start, ends_at=start + timedelta(days=1), late_minutes=30, late_full=True,
        release_at=start + timedelta(days=4), note="带尺子",
    )  # fmt: skip
    client = signed_in(made.people.teacher)
    sent = values(text(client, f"/exams/{made.exam.id}/move"))
    later = start + timedelta(days=1)
    sent["starts_at"] = timezone.localtime(later).strftime("%Y-%m-%dT%H:%M")
    assert post(client, f"/exams/{made.exam.id}/move", **sent).status_code == 303
    after = row(made)
    assert (after["starts_at"], after["ends_at"]) == (later, later + timedelta(days=1))
    assert (after["late_minutes"], after["late_full"], after["note"]) == (30, True, "带尺子")
    assert after["release_at"] == start + timedelta(days=4)


def test_a_window_as_long_as_the_exam_follows_its_minutes() -> None:
    start = (now() + timedelta(days=2)).replace(second=0, microsecond=0)
    made = hall(starts_at=start, ends_at=start + timedelta(minutes=40))
    client = signed_in(made.people.teacher)
    sent = values(text(client, f"/exams/{made.exam.id}/move"))
    assert sent["window"] == ""
    assert post(client, f"/exams/{made.exam.id}/move", **{**sent, "minutes": "50"})
    assert row(made)["ends_at"] == start + timedelta(minutes=50)


def test_what_was_typed_is_kept_when_the_form_is_refused() -> None:
    made = hall(late_minutes=7, shuffle=True)
    client = signed_in(made.people.teacher)
    sent = {
        **values(text(client, f"/exams/{made.exam.id}/move")), "minutes": "3", "window": "55",
        "late_minutes": "11", **once(),
    }  # fmt: skip
    del sent["shuffle"]
    reply = client.post(f"/exams/{made.exam.id}/move", sent)
    assert reply.status_code == 422
    shown = values(reply.content.decode())
    assert {k: v for k, v in sent.items() if k != "once"} == shown
    assert row(made)["late_minutes"] == 7


def test_a_new_plan_begins_with_tomorrow_at_nine_and_is_read_back_as_such() -> None:
    made = hall()
    shown = wish_begun(now())
    page = values(text(signed_in(made.people.teacher), "/exams/new"))
    assert page["starts_at"] == shown["starts_at"]
    assert page["starts_at"].endswith("T09:00")
    assert (page["minutes"], page["mode"], page["sort"]) == ("40", "screen", "quiz")
    assert "shuffle" not in page


@pytest.mark.parametrize("more", SET)
def test_shown_and_typed_are_each_others_reverse(more: dict[str, Any]) -> None:
    start = (now() + timedelta(days=2)).replace(second=0, microsecond=0)
    made = hall(**{"starts_at": start, "ends_at": start + timedelta(minutes=77), **more})
    data = QueryDict(mutable=True)
    data.update({name: str(value) for name, value in wish_shown(made.view).items()})
    back = wish_typed(data, made.paper.id)
    view = made.view
    for name in FIELDS[:-1]:
        assert getattr(back, name) == getattr(view, name), name
