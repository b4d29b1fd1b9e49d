"""Recordings: what is taken, who hears it, which part of it, and that they go."""

from pathlib import Path
from typing import Any

import pytest

from yunke.base.trouble import Refused
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.ground.privacy.reads.parts import parts, person_files
from yunke.school.attempts.door import Of, attempt_opened
from yunke.school.homework.actions import voices
from yunke.school.homework.actions.persons import voice_files, voices_forget
from yunke.school.homework.actions.setting import homework_withdraw
from yunke.school.homework.models import Homework, Voice
from yunke.school.homework.tests import makers
from yunke.school.library.models import Question

pytestmark = pytest.mark.django_db
MP4 = b"\0\0\0\x18ftypisom" + b"\1" * 100
OGG = b"OggS" + b"\2" * 100


def reading() -> tuple[Cast, Homework, Question]:
    people = makers.cast()
    asked = makers.spoken()
    row = makers.homework(people, [asked])
    makers.begun(row, people.pupil)
    return people, row, asked


def record(by: Person, row: Homework, asked: int, content: bytes = makers.WEBM, **more: Any) -> Any:
    sent = {"file": makers.recording(content), **once(), **more}
    return signed_in(by).post(f"/homework/{row.id}/record/{asked}", sent)


def answer_of(row: Homework, by: Person, asked: int) -> Any:
    opened = attempt_opened(by.id, Of.HOMEWORK, row.id)
    assert opened is not None
    return opened.answers.get(asked)


@pytest.mark.parametrize(
    ("content", "kind", "suffix"),
    [
        (makers.WEBM, "video/webm", ".webm"), (MP4, "video/mp4", ".mp4"),
        (OGG, "audio/ogg", ".ogg"),
    ],
)  # fmt: skip
def test_the_bytes_decide_what_it_is_served_as(content: bytes, kind: str, suffix: str) -> None:
    people, row, asked = reading()
    answer = record(people.pupil, row, asked.id, content)
    voice = Voice.objects.get()
    assert (voice.kind, Path(voice.file).suffix, voice.size) == (kind, suffix, len(content))
    heard = signed_in(people.pupil).get(answer.json()["address"])
    assert (heard.getvalue(), heard["Content-Type"]) == (content, kind)
    assert heard["Content-Security-Policy"].startswith("sandbox")
    assert (heard["X-Content-Type-Options"], heard["Cache-Control"]) == (
        "nosniff", "private, no-store",
    )  # fmt: skip
    assert heard["Content-Disposition"] == f'inline; filename="{voice.id}"'


def test_the_same_recording_sent_again_is_the_same_one(media: Path) -> None:
    people, row, asked = reading()
    first = record(people.pupil, row, asked.id).json()
    assert record(people.pupil, row, asked.id).json() == first
    assert Voice.objects.count() == 1
    assert len([one for one in media.rglob("*") if one.is_file()]) == 1


@pytest.mark.parametrize(
    ("told", "kept"),
    [("3.5", 3.5), ("x", 0), ("-4", 0), ("nan", 0), ("inf", 3600), ("99999", 3600), ("", 0)],
)
def test_a_length_is_kept_within_measure(told: str, kept: float) -> None:
    people, row, asked = reading()
    assert record(people.pupil, row, asked.id, seconds=told).status_code == 200
    assert Voice.objects.get().seconds == kept


def test_ten_recordings_a_question_and_no_more() -> None:
    people, row, asked = reading()
    for number in range(voices.MOST_EACH):
        assert record(people.pupil, row, asked.id, makers.WEBM + bytes([number])).status_code == 200
    refused = record(people.pupil, row, asked.id, makers.WEBM + b"one more")
    assert refused.status_code == 422
    assert len(answer_of(row, people.pupil, asked.id)) == voices.MOST_EACH
    first = Voice.objects.order_by("id")[0].id
    signed_in(people.pupil).post(f"/homework/voice/{first}/remove", once())
    assert record(people.pupil, row, asked.id, makers.WEBM + b"one more").status_code == 200


def test_a_spoken_note_is_shorter_than_a_film(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "MOST_SOUND", 300)
    people, row, asked = reading()
    copy = makers.copy_of(row, people.pupil)
    long = makers.WEBM + b"x" * 300
    for question in (0, asked.id):
        content = OGG * 4 if question else long
        with pytest.raises(Refused):
            voices.voice_keep(
                by_id=1, copy=copy, attempt_id=1, file=makers.recording(content), seconds=1,
                question_id=question,
            )  # fmt: skip
    assert record(people.pupil, row, asked.id, long).status_code == 200


def test_only_a_question_of_the_own_open_attempt_takes_a_recording() -> None:
    people, row, asked = reading()
    other = makers.spoken()
    assert record(people.pupil, row, other.id).status_code == 404
    assert record(people.pupils[1], row, asked.id).status_code == 404
    assert record(people.teacher, row, asked.id).status_code == 404
    assert record(people.far_pupil, row, asked.id).status_code == 404
    assert not Voice.objects.exists()
    makers.handed_in(row, people.pupil)
    assert record(people.pupil, row, asked.id).status_code == 404
    assert not Voice.objects.exists()


def test_work_that_was_taken_back_takes_and_plays_nothing() -> None:
    people, row, asked = reading()
    number = record(people.pupil, row, asked.id).json()["id"]
    homework_withdraw(who_id=people.teacher.id, homework_id=row.id)
    assert record(people.pupil, row, asked.id, OGG).status_code == 404
    for somebody in (people.pupil, people.teacher, people.guardian):
        assert signed_in(somebody).get(f"/homework/voice/{number}").status_code == 404


def test_what_was_handed_in_is_not_taken_back() -> None:
    people, row, asked = reading()
    number = record(people.pupil, row, asked.id).json()["id"]
    makers.handed_in(row, people.pupil)
    answer = signed_in(people.pupil).post(f"/homework/voice/{number}/remove", once())
    assert answer.status_code == 409
    assert Voice.objects.get().gone_at is None
    assert signed_in(people.teacher).get(f"/homework/voice/{number}").status_code == 200


def test_nobody_removes_what_another_recorded() -> None:
    people, row, asked = reading()
    number = record(people.pupil, row, asked.id).json()["id"]
    for somebody in (people.teacher, people.guardian, people.pupils[1], people.head):
        answer = signed_in(somebody).post(f"/homework/voice/{number}/remove", once())
        assert answer.status_code == 404
    assert voices.voice_remove(by_id=people.teacher.id, voice_id=number) is None


@pytest.mark.parametrize(
    ("asked_for", "start", "end"),
    [
        ("bytes=0-", 0, 203), ("bytes=10-19", 10, 19), ("bytes=200-999999", 200, 203),
        ("bytes=203-203", 203, 203), ("bytes=-5", 199, 203),
    ],
)  # fmt: skip
def test_a_player_gets_the_stretch_that_it_asks_for(asked_for: str, start: int, end: int) -> None:
    people, row, asked = reading()
    number = record(people.pupil, row, asked.id).json()["id"]
    client = signed_in(people.pupil)
    part = client.get(f"/homework/voice/{number}", headers={"Range": asked_for})
    assert part.status_code == 206
    assert part["Content-Range"] == f"bytes {start}-{end}/204"
    assert part.content == makers.WEBM[start : end + 1]


@pytest.mark.parametrize("asked_for", ["lines=1-2", "bytes=a-b", "bytes=1-2,4-5", ""])
def test_a_range_that_is_none_gives_the_whole(asked_for: str) -> None:
    people, row, asked = reading()
    number = record(people.pupil, row, asked.id).json()["id"]
    whole = signed_in(people.pupil).get(f"/homework/voice/{number}", headers={"Range": asked_for})
    assert (whole.status_code, whole.getvalue()) == (200, makers.WEBM)


def test_a_stretch_behind_the_end_is_none_and_tells_the_size() -> None:
    people, row, asked = reading()
    number = record(people.pupil, row, asked.id).json()["id"]
    path = f"/homework/voice/{number}"
    none = signed_in(people.pupil).get(path, headers={"Range": "bytes=204-"})
    assert (none.status_code, none["Content-Range"], none.content) == (416, "bytes */204", b"")
    stranger = signed_in(people.far_pupil).get(path, headers={"Range": "bytes=0-1"})
    assert stranger.status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(media: Path) -> None:
    people, row, asked = reading()
    number = record(people.pupil, row, asked.id).json()["id"]
    (media / Voice.objects.get().file).unlink()
    assert signed_in(people.pupil).get(f"/homework/voice/{number}").status_code == 404


def test_an_erasure_takes_a_childs_recordings_and_nobody_elses(media: Path) -> None:
    people, row, asked = reading()
    makers.begun(row, people.pupils[1])
    record(people.pupil, row, asked.id)
    record(people.pupils[1], row, asked.id, OGG)
    assert "homework-voices" in {part.name for part in parts()}
    assert [name for name, _ in person_files(people.pupil.id) if "homework-voices" in name]
    assert voices_forget(people.pupil.id) == 1
    assert voices_forget(people.pupil.id) == 0
    assert not any(path.is_file() for path in voice_files(people.pupil.id))
    assert [path.is_file() for path in voice_files(people.pupils[1].id)] == [True]


def test_a_note_without_a_file_is_refused() -> None:
    people, row, asked = reading()
    path = f"/homework/{row.id}/record/{asked.id}"
    client = signed_in(people.pupil)
    assert client.post(path, once()).status_code == 422
    assert client.post(path, {"file": "text", **once()}).status_code == 422
    assert client.post(path, {"file": makers.recording(b""), **once()}).status_code == 422
    assert answer_of(row, people.pupil, asked.id) is None
