"""The tables of an empty database, made four times faster than Django makes them alone.

For each new table and index Django renders every related model again, and nearly all of ours are
related to a person: 148 tables cost 11,300 renderings, 13 of 17 seconds on a small machine. A new
table changes no other model and an index no other table, so here only its own model is rendered.
The tables are the same (``checks/tests/test_fresh.py`` holds both ways against each other).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState


def is_fresh() -> bool:
    """No migration has ever run here. 1 query."""
    return not MigrationRecorder(connection).applied_migrations()


@contextmanager
def each_alone() -> Iterator[None]:
    """Migrations that run inside render each model alone. For an empty database only: a later
    change of a column needs the models that point at it."""
    kind: Any = ProjectState
    kept = kind.add_model, kind._append_option
    kind.add_model, kind._append_option = _add_model, _append_option
    try:
        yield
    finally:
        kind.add_model, kind._append_option = kept


def _add_model(state: Any, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:  # hasattr would render them all
        state.apps.render_multiple([model])


def _append_option(state: Any, app: str, name: str, option: str, what: Any) -> None:
    model = state.models[app, name]
    model.options[option] = [*model.options[option], what]
    if "apps" in state.__dict__:
        # Models that point at this one keep its old class until a step asks for rows: it then
        # renders all anew, as for every change that Django itself puts off.
        state.is_delayed = True
        state.apps.unregister_model(app, name)
        state.apps.render_multiple([model])
