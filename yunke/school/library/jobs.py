"""The library's work outside the request."""

from typing import Any

from yunke.base.jobs import Held, JobRefused, job
from yunke.school.library.actions.publish import upload_publish
from yunke.school.library.actions.questionfiles import (
    files_sweep,
    questions_read,
    questions_write_file,
)
from yunke.school.library.actions.rungs import film_convert, film_failed, rungs_make


@job("library.publish")
def publish(held: Held, payload: dict[str, Any]) -> None:
    """Examine an upload and make it watchable: some seconds, so in the quick lane."""
    upload_publish(held, payload["upload"])


@job("library.rungs", slow=True)
def rungs(held: Held, payload: dict[str, Any]) -> None:
    rungs_make(held, payload["asset"])


@job("library.convert", slow=True)
def convert(held: Held, payload: dict[str, Any]) -> None:
    try:
        film_convert(held, payload["asset"])
    except JobRefused:
        film_failed(payload["asset"], "not-convertible")
        raise


@job("library.questions_read")
def questions_reading(held: Held, payload: dict[str, Any]) -> None:
    """A package or table of questions: seconds, for thousands of questions."""
    questions_read(held, payload["file"])


@job("library.questions_write")
def questions_writing(held: Held, payload: dict[str, Any]) -> None:
    questions_write_file(held, payload["file"])


@job("library.questions_sweep", daily=True)
def questions_sweeping(held: Held, payload: dict[str, Any]) -> None:
    files_sweep()
