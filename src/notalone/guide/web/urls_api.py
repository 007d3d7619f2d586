"""The room's addresses for programs; they carry no language."""

from __future__ import annotations

from django.urls import URLPattern, path

from notalone.guide.web import api

app_name = "guide_api"
urlpatterns: list[URLPattern] = [
    path("judged", api.judged, name="judged"),
    path("judged/codes", api.code, name="code"),
]
