"""Settings fail loudly, with the setting's name and the cause."""

from pathlib import Path

import pytest

from yunke.site.env import (
    BadSetting,
    env_bool,
    env_choice,
    env_int,
    env_path,
    env_secret,
    env_text,
)


def test_a_default_stands_when_nothing_is_set() -> None:
    assert env_int("YUNKE_T1", 5, "A number.") == 5
    assert env_text("YUNKE_T2", "abc", "A text.") == "abc"
    assert env_bool("YUNKE_T3", True, "A switch.") is True


@pytest.mark.parametrize("text", ["", "abc", "-1", "1.5", "70000"])
def test_a_number_that_is_none_or_out_of_range_is_refused(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUNKE_T1", text)
    with pytest.raises(BadSetting, match="YUNKE_T1"):
        env_int("YUNKE_T1", 5, "A number.", high=65535)


@pytest.mark.parametrize("text", ["true", "1", "on", ""])
def test_a_switch_is_yes_or_no(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUNKE_T3", text)
    with pytest.raises(BadSetting, match="yes or no"):
        env_bool("YUNKE_T3", False, "A switch.")


def test_a_choice_outside_the_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUNKE_T4", "mars")
    with pytest.raises(BadSetting, match="cn, eu"):
        env_choice("YUNKE_T4", "cn", ("cn", "eu"), "A profile.")


def test_a_path_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUNKE_T5", str(tmp_path / "a" / ".." / "b"))
    assert env_path("YUNKE_T5", tmp_path, "A folder.") == tmp_path / "b"


def test_a_secret_comes_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40 + "\n")
    assert env_secret("YUNKE_T6", tmp_path / "key", "A key.") == "k" * 40


def test_a_missing_or_short_secret_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadSetting, match="run setup"):
        env_secret("YUNKE_T6", tmp_path / "key", "A key.")
    monkeypatch.setenv("YUNKE_T6", "short")
    with pytest.raises(BadSetting):
        env_secret("YUNKE_T6", tmp_path / "key", "A key.")
