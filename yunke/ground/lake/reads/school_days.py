"""The sums of a day as values, for the room that makes shown figures of them."""

from datetime import date

from yunke.ground.lake.models import Cohort, LakeFile, RolledDay, SchoolDay
from yunke.ground.lake.reads.parquet import lake_rows
from yunke.ground.lake.values import SchoolSum


def school_sums(day: date) -> list[SchoolSum]:
    """Every grade of every school on that day, exactly. One query."""
    rows = SchoolDay.objects.filter(day=day).order_by("school_id", "grade")
    return [
        SchoolSum(
            row.school_id, row.grade, row.enrolled, row.took_part, row.on_platform, row.visits,
            row.seconds, tuple(row.hours),
        )
        for row in rows
    ]  # fmt: skip


def rolled_days() -> dict[date, int]:
    """day → the events it was summed from. One query."""
    return dict(RolledDay.objects.order_by("day").values_list("day", "events"))


def frozen_weeks() -> dict[date, int]:
    """Monday → seats on the frozen roster. One query."""
    return dict(Cohort.objects.order_by("week").values_list("week", "seats"))


def event_days(since: date) -> list[date]:
    """Days from ``since`` of which something lies in the lake. One query."""
    days = LakeFile.objects.filter(day__gte=since).values_list("day", flat=True)
    return sorted(set(days))


def frozen_grades(week: date) -> dict[int, int]:
    """grade → seats on the frozen roster of the week; empty without one. One query, one scan."""
    path = Cohort.objects.filter(week=week).values_list("path", flat=True).first()
    if path is None:
        return {}
    rows = lake_rows("SELECT grade, count(*) FROM events GROUP BY grade ORDER BY grade", [path], [])
    return {int(grade): int(seats) for grade, seats in rows}
