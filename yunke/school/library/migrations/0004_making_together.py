"""Colleagues of a lesson, and which files are in the work and which are shown."""

import django.db.models.deletion
from django.db import migrations, models

import yunke.base.clock


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_first"),
        ("library", "0003_reach_and_county_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="asset", name="work", field=models.BooleanField(default=True)
        ),
        migrations.AddField(
            model_name="asset", name="shown", field=models.BooleanField(default=True)
        ),
        migrations.AddField(
            model_name="lesson",
            name="makers",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.CreateModel(
            name="Colleague",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "made_at",
                    models.DateTimeField(default=yunke.base.clock.now, editable=False),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("editor", "editor"), ("commenter", "commenter")], max_length=10
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="colleagues",
                        to="library.lesson",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="colleague_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("lesson", "person"), name="colleague_once")
                ],
            },
        ),
    ]
