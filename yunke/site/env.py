"""Settings from the environment: one loud, typed reader per kind, each knob with its sentence.

``KNOBS`` fills as ``settings.py`` is read; ``docs/reference/settings.md`` is written from it.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class BadSetting(Exception):
    """A setting that cannot be used; its text names the setting and the cause."""


@dataclass(frozen=True)
class Knob:
    name: str
    default: str
    sentence: str


KNOBS: list[Knob] = []


def _read(name: str, default: str, sentence: str) -> str:
    KNOBS.append(Knob(name, default, sentence))
    return os.environ.get(name, default)


def env_text(name: str, default: str, sentence: str) -> str:
    return _read(name, default, sentence).strip()


def env_choice(name: str, default: str, choices: tuple[str, ...], sentence: str) -> str:
    value = env_text(name, default, sentence)
    if value not in choices:
        raise BadSetting(f"{name} is {value!r}; it must be one of {', '.join(choices)}")
    return value


def env_int(name: str, default: int, sentence: str, *, low: int = 0, high: int = 2**31) -> int:
    text = _read(name, str(default), sentence)
    if not text.strip().isdecimal() or not low <= int(text) <= high:
        raise BadSetting(f"{name} is {text!r}; it must be a whole number from {low} to {high}")
    return int(text)


def env_bool(name: str, default: bool, sentence: str) -> bool:
    text = _read(name, "yes" if default else "no", sentence).strip().lower()
    if text not in {"yes", "no"}:
        raise BadSetting(f"{name} is {text!r}; it must be yes or no")
    return text == "yes"


def env_path(name: str, default: Path, sentence: str) -> Path:
    """A folder or file; the documented default is shown relative to the project."""
    KNOBS.append(Knob(name, default.name, sentence))
    return Path(os.environ.get(name) or default).expanduser().resolve()


def env_url(name: str, schemes: tuple[str, ...], sentence: str) -> str:
    """An address with its scheme, host and path, or "". The text of a refusal shows no password."""
    text = env_text(name, "", sentence)
    return url_of(name, text, schemes) if text else ""


def url_of(name: str, text: str, schemes: tuple[str, ...]) -> str:
    """The address, if it is whole. Raises BadSetting under ``name``, without its password."""
    try:
        parts = urlsplit(text)
        whole = bool(parts.hostname and parts.path.strip("/")) and (parts.port or 1) > 0
    except ValueError:  # a port that is none
        parts, whole = urlsplit(""), False
    if parts.scheme not in schemes or not whole:
        raise BadSetting(f"{name} must look like {schemes[0]}://host/name and does not")
    return text


def env_secret(name: str, file: Path, sentence: str) -> str:
    """The secret itself from the environment, or from a file that setup wrote (mode 600).

    Raises BadSetting when neither is there or when it is too short to be one.
    """
    KNOBS.append(Knob(name, "(a file that setup makes)", sentence))
    value = os.environ.get(name, "")
    if not value and file.is_file():
        value = file.read_text().strip()
    if len(value) < 40:
        raise BadSetting(f"{name} is missing or shorter than 40 characters; ./run setup makes one")
    return value
