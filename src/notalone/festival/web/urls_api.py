"""The room's addresses for programs; they carry no language."""

from __future__ import annotations

from django.urls import URLPattern, path

from notalone.festival.web import api

app_name = "festival_api"
urlpatterns: list[URLPattern] = [
    path("moments", api.moments, name="moments"),
    path("scores/<str:scenario>/<str:lang>.json", api.score, name="score"),
]
