"""A line between machines: what one process says, the others hear within a moment.

Over Valkey when ``YUNKE_VALKEY`` is set; without it, and while Valkey is away, nothing is said and
nobody waits: what is kept ends by itself after its seconds, and followers look once a second.
"""

import importlib
import logging
import os
import threading
import time
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings

from yunke.base.place import own_name

PATIENCE = 2.0
AGAIN = 1.0  # seconds until a line that broke is tried again
log = logging.getLogger(__name__)
_heard: dict[str, int] = {}  # channel → the process that listens; a fork listens anew
_lock = threading.Lock()


def there() -> bool:
    """Are there other machines to talk to?"""
    return bool(settings.VALKEY)


def say(channel: str, text: bytes) -> None:
    """Tell all other processes of this school. Never raises, never waits long."""
    if not there():
        return
    try:
        _valkey(settings.VALKEY, os.getpid()).publish(_named(channel), _me().encode() + text)
    except Exception as trouble:  # the others see it when their seconds are over
        log.warning("nothing could be said on %s: %r", channel, trouble)


def hear(channel: str, call: Callable[[bytes], None]) -> None:
    """From now on ``call`` gets what other processes say, in a thread of its own. Once a channel
    and process; nothing without Valkey."""
    if not there() or _heard.get(channel) == os.getpid():
        return
    with _lock:
        if _heard.get(channel) == os.getpid():
            return
        _heard[channel] = os.getpid()
    words = (settings.VALKEY, channel, call)
    threading.Thread(target=_listen, args=words, name="line", daemon=True).start()


def _listen(address: str, channel: str, call: Callable[[bytes], None]) -> None:
    """Until this process ends, or talks over another address."""
    while address == settings.VALKEY:
        try:
            with _valkey(address, os.getpid()).pubsub() as line:
                line.subscribe(_named(channel))
                while address == settings.VALKEY:
                    _pass(line.get_message(timeout=AGAIN), call)
        except Exception as trouble:
            log.warning("the line %s broke: %r", channel, trouble)
            time.sleep(AGAIN)


def _pass(told: dict[str, Any] | None, call: Callable[[bytes], None]) -> None:
    """A message of another process; nothing else."""
    if told and told["type"] == "message" and not told["data"].startswith(_me().encode()):
        call(told["data"][len(_me()) :])


@cache
def _valkey(address: str, pid: int) -> Any:
    redis = importlib.import_module("redis")
    return redis.Redis.from_url(address, socket_connect_timeout=PATIENCE, health_check_interval=15)


def _named(channel: str) -> str:
    return f"{own_name(settings.DATA)}:{channel}"


def _me() -> str:
    """This process, in 32 letters."""
    return _mine(os.getpid())


@cache
def _mine(pid: int) -> str:
    return uuid.uuid4().hex
