"""Addresses of the room: exams, paper, the desk."""

from django.urls import URLPattern

from yunke.school.exams.urls.exams import urlpatterns as exams
from yunke.school.exams.urls.paper import urlpatterns as paper

urlpatterns: list[URLPattern] = [*exams, *paper]
