"""Migrations: none missing, each named for what it does, in one line."""

import io
import re

from django.core.management import call_command

from yunke.checks.house.tree import shown, tracked

NUMBER = re.compile(r"(\d{4})_(.+)\.py")


def faults() -> list[str]:
    found = []
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())
    except SystemExit:
        found.append("a model changed without its migration")
    seen: dict[str, str] = {}
    for path in tracked(".py", "yunke"):
        match = NUMBER.fullmatch(path.name)
        if "migrations" not in path.parts or not match:
            continue
        if "auto_" in match[2]:
            found.append(f"{shown(path)}: name it for what it does")
        twin = seen.setdefault(f"{path.parent}/{match[1]}", path.name)
        if twin != path.name:
            found.append(f"{shown(path)}: two migrations with the number {match[1]}")
    return found
