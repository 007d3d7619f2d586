"""The room as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class ClassesConfig(AppConfig):
    """Registers the room's models, templates, static files and catalogues."""

    name = "notalone.classes"
    label = "classes"
