"""The database itself refuses to change or delete a line of the audit, on both vendors.

An erasure may empty reason, detail and salt; retention may cut what lies before an anchor.
"""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

FACTS = (
    "seq", "at", "actor_id", "act", "role", "subject_id", "object_kind", "object_id", "school_id",
    "sealed", "before", "hash",
)  # fmt: skip
FIXED = ("audit_checkpoint", "audit_anchor")
NO = "the audit only grows"
ANCHORED = "OLD.seq <= COALESCE((SELECT MAX(seq) FROM audit_anchor), 0)"


def sqlite() -> Iterator[str]:
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in FACTS)
    emptied = (
        "NEW.reason NOT IN ('', OLD.reason) OR NEW.salt NOT IN ('', OLD.salt) "
        "OR NEW.detail NOT IN ('{}', OLD.detail)"
    )
    stop = f"BEGIN SELECT RAISE(ABORT, '{NO}'); END"
    yield f"CREATE TRIGGER audit_entry_change BEFORE UPDATE ON audit_entry WHEN {changed} OR {emptied} {stop}"
    yield f"CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry WHEN NOT ({ANCHORED}) {stop}"
    yield f"CREATE TRIGGER audit_head_change BEFORE UPDATE ON audit_head WHEN NEW.seq < OLD.seq {stop}"
    yield f"CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_head {stop}"
    for table in FIXED:
        yield f"CREATE TRIGGER {table}_change BEFORE UPDATE ON {table} {stop}"
        yield f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {stop}"


def postgresql() -> Iterator[str]:
    changed = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in FACTS)
    emptied = (
        "NEW.reason NOT IN ('', OLD.reason) OR NEW.salt NOT IN ('', OLD.salt) "
        "OR NEW.detail::text NOT IN ('{}', OLD.detail::text)"
    )
    yield (
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{NO}'; END $$"
    )
    # A condition of a trigger may not ask another table; the function does.
    yield (
        "CREATE FUNCTION audit_refuse_cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {ANCHORED} THEN RETURN OLD; END IF; RAISE EXCEPTION '{NO}'; END $$"
    )
    each = "FOR EACH ROW"
    yield (
        f"CREATE TRIGGER audit_entry_change BEFORE UPDATE ON audit_entry {each} "
        f"WHEN ({changed} OR {emptied}) EXECUTE FUNCTION audit_refuse()"
    )
    yield f"CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry {each} EXECUTE FUNCTION audit_refuse_cut()"
    yield (
        f"CREATE TRIGGER audit_head_change BEFORE UPDATE ON audit_head {each} "
        "WHEN (NEW.seq < OLD.seq) EXECUTE FUNCTION audit_refuse()"
    )
    yield f"CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_head {each} EXECUTE FUNCTION audit_refuse()"
    for table in FIXED:
        for name, what in (("change", "UPDATE"), ("delete", "DELETE")):
            yield f"CREATE TRIGGER {table}_{name} BEFORE {what} ON {table} {each} EXECUTE FUNCTION audit_refuse()"


def guard(apps: Any, schema_editor: Any) -> None:
    statements = postgresql() if schema_editor.connection.vendor == "postgresql" else sqlite()
    for statement in statements:
        schema_editor.execute(statement)


def unguard(apps: Any, schema_editor: Any) -> None:
    postgres = schema_editor.connection.vendor == "postgresql"
    for table in ("audit_entry", "audit_head", *FIXED):
        for name in ("change", "delete"):
            on = f" ON {table}" if postgres else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{on}")
    if postgres:
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_refuse()")
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_refuse_cut()")


def first_head(apps: Any, schema_editor: Any) -> None:
    apps.get_model("audit", "Head").objects.get_or_create(id=1)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_proof")]

    operations = [
        migrations.RunPython(first_head, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
