"""The public shell's addresses."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "faces"
urlpatterns: list[URLPattern] = []
