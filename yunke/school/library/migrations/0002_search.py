"""The search of the catalogue: an FTS5 table on SQLite."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from yunke.base.search import index_of


def create(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    index_of("lesson", editor.connection.alias).create()


def remove(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    index_of("lesson", editor.connection.alias).remove()


class Migration(migrations.Migration):
    dependencies = [("library", "0001_first")]
    operations = [migrations.RunPython(create, remove)]
