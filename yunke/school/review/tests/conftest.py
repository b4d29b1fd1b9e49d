"""A house for every test, and media in a folder of the test's own."""

from pathlib import Path
from typing import Any

import pytest

from yunke.school.review.tests import makers


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def at(db: Any) -> makers.House:
    return makers.house()
