"""Every room's addresses, under the language that the address names."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("notalone.faces.urls_root")),
    path("api/", include("notalone.festival.web.urls_api")),
    path("api/", include("notalone.guide.web.urls_api")),
    *i18n_patterns(
        path("", include("notalone.faces.urls")),
        path("", include("notalone.festival.web.urls")),
        path("", include("notalone.guide.web.urls")),
        path("wall/", include("notalone.wall.web.urls")),
        path("class/", include("notalone.classes.web.urls")),
        path("show/", include("notalone.show.web.urls")),
        path("staff/", include("notalone.people.web.urls")),
        prefix_default_language=True,
    ),
]
handler404 = "notalone.faces.views.not_found"
handler500 = "notalone.faces.views.broken"
handler403 = "notalone.faces.views.forbidden"
handler400 = "notalone.faces.views.bad_request"
