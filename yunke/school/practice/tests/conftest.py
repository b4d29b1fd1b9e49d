"""What the tests of practice share: English pages, media of their own, counting queries."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import signed_in


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def english() -> Callable[[Person], Client]:
    def make(somebody: Person) -> Client:
        client = signed_in(somebody)
        client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
        return client

    return make


@pytest.fixture
def queries_of() -> Callable[[Callable[[], Any]], int]:
    def count(act: Callable[[], Any]) -> int:
        act()  # what is kept for some seconds is kept now
        with CaptureQueriesContext(connection) as found:
            answer = act()
        assert answer.status_code == 200
        return len(found)

    return count
