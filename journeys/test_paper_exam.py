"""An exam on paper, small: printed, filled, photographed, read, marked by three, released."""

import pytest

from yunke.checks.accept.c_paper import journey

pytestmark = pytest.mark.django_db


def test_five_pupils_on_paper_from_the_printer_to_the_result() -> None:
    told = journey(5)
    assert told["pass"], told["figures"]
    assert told["figures"]["pages"] == 10
