"""A log says where and of what kind; what people typed is not in it, at any level."""

import logging
from collections.abc import Callable

import pytest

from yunke.base.logs import Quiet, quiet, quiet_traceback

CANARY = "canary-7331-张三"


def record(message: object, *args: object, name: str = "yunke.x", trouble: bool = False) -> str:
    info = None
    if trouble:
        try:
            _fall(CANARY)
        except ValueError as caught:
            info = (type(caught), caught, caught.__traceback__)
    made = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, info)
    return Quiet().format(made)


def _fall(text: str) -> None:
    try:
        int(text)
    except ValueError as first:
        raise ValueError(f"no number: {text}") from first


def test_a_traceback_says_where_and_what_kind_and_not_the_text() -> None:
    told = record("a step failed", trouble=True)
    assert "canary" not in told
    assert "张三" not in told
    assert "builtins.ValueError" in told
    assert "_fall" in told
    assert "after which" in told


@pytest.mark.parametrize(
    "told",
    [
        lambda: record("busy: %s", ValueError(CANARY)),
        lambda: record("%d lost: %r", 3, ValueError(CANARY)),
        lambda: record(ValueError(CANARY)),
        lambda: record("(0.1) SELECT * WHERE name=%s", CANARY, name="django.db.backends"),
    ],
)
def test_an_exception_in_a_message_is_its_kind_only(told: Callable[[], str]) -> None:
    assert "canary" not in told()


def test_an_address_is_told_without_query_name_or_token() -> None:
    assert quiet("Not Found: /people?q=canary") == "Not Found: /people"
    assert "张" not in quiet("/find/张三")
    assert "%E5" not in quiet("/find/%E5%BC%A0%E4%B8%89")
    assert "kq3v9" not in quiet("/card/kq3v9-kq3v9_kq3v9kq3v9kq3v9")


def test_numbers_and_plain_words_stay() -> None:
    assert record("person %s was stopped at %s an hour", 17, 200) == (
        "person 17 was stopped at 200 an hour"
    )
    assert record("%(what)s done", {"what": "flush"}) == "flush done"
    assert record("half %s", "a", "b") == "half %s"


def test_an_endless_chain_is_cut() -> None:
    first = ValueError("a")
    trouble: BaseException = first
    for _ in range(20):
        following = ValueError("b")
        following.__cause__ = trouble
        trouble = following
    assert quiet_traceback(trouble).count("after which") == 5
