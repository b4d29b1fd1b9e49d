"""A guardian signs from the own account; a pupil's tick is no signature."""

from fractions import Fraction
from typing import Any

import pytest

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.craft.marking.items import SignedKey
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Guardianship
from yunke.ground.people.tests.makers import Cast, guardian, once, signed_in
from yunke.school.attempts.door import Of, attempts_mark, mark_set, marks_history, marks_of
from yunke.school.attempts.jobs import mark_due
from yunke.school.attempts.models import Attempt
from yunke.school.attempts.reads.things import signed_of
from yunke.school.homework.actions import working
from yunke.school.homework.models import Homework, Signature
from yunke.school.homework.reads.one import signed_for, states_in
from yunke.school.homework.tests import makers

pytestmark = pytest.mark.django_db


def asked(**more: Any) -> tuple[Cast, Homework]:
    """One question that wants a guardian's signature, worth four points."""
    people = makers.cast()
    row = makers.homework(people, [makers.of_key(SignedKey("跳绳十分钟"), 4)], **more)
    return people, row


def sign(people: Cast, row: Homework, child: Any = None, word: str = "") -> Any:
    child = child or people.pupil
    path = f"/child/{child.id}/homework/{row.id}/sign"
    return signed_in(people.guardian).post(path, {"word": word, **once()})


@pytest.mark.parametrize("value", [True, "true", 1, ["x"], None])
def test_whatever_the_pupil_ticks_a_question_for_the_guardian_waits(value: Any) -> None:
    people, row = asked()
    attempt = makers.handed_in(row, people.pupil, value)
    mark = marks_of([attempt])[0]
    assert (mark.score, mark.reason, mark.out_of) == (None, "signed.open", 4)
    assert makers.returned(row, people.teacher) == (0, 1)


def test_signed_before_the_hand_in_it_is_right_without_a_tick() -> None:
    people, row = asked()
    assert sign(people, row).status_code == 303
    attempt = makers.handed_in(row, people.pupil, None)
    assert marks_of([attempt])[0].score == 4


def test_signed_after_the_hand_in_it_becomes_right_with_the_next_beat() -> None:
    people, row = asked()
    attempt = makers.handed_in(row, people.pupil, True)
    sign(people, row)
    mark_due()
    history = marks_history(marks_of([attempt])[0].reply_id)
    assert [one.score for one in history] == [None, 4]
    assert makers.returned(row, people.teacher) == (1, 0)


def test_a_signature_is_for_one_child_and_one_homework() -> None:
    people, row = asked()
    other = makers.homework(people, [makers.of_key(SignedKey("读书"), 4)])
    mine = makers.handed_in(row, people.pupil, True)
    beside = makers.handed_in(row, people.pupils[1], True)
    another = makers.handed_in(other, people.pupil, True)
    sign(people, row)
    attempts_mark([mine, beside, another])
    found = {one.attempt_id: one.score for one in marks_of([mine, beside, another])}
    assert found == {mine: 4, beside: None, another: None}
    pairs = {(row.id, people.pupil.id), (row.id, people.pupils[1].id), (other.id, people.pupil.id)}
    assert signed_for(pairs) == {(row.id, people.pupil.id)}


def test_what_a_teacher_decided_stays_when_the_guardian_signs_later() -> None:
    people, row = asked()
    attempt = makers.handed_in(row, people.pupil, True)
    mark_set(by_id=people.teacher.id, reply_id=marks_of([attempt])[0].reply_id, score=Fraction(1))
    sign(people, row)
    mark_due()
    assert marks_of([attempt])[0].score == 1


def test_a_signature_that_comes_while_it_is_marked_is_not_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from yunke.school.attempts.actions import marking  # noqa: PLC0415

    people, row = asked()
    attempt = makers.handed_in(row, people.pupil, True, mark=False)
    judge = marking._judge

    def then_signed(*told: Any) -> Any:
        found = judge(*told)
        sign(people, row)
        return found

    monkeypatch.setattr(marking, "_judge", then_signed)
    attempts_mark([attempt])
    monkeypatch.undo()
    assert marks_of([attempt]) == []
    mark_due()
    assert marks_of([attempt])[0].score == 4


def test_where_no_room_knows_of_signatures_nothing_is_signed() -> None:
    assert signed_of([(Of.DRILL, 1, 2), (Of.EXAM, 1, 2)]) == set()
    assert signed_of([]) == set()


def test_the_desk_says_whether_the_guardian_signed() -> None:
    people, row = asked()
    attempt = makers.handed_in(row, people.pupil, True)
    client, path = signed_in(people.teacher), f"/homework/{row.id}/mark/{attempt}"
    assert "家长还没有签" in client.get(path).content.decode()
    sign(people, row, word="跳了十分钟")
    told = client.get(path).content.decode()
    assert f"{people.guardian.name} 签过字了" in told
    assert {one.pupil_id for one in states_in(row) if one.signed_at} == {people.pupil.id}


def test_the_first_signature_stays_and_is_one_event() -> None:
    people, row = asked()
    for word in ("第一次", "第二次"):
        assert sign(people, row, word=word).status_code == 303
    assert Signature.objects.get().word == "第一次"
    assert Event.objects.filter(verb="homework.signed").count() == 1


def test_two_guardians_of_one_child_sign_once() -> None:
    people, row = asked()
    second = guardian(people.pupil, "爸爸")
    sign(people, row)
    path = f"/child/{people.pupil.id}/homework/{row.id}/sign"
    assert signed_in(second).post(path, {"word": "我也看了", **once()}).status_code == 303
    assert Signature.objects.get().guardian_id == people.guardian.id


def test_work_that_is_not_open_yet_cannot_be_signed() -> None:
    people, row = asked(opens_at=makers.ago(hours=-2))
    assert sign(people, row).status_code == 404
    assert not Signature.objects.exists()


def test_work_that_was_taken_back_cannot_be_signed() -> None:
    people, row = asked()
    row.withdrawn_at = now()
    row.save()
    assert sign(people, row).status_code == 404
    with pytest.raises(Refused):
        working.homework_sign(
            guardian_id=people.guardian.id, name="x", child_id=people.pupil.id,
            homework_id=row.id, word="",
        )  # fmt: skip


def test_who_is_no_guardian_any_more_signs_nothing() -> None:
    people, row = asked()
    Guardianship.objects.filter(guardian=people.guardian).update(until=makers.ago(days=1).date())
    assert sign(people, row).status_code == 404
    assert not Signature.objects.exists()


@pytest.mark.parametrize("word", ["长" * 301, "a\0b"])
def test_a_word_that_does_not_fit_signs_nothing(word: str) -> None:
    people, row = asked()
    assert sign(people, row, word=word).status_code == 422
    assert not Signature.objects.exists()
    assert not Event.objects.filter(verb="homework.signed").exists()


def test_signing_opens_no_attempt_for_the_child() -> None:
    people, row = asked()
    sign(people, row)
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_guardians_page_before_and_after(language: str) -> None:
    people, row = asked()
    client = signed_in(people.guardian)
    client.cookies["yunke_language"] = language
    path = f"/child/{people.pupil.id}/homework/{row.id}"
    before = client.get(path).content.decode()
    assert f'action="{path}/sign"' in before
    sign(people, row)
    after = client.get(path).content.decode()
    assert f'action="{path}/sign"' not in after
    assert people.guardian.name in after
