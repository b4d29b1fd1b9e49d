"""Counting failed tries. A try on an account is taken before it is checked, so that a thousand
at the same moment are no more than ten; a success gives it back.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F

from yunke.base.clock import now
from yunke.ground.people.models import Tries
from yunke.ground.people.reads import token_hash
from yunke.ground.people.rules.limits import ACCOUNT, ACCOUNT_DAY, Limit

PER_ACCOUNT = (ACCOUNT, ACCOUNT_DAY)


class TooOften(Exception):
    """Too many failures; ``wait`` says how long until the next try counts."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait

    @property
    def minutes(self) -> int:
        return max(1, round(self.wait.total_seconds() / 60))


@transaction.atomic
def try_take(account: str) -> None:
    """Take one try of an account, existing or not. Raises TooOften when none is left."""
    moment = now()
    rows = Tries.objects.filter(key__in=[limit.key(account) for limit in PER_ACCOUNT])
    for key, count, ends in rows.values_list("key", "count", "window_ends"):
        full = any(limit.key(account) == key and count >= limit.count for limit in PER_ACCOUNT)
        if full and ends > moment:
            raise TooOften(ends - moment)
    for limit in PER_ACCOUNT:
        _count(limit, account)


def try_return(account: str) -> None:
    """The try was right: the account starts afresh."""
    Tries.objects.filter(key__in=[limit.key(account) for limit in PER_ACCOUNT]).delete()


def try_undo(account: str) -> None:
    """The try was not made after all (the line was full)."""
    keys = [limit.key(account) for limit in PER_ACCOUNT]
    Tries.objects.filter(key__in=keys, count__gt=0).update(count=F("count") - 1)


def limit_check(limit: Limit, of: object) -> None:
    """Raises TooOften when the limit is reached. One query."""
    moment = now()
    full = Tries.objects.filter(
        key=limit.key(of), count__gte=limit.count, window_ends__gt=moment
    ).first()
    if full is not None:
        raise TooOften(full.window_ends - moment)


@transaction.atomic
def failure_count(limit: Limit, of: object) -> None:
    _count(limit, of)


@transaction.atomic
def unknown_code_count(limit: Limit, network: str, code: str) -> None:
    """Count a code that does not exist, once per network: a class that types the same wrong
    code forty times has erred once.
    """
    moment = now()
    once = f"{limit.name}-seen:{network}:{token_hash(code)[:24]}"[:120]
    seen, fresh = Tries.objects.get_or_create(
        key=once, defaults={"count": 1, "window_ends": moment + limit.window}
    )
    if not fresh and seen.window_ends > moment:
        return
    if not fresh:
        Tries.objects.filter(key=once).update(window_ends=moment + limit.window)
    Tries.objects.filter(window_ends__lt=moment - timedelta(days=1)).delete()
    _count(limit, network)


# One statement, because it stands before every password: count, or begin a new window.
COUNT = """
INSERT INTO people_tries (key, count, window_ends, made_at) VALUES (%s, 1, %s, %s)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN people_tries.window_ends <= %s THEN 1 ELSE people_tries.count + 1 END,
  window_ends = CASE WHEN people_tries.window_ends <= %s
                THEN excluded.window_ends ELSE people_tries.window_ends END
"""


def _count(limit: Limit, of: object) -> None:
    adapt = connection.ops.adapt_datetimefield_value
    moment, ends = adapt(now()), adapt(now() + limit.window)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [limit.key(of), ends, moment, moment, moment])
