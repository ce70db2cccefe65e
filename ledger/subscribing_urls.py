"""The subscriber's pages."""

from __future__ import annotations

from django.urls import path

from ledger.views import subscribing

urlpatterns = [
    path("subscribe/", subscribing.Ask.as_view(), name="subscribe"),
    path("subscribe/asked/", subscribing.Asked.as_view(), name="subscribe_asked"),
    path("subscribe/confirm/<str:token>/", subscribing.Confirm.as_view(), name="confirm"),
    path("unsubscribe/<str:token>/", subscribing.End.as_view(), name="unsubscribe"),
    path("unsubscribe/<str:token>/all/", subscribing.End.as_view(of_all=True), name="unsubscribe_all"),
]
