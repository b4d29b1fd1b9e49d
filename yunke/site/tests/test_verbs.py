"""./run explains itself, refuses what it does not know, and draws progress that only grows."""

import importlib.machinery
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from yunke.site.ready import ROOT


@pytest.fixture(scope="module")
def run() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("run_verbs", str(ROOT / "run"))
    spec = importlib.util.spec_from_loader("run_verbs", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["run_verbs"] = module
    loader.exec_module(module)
    return module


def test_run_alone_explains_every_verb(run: ModuleType) -> None:
    done = subprocess.run([str(ROOT / "run")], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    for verb in run.VERBS:
        assert f"./run {verb}" in done.stdout


def test_an_unknown_verb_is_refused_with_the_explanation() -> None:
    done = subprocess.run([str(ROOT / "run"), "fly"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "./run demo" in done.stdout


def test_the_readme_names_only_verbs_that_exist(run: ModuleType) -> None:
    text = (ROOT / "README.md").read_text()
    named = {line.split("./run ")[1].split()[0].strip("`.,;)") for line in text.splitlines()
             if "./run " in line}  # fmt: skip
    assert named <= set(run.VERBS)


def test_progress_never_goes_back(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    bar = run.Bar("packages")
    for share in (0.2, 0.6, 0.4, 2.0):
        bar.show(share)
    assert bar.share == 1.0
    bar.done("fine")
    assert "100%" in capsys.readouterr().err


def test_a_program_that_fails_says_its_last_words(run: ModuleType) -> None:
    command = [sys.executable, "-c", "print('no space left'); raise SystemExit(3)"]
    with pytest.raises(run.Failed, match="no space left"):
        list(run.lines_of(command))


def test_a_step_is_not_repeated_while_its_inputs_stay(run: ModuleType, tmp_path: Path) -> None:
    lock, stamp, done = tmp_path / "lock", tmp_path / "stamp", []
    lock.write_text("one")
    for _ in range(2):
        run.stamped(lambda bar: done.append(1), "step", stamp, [lock])
    assert done == [1]
    lock.write_text("two")
    run.stamped(lambda bar: done.append(2), "step", stamp, [lock])
    assert done == [1, 2]


def test_a_failed_step_is_tried_again(run: ModuleType, tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock", tmp_path / "stamp"
    lock.write_text("one")

    def broken(bar: object) -> None:
        raise run.Failed("no network")

    with pytest.raises(run.Failed):
        run.stamped(broken, "step", stamp, [lock])
    assert not stamp.exists()


def test_progress_of_our_programs_is_drawn_and_other_lines_are_not(
    run: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    says = 'print(\'{"stage": "films", "share": 0.5}\'); print("noise"); ' \
           'print(\'{"stage": "films", "share": 1, "note": "19"}\')'  # fmt: skip
    run.follow([sys.executable, "-c", says])
    drawn = capsys.readouterr().err
    assert "films 19" in drawn
    assert "noise" not in drawn


def test_a_profile_has_a_data_folder_of_its_own(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "ROOT", tmp_path)
    (tmp_path / "var").mkdir()
    for name in ("YUNKE_DATA", "YUNKE_PROFILE"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    assert run.profile_of(["--profile", "eu", "--scale", "school"]) == ["--scale", "school"]
    assert run.os.environ["YUNKE_PROFILE"] == "eu"
    assert run.os.environ["YUNKE_DATA"] == str(tmp_path / "var" / "profiles" / "eu")
    assert (tmp_path / "var" / "profiles" / "eu" / "films").is_symlink()


def test_an_unknown_profile_is_refused_and_none_changes_nothing(run: ModuleType) -> None:
    assert run.profile_of(["--scale", "city"]) == ["--scale", "city"]
    for words in (["--profile"], ["--profile", "moon"]):
        with pytest.raises(run.Failed, match="cn, eu, us, strict"):
            run.profile_of(words)
