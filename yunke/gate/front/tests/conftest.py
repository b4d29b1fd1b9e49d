"""The front reads in its loop and forgets between tests."""

from collections.abc import Iterator

import pytest

from yunke.gate.front.table import table
from yunke.gate.front.tests import makers


@pytest.fixture(autouse=True)
def fresh_front(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
    makers.forget()
    table.hold()
    yield
    makers.forget()
