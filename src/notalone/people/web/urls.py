"""The room's addresses, under ``staff/``."""

from __future__ import annotations

from django.urls import path

from notalone.people.web import views

app_name = "people"
urlpatterns = [
    path("login/", views.LogIn.as_view(), name="login"),
    path("logout/", views.log_out, name="logout"),
    path("password/", views.password, name="password"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/add/", views.add, name="add"),
    path("accounts/<int:person_id>/", views.account, name="account"),
    path("accounts/<int:person_id>/active/", views.active, name="active"),
    path("accounts/<int:person_id>/password/", views.new_password, name="new_password"),
    path("audit/", views.audit, name="audit"),
]
