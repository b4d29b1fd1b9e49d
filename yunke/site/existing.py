"""What of a capability is in this house right now: counted in the running code, not remembered."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.urls import URLResolver, get_resolver

from yunke.base.capability import Capability, Owned


@dataclass(frozen=True)
class Existing:
    """How many of each kind there are: of an absent capability all are 0."""

    apps: int = 0
    routes: int = 0
    tables: int = 0
    imports: int = 0
    files: int = 0

    @property
    def nothing(self) -> bool:
        return not any((self.apps, self.routes, self.tables, self.imports, self.files))


def existing(owned: Owned, tables: list[str]) -> Existing:
    """``tables``: all that the database has. No query."""
    return Existing(
        apps=sum(apps.is_installed(name) for name in owned.apps),
        routes=sum(module.startswith(owned.apps) for module in modules_of_routes()),
        tables=sum(name.startswith(owned.tables) for name in tables),
        imports=sum(name in sys.modules for name in (*owned.imports, *owned.apps)),
        files=sum((Path(settings.DATA) / name).exists() for name in owned.files),
    )


def existing_all(capabilities: tuple[Capability, ...]) -> dict[str, Existing]:
    """Of each capability that is made of something of its own. One look at the catalogue."""
    tables = connection.introspection.table_names()
    return {c.key: existing(c.owned, tables) for c in capabilities if c.owned != Owned()}


def modules_of_routes(patterns: list[Any] | None = None) -> Iterator[str]:
    """The module of the view behind every address."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from modules_of_routes(entry.url_patterns)
        else:
            yield str(entry.callback.__module__)
