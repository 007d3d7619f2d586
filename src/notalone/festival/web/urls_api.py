"""The room's addresses for programs; they carry no language."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "festival_api"
urlpatterns: list[URLPattern] = []
