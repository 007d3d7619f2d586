"""The room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class GuideConfig(AppConfig):
    """Registers the room's models, templates, static files and catalogues."""

    name = "notalone.guide"
    label = "guide"
