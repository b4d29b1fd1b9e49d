"""The pupil works, hands in, sees what came back, corrects; the guardian looks and signs."""

import pytest
from django.test import Client

from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import bind, guardian, once, signed_in
from yunke.school.attempts.door import Of, attempt_opened, attempts_mark, attempts_of
from yunke.school.attempts.models import Attempt
from yunke.school.homework.models import Signature, Voice
from yunke.school.homework.reads.lines import mine_of, mine_one, mine_open
from yunke.school.homework.tests import makers
from yunke.school.homework.values import Reveal, Stage

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def stage(row: object, pupil: object) -> Stage:
    found = mine_one(pupil.id, row.id)  # type: ignore[attr-defined]
    assert found is not None
    return found.stage


def test_what_is_due_stands_on_the_own_page_and_on_today() -> None:
    people = makers.cast()
    row = makers.homework(people)
    client = signed_in(people.pupil)
    assert row.title in page(client, "/homework")
    assert row.title in page(client, "/today")
    assert "要做的" in page(client, "/homework")
    assert row.title in page(signed_in(people.guardian), f"/child/{people.pupil.id}")


def test_work_that_opens_later_is_not_there_yet() -> None:
    people = makers.cast()
    row = makers.homework(people, opens_at=makers.ago(hours=-2), due_at=makers.ago(hours=-9))
    client = signed_in(people.pupil)
    assert row.title not in page(client, "/homework")
    assert client.get(f"/homework/{row.id}").status_code == 404
    assert not Attempt.objects.exists()


def test_the_first_look_opens_one_attempt_with_all_questions() -> None:
    people = makers.cast()
    asked = makers.choices(3)
    row = makers.homework(people, asked)
    client = signed_in(people.pupil)
    shown = page(client, f"/homework/{row.id}")
    page(client, f"/homework/{row.id}")
    attempt = Attempt.objects.get()
    assert attempt.order == [one.id for one in asked]
    assert attempt.due_at == row.due_at
    assert all(f'data-question="{one.id}"' in shown for one in asked)
    assert stage(row, people.pupil) is Stage.BEGUN


def test_an_all_objective_work_comes_back_by_itself_when_the_key_may_be_seen() -> None:
    people = makers.cast()
    row = makers.homework(people, makers.choices(2))
    makers.handed_in(row, people.pupil, "B", "A")
    shown = page(signed_in(people.pupil), f"/homework/{row.id}")
    assert stage(row, people.pupil) is Stage.RETURNED
    assert "老师发回来的" in shown
    assert "订正 1 道题" in shown


def test_before_the_last_deadline_the_key_stays_away() -> None:
    people = makers.cast()
    row = makers.homework(people, makers.choices(2), reveal=Reveal.DUE)
    makers.handed_in(row, people.pupil, "B", "A")
    assert stage(row, people.pupil) is Stage.HANDED_IN
    makers.returned(row, people.teacher)
    client = signed_in(people.pupil)
    shown = page(client, f"/homework/{row.id}")
    assert "is-right" not in shown
    assert "答案和讲解要等" in shown
    row.due_at = makers.ago(minutes=1)
    row.save()
    assert "is-right" in page(client, f"/homework/{row.id}")


def test_late_work_is_taken_and_said_to_be_late() -> None:
    people = makers.cast()
    row = makers.homework(
        people, [makers.written()], opens_at=makers.ago(days=3), due_at=makers.ago(days=1)
    )
    client = signed_in(people.pupil)
    assert "还是可以交" in page(client, f"/homework/{row.id}")
    makers.handed_in(row, people.pupil, "晚了")
    assert "迟交" in page(client, f"/homework/{row.id}")
    found = mine_one(people.pupil.id, row.id)
    assert found is not None
    assert found.late


def test_nothing_of_a_mark_is_seen_before_the_return() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    attempt = makers.handed_in(row, people.pupil, "一段话")
    makers.marked(attempt, people.teacher, "7.31")
    makers.save(people.teacher, row, attempt, word="七分多")
    child = f"/child/{people.pupil.id}/homework"
    looks = [
        (signed_in(people.pupil), "/homework"), (signed_in(people.pupil), f"/homework/{row.id}"),
        (signed_in(people.guardian), child), (signed_in(people.guardian), f"{child}/{row.id}"),
    ]  # fmt: skip
    for client, path in looks:
        told = page(client, path)
        assert not makers.points_in(told, "7.31"), path
        assert "七分多" not in told
    assert makers.returned(row, people.teacher) == (1, 0)
    for client, path in (looks[1], looks[3]):
        told = page(client, path)
        assert makers.points_in(told, "7.31"), path
        assert "七分多" in told


def test_what_waits_for_a_person_is_not_given_back() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    makers.handed_in(row, people.pupil, "一")
    second = makers.handed_in(row, people.pupils[1], "二")
    makers.marked(second, people.teacher)
    assert makers.returned(row, people.teacher) == (1, 1)
    assert makers.returned(row, people.teacher) == (0, 1)
    assert stage(row, people.pupil) is Stage.HANDED_IN
    assert stage(row, people.pupils[1]) is Stage.RETURNED
    assert Event.objects.get(verb="homework.returned").subject_id == people.pupils[1].id


def test_the_pupil_corrects_only_what_was_wrong_and_the_history_stays() -> None:
    people = makers.cast()
    asked = makers.choices(3)
    row = makers.homework(people, asked)
    makers.handed_in(row, people.pupil, "B", "A", "C")
    client = signed_in(people.pupil)
    assert client.post(f"/homework/{row.id}/again", once()).status_code == 303
    assert client.post(f"/homework/{row.id}/again", once()).status_code == 303
    opened = attempt_opened(people.pupil.id, Of.HOMEWORK, row.id)
    assert opened is not None
    assert (opened.number, opened.order) == (2, (asked[1].id, asked[2].id))
    assert stage(row, people.pupil) is Stage.CORRECTING
    shown = page(client, f"/homework/{row.id}")
    assert "再交一次" in shown
    assert "is-right" not in shown
    makers.handed_in(row, people.pupil, "B", "B")
    attempts_mark([opened.id])
    assert len(attempts_of(Of.HOMEWORK, row.id)) == 2
    after = page(client, f"/homework/{row.id}")
    assert "第 1 次订正" in after
    assert "老师发回来的" in after


def test_right_work_is_not_corrected() -> None:
    people = makers.cast()
    row = makers.homework(people, makers.choices(1))
    makers.handed_in(row, people.pupil, "B")
    assert signed_in(people.pupil).post(f"/homework/{row.id}/again", once()).status_code == 409


def test_a_guardian_sees_the_own_child_and_signs_once() -> None:
    people = makers.cast()
    row = makers.homework(people)
    client = signed_in(people.guardian)
    path = f"/child/{people.pupil.id}/homework/{row.id}"
    assert row.title in page(client, f"/child/{people.pupil.id}/homework")
    assert "签字" in page(client, path)
    for word in ("做得认真", "又一次"):
        assert client.post(f"{path}/sign", {"word": word, **once()}).status_code == 303
    signed = Signature.objects.get()
    assert (signed.guardian_id, signed.word) == (people.guardian.id, "做得认真")
    event = Event.objects.get(verb="homework.signed")
    assert (event.subject_id, event.purpose) == (people.pupil.id, "guardian")
    assert "签过字了" in page(client, path)
    assert "签过字了" in page(signed_in(people.pupil), f"/homework/{row.id}")


def test_no_guardian_sees_or_signs_for_another_child() -> None:
    people = makers.cast()
    row = makers.homework(people)
    other = guardian(people.pupils[1])
    for somebody in (other, people.far_guardian, people.teacher, people.pupil):
        client = signed_in(somebody)
        path = f"/child/{people.pupil.id}/homework"
        assert client.get(path).status_code == 404
        assert client.get(f"{path}/{row.id}").status_code == 404
        assert client.post(f"{path}/{row.id}/sign", once()).status_code == 404
    assert not Signature.objects.exists()


def test_a_guardian_of_two_sees_each_for_itself() -> None:
    people = makers.cast()
    bind(people.guardian, people.pupils[1])
    row = makers.homework(people, pupils=(people.pupils[1].id,))
    client = signed_in(people.guardian)
    assert client.get(f"/child/{people.pupils[1].id}/homework/{row.id}").status_code == 200
    assert client.get(f"/child/{people.pupil.id}/homework/{row.id}").status_code == 404


def test_another_pupil_has_no_page_of_it() -> None:
    people = makers.cast()
    row = makers.homework(people, pupils=(people.pupil.id,))
    for somebody in (people.pupils[1], people.other_pupil, people.far_pupil):
        assert signed_in(somebody).get(f"/homework/{row.id}").status_code == 404
        assert signed_in(somebody).post(f"/homework/{row.id}/again", once()).status_code == 404


def test_a_reading_is_recorded_heard_and_taken_back() -> None:
    people = makers.cast()
    asked = makers.spoken()
    row = makers.homework(people, [asked])
    client = signed_in(people.pupil)
    assert "data-record" in page(client, f"/homework/{row.id}")
    path = f"/homework/{row.id}/record/{asked.id}"
    answer = client.post(path, {"file": makers.recording(), "seconds": "3.5", **once()})
    assert answer.status_code == 200
    voice = Voice.objects.get()
    opened = attempt_opened(people.pupil.id, Of.HOMEWORK, row.id)
    assert opened is not None
    assert opened.answers == {asked.id: [f"voice:{voice.id}"]}
    heard = client.get(f"/homework/voice/{voice.id}")
    assert heard.status_code == 200
    assert heard["Content-Type"] == "video/webm"
    assert heard["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in heard["Content-Security-Policy"]
    assert heard.getvalue() == makers.WEBM
    part = client.get(f"/homework/voice/{voice.id}", headers={"Range": "bytes=4-9"})
    assert (part.status_code, part.getvalue()) == (206, makers.WEBM[4:10])
    assert part["Content-Range"] == f"bytes 4-9/{len(makers.WEBM)}"
    for somebody in (people.teacher, people.guardian):
        assert signed_in(somebody).get(f"/homework/voice/{voice.id}").status_code == 200
    for somebody in (people.pupils[1], people.other_teacher, people.head, people.far_guardian):
        assert signed_in(somebody).get(f"/homework/voice/{voice.id}").status_code == 404
    assert client.post(f"/homework/voice/{voice.id}/remove", once()).status_code == 200
    opened = attempt_opened(people.pupil.id, Of.HOMEWORK, row.id)
    assert opened is not None
    assert opened.answers == {asked.id: []}


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"<html><script>", b"GIF89a", b"x"])
def test_what_is_no_recording_is_refused_and_not_kept(content: bytes) -> None:
    people = makers.cast()
    asked = makers.spoken()
    row = makers.homework(people, [asked])
    makers.begun(row, people.pupil)
    path = f"/homework/{row.id}/record/{asked.id}"
    answer = signed_in(people.pupil).post(path, {"file": makers.recording(content), **once()})
    assert answer.status_code == 422
    assert not Voice.objects.exists()


def test_lists_cost_the_same_for_many_as_for_few(django_assert_max_num_queries) -> None:
    people = makers.cast(pupils=1)
    for _ in range(10):
        row = makers.homework(people, makers.choices(1), minutes=1)
        makers.handed_in(row, people.pupil, "A")
    with django_assert_max_num_queries(4):
        assert len(mine_of(people.pupil.id)) == 10
    with django_assert_max_num_queries(3):
        assert mine_open(people.pupil.id) == ()


def test_the_pages_in_english() -> None:
    people = makers.cast()
    row = makers.homework(people)
    client = signed_in(people.pupil)
    client.cookies["yunke_language"] = "en"
    assert "To do" in page(client, "/homework")
    assert "Due" in page(client, f"/homework/{row.id}")
