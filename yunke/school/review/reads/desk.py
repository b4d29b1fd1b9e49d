"""The reviewers' desk: what waits, what one holds, what one decided; and the offices' overview."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localtime

from yunke.base.clock import now, today
from yunke.ground.people.door import Role, Who, counties_of, duty_holders, org_names
from yunke.school.library.door import lesson_cards
from yunke.school.review.models import Moved, Submission
from yunke.school.review.reads.one import about_of
from yunke.school.review.rules import (
    REVIEWING,
    WAITING,
    has_part,
    is_overdue,
    level_of,
    school_days,
    seats_of,
    sits,
)
from yunke.school.review.values import Level, LoadLine, QueueCard, Seat

# More than this no queue shows at once; the oldest come first, so nothing waits unseen for long.
MOST = 300
WEEKS = timedelta(days=28)


def on_duty(row: Submission) -> bool:
    """Is who claimed it still a reviewer of its level and subject? One query."""
    level = level_of(about_of(row))
    if level is None or not row.claimed_by_id:
        return False
    return row.claimed_by_id in _holders([row]).get((level, org_of(row, level), row.subject), ())


def org_of(row: Submission, level: Level) -> int:
    return row.county_id if level == Level.COUNTY else row.city_id


def _holders(rows: Iterable[Submission]) -> dict[tuple[Level, int, str], frozenset[int]]:
    """Who reviews at each level, office and subject of these rows. One query."""
    wanted = {
        (level, org_of(row, level), row.subject)
        for row in rows
        if (level := level_of(about_of(row))) is not None
    }
    holders = duty_holders(Role.REVIEWER, {org for _level, org, _subject in wanted})
    return {
        (level, org, subject): frozenset(
            h.person_id
            for h in holders
            if sits(Seat(level, h.org_id, h.subject), level, org, subject)
        )
        for level, org, subject in wanted
    }


def _of_level(level: Level) -> Q:
    waiting = Q(state__in=(WAITING[level], REVIEWING[level]))
    return waiting & ~(Q(state=WAITING[Level.CITY]) & ~Q(aim=Level.CITY))


def _of_seat(seat: Seat) -> Q:
    office = {"county_id" if seat.level == Level.COUNTY else "city_id": seat.org_id}
    found = _of_level(seat.level) & Q(**office)
    return found & Q(subject=seat.subject) if seat.subject else found


def _rows() -> "QuerySet[Submission]":
    return Submission.objects.select_related("lesson", "author", "claimed_by")


def queue_of(who: Who) -> list[QueueCard]:
    """What this reviewer may take or holds, what waits longest first. Four queries, however many.

    Lessons that one had a part in are not here.
    """
    wanted = Q(pk__in=())
    for seat in seats_of(who):
        wanted |= _of_seat(seat)
    rows = list(_rows().filter(wanted).order_by("waiting_since", "id")[:MOST])
    return _cards([row for row in rows if not has_part(about_of(row), who.id)])


def queue_led(who: Who) -> list[QueueCard]:
    """Everything that waits in the offices that this person leads. Four queries."""
    wanted = _led(who)
    waiting = _of_level(Level.COUNTY) | _of_level(Level.CITY)
    return _cards(list(_rows().filter(wanted, waiting).order_by("waiting_since", "id")[:MOST]))


def _led(who: Who) -> Q:
    wanted = Q(pk__in=())
    for grant in who.grants:
        if grant.role == Role.CITY_STAFF:
            wanted |= Q(city_id=grant.place.city)
        elif grant.role == Role.COUNTY_STAFF and grant.place.county:
            wanted |= Q(county_id=grant.place.county)
    return wanted


def decided_of(who: Who, *, limit: int = 30) -> list[QueueCard]:
    """What this reviewer decided last. Five queries."""
    moves = Moved.objects.filter(person_id=who.id, what__in=("pass", "return"))
    ids = list(dict.fromkeys(moves.order_by("-id").values_list("submission_id", flat=True)[:100]))
    rows = {row.id: row for row in _rows().filter(id__in=ids[:limit])}
    return _cards([rows[number] for number in ids if number in rows])


def _cards(rows: list[Submission]) -> list[QueueCard]:
    cards = lesson_cards({row.lesson_id for row in rows}) if rows else {}
    orgs = org_names({row.school_id or row.county_id or row.city_id for row in rows})
    holders = _holders(rows) if rows else {}
    found = []
    for row in rows:
        level = level_of(about_of(row))
        org = orgs.get(row.school_id or row.county_id or row.city_id)
        days = school_days(day_of(row.waiting_since), today())
        key = (level, org_of(row, level), row.subject) if level else None
        held = key is not None and row.claimed_by_id in holders.get(key, ())
        found.append(
            QueueCard(
                id=row.id, lesson_id=row.lesson_id, title=row.title, title_en=row.title_en,
                card=cards.get(row.lesson_id), subject=row.subject, grade=row.grade,
                school=org.name if org else "", school_en=org.name_en if org else "",
                author=row.author.name if row.author else "", state=row.state,
                level=level or "", round=row.round, days=days,
                overdue=level is not None and is_overdue(days),
                claimed_by=(row.claimed_by_id or 0) if held else 0,
                claimer=row.claimed_by.name if held and row.claimed_by else "",
            )
        )  # fmt: skip
    return found


def day_of(moment: datetime) -> date:
    return localtime(moment).date()


def _offices(who: Who) -> set[int]:
    """The offices that somebody leads: a county's own, or the city's with all its counties."""
    found: set[int] = set()
    for grant in who.grants:
        if grant.role == Role.CITY_STAFF:
            found |= {grant.place.city, *counties_of(grant.place.city)}
        elif grant.role == Role.COUNTY_STAFF and grant.place.county:
            found.add(grant.place.county)
    return found


def load_of(who: Who) -> list[LoadLine]:
    """The reviewers of the offices led, by name, with what they hold and decided in four weeks.

    Counts of work only: no order by number, no time, no share of returns. Five queries.
    """
    offices = sorted(_offices(who))
    holders = duty_holders(Role.REVIEWER, offices)
    orgs = org_names(offices)
    people = {holder.person_id for holder in holders}
    holding = _counted(Submission.objects.filter(claimed_by_id__in=people), "claimed_by_id")
    decisions = Moved.objects.filter(
        person_id__in=people, what__in=("pass", "return"), made_at__gte=now() - WEEKS
    )
    decided = _counted(decisions, "person_id")
    return [
        LoadLine(
            h.person_id, h.name, h.subject, orgs[h.org_id].name, orgs[h.org_id].name_en,
            holding.get(h.person_id, 0), decided.get(h.person_id, 0),
        )
        for h in holders
    ]  # fmt: skip


def _counted(rows: "QuerySet", by: str) -> dict[int, int]:
    return dict(rows.values_list(by).annotate(many=Count("id")).order_by())
