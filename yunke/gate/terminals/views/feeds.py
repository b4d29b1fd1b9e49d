"""Feeds: a grade's week for calendars, the listing and the channels for TV boxes."""

from datetime import UTC, timedelta

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from icalendar import Alarm, Calendar, Event

from yunke.base.clock import monday, now, today
from yunke.base.kept import Kept
from yunke.base.pages import Asked, open_page
from yunke.craft.formats.m3u import Entry, m3u
from yunke.craft.formats.xmltv import Channel, Programme, Text, xmltv
from yunke.gate.terminals.reads import GRADES
from yunke.ground.people.door import city_id
from yunke.school.library.door import SUBJECT_NAMES
from yunke.school.timetable.door import OnAir, air_of_day, week_of_grade

WEEKS = range(-1, 4)
DAYS = 7
BEFORE = timedelta(minutes=5)
_feeds: Kept[bytes] = Kept(seconds=60, limit=100)


@require_GET
@open_page("a family's calendar cannot sign in; the week of a grade is open")
def week_ics(request: Asked, grade: int) -> HttpResponse:
    if grade not in GRADES:
        raise Http404
    root = request.build_absolute_uri("/")
    key = ("ics", root, get_language(), grade)
    body = _feeds.get(key, lambda: calendar_of(grade, root))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="week-{grade}.ics"'
    return response


def calendar_of(grade: int, root: str) -> bytes:
    """The weeks around today as iCalendar, each broadcast with an alarm five minutes before."""
    calendar = Calendar()
    calendar.add("prodid", "-//Yunke//week//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("云课 · %(grade)s 年级") % {"grade": grade})
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    city, first = city_id(), monday(today())
    for number in WEEKS:
        for day in week_of_grade(city, grade, first + timedelta(weeks=number)):
            for b in day.broadcasts:
                calendar.add_component(event_of(b, root))
    return bytes(calendar.to_ical())


def event_of(b: OnAir, root: str) -> Event:
    title = f"{subject_name(b.subject)} · {title_of(b)}"
    event = Event()
    event.add("uid", f"broadcast-{b.id}@yunke")
    event.add("dtstamp", now())
    event.add("dtstart", b.starts_at.astimezone(UTC))
    event.add("dtend", b.ends_at.astimezone(UTC))
    event.add("summary", title)
    event.add("url", f"{root}lesson/{b.lesson_id}")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -BEFORE)
    alarm.add("description", title)
    event.add_component(alarm)
    return event


@require_GET
@open_page("TV boxes cannot sign in; the schedule is open")
def tv_xml(request: Asked) -> HttpResponse:
    root = request.build_absolute_uri("/")
    body = _feeds.get(("xmltv", root), lambda: listing(root))
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def listing(root: str) -> bytes:
    """A week of all grades, each grade a channel."""
    city, first = city_id(), today()
    days = [air_of_day(city, first + timedelta(days=n)) for n in range(DAYS)]
    programmes = [programme_of(b, root) for day in days for b in day]
    return xmltv([channel_of(g, root) for g in GRADES], programmes, source=root)


def channel_id(grade: int) -> str:
    return f"grade-{grade}.yunke"


def channel_of(grade: int, root: str) -> Channel:
    names = (Text(f"云课 {grade} 年级", "zh"), Text(f"Yunke Grade {grade}", "en"))
    return Channel(channel_id(grade), names, url=f"{root}tv/now/{grade}")


def programme_of(b: OnAir, root: str) -> Programme:
    zh, en = SUBJECT_NAMES.get(b.subject, ("", ""))
    return Programme(
        channel=channel_id(b.grade),
        starts=b.starts_at,
        ends=b.ends_at,
        titles=(Text(b.title, "zh"), Text(b.title_en, "en")),
        categories=(Text(zh, "zh"), Text(en, "en")),
        minutes=b.minutes,
        icon=f"{root}{b.poster.lstrip('/')}" if b.poster else "",
        url=f"{root}lesson/{b.lesson_id}",
    )


@require_GET
@open_page("TV boxes cannot sign in; the channels are open, watching signs in")
def tv_m3u(request: Asked) -> HttpResponse:
    root = request.build_absolute_uri("/")
    entries = [
        Entry(
            name=f"云课 {grade} 年级",
            url=f"{root}tv/now/{grade}",
            id=channel_id(grade),
            group="云课",
            number=grade,
        )
        for grade in GRADES
    ]
    body = m3u(entries, guide=f"{root}feed/tv.xml")
    return HttpResponse(body, content_type="audio/x-mpegurl; charset=utf-8")


def _english() -> bool:
    return (get_language() or "").startswith("en")


def title_of(b: OnAir) -> str:
    return (b.title_en if _english() else "") or b.title


def subject_name(code: str) -> str:
    return SUBJECT_NAMES.get(code, (code, code))[_english()]
