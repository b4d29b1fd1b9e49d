"""A write under a key happens once, whoever sends it however often."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from yunke.base.clock import now
from yunke.base.models import Job, Receipt
from yunke.base.once import KeyMissing, KeyTaken, once, receipt_code
from yunke.base.tests.together import together

pytestmark = pytest.mark.django_db


def post(key: str | None, path: str = "/write") -> Any:
    return RequestFactory().post(path, {"once": key} if key else {})


def mark(name: str) -> Callable[[], HttpResponse]:
    """A write that leaves a row, so that doing it twice is seen."""

    def work() -> HttpResponse:
        Job.objects.create(name=name, key=str(uuid.uuid4()), due_at=now())
        return HttpResponse(f"made {Job.objects.filter(name=name).count()}")

    return work


def test_the_second_arrival_gets_the_first_answer_and_does_nothing() -> None:
    key = str(uuid.uuid4())
    first = once(post(key), 7, mark("a"))
    second = once(post(key), 7, mark("a"))
    assert first.content == second.content == b"made 1"
    assert Job.objects.filter(name="a").count() == 1
    assert first["X-Receipt"] == second["X-Receipt"] == receipt_code(key)


def test_a_redirect_is_replayed_with_its_address() -> None:
    key = str(uuid.uuid4())
    once(post(key), 7, lambda: HttpResponseRedirect("/there"))
    again = once(post(key), 7, lambda: HttpResponse("not run"))
    assert (again.status_code, again["Location"]) == (302, "/there")


def test_a_refused_write_changes_nothing_and_leaves_the_key_free() -> None:
    key = str(uuid.uuid4())

    def refused() -> HttpResponse:
        mark("b")()
        return HttpResponse("no", status=422)

    assert once(post(key), 7, refused).status_code == 422
    assert Job.objects.count() == Receipt.objects.count() == 0
    assert once(post(key), 7, mark("b")).content == b"made 1"


def test_a_broken_write_leaves_nothing_behind() -> None:
    key = str(uuid.uuid4())

    def broken() -> HttpResponse:
        mark("c")()
        raise ValueError("power cord")

    with pytest.raises(ValueError, match="power cord"):
        once(post(key), 7, broken)
    assert Job.objects.count() == Receipt.objects.count() == 0


@pytest.mark.parametrize("key", [None, "", "short", "x" * 65, "with space in the middle"])
def test_a_write_without_a_usable_key_is_refused(key: str | None) -> None:
    with pytest.raises(KeyMissing):
        once(post(key), 7, mark("d"))
    assert Job.objects.count() == 0


def test_anothers_key_gives_nothing_away() -> None:
    key = str(uuid.uuid4())
    once(post(key), 7, lambda: HttpResponse("secret of person 7"))
    with pytest.raises(KeyTaken):
        once(post(key), 8, mark("e"))


def test_a_key_is_for_one_address() -> None:
    key = str(uuid.uuid4())
    once(post(key, "/one"), 7, mark("f"))
    with pytest.raises(KeyTaken):
        once(post(key, "/two"), 7, mark("f"))


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_write_once_and_hear_the_same() -> None:
    key = str(uuid.uuid4())
    heard = together(8, lambda _hand: once(post(key), 7, mark("g")).content)
    assert heard == [b"made 1"] * 8
    assert Job.objects.filter(name="g").count() == 1


def test_a_large_answer_is_replayed_whole_with_its_kind() -> None:
    key, large = str(uuid.uuid4()), b"%PDF" + bytes(range(256)) * 4096
    once(post(key), 7, lambda: HttpResponse(large, content_type="application/pdf"))
    again = once(post(key), 7, lambda: HttpResponse("not run"))
    assert again.content == large
    assert again["Content-Type"] == "application/pdf"


def test_a_cookie_of_the_first_answer_is_never_given_to_a_second_asker() -> None:
    key = str(uuid.uuid4())

    def signs_in() -> HttpResponse:
        response = HttpResponse("in")
        response.set_cookie("yunke", "token-of-the-first")
        return response

    assert once(post(key), None, signs_in).cookies
    again = once(post(key), None, signs_in)
    assert not again.cookies
    assert "token-of-the-first" not in str(Receipt.objects.values().get())


def test_a_trouble_of_the_database_in_the_work_is_not_taken_for_a_second_arrival() -> None:
    key = str(uuid.uuid4())

    def twice() -> HttpResponse:
        for _turn in range(2):
            Job.objects.create(name="h", key="the same", due_at=now())
        return HttpResponse()

    with pytest.raises(IntegrityError):
        once(post(key), 7, twice)
    assert Job.objects.count() == Receipt.objects.count() == 0


def test_the_key_may_come_in_the_header_and_goes_before_that_of_the_form() -> None:
    key = str(uuid.uuid4())
    request = post(str(uuid.uuid4()))
    request.META["HTTP_IDEMPOTENCY_KEY"] = key
    assert once(request, 7, mark("i"))["X-Receipt"] == receipt_code(key)
    assert Receipt.objects.get().key == key
