"""The room's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from notalone.classes.web import phones, teaching

app_name = "classes"
urlpatterns: list[URLPattern] = [
    path("", phones.enter, name="enter"),
    path("new/", teaching.new, name="new"),
    path("<str:code>/", phones.phone, name="phone"),
    path("<str:code>/join/", phones.join, name="join"),
    path("<str:code>/leave/", phones.leave, name="leave"),
    path("<str:code>/vote/", phones.vote, name="vote"),
    path("<str:code>/stretch/", phones.stretch, name="stretch"),
    path("<str:code>/state/", phones.state, name="state"),
    path("<str:code>/wall/", teaching.wall, name="wall"),
    path("<str:code>/watch/", teaching.watch, name="watch"),
    path("<str:code>/act/", teaching.act, name="act"),
    path("<str:code>/qr.svg", teaching.qr, name="qr"),
]
