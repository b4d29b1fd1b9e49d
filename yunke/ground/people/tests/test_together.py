"""An act and its event are one: when the event cannot be written, nothing has happened."""

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import models

from yunke.base.clock import now
from yunke.ground.lake.door import events_of
from yunke.ground.people.actions.second import second_factor_new, second_factor_secret
from yunke.ground.people.models import (
    Card,
    Duty,
    Guardianship,
    Invitation,
    Membership,
    Pairing,
    Person,
    SchoolClass,
    Session,
)
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast
from yunke.ground.people.tests.test_second import code_of

pytestmark = pytest.mark.django_db
ACTIONS = "yunke.ground.people.actions"
KEPT = (Card, Duty, Guardianship, Invitation, Membership, Pairing, Person, SchoolClass, Session)


class NoEvent(Exception):
    """The lake is full."""


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything that accounts keep."""
    return {model.__name__: _rows(model) for model in KEPT}


def _rows(model: type[models.Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


def act(module: str, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(importlib.import_module(f"{ACTIONS}.{module}"), name)
    return found


def prepared(cast: Cast) -> dict[str, Any]:
    """Something to act on: a card, an invitation, a session, a waiting TV, a tie."""
    names = {cast.pupil.id: cast.pupil.name}
    act("cards", "cards_issue")(actor_id=cast.head.id, persons=names)
    act("guardians", "guardians_invite")(
        actor_id=cast.head.id, children=names, class_id=cast.one.id
    )
    act("pairing", "pairing_open")()
    token = makers.sign_in
    sealed = second_factor_new()
    return {
        "names": names,
        "session": token(makers.Client(), cast.teacher),
        "other": token(makers.Client(), cast.teacher),
        "session_id": Session.objects.filter(person=cast.teacher).latest("id").id,
        "invitation": Invitation.objects.get().id,
        "pairing": Pairing.objects.get().id,
        "tie": Guardianship.objects.get(guardian=cast.guardian).id,
        "sealed": sealed,
        "code": code_of(second_factor_secret(sealed)),
    }


# (module, action, what it is called with)
Words = Callable[[Cast, dict[str, Any]], dict[str, Any]]
ACTS: tuple[tuple[str, str, Words], ...] = (
    ("cards", "cards_issue", lambda c, p: {"actor_id": c.head.id, "persons": p["names"]}),
    ("cards", "card_revoke", lambda c, p: {"actor_id": c.head.id, "person_id": c.pupil.id}),
    ("pictures", "picture_set", lambda c, p: {
        "actor_id": c.head.id, "encoded": {c.pupil.id: "new"}, "names": p["names"],
    }),
    ("sessions", "session_open", lambda c, p: {
        "person": c.head, "device": "x", "registered": True, "way": "password",
    }),
    ("sessions", "session_close", lambda c, p: {
        "who_id": c.teacher.id, "session": p["session"],
    }),
    ("sessions", "session_revoke", lambda c, p: {
        "who_id": c.teacher.id, "session_id": p["session_id"],
    }),
    ("sessions", "sessions_revoke", lambda c, p: {
        "who_id": c.teacher.id, "but": p["session"],
    }),
    ("passwords", "password_change", lambda c, p: {
        "who_id": c.teacher.id, "session": p["session"], "encoded": "new",
    }),
    ("passwords", "password_reset", lambda c, p: {
        "actor_id": c.admin.id, "person_id": c.teacher.id, "name": "x", "encoded": "new",
    }),
    ("second", "second_factor_set", lambda c, p: {
        "who_id": c.teacher.id, "session": p["session"], "sealed": p["sealed"],
        "code": p["code"],
    }),
    ("second", "second_factor_remove", lambda c, p: {
        "actor_id": c.admin.id, "person_id": c.head.id,
    }),
    ("guardians", "guardians_invite", lambda c, p: {
        "actor_id": c.head.id, "children": p["names"], "class_id": c.one.id,
    }),
    ("guardians", "invitations_revoke", lambda c, p: {
        "actor_id": c.head.id, "child_id": c.pupil.id, "name": "x", "class_id": c.one.id,
    }),
    ("guardians", "guardian_bind", lambda c, p: {
        "guardian_id": c.far_guardian.id, "invitation_id": p["invitation"], "relation": "爸爸",
    }),
    ("guardians", "guardian_open", lambda c, p: {
        "login": "new-guardian", "name": "新", "encoded": "h",
        "invitation_id": p["invitation"], "relation": "爸爸",
    }),
    ("guardians", "guardian_unbind", lambda c, p: {
        "actor_id": c.head.id, "tie_id": p["tie"], "class_id": c.one.id,
    }),
    ("pairing", "pairing_confirm", lambda c, p: {
        "who_id": c.guardian.id, "pairing_id": p["pairing"], "person_id": c.pupil.id,
    }),
    ("school", "person_leave", lambda c, p: {
        "actor_id": c.admin.id, "person_id": c.pupil.id, "school_id": c.school.id,
    }),
    ("school", "class_code_change", lambda c, p: {
        "actor_id": c.head.id, "class_id": c.one.id, "title": "x",
    }),
)  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    cast = makers.cast()
    Person.objects.filter(id=cast.head.id).update(totp="sealed")
    return cast


@pytest.mark.parametrize(("module", "name", "words"), ACTS, ids=[act[1] for act in ACTS])
def test_without_its_event_nothing_has_happened(
    cast: Cast, module: str, name: str, words: Words, monkeypatch: Any
) -> None:
    called = words(cast, prepared(cast))
    before = rows()

    def no_event(**_words: Any) -> None:
        raise NoEvent

    monkeypatch.setattr(f"{ACTIONS}.telling.event_record", no_event)
    with pytest.raises(NoEvent):
        act(module, name)(**called)
    assert rows() == before


@pytest.mark.parametrize(("module", "name", "words"), ACTS, ids=[act[1] for act in ACTS])
def test_with_its_event_it_has(cast: Cast, module: str, name: str, words: Words) -> None:
    called = words(cast, prepared(cast))
    before, start = rows(), now()
    act(module, name)(**called)
    assert rows() != before
    somebody = {called.get(role) for role in ("actor_id", "who_id", "guardian_id", "person_id")} | {
        called["person"].id if "person" in called else None
    }
    if name == "guardian_open":
        somebody.add(Person.objects.get(login="new-guardian").id)
    told = [e for one in somebody if one for e in events_of(one).rows if e.at >= start]
    assert told, "somebody can read about it"
    assert all(e.purpose == "account" for e in told)


@pytest.mark.parametrize(
    ("module", "name", "words"),
    [
        ("cards", "card_revoke", {"actor_id": 1, "person_id": 999_999}),
        ("sessions", "session_revoke", {"who_id": 1, "session_id": 999_999}),
        ("sessions", "sessions_revoke", {"who_id": 999_999}),
        ("guardians", "guardian_unbind", {"actor_id": 1, "tie_id": 999_999, "class_id": 1}),
        ("guardians", "invitations_revoke",
         {"actor_id": 1, "child_id": 999_999, "name": "x", "class_id": 1}),
        ("school", "person_leave", {"actor_id": 1, "person_id": 999_999, "school_id": 1}),
    ],
)  # fmt: skip
def test_what_is_not_there_changes_nothing_and_is_no_event(
    cast: Cast, module: str, name: str, words: dict[str, Any]
) -> None:
    before = rows()
    assert not act(module, name)(**words)
    assert rows() == before
    assert not events_of(words.get("actor_id") or words["who_id"]).rows
