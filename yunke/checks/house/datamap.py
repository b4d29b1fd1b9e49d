"""The data map: every table says what it holds about people, and what it says is so."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from yunke.base.held import DAYS, Erase, Held

PERSON = "people.Person"


def faults(models: list[type[Model]] | None = None) -> list[str]:
    found: list[str] = []
    for model in apps.get_models() if models is None else models:
        held = model.__dict__.get("held")
        if not isinstance(held, Held):
            found.append(f"{model._meta.label}: no line in the data map (held = Held(...))")
            continue
        found += [f"{model._meta.label}: {fault}" for fault in _of(model, held)]
    return found


def _of(model: type[Model], held: Held) -> Iterator[str]:
    own = {f.attname for f in model._meta.concrete_fields}
    ways = [path for path in (*held.person, *held.others) if not leads(model, path)]
    yield from (f"{path} is no column that Django can filter by" for path in ways)
    names = {*held.blank, *held.secret, *(column for column, _person in held.of)}
    yield from (f"{name} is no column" for name in sorted(names - own))
    if held.keep in DAYS and held.since not in own:
        yield f"kept for a {held.keep.value} since {held.since}, which is no column"
    if held.erase == Erase.KEEP and not held.why:
        yield "kept through an erasure without saying why"
    if held.erase == Erase.BLANK and not held.blank:
        yield "blanked by an erasure, and no column named"
    named = {path.split("__")[0] for path in (*held.person, *held.others)}
    for name in sorted(people_columns(model) - named):
        yield f"{name} names a person; say it in person= or others="


def people_columns(model: type[Model]) -> set[str]:
    """Columns that point at a person."""
    return {
        field.attname
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model and field.related_model._meta.label == PERSON
    }


def leads(model: type[Model], path: str) -> bool:
    """Is "sheet__pupil_id" a way from the table to a column?"""
    here: type[Model] | None = model
    for step in path.split("__"):
        if here is None:
            return False
        ways = {f.name: f for f in here._meta.get_fields()}
        ways |= {f.attname: f for f in here._meta.concrete_fields}
        if step not in ways:
            return False
        related = getattr(ways[step], "related_model", None)
        here = related if isinstance(related, type) else None
    return True
