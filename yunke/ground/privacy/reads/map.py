"""The map of personal data: every table's ``held`` line, and the rows that are about a person."""

import operator
from collections.abc import Iterator
from functools import reduce
from typing import Any

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet

from yunke.base.held import Held

PERSON = "people.Person"


def tables() -> Iterator[tuple[type[Model], Held]]:
    """Every table with its line, in the order of the house."""
    for model in apps.get_models():
        held = model.__dict__.get("held")
        if isinstance(held, Held):
            yield model, held


def personal() -> Iterator[tuple[type[Model], Held]]:
    """Tables with rows about people; the person's own row last."""
    found = [(model, held) for model, held in tables() if held.person]
    yield from (one for one in found if one[0]._meta.label != PERSON)
    yield from (one for one in found if one[0]._meta.label == PERSON)


def rows_of(model: type[Model], held: Held, person_id: int) -> "QuerySet[Any]":
    """The rows of a table that name the person."""
    named = reduce(operator.or_, (Q(**{path: person_id}) for path in held.person))
    rows = model._base_manager.filter(named)
    return rows.distinct() if any("__" in path for path in held.person) else rows


def columns(model: type[Model]) -> list["Field[Any, Any]"]:
    return list(model._meta.concrete_fields)


def exported(model: type[Model], held: Held) -> list["Field[Any, Any]"]:
    """The columns that a copy shows: all but the secret ones."""
    return [field for field in columns(model) if field.attname not in held.secret]


def names_somebody(model: type[Model], held: Held) -> set[str]:
    """Columns that hold a person's number."""
    named = {path for path in (*held.person, *held.others) if "__" not in path}
    pointing = {
        field.attname
        for field in columns(model)
        if field.related_model is not None and field.related_model._meta.label == PERSON
    }
    by = {field.attname for field in columns(model) if field.attname.endswith("_by")}
    return (named | pointing | by) - {model._meta.pk.attname if model._meta.pk else ""}
