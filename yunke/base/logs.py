"""What a log may say: where something went wrong and of what kind, never what people typed.

An exception's text often holds the value that it stumbled over (a login, an answer, a token), and
so does a statement with its values. Both are left out; file, line, function and type stay.
"""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

TYPED = re.compile(r"[^\x00-\x7f]+|%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}|[\w.-])*")
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,}")
QUERY = re.compile(r"\?\S*")
CHAIN = 6
Trouble = tuple[type[BaseException], BaseException, TracebackType | None]
# Loggers whose very messages are values: statements, bodies of requests.
SILENT = ("django.db.backends", "urllib3", "botocore", "boto3", "s3transfer")


class Quiet(logging.Formatter):
    """Messages without what people typed, tracebacks without their texts."""

    def format(self, record: logging.LogRecord) -> str:
        told = logging.makeLogRecord(record.__dict__)
        told.exc_text = None
        if record.name.startswith(SILENT):
            told.msg, told.args = "(a text that is not logged)", ()
        else:
            told.msg, told.args = _message(record), ()
        return super().format(told)

    def formatException(self, ei: Any) -> str:
        return quiet_traceback(ei[1]) if ei and ei[1] is not None else ""


def quiet_traceback(trouble: BaseException) -> str:
    """Where it happened and what kind it was, causes first."""
    parts: list[str] = []
    here: BaseException | None = trouble
    while here is not None and len(parts) < CHAIN:
        frames = "".join(traceback.format_tb(here.__traceback__))
        parts.append(f"{frames}{type(here).__module__}.{type(here).__qualname__}")
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
    return "\nafter which\n".join(reversed(parts))


def quiet(text: str) -> str:
    """A message's text without queries, without other scripts than ASCII, without tokens."""
    return TOKEN.sub("…", TYPED.sub("…", QUERY.sub("", text)))


def _message(record: logging.LogRecord) -> str:
    args = record.args
    if isinstance(args, dict):
        shown: Any = {name: _value(value) for name, value in args.items()}
    else:
        shown = tuple(_value(value) for value in args or ())
    try:
        said = str(record.msg) % shown if shown else str(record.msg)
    except (TypeError, ValueError):
        said = str(record.msg)
    if isinstance(record.msg, BaseException):
        said = type(record.msg).__qualname__
    # The words of the code itself stay; what was put into them does not.
    return said if not shown and said == record.msg and said.isascii() else quiet(said)


def _value(value: Any) -> Any:
    if isinstance(value, BaseException):
        return type(value).__qualname__
    return value if isinstance(value, int | float) else quiet(str(value))
