"""V-13: names, answers, tokens and message texts come into no log, at no level."""

import io
import logging
import logging.config
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import Error, transaction
from django.test import Client, override_settings

from yunke.checks.accept.table import Options
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import once, signed_in

CANARIES = ("canarynameq", "canarypassq", "canaryanswerq", "canarytokenqcanarytokenq")
log = logging.getLogger("yunke.checks.v13")


def v_13(options: Options) -> dict[str, Any]:
    hits: dict[str, list[str]] = {}
    lines = 0
    for debug in (False, True):
        for level in ("WARNING", "DEBUG"):
            with _heard(level) as heard, override_settings(DEBUG=debug):
                _provoke()
            text = heard.getvalue()
            lines += text.count("\n")
            found = [canary for canary in CANARIES if canary in text]
            if found:
                hits[f"debug={debug} {level}"] = found
    figures = {"lines": lines, "hits": hits, "canaries": len(CANARIES)}
    return {"pass": not hits and lines > 20, "figures": figures}


@contextmanager
def _heard(level: str) -> Any:
    """The house's own logging, on a sheet instead of the console."""
    sheet = io.StringIO()
    config: dict[str, Any] = {**settings.LOGGING, "root": {"handlers": ["console"], "level": level}}
    config["handlers"] = {"console": {**config["handlers"]["console"], "stream": sheet}}
    config["loggers"] = {name: {**told, "level": level} for name, told in config["loggers"].items()}
    logging.config.dictConfig(config)
    try:
        yield sheet
    finally:
        logging.config.dictConfig(settings.LOGGING)


def _provoke() -> None:
    """Wrong passwords, unknown pages, refused forms, a broken row, a fall with the text in it."""
    name, password, answer, token = CANARIES
    cast = makers.cast(pupils_in_class=1)
    client = Client(raise_request_exception=False)
    client.post("/sign-in", {"login": name, "password": password, **once()})
    client.get(f"/people?q={name}")
    client.get(f"/nowhere/{token}?q={answer}")
    client.get("/card", {"token": token})
    admin = signed_in(cast.admin)
    admin.raise_request_exception = False
    admin.get(f"/people?q={name}&kind=")
    admin.post(f"/people/person/{cast.pupil.id}/leave", {"reason": answer})
    admin.post("/second/pupils", {"pupils": answer, "reason": answer, **once()})
    try:
        with transaction.atomic():
            Person.objects.create(login=cast.pupil.login, name=name, kind="pupil")
    except Error as trouble:
        log.warning("could not write: %r", trouble)
        log.exception("could not write")
    try:
        int(f"{answer}{token}")
    except ValueError:
        log.exception("an answer was no number")
    log.error("%s fell on %s", ValueError(password), f"/card/{token}")
