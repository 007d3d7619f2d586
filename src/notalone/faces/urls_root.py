"""The addresses without a language: the root, health, robots."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "root"
urlpatterns: list[URLPattern] = []
