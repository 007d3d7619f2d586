"""The room's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from notalone.guide.web import again, learning

app_name = "guide"
urlpatterns: list[URLPattern] = [
    path("again/", again.page, name="again"),
    path("staff/learning/", learning.page, name="learning"),
    path("staff/learning/figures.csv", learning.figures, name="figures"),
]
