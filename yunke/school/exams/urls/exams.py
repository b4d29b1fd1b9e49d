"""Addresses of papers, exams, sittings, results."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
