"""Addresses of TVs and feeds."""

from django.urls import path

from yunke.gate.terminals.views import feeds, tv

urlpatterns = [
    path("tv", tv.tv, name="tv"),
    path("tv/subject/<slug:name>", tv.subject, name="tv_subject"),
    path("tv/now/<int:grade>", tv.tv_now, name="tv_now"),
    path("tv/lesson/<int:lesson_id>", tv.lesson, name="tv_lesson"),
    path("feed/week-<int:grade>.ics", feeds.week_ics, name="week_ics"),
    path("feed/tv.xml", feeds.tv_xml, name="tv_xml"),
    path("feed/tv.m3u", feeds.tv_m3u, name="tv_m3u"),
]
