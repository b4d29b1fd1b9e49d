"""Sound: levels, silence, determinism, and life without the speech program."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from yunke.demo.film import speech
from yunke.demo.film.cast import PUPILS, TEACHERS, voice_of
from yunke.demo.film.sound import ROOM, chalk_stroke, echoed, mixed, room_noise, save_wave
from yunke.demo.film.speech import (
    LEVEL,
    PEAK,
    ages,
    clip_sound,
    espeak_version,
    faster,
    levelled,
    recorded,
    speak,
    syllables,
    together,
)  # fmt: skip
from yunke.demo.film.tests.makers import small_lesson
from yunke.demo.film.timeline import planned
from yunke.demo.film.values import FPS, RATE

needs_voices = pytest.mark.skipif(not espeak_version(), reason="espeak-ng is not installed")


def tone(seconds: float, loud: float = 0.1) -> speech.Sound:
    at = np.arange(int(seconds * RATE)) / RATE
    return np.asarray(np.sin(2 * np.pi * 220 * at) * loud, np.float32)


def rms(sound: speech.Sound) -> float:
    return float(np.sqrt(np.square(sound, dtype=np.float64).mean()))


def test_levelled_cuts_silence_and_sets_the_level() -> None:
    quiet = np.zeros(RATE // 2, np.float32)
    out = levelled(np.concatenate((quiet, tone(1.0, 0.02), quiet)))
    assert len(out) / RATE == pytest.approx(1.0, abs=0.06)
    assert rms(out) == pytest.approx(LEVEL, rel=0.15)


def test_levelled_never_clips() -> None:
    spike = tone(1.0, 0.01)
    spike[1000] = 1.0
    assert np.abs(levelled(spike)).max() <= PEAK


def test_silence_stays_silence() -> None:
    assert not levelled(np.zeros(RATE, np.float32)).any()


def test_faster_is_shorter_and_higher() -> None:
    assert len(faster(tone(1.2), 1.2)) == pytest.approx(RATE, abs=2)


def test_together_starts_one_after_another() -> None:
    mixed_voices = together([tone(0.5), tone(0.5)])
    assert len(mixed_voices) > int(0.5 * RATE)


def test_echoes_are_over_soon() -> None:
    click = np.zeros(RATE // 4, np.float32)
    click[0] = 1
    assert not echoed(click)[int(0.05 * RATE) :].any()


def test_the_room_is_at_minus_fifty_decibels_and_repeats() -> None:
    noise = room_noise(4 * RATE)
    assert rms(noise) == pytest.approx(ROOM, rel=0.05)
    assert (room_noise(4 * RATE) == noise).all()


def test_chalk_is_softer_than_speech() -> None:
    assert rms(chalk_stroke(5)) < LEVEL / 10
    assert len(chalk_stroke(5)) == 5 * RATE // FPS


def test_a_mix_is_as_long_as_the_film() -> None:
    plan = planned(small_lesson())
    track = mixed(plan)
    assert len(track) == plan.frames * RATE // FPS
    assert np.abs(track).max() <= 0.98


@needs_voices
def test_speech_is_loud_where_a_turn_says_so() -> None:
    plan = planned(small_lesson())
    track = mixed(plan)
    for turn in plan.turns:
        assert rms(track[int(turn.start * RATE) : int(turn.end * RATE)]) > 5 * ROOM


def test_waiting_time_is_quiet() -> None:
    plan = planned(small_lesson())
    track = mixed(plan)
    asked, answered = plan.cues[1], plan.cues[2]
    pause = track[int((asked.end + 0.1) * RATE) : int((answered.start - 0.05) * RATE)]
    assert rms(pause) < 3 * ROOM


def test_without_the_program_there_is_no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    espeak_version.cache_clear()
    try:
        assert espeak_version() == ""
        assert speak("你好", "zh", TEACHERS["lin"]) is None
    finally:
        espeak_version.cache_clear()


@needs_voices
def test_teacher_and_pupil_do_not_sound_alike() -> None:
    teacher = speak("你好", "zh", TEACHERS["lin"])
    child = speak("你好", "zh", PUPILS["xiaoyu"])
    assert teacher is not None
    assert child is not None
    assert len(teacher) != len(child)


@needs_voices
def test_english_is_spoken_too() -> None:
    heard = speak("Good morning.", "en", TEACHERS["chen"])
    assert heard is not None
    assert 0.4 < len(heard) / RATE < 3


def test_chinese_becomes_pinyin_with_tones() -> None:
    assert syllables("明月").split() == ["ming2", "yue4"]
    assert syllables("好吗？").split()[-1].startswith("?") or "ma" in syllables("好吗？")
    assert "ai1 ke4 si5" in syllables("x等于七")


def test_every_recorded_clip_is_listed_and_playable() -> None:
    files = {path.stem for path in speech.VOICES.glob("*.flac")}
    assert files == set(recorded())
    assert len(clip_sound("000530027")) > RATE


def test_recorded_voices_fit_the_budget() -> None:
    assert sum(path.stat().st_size for path in speech.VOICES.glob("*.flac")) < 5_000_000


def test_ages_decide_the_role() -> None:
    assert voice_of("voice-0053", "lin", ages()).role == "pupil"
    assert voice_of("voice-0036", "lin", ages()).role == "teacher"
    assert voice_of("everyone", "lin", ages()).name_zh == "全班"


def test_wave_files_are_sixteen_bit(tmp_path: Path) -> None:
    save_wave(tone(0.1), tmp_path / "a.wav")
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getsampwidth(), file.getframerate(), file.getnchannels()) == (2, RATE, 1)
