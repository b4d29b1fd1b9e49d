"""On PostgreSQL a transaction shows that it is writing events: see ``actions/horizon.py``."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from yunke.ground.lake.actions.horizon import NO_TRIGGER, TRIGGER


def create(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(TRIGGER)


def remove(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(NO_TRIGGER)


class Migration(migrations.Migration):
    dependencies = [("lake", "0001_first")]
    operations = [migrations.RunPython(create, remove)]
