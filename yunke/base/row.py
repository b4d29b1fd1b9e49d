"""The one table shape: a numbered row that knows when it was made."""

from django.db import models

from yunke.base.clock import now


class Row(models.Model):
    id = models.BigAutoField(primary_key=True)
    made_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True
