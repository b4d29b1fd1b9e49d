"""Every page of a pupil can call to the class; nobody else's page asks all day."""

import pytest
from django.test import Client

from yunke.ground.people.tests.makers import cast, signed_in

pytestmark = pytest.mark.django_db


def test_a_pupils_page_carries_the_call_hidden_until_there_is_one() -> None:
    page = signed_in(cast().pupil).get("/week").content.decode()
    assert '<yunke-call role="status" hidden>' in page
    assert "yunke/call.js" in page


@pytest.mark.parametrize("who", ["teacher", "guardian", "admin"])
def test_others_are_not_called(who: str) -> None:
    page = signed_in(getattr(cast(), who)).get("/week").content.decode()
    assert "yunke-call" not in page


def test_a_stranger_is_not_called() -> None:
    assert "yunke-call" not in Client().get("/week").content.decode()
