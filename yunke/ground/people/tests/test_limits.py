"""Guessing fails, and a whole school behind one address does not notice."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.base import hashing
from yunke.base.clock import now
from yunke.ground.people.actions.entry import checked, class_enter, pictures_enter
from yunke.ground.people.actions.guardians import guardians_invite, invitation_find
from yunke.ground.people.actions.tries import TooOften, limit_check, try_take
from yunke.ground.people.models import Tries
from yunke.ground.people.rules.codes import ALPHABET, code_new
from yunke.ground.people.rules.limits import ACCOUNT, CLASS_PICTURES
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import PASSWORD, PICTURES, Cast
from yunke.ground.people.tests.test_sign_in import by_password, by_pictures, is_in
from yunke.ground.people.values import PICTURE_KEYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


@pytest.fixture
def instant(monkeypatch: Any) -> list[int]:
    """Hashing without its cost, so that many tries take seconds; counts what it is asked."""
    asked: list[int] = []

    def check(text: str, encoded: str) -> bool:
        asked.append(1)
        return encoded == makers.hashed(text) if text == " ".join(PICTURES) else False

    monkeypatch.setattr(hashing, "check", check)
    return asked


def test_guessing_all_pictures_of_a_child_in_a_row_fails(cast: Cast, instant: list[int]) -> None:
    every = list(product(PICTURE_KEYS, repeat=3))
    let_in = stopped = 0
    for n in range(1728):
        try:
            let_in += bool(pictures_enter(cast.one.id, cast.pupil.id, list(every[n])))
        except TooOften:
            stopped += 1
    assert let_in == 0
    assert len(instant) == ACCOUNT.count
    assert stopped == 1728 - ACCOUNT.count


def test_a_patient_guesser_gets_thirty_tries_a_day(cast: Cast, instant: list[int]) -> None:
    start = now()
    for minutes in range(0, 24 * 60 - 16, 16):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            for _n in range(11):
                with pytest.raises(TooOften) if len(instant) >= 30 else _either():
                    pictures_enter(cast.one.id, cast.pupil.id, ["moon", "moon", "moon"])
    assert len(instant) == 30


class _either:
    """A try that may be counted or stopped."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, *_rest: Any) -> bool:
        return kind is TooOften


def test_a_guesser_who_walks_through_a_class_is_stopped(cast: Cast, instant: list[int]) -> None:
    for child in makers.pupils(cast.one, 40):
        for _n in range(9):
            try:
                pictures_enter(cast.one.id, child.id, ["moon", "moon", "moon"])
            except TooOften:
                break
    assert len(instant) == CLASS_PICTURES.count
    with pytest.raises(TooOften):
        pictures_enter(cast.one.id, cast.pupil.id, list(PICTURES))


def test_the_right_password_waits_too_once_an_account_is_locked(cast: Cast) -> None:
    for _n in range(ACCOUNT.count):
        assert by_password(Client(), cast.teacher.login, "wrong-wrong").status_code == 422
    client = Client()
    response = by_password(client, cast.teacher.login)
    assert response.status_code == 422
    assert "试的次数太多了" in response.content.decode()
    assert not is_in(client)
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert by_password(client, cast.teacher.login).status_code == 303


def test_an_account_that_does_not_exist_is_locked_like_one_that_does(cast: Cast) -> None:
    texts = []
    for login in (cast.teacher.login, "nobody-at-all"):
        for _n in range(ACCOUNT.count):
            by_password(Client(), login, "wrong-wrong")
        texts.append(by_password(Client(), login, "wrong-wrong").context["why"])
    assert texts[0] == texts[1]


def test_a_success_starts_the_count_afresh(cast: Cast) -> None:
    for _round in range(3):
        for _n in range(ACCOUNT.count - 1):
            by_password(Client(), cast.teacher.login, "wrong-wrong")
        assert by_password(Client(), cast.teacher.login).status_code == 303


def test_a_class_code_guessed_a_thousand_times_shows_nothing(cast: Cast) -> None:
    client, names = Client(), [child.name for child in cast.pupils]
    stopped = 0
    for _n in range(1000):
        response = client.post("/sign-in/class", {"code": code_new(6)})
        assert response.status_code == 422
        page = response.content.decode()
        assert not any(name in page for name in names)
        stopped += "试的次数太多了" in page
    assert stopped == 940
    assert client.post("/sign-in/class", {"code": cast.one.code}).status_code == 422
    assert client.get("/sign-in/class").status_code == 302


def test_a_guesser_does_not_stop_the_schools_own_computers_beside_it(cast: Cast) -> None:
    school = Client()
    school.post("/sign-in/class", {"code": cast.one.code})
    guesser = Client()
    for _n in range(70):
        guesser.post("/sign-in/class", {"code": code_new(6)})
    assert by_pictures(school, cast.pupil, cast.one).status_code == 303


def test_one_wrong_code_typed_by_a_whole_class_counts_once(cast: Cast) -> None:
    for _n in range(200):
        assert class_enter("ABCDEF", source="10.0.0.1") is None
    assert class_enter(cast.one.code, source="10.0.0.1") is not None


def test_a_known_device_cannot_guess_other_classes_without_end(cast: Cast) -> None:
    client = Client()
    client.post("/sign-in/class", {"code": cast.one.code})
    texts = [
        client.post("/sign-in/class", {"code": code_new(6)}).context["why"] for _n in range(70)
    ]
    assert "试的次数太多了" in texts[-1]


def test_a_whole_school_behind_one_address_signs_in(cast: Cast) -> None:
    """Two hundred right sign-ins with a mistake in every tenth, all from 127.0.0.1."""
    children = makers.pupils(cast.one, 60)
    for n, child in enumerate(children):
        client = Client()
        if n % 10 == 0:
            by_pictures(client, child, cast.one, ("moon", "moon", "moon"))
        assert by_pictures(client, child, cast.one).status_code == 303


def test_two_thousand_guesses_at_invitations_fail(cast: Cast) -> None:
    codes = guardians_invite(
        actor_id=cast.head.id, children={cast.pupil.id: cast.pupil.name}, class_id=cast.one.id
    )
    found = 0
    for _n in range(2_000):
        try:
            code, name = code_new(8), cast.pupil.name
            found += bool(invitation_find(code=code, child_name=name, network="10.1.1.1"))
        except TooOften:
            pass
    assert found == 0
    (code,) = codes.values()
    with pytest.raises(TooOften):
        invitation_find(code=code, child_name=cast.pupil.name, network="10.1.1.1")
    assert invitation_find(code=code, child_name=cast.pupil.name, network="10.2.2.2")


def test_a_full_line_takes_no_try_away(cast: Cast, monkeypatch: Any) -> None:
    def full(text: str, encoded: str) -> bool:
        raise hashing.HashBusy(7)

    monkeypatch.setattr(hashing, "check", full)
    for _n in range(ACCOUNT.count * 3):
        response = by_password(Client(), cast.teacher.login)
        assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "前面还有 7 人" in response.content.decode()
    monkeypatch.undo()
    assert by_password(Client(), cast.teacher.login).status_code == 303


def test_a_full_line_is_no_way_to_empty_the_count(cast: Cast, monkeypatch: Any) -> None:
    for _n in range(ACCOUNT.count - 1):
        by_password(Client(), cast.teacher.login, "wrong-wrong")

    def full(text: str, encoded: str) -> bool:
        raise hashing.HashBusy(0)

    monkeypatch.setattr(hashing, "check", full)
    by_password(Client(), cast.teacher.login)
    monkeypatch.undo()
    by_password(Client(), cast.teacher.login, "wrong-wrong")
    assert "试的次数太多了" in by_password(Client(), cast.teacher.login, PASSWORD).context["why"]


def test_tries_are_taken_before_they_are_checked() -> None:
    """So that many at the same moment are no more than ten."""
    for _n in range(ACCOUNT.count):
        try_take("x")
    with pytest.raises(TooOften) as stop:
        try_take("x")
    assert 14 <= stop.value.minutes <= 15
    assert not checked("y", "wrong", "")


def test_old_windows_are_swept() -> None:
    with time_machine.travel(now() - timedelta(days=5)):
        class_enter("ABCDEF", source="10.9.9.9")
    assert Tries.objects.count() == 2
    class_enter("BCDEFG", source="10.9.9.8")
    assert not Tries.objects.filter(key__contains="10.9.9.9").exists()
    limit_check(CLASS_PICTURES, 1)


def test_codes_are_made_of_letters_that_look_like_no_other() -> None:
    assert not set("01OILU") & set(ALPHABET)
    seen = {code_new(6) for _n in range(500)}
    assert len(seen) > 495
    assert all(len(code) == 6 and set(code) <= set(ALPHABET) for code in seen)
    assert settings.HASH_QUEUE >= 1
