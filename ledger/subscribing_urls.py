"""The subscriber's pages."""

from __future__ import annotations

from django.urls import path

from ledger.views import managing, subscribing

urlpatterns = [
    path("subscribe/", subscribing.Ask.as_view(), name="subscribe"),
    path("subscribe/asked/", subscribing.Asked.as_view(), name="subscribe_asked"),
    path("subscribe/confirm/<str:signed>/", subscribing.Confirm.as_view(), name="confirm"),
    path("unsubscribe/<str:signed>/<slug:what>/", subscribing.End.as_view(), name="unsubscribe"),
    path("unsubscribe/<str:signed>/<slug:what>/<slug:value>/", subscribing.End.as_view(), name="unsubscribe"),
    path("mail/own/", managing.own, name="own_mail"),
    path("mail/<str:signed>/", managing.Manage.as_view(), name="manage"),
    path("mail/<str:signed>/export/", managing.export, name="export_mail"),
    path("mail/<str:signed>/hear-again/", managing.hear_again, name="hear_again"),
    path("mail/<str:signed>/erase/", managing.Erase.as_view(), name="erase_mail"),
]
