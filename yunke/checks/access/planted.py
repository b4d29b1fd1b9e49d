"""A word of its own in every text column of every row, to see which columns reach whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from yunke.base.kept import forget_all
from yunke.checks.access.cells import address, is_placed, routes
from yunke.checks.access.table import ACTORS, lines
from yunke.checks.access.world import DISTANCES, World

# Words of a fixed list, names of files and of icons: a page reads them, people do not.
# fmt: off
FIXED = frozenset({
    "animal", "subject", "kind", "language", "codecs", "way", "verb", "object_kind", "purpose",
    "file", "role", "level", "state", "totp", "act", "path", "content_type", "location", "stage",
    "relation", "answer", "standing", "profile", "wording", "what", "page",
})
# fmt: on
# Tables whose rows are of sorts that different people may read, and the column that says which.
SORTS = {"people.person": "kind", "library.lesson": "state", "people.org": "level"}


@dataclass(frozen=True)
class Planted:
    """``word`` stands in ``column`` ("people.person.name") of the rows at ``distance``."""

    word: str
    column: str
    distance: str


def plant(world: World) -> list[Planted]:
    """Fill every text column of what the spots own. The rows of a spot are those made with it."""
    found = []
    for number, (distance, label, field, rows) in enumerate(_places(world)):
        word = f"zq{number:04d}v"
        for row in rows:
            value = f"{word}{row.pk}" if field.unique else word
            limit = getattr(field, "max_length", None) or 200
            old = getattr(row, field.name)
            told = listed(old, value) if isinstance(field, models.JSONField) else value
            if len(value) <= limit and told is not None:
                type(row)._base_manager.filter(pk=row.pk).update(**{field.name: told})
        found.append(Planted(word, f"{label}.{field.name}", distance))
    forget_all()
    return found


def listed(old: list[Any], value: str) -> list[Any] | None:
    """A list of texts becomes one of the word; what has texts in it keeps its shape; None for a
    list of anything else.
    """
    if old and all(isinstance(one, str) for one in old):
        return [value]
    if old and all(isinstance(one, dict) and "text" in one for one in old):
        return [{**one, "text": value} for one in old]
    return None


def _places(world: World) -> Iterator[tuple[str, str, Any, list[Any]]]:
    for distance in DISTANCES:
        for model in apps.get_models():
            for label, rows in _kinds(model, world.rows.get(distance, {}).get(model, [])):
                for field in model._meta.concrete_fields:
                    if _is_text(field):
                        yield distance, label, field, rows


def _kinds(model: Any, rows: list[Any]) -> list[tuple[str, list[Any]]]:
    """Pupils are not staff and a draft is not a lesson: each has words of its own."""
    label, column = model._meta.label_lower, SORTS.get(model._meta.label_lower)
    if column is None:
        return [(label, rows)] if rows else []
    sorts: dict[str, list[Any]] = {}
    for row in rows:
        row.refresh_from_db(fields=[column])
        sorts.setdefault(f"{label}[{getattr(row, column)}]", []).append(row)
    return sorted(sorts.items())


def _is_text(field: Any) -> bool:
    if field.name in FIXED or field.choices:
        return False
    if isinstance(field, models.JSONField):
        return field.default is list
    short = (getattr(field, "max_length", None) or 200) < 8
    return isinstance(field, models.CharField | models.TextField) and not short


def pages(world: World, actor: str) -> Iterator[str]:
    """Every page at every distance."""
    table = lines()
    for route in routes():
        if (route, "GET") in table and not route.startswith("/front/"):
            of = table[route, "GET"].object
            for distance in DISTANCES if is_placed(route) else DISTANCES[:1]:
                yield address(world, route, of, distance, actor)


def text_of(world: World, actor: str, path: str) -> str:
    """What an address says to the actor, headers and all."""
    # What is refused is told in a bare line.
    response: Any = world.client(actor).get(path, headers={"Accept": "application/json"})
    body = b"".join(response) if response.streaming else response.content
    return "\n".join(map(str, response.items())) + body.decode(errors="replace")


def seen(
    world: World, planted: list[Planted], actors: Sequence[str] = ACTORS
) -> dict[str, dict[str, str]]:
    """Column → actor → five letters: at which distances its words reached the actor."""
    marks: dict[str, dict[str, set[str]]] = {}
    for actor in actors:
        for path in pages(world, actor):
            text = text_of(world, actor, path)
            if "zq" not in text:
                continue
            for one in planted:
                if one.word in text:
                    marks.setdefault(one.column, {}).setdefault(actor, set()).add(one.distance)
    return {
        column: {a: _letters(by.get(a, set())) for a in ACTORS}
        for column, by in sorted(marks.items())
    }


def _letters(distances: set[str]) -> str:
    return "".join("Y" if d in distances else "N" for d in DISTANCES)
