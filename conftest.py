"""What every test starts from."""

from collections.abc import Iterator

import pytest

from yunke.base.kept import forget_all


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Rows of another test may have had the same ids."""
    forget_all()
    yield
    forget_all()
