"""Time: talk and drawing, waiting, captions, turns."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from yunke.demo.film import timeline
from yunke.demo.film.papers import stamp, vtt
from yunke.demo.film.script import Lesson, Page, ask, play, pupil, say, show
from yunke.demo.film.speech import espeak_version
from yunke.demo.film.tests.makers import FILM, small_lesson
from yunke.demo.film.timeline import pieces, planned
from yunke.demo.film.values import FPS, RATE, Cue

needs_voices = pytest.mark.skipif(not espeak_version(), reason="espeak-ng is not installed")


def of_beats(*beats: object) -> Lesson:
    return Lesson(FILM, (Page("页", "Page", beats),))  # type: ignore[arg-type]


def test_marks_of_a_page_come_one_after_another() -> None:
    plan = planned(small_lesson())
    for one, after in pairwise(plan.drawn):
        assert after.at >= one.at + one.mark.frames


def test_every_mark_lies_on_its_page() -> None:
    plan = planned(small_lesson())
    for drawn in plan.drawn:
        leaf = plan.leaves[drawn.page]
        assert leaf.start <= drawn.at <= drawn.done < leaf.end


def test_pages_follow_each_other_without_a_gap() -> None:
    leaves = planned(small_lesson()).leaves
    assert leaves[0].start == 0
    assert [leaf.end for leaf in leaves[:-1]] == [leaf.start for leaf in leaves[1:]]


def test_captions_do_not_overlap_and_are_never_empty() -> None:
    plan = planned(small_lesson())
    for cue, after in pairwise(plan.cues):
        assert cue.end <= after.start
    assert all(cue.text and cue.other and cue.start < cue.end for cue in plan.cues)


def test_a_question_is_followed_by_its_waiting_time() -> None:
    plan = planned(of_beats(ask("几？", "How many?", wait=4.0), pupil("dami", "五。", "Five.")))
    asked, answered = plan.cues
    assert answered.start - asked.end >= 4.0


@needs_voices
def test_a_turn_is_as_long_as_its_sound() -> None:
    plan = planned(of_beats(say("同学们好。", "Hello.")))
    (spoken,), (turn,) = plan.spoken, plan.turns
    assert spoken.sound is not None
    assert turn.end - turn.start == pytest.approx(len(spoken.sound) / RATE)
    assert (turn.role, turn.kind, turn.speaker) == ("teacher", "synthetic", "lin")


@needs_voices
def test_only_the_sentence_that_asks_is_a_question() -> None:
    plan = planned(of_beats(ask("看一看。这是什么？", "Look. What is this?")))
    assert [turn.question for turn in plan.turns] == [False, True]


def test_a_recorded_voice_needs_no_speech_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "speak", lambda *_: None)
    plan = planned(
        of_beats(say("好。", "Good."), play("000530027", "Three three nine.", "三三九。"))
    )
    (turn,) = plan.turns
    assert (turn.kind, turn.role, turn.speaker) == ("recorded", "pupil", "voice-0053")
    assert turn.source == "speechocean762/000530027.WAV"
    assert plan.silent == 1


def test_grown_ups_of_the_corpus_are_teachers() -> None:
    plan = planned(of_beats(play("000360332", "The first question.", "第一个问题。")))
    assert plan.turns[0].role == "teacher"


def test_a_silent_beat_only_draws() -> None:
    plan = planned(of_beats(show(wait=1.0)))
    assert plan.cues == []
    assert plan.frames >= FPS


def test_sentences_are_split_in_both_languages() -> None:
    assert pieces("你好！这是三点一四。") == ["你好！", "这是三点一四。"]
    assert pieces("It is 3.14 metres. Good! Right?") == ["It is 3.14 metres.", "Good!", "Right?"]


def test_a_beat_whose_sentences_do_not_match_stays_whole() -> None:
    plan = planned(of_beats(say("一。二。", "One and two.")))
    assert len(plan.cues) == 1


def test_the_same_script_gives_the_same_plan() -> None:
    one, two = planned(small_lesson()), planned(small_lesson())
    assert (one.frames, one.cues, one.turns) == (two.frames, two.cues, two.turns)
    for a, b in zip(one.spoken, two.spoken, strict=True):
        assert a.sound is None or (b.sound is not None and np.array_equal(a.sound, b.sound))


def test_webvtt_times() -> None:
    assert stamp(0) == "00:00:00.000"
    assert stamp(3725.4567) == "01:02:05.457"


def test_captions_hold_a_moment_but_not_into_the_next() -> None:
    cues = [Cue(0, 1, "甲", "A"), Cue(1.2, 2, "乙", "B")]
    text = vtt(cues, False)
    assert "00:00:00.000 --> 00:00:01.200\n甲" in text
    assert "00:00:01.200 --> 00:00:02.400\n乙" in text
    assert vtt(cues, True).endswith("B\n")
