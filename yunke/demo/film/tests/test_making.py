"""Making films: stages, stamps, what is kept, what is swept away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from yunke.demo.film import __main__ as command
from yunke.demo.film import making, speech
from yunke.demo.film.encode import encode
from yunke.demo.film.look import GREEN, PAPER, Look
from yunke.demo.film.making import (
    NAMES,
    PLANNED,
    SHOWN,
    finished,
    make_lesson,
    put_in_place,
    silent,
    size_of,
    stamp_of,
    told,
)
from yunke.demo.film.tests.makers import FILM, small_lesson
from yunke.demo.film.timeline import Leaf, Plan

TINY = 0.1
Said = tuple[str, str, float, float]


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[Said]:
    """Everything a listener hears while the small film is made."""
    heard: list[Said] = []
    out = tmp_path_factory.mktemp("said")
    make_lesson(small_lesson(), out, lambda *words: heard.append(words), TINY)
    return heard


def test_stages_come_in_order(said: list[Said]) -> None:
    assert [stage for _, stage, _, _ in said] == ["voices", "board", "video", "done"]


def test_shares_only_grow_and_end_at_one(said: list[Said]) -> None:
    shares = [share for _, _, share, _ in said]
    assert shares == sorted(shares)
    assert shares[0] == PLANNED
    assert PLANNED < shares[1] < SHOWN == shares[2]
    assert shares[-1] == 1.0


def test_seconds_only_grow(said: list[Said]) -> None:
    seconds = [spent for _, _, _, spent in said]
    assert seconds == sorted(seconds)


def test_every_stage_names_its_film(said: list[Said]) -> None:
    assert {slug for slug, _, _, _ in said} == {FILM.slug}


def whole_film(folder: Path, mark: str = "mark") -> Path:
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_bytes(b"12345")
    (folder / "truth.json").write_text(json.dumps({"stamp": mark, "seconds": 12.5}))
    return folder


def test_a_whole_film_of_this_version_is_finished(tmp_path: Path) -> None:
    assert finished(whole_film(tmp_path / "film"), "mark") == 12.5


def test_another_version_is_not_finished(tmp_path: Path) -> None:
    assert finished(whole_film(tmp_path / "film"), "other") is None


@pytest.mark.parametrize("name", NAMES)
def test_a_film_without_one_of_its_files_is_not_finished(tmp_path: Path, name: str) -> None:
    folder = whole_film(tmp_path / "film")
    (folder / name).unlink()
    assert finished(folder, "mark") is None


@pytest.mark.parametrize("text", ["", "{", "[1"])
def test_a_damaged_record_is_not_finished(tmp_path: Path, text: str) -> None:
    folder = whole_film(tmp_path / "film")
    (folder / "truth.json").write_text(text)
    assert finished(folder, "mark") is None


def test_no_film_is_not_finished(tmp_path: Path) -> None:
    assert finished(tmp_path / "nothing", "mark") is None


def test_the_size_is_that_of_all_files(tmp_path: Path) -> None:
    folder = whole_film(tmp_path / "film")
    assert size_of(folder) == 5 * len(NAMES) + len((folder / "truth.json").read_bytes())


def test_a_new_film_takes_the_old_ones_place(tmp_path: Path) -> None:
    old = whole_film(tmp_path / "film", "old")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    put_in_place(whole_film(scratch / "film", "new"), old)
    assert finished(old, "new") == 12.5
    assert (scratch / "old").is_dir()


def test_the_first_film_needs_no_swap(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    put_in_place(whole_film(scratch / "film"), tmp_path / "film")
    assert (tmp_path / "film" / "video.mp4").exists()


def test_the_stamp_follows_the_voices(monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamp_of("g1-sun-moon")
    monkeypatch.setattr(speech, "fingerprint", lambda: "another machine")
    assert stamp_of("g1-sun-moon") != before


def test_the_stamp_follows_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    before = stamp_of("g1-sun-moon")
    monkeypatch.setattr(making, "code_hash", lambda: b"other code")
    assert stamp_of("g1-sun-moon") != before


def test_frames_pass_through_and_pages_are_told() -> None:
    heard: list[Said] = []
    leaves = [Leaf(0, 4, "", "", ()), Leaf(4, 10, "", "", ())]
    plan = Plan(frames=10, leaves=leaves)
    passed = list(told(iter(range(10)), plan, "slug", lambda *w: heard.append(w), 0.0))  # type: ignore[arg-type]
    assert passed == list(range(10))
    assert [(stage, round(share, 2)) for _, stage, share, _ in heard] == [("board", 0.47)]


@pytest.mark.parametrize("look", [PAPER, GREEN], ids=lambda look: look.name)
def test_chalk_is_coded_more_coarsely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Look
) -> None:
    rates: list[int] = []
    real = encode

    def watched(*words: object) -> None:
        rates.append(int(str(words[-1])))
        real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "encode", watched)
    make_lesson(small_lesson(look), tmp_path, silent, TINY)
    assert rates == [29 if look.chalk else 27]


def test_the_command_knows_its_words() -> None:
    asked = command.arguments(["films", "--only", "a", "b", "--jobs", "3"])
    assert (asked.out, asked.only, asked.jobs) == (Path("films"), ["a", "b"], 3)
    assert command.arguments(["films"]).jobs == 2


def test_without_a_choice_all_films_are_chosen() -> None:
    assert tuple(command.chosen([])) == making.films()


def test_a_choice_keeps_its_order() -> None:
    slugs = ["g9-parabola", "g1-sun-moon"]
    assert [film.slug for film in command.chosen(slugs)] == slugs


def test_a_line_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    command.tell("slug", "video", 0.95, 3.14159)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out) == {"film": "slug", "stage": "video", "share": 0.95, "seconds": 3.14}


def test_make_finds_the_script_of_a_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = making.films()[0]
    asked: list[str] = []
    monkeypatch.setattr(making, "make_lesson", lambda lesson, *_: asked.append(lesson.film.slug))
    making.make(film, tmp_path)
    assert asked == [film.slug]
