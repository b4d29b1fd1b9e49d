"""The legal profile at the foot of every page: noted in a file, so that no page asks for it.

``python -m yunke.site.ready`` brings the site to the profile of the setting and notes it here; so
does signing it on the public page.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yunke.base.capability import PROFILE_NAMES, ProfileName
from yunke.base.kept import Kept
from yunke.ground.consent.door import (
    ProfileRefused,
    chosen_profile,
    profile_check,
    profile_settle,
)

_noted: Kept["ProfileLine"] = Kept(seconds=30, limit=2)


@dataclass(frozen=True)
class ProfileLine:
    """``by`` and ``second``: the named persons who answer for it; empty: nobody signed yet."""

    key: str
    by: str = ""
    second: str = ""
    since: str = ""

    @property
    def named(self) -> ProfileName:
        return PROFILE_NAMES[self.key]


def profile_line() -> ProfileLine:
    """Without a query."""
    return _noted.get("line", _read)


def profile_note() -> None:
    """Write down what was chosen: whole or not at all. One query."""
    agreed = chosen_profile()
    if agreed is None:
        return
    told = {"by": agreed.by, "second": agreed.second, "since": agreed.at.date().isoformat()}
    file = _file()
    part = file.with_suffix(".part")
    part.write_text(json.dumps({"key": settings.PROFILE, **told}, ensure_ascii=False))
    part.replace(file)
    _noted.forget()


def settle() -> list[str]:
    """After the migrations: drop what the profile may not hold, note who chose it."""
    gone = profile_settle()
    profile_note()
    return gone


def check() -> None:
    """Before the migrations. Ends the program with its reason when two persons must agree first."""
    try:
        profile_check()
    except ProfileRefused as no:
        raise SystemExit(str(no)) from None


def _file() -> Path:
    return Path(settings.DATA) / "profile.json"


def _read() -> ProfileLine:
    try:
        told = json.loads(_file().read_text(encoding="utf-8"))
        if told["key"] == settings.PROFILE:
            return ProfileLine(
                **{name: str(told[name]) for name in ("key", "by", "second", "since")}
            )
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return ProfileLine(settings.PROFILE)
