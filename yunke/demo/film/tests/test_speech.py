"""Words to the speech program: pinyin, letters, who speaks."""

from __future__ import annotations

import pytest

from yunke.demo.film.cast import CHORUS, PUPILS, TEACHERS, Voice, voice_of
from yunke.demo.film.script import EVERYONE, TEACHER
from yunke.demo.film.scripts import LESSONS
from yunke.demo.film.speech import SPELT, ages, fingerprint, recorded, spelt, syllables
from yunke.demo.film.timeline import guess, pieces


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("床前明月光", "chuang2 qian2 ming2 yue4 guang1"),
        ("疑是地上霜", "yi2 shi4 di4 shang4 shuang1"),
        ("春眠不觉晓", "chun1 mian2 bu4 jue2 xiao3"),
        ("曲项向天歌", "qu1 xiang4 xiang4 tian1 ge1"),
        ("白毛浮绿水", "bai2 mao2 fu2 lv4 shui3"),
        ("老师", "lao3 shi1"),
    ],
)
def test_chinese_is_said_in_pinyin(text: str, said: str) -> None:
    assert syllables(text) == said


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("x等于七", "ai1 ke4 si5"),
        ("π乘r", "pai4"),
        ("a的平方", "ei1"),
        ("角B", "bi4"),
    ],
)
def test_letters_are_said_by_name(text: str, part: str) -> None:
    assert part in syllables(text)


def test_signs_become_pauses_the_program_knows() -> None:
    said = syllables("你好，老师！")
    assert "," in said
    assert "!" in said
    assert "，" not in said


def test_unknown_signs_are_kept() -> None:
    assert spelt("x?") == [SPELT["x"], "?"]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.film.slug)
def test_no_chinese_sentence_needs_digits(lesson: object) -> None:
    film = lesson.film  # type: ignore[attr-defined]
    spoken = [b.text for page in lesson.pages for b in page.beats if not b.clip]  # type: ignore[attr-defined]
    if film.language == "zh":
        assert not [text for text in spoken if any(sign.isdigit() for sign in text)]
    else:
        assert not [text for text in spoken if any("一" <= sign <= "鿿" for sign in text)]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.film.slug)
def test_every_sentence_is_translated(lesson: object) -> None:
    for page in lesson.pages:  # type: ignore[attr-defined]
        for beat in page.beats:
            assert bool(beat.text) == bool(beat.other)


@pytest.mark.parametrize("name", sorted(TEACHERS))
def test_teachers_are_teachers(name: str) -> None:
    voice = voice_of(TEACHER, name, {})
    assert voice.role == "teacher"
    assert voice.name == name
    assert voice.lift == 1.0


@pytest.mark.parametrize("name", sorted(PUPILS))
def test_pupils_have_a_childs_voice(name: str) -> None:
    voice = voice_of(name, "lin", {})
    assert voice.role == "pupil"
    assert voice.lift > 1.1


def test_the_class_is_made_of_pupils() -> None:
    assert set(CHORUS) <= set(PUPILS)
    assert voice_of(EVERYONE, "lin", {}).role == "pupil"


def test_no_two_voices_are_the_same() -> None:
    def sound_of(voice: Voice) -> tuple[str, int, int, float]:
        return voice.timbre, voice.pitch, voice.speed, voice.lift

    voices = [*TEACHERS.values(), *PUPILS.values()]
    assert len({sound_of(voice) for voice in voices}) == len(voices)


def test_an_unknown_voice_is_an_error() -> None:
    with pytest.raises(KeyError):
        voice_of("nobody", "lin", {})


def test_the_corpus_says_how_old_its_speakers_are() -> None:
    known = ages()
    assert 6 in known.values()
    assert max(known.values()) < 30
    assert all(len(speaker) == 4 for speaker in known)


def test_every_clip_used_is_listed_and_spoken_by_its_speaker() -> None:
    beats = [b for lesson in LESSONS for page in lesson.pages for b in page.beats if b.clip]
    assert beats
    for beat in beats:
        assert beat.who == f"voice-{recorded()[beat.clip]['speaker']}"


def test_captions_of_clips_are_what_is_said() -> None:
    def plain(text: str) -> str:
        return "".join(sign for sign in text.lower() if sign.isalpha())

    for lesson in LESSONS:
        for page in lesson.pages:
            for beat in page.beats:
                if beat.clip:
                    assert plain(beat.text) == plain(recorded()[beat.clip]["text"])


def test_every_listed_clip_is_used() -> None:
    used = {b.clip for lesson in LESSONS for page in lesson.pages for b in page.beats if b.clip}
    assert set(recorded()) == used


def test_guesses_grow_with_the_text() -> None:
    assert guess("一二三四五六", "zh") > guess("一二三", "zh")
    assert guess("one two three", "en") < guess("一二三四五六七八九十一二三", "zh")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("好。", ["好。"]),
        ("好。再见！", ["好。", "再见！"]),
        ("没有句号", ["没有句号"]),
        ("他说：“好。”然后走了。", ["他说：“好。”然后走了。"]),
        ("Dear me! Is it 3.5? Yes.", ["Dear me!", "Is it 3.5?", "Yes."]),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert pieces(text) == parts


def test_the_voices_have_a_fingerprint() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16
