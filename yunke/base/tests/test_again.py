"""What clashed is done again, what failed is not, and a request comes back as it came."""

import threading
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.http import HttpResponse
from django.test import RequestFactory

from yunke.base import once as module
from yunke.base.again import TRIES, again, clashed
from yunke.base.clock import now
from yunke.base.models import Job, Receipt
from yunke.base.once import once
from yunke.base.pages import open_page
from yunke.base.tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


class Undone(Exception):
    """As psycopg raises it, with the server's code."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def trouble(kind: type[Exception], sqlstate: str) -> Exception:
    found = kind("undone")
    found.__cause__ = Undone(sqlstate)
    return found


def failing(*troubles: Exception) -> Any:
    """Work that raises these, one a call, and then gives 7."""
    line = list(troubles)

    def work() -> int:
        if line:
            raise line.pop(0)
        return 7

    return work


@pytest.mark.parametrize("code", ["40001", "40P01"])
def test_a_clash_is_done_again(code: str) -> None:
    rewound: list[int] = []
    work = failing(trouble(OperationalError, code), trouble(OperationalError, code))
    assert again(work, rewind=lambda: rewound.append(1)) == 7
    assert rewound == [1, 1]


def test_another_trouble_is_not_done_again() -> None:
    with pytest.raises(OperationalError, match="locked"):
        again(failing(OperationalError("database is locked")))
    with pytest.raises(ZeroDivisionError):
        again(failing(ZeroDivisionError()))


def test_a_doubled_key_is_looked_at_once_more_and_then_believed() -> None:
    assert again(failing(trouble(IntegrityError, "23505"))) == 7
    with pytest.raises(IntegrityError):
        again(failing(*[trouble(IntegrityError, "23505") for _ in range(2)]))
    with pytest.raises(IntegrityError):
        again(failing(IntegrityError("UNIQUE constraint failed")))


def test_nobody_tries_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yunke.base.again.time.sleep", lambda seconds: None)
    with pytest.raises(OperationalError):
        again(failing(*[trouble(OperationalError, "40001") for _ in range(TRIES)]))


def test_inside_a_transaction_of_the_caller_nothing_is_repeated() -> None:
    work = failing(trouble(OperationalError, "40001"))
    with pytest.raises(OperationalError), transaction.atomic():
        again(work)


def test_a_request_is_read_again_from_its_beginning() -> None:
    request = RequestFactory().post(
        "/x", {"once": "k" * 20, "file": SimpleUploadedFile("a.csv", b"name\n")}
    )
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    seen: list[bytes] = []

    def view() -> HttpResponse:
        request._messages.add(20, "kept")  # type: ignore[attr-defined]
        seen.append(request.FILES["file"].read())
        if len(seen) == 1:
            raise trouble(OperationalError, "40001")
        return HttpResponse("done")

    assert once(request, 1, view).content == b"done"
    assert seen == [b"name\n", b"name\n"]
    assert len(module._said(request)) == 1
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_that_keeps_no_receipt_is_done_again_too(method: str, rf: RequestFactory) -> None:
    """A page that is read notes who looked; a write that is once by itself has no receipt."""
    request = getattr(rf, method)("/x")
    request._messages = CookieStorage(request)
    work = failing(trouble(OperationalError, "40001"), trouble(IntegrityError, "23505"))

    @open_page("for the test", replay=False)
    def view(request: Any) -> HttpResponse:
        request._messages.add(20, "kept")
        return HttpResponse(str(work()))

    assert view(request).content == b"7"
    assert len(module._said(request)) == 1
    assert Receipt.objects.count() == 0


def test_many_at_once_count_up_without_losing_one() -> None:
    """Read, then write what was read plus one: the pattern that loses updates where transactions
    do not see each other."""
    Job.objects.create(name="count", key="count", due_at=now())

    def work() -> None:
        with transaction.atomic():
            row = Job.objects.get(key="count")
            row.tries += 1
            row.save()

    assert together(6, lambda _hand: [again(work) for _ in range(5)]) == [[None] * 5] * 6
    assert Job.objects.get(key="count").tries == 30


def test_who_was_undone_twice_runs_alone_among_them_and_leaves_no_lock() -> None:
    """Nobody gives up, however many want the one row at once."""
    Job.objects.create(name="count", key="count", due_at=now())

    def work() -> None:
        with transaction.atomic():
            row = Job.objects.select_for_update().get(key="count")
            row.tries += 1
            row.save()

    assert together(24, lambda _hand: [again(work) for _ in range(4)]) == [[None] * 4] * 24
    assert Job.objects.get(key="count").tries == 96
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            assert cursor.fetchone() == (0,)


def test_two_that_each_read_what_the_other_writes_do_not_both_commit() -> None:
    """Write skew: the rule "at most one runs" holds though each wrote a row of its own."""
    for name in ("a", "b"):
        Job.objects.create(name=name, key=name, due_at=now())
    gate = threading.Barrier(2, timeout=1)

    def start(name: str) -> None:
        def work() -> None:
            with transaction.atomic():
                busy = Job.objects.filter(state=Job.State.RUNNING).count()
                with suppress(threading.BrokenBarrierError):
                    gate.wait()
                if not busy:
                    Job.objects.filter(key=name).update(state=Job.State.RUNNING, fence=F("fence"))

        again(work)

    together(2, lambda hand: start("ab"[hand]))
    assert Job.objects.filter(state=Job.State.RUNNING).count() == 1


def test_a_trouble_without_a_code_is_no_clash() -> None:
    assert not clashed(OperationalError("locked"))
    assert clashed(trouble(OperationalError, "40001"))
