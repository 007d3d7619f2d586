"""The room's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from notalone.festival.web import pages, passes, station

app_name = "festival"
_CODE = "(?P<code>[A-Za-z0-9_-]{8,64})"
urlpatterns: list[URLPattern] = [
    path("stations/", station.listed, name="stations"),
    path("station/<str:station_id>/", station.play, name="station"),
    path("programme/", pages.programme, name="programme"),
    path("help/", pages.helplines, name="help"),
    path("pass/", passes.own, name="pass"),
    path("pass/gone/", passes.gone, name="pass_gone"),
    re_path(rf"^pass/{_CODE}/$", passes.opened, name="pass_open"),
    re_path(rf"^pass/{_CODE}/qr\.svg$", passes.qr, name="qr"),
]
