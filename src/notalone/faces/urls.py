"""The public shell's addresses, and the staff's overview."""

from __future__ import annotations

from django.urls import URLPattern, path

from notalone.faces import dashboard, views

app_name = "faces"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("neutral/", views.neutral, name="neutral"),
    path("design/", views.design, name="design"),
    path("staff/", dashboard.page, name="dashboard"),
    path("staff/now/", dashboard.fragment, name="dashboard_now"),
]
