"""Every page has an owner: a right or a reason to be open; every write passes once."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from yunke.ground.people.door import RIGHTS


def views(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every (address, view) of the URL configuration."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry.url_patterns, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield "/" + prefix + str(entry.pattern), entry.callback


def faults() -> list[str]:
    found = []
    for address, view in views():
        right = getattr(view, "right", None)
        if right is None and not getattr(view, "open", ""):
            found.append(f"{address}: names neither a right nor a reason to be open")
        if right is not None and right not in RIGHTS:
            found.append(f"{address}: {right} is not in the table of rights")
    return found
