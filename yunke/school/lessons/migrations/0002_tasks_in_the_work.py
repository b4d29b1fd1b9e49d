"""Tasks that are in the work, and those that pupils are asked."""

from typing import Any

from django.db import migrations, models


def removed_are_not_asked(apps: Any, schema_editor: Any) -> None:
    task = apps.get_model("lessons", "Task")
    task.objects.filter(removed_at__isnull=False).update(shown=False)


class Migration(migrations.Migration):
    dependencies = [("lessons", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="task", name="shown", field=models.BooleanField(default=True)
        ),
        migrations.AddField(model_name="task", name="work_at", field=models.FloatField(null=True)),
        migrations.RunPython(removed_are_not_asked, migrations.RunPython.noop),
    ]
