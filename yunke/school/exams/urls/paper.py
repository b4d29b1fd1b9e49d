"""Addresses of sheets, scans and the marking desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
