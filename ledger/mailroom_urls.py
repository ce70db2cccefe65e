"""The addresses of the mailroom, inside the admin's."""

from __future__ import annotations

from django.urls import path

from ledger.views import mailroom

urlpatterns = [
    path("", mailroom.overview, name="mailroom"),
    path("<str:file>/<int:number>/", mailroom.one, name="mailroom_letter"),
    path("<str:file>/<int:number>/html/", mailroom.html, name="mailroom_html"),
    path("<str:file>/<int:number>/mail.eml", mailroom.whole, name="mailroom_whole"),
]
