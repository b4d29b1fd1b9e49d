"""Freezing who sits where when a week begins: one Parquet file a week, written once."""

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import transaction

from yunke.base.clock import today
from yunke.ground.lake.actions.parquet import copy_whole, quoted
from yunke.ground.lake.models import Cohort
from yunke.ground.lake.values import SeatOf

KEPT = timedelta(days=200)
_COLUMNS = "{'person_id': 'BIGINT', 'school_id': 'BIGINT', 'grade': 'UTINYINT'}"


def cohort_freeze(week: date, seats: Iterable[SeatOf]) -> bool:
    """Freeze the roster of the week that begins on the Monday ``week``; False when it was already.

    The first freeze stays, whatever the roster says later. Memory: one seat at a time.
    """
    if Cohort.objects.filter(week=week).exists():
        return False
    path = f"cohorts/week={week}.parquet"
    target: Path = settings.LAKE_ROOT / path
    target.parent.mkdir(parents=True, exist_ok=True)
    lines, many = target.with_suffix(".csv"), 0
    with lines.open("w", newline="") as out:
        write = csv.writer(out).writerow
        write(("person_id", "school_id", "grade"))
        for many, seat in enumerate(seats, 1):  # noqa: B007 - how many there were
            write((seat.person_id, seat.school_id, seat.grade))
    source = f"read_csv({quoted(lines)}, header=true, columns={_COLUMNS})"
    # By place and not by person, and in no order within: the file tells no more than it must.
    copy_whole(f"SELECT * FROM {source} ORDER BY school_id, grade, hash(person_id)", target)  # noqa: S608
    lines.unlink()
    _, made = Cohort.objects.get_or_create(week=week, defaults={"path": path, "seats": many})
    return made


def cohorts_forget(person_id: int) -> int:
    """Blank an erased person's seats in every kept roster; gives how many weeks had one.

    The seats still count, empty, so that no number of a week that has begun moves.
    """
    found = 0
    for cohort in Cohort.objects.order_by("week"):
        file = settings.LAKE_ROOT / cohort.path
        held = f"read_parquet({quoted(file)}, hive_partitioning=false)"
        with duckdb.connect() as lake:
            seats = lake.execute(
                f"SELECT count(*) FROM {held} WHERE person_id = ?",  # noqa: S608
                [person_id],
            ).fetchall()[0][0]
        if seats:
            found += 1
            blank = f"CASE WHEN person_id = {int(person_id)} THEN 0 ELSE person_id END AS person_id"
            copy_whole(f"SELECT {blank}, school_id, grade FROM {held}", file)  # noqa: S608
    return found


@transaction.atomic
def cohorts_tidy() -> int:
    """Remove rosters that are older than a term; gives how many. Their days stay summed."""
    old = list(Cohort.objects.filter(week__lt=today() - KEPT))
    Cohort.objects.filter(id__in=[cohort.id for cohort in old]).delete()
    for cohort in old:
        (settings.LAKE_ROOT / cohort.path).unlink(missing_ok=True)
    return len(old)
