"""Every address of the house, room by room; those that the profile does not have are gone."""

from django.conf import settings
from django.urls import include, path

from yunke.base.capability import kept_of

ROOMS = (
    "yunke.site.pages",
    "yunke.site.about",
    "yunke.site.events",
    "yunke.site.first_day",
    "yunke.ground.people.urls",
    "yunke.ground.lake.urls",
    "yunke.ground.audit.urls",
    "yunke.ground.consent.urls",
    "yunke.ground.privacy.urls",
    "yunke.school.library.urls",
    "yunke.school.timetable.urls",
    "yunke.school.preparing.urls",
    "yunke.school.review.urls",
    "yunke.school.lessons.urls",
    "yunke.school.attempts.urls",
    "yunke.school.homework.urls",
    "yunke.school.exams.urls",
    "yunke.school.practice.urls",
    "yunke.insight.screen.urls",
    "yunke.insight.sensing.urls",
    "yunke.gate.exchange.urls",
    "yunke.gate.terminals.urls",
)
urlpatterns = [path("", include(room)) for room in kept_of(settings.PROFILE, ROOMS)]
handler404 = "yunke.site.errors.missing"
handler500 = "yunke.site.errors.broken"
