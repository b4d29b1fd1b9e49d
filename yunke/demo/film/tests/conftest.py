"""One small film, made once for all tests that only look at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from yunke.demo.film.making import make_lesson, silent
from yunke.demo.film.tests.makers import SMALL, small_lesson


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the finished small film."""
    return make_lesson(small_lesson(), tmp_path_factory.mktemp("films"), silent, SMALL).folder
