"""The peer of the home page: a bare Django view with one query, without middleware, on granian."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import path
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

settings.configure(
    DEBUG=False,
    SECRET_KEY="a-measurement-needs-none" * 3,
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    INSTALLED_APPS=[],
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(os.environ["YUNKE_DATA"]) / "yunke.sqlite3",
            "CONN_MAX_AGE": None,
        }
    },
)
django.setup()


class Person(models.Model):
    name = models.CharField(max_length=60)
    objects: models.Manager["Person"]

    class Meta:
        app_label = "peer"
        managed = False
        db_table = "people_person"


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Person.objects.get(id=1).name)


urlpatterns = [path("today", view), path("health", view)]
application = WSGIHandler()

if __name__ == "__main__":
    # Granian imports the application by its name: it shall find this module, not a second one.
    sys.modules["yunke.checks.bench.peer_django"] = sys.modules[__name__]
    Granian(
        "yunke.checks.bench.peer_django:application", uds=Path(sys.argv[1]), blocking_threads=4,
        interface=Interfaces.WSGI, workers=1, websockets=False, log_level=LogLevels.error,
    ).serve()  # fmt: skip
