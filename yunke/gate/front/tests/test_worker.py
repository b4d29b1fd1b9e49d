"""The worker comes from the front, may speak for every page, and is never held by a cache."""

import re

import pytest

from yunke.gate.front.tests.makers import ask, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_worker_is_a_script_that_may_speak_for_every_page() -> None:
    heard = ask("GET", "/front/worker.js")
    assert heard.status == 200
    assert heard.headers["content-type"].startswith("text/javascript")
    assert heard.headers["service-worker-allowed"] == "/"
    assert heard.headers["cache-control"] == "no-store, private"


def test_nothing_else_of_the_front_may_speak_for_every_page() -> None:
    for path in ("/front/health", "/front/worker.py", "/front/worker", "/front/worker.js/"):
        assert "service-worker-allowed" not in ask("GET", path).headers
    assert send("/front/worker.js", {}).status == 404


def test_the_worker_keeps_nothing_itself_and_answers_no_write() -> None:
    """What lies on the device is put there by the sheet alone: style sheets, scripts, one page."""
    text = ask("GET", "/front/worker.js").text
    assert not re.search(r"\.(put|add|addAll)\(", text)
    assert 'request.method !== "GET"' in text
    assert "importScripts" not in text
    assert len(text) < 2_000
