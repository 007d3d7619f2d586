"""The room's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from notalone.show.web import pages

app_name = "show"
urlpatterns: list[URLPattern] = [
    path("", pages.stage, name="stage"),
    path("desk/", pages.desk, name="desk"),
]
