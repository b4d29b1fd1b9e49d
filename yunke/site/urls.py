"""Every address of the house, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("yunke.site.pages")),
    path("", include("yunke.site.events")),
    path("", include("yunke.ground.people.urls")),
    path("", include("yunke.ground.lake.urls")),
    path("", include("yunke.ground.audit.urls")),
    path("", include("yunke.ground.consent.urls")),
    path("", include("yunke.ground.privacy.urls")),
    path("", include("yunke.school.library.urls")),
    path("", include("yunke.school.timetable.urls")),
    path("", include("yunke.school.preparing.urls")),
    path("", include("yunke.school.review.urls")),
    path("", include("yunke.school.lessons.urls")),
    path("", include("yunke.insight.screen.urls")),
    path("", include("yunke.insight.sensing.urls")),
    path("", include("yunke.gate.exchange.urls")),
    path("", include("yunke.gate.terminals.urls")),
]
handler404 = "yunke.site.errors.missing"
handler500 = "yunke.site.errors.broken"
