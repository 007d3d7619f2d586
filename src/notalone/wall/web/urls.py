"""The room's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from notalone.wall.web import bricks, moderation, pages

app_name = "wall"
urlpatterns: list[URLPattern] = [
    path("", pages.wall, name="wall"),
    path("bricks/", bricks.lay, name="bricks"),
    path("gone/", bricks.gone, name="gone"),
    path("queue/", moderation.queue, name="queue"),
    path("queue/lists/", moderation.lists, name="lists"),
    path("queue/<uuid:brick_id>/approve/", moderation.approve, name="approve"),
    path("queue/<uuid:brick_id>/refuse/", moderation.refuse, name="refuse"),
    path("queue/<uuid:brick_id>/undo/", moderation.undo, name="undo"),
]
