"""The addresses without a language: the root, health, robots, the festival's colours."""

from __future__ import annotations

from django.urls import URLPattern, path

from notalone.faces import views

app_name = "root"
urlpatterns: list[URLPattern] = [
    path("", views.root, name="root"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("brand.css", views.brand, name="brand"),
]
