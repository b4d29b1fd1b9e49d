"""The command as ``./run demo`` calls it: JSON lines out, clear words in trouble."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from yunke.demo import names
from yunke.demo.__main__ import Bar, arguments
from yunke.demo.plan import rng
from yunke.demo.stages import (
    CONSENTS,
    EXAMS,
    HISTORY,
    HOMEWORK,
    LESSONS,
    LOOKS,
    PEOPLE,
    PRACTICE,
    QUESTIONS,
    REVIEWS,
    TOGETHER,
    WEEK,
)

ROWS = [
    PEOPLE, LESSONS, WEEK, QUESTIONS, HISTORY, REVIEWS, TOGETHER, HOMEWORK, EXAMS, PRACTICE,
    CONSENTS, LOOKS,
]  # fmt: skip


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ, "YUNKE_DATA": str(folder), "YUNKE_SECRET_KEY": "k" * 50,
        "DJANGO_SETTINGS_MODULE": "yunke.site.settings",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "yunke.demo", *words], env=env, capture_output=True, text=True,
        check=False, timeout=100,
    )  # fmt: skip


def test_words_of_the_command() -> None:
    assert arguments([]).scale == "school"
    assert arguments([]).films is None
    assert arguments(["--scale", "city", "--films"]).films == []
    assert arguments(["--films", "a", "b"]).films == ["a", "b"]


def test_an_unknown_scale_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        arguments(["--scale", "planet"])
    assert stopped.value.code == 2
    assert "planet" in capsys.readouterr().err


def test_progress_is_a_json_line(capsys: pytest.CaptureFixture[str]) -> None:
    Bar().tell("课程 · lessons", 0.51234, "12")
    told = json.loads(capsys.readouterr().out)
    assert told["stage"] == "课程 · lessons"
    assert told["share"] == 0.512
    assert told["note"] == "12"
    assert told["seconds"] >= 0


@pytest.mark.serving
@pytest.mark.timeout(240)
def test_the_command_from_an_empty_folder_and_once_more(tmp_path: Path) -> None:
    ready = [sys.executable, "-m", "yunke.site.ready"]
    env = {**os.environ, "YUNKE_DATA": str(tmp_path), "YUNKE_SECRET_KEY": "k" * 50}
    root = Path(__file__).resolve().parents[3]
    subprocess.run(ready, env=env, cwd=root, check=True, capture_output=True)
    first = run(tmp_path, "--films")
    assert first.returncode == 0, first.stderr
    lines = [json.loads(line) for line in first.stdout.splitlines()]
    stages = list(dict.fromkeys(line["stage"] for line in lines))
    assert stages == ROWS
    for stage in stages:
        shares = [line["share"] for line in lines if line["stage"] == stage]
        assert shares == sorted(shares)
        assert shares[-1] == 1
    again = run(tmp_path, "--films")
    assert again.returncode == 0
    assert len(again.stdout.splitlines()) == 1
    (tmp_path / "demo.state").unlink()
    foreign = run(tmp_path, "--films")
    assert foreign.returncode == 1
    assert "YUNKE_DATA" in foreign.stderr
    assert "Traceback" not in foreign.stderr


def test_chance_is_the_same_for_the_same_thing_only() -> None:
    assert rng("a", 1).random() == rng("a", 1).random()
    assert rng("a", 1).random() != rng("a", 2).random()


def test_names_have_two_or_three_characters_of_the_lists() -> None:
    dice = Random(1)
    for _ in range(500):
        name = names.child(dice, names.surname(dice))
        assert 2 <= len(name) <= 3
        assert name[0] in names.SURNAMES
        assert name[1:] in {*names.GIRLS, *names.BOYS}


def test_common_surnames_are_common() -> None:
    dice = Random(2)
    drawn = [names.surname(dice) for _ in range(4000)]
    assert drawn.count("王") > drawn.count("汤")
    assert len(set(drawn)) > 80


def test_the_lists_of_names_hold_no_name_twice() -> None:
    for words in (names.SURNAMES, names.GIRLS, names.BOYS, names.ADULTS):
        assert len(set(words)) == len(words)
        assert all(words)
