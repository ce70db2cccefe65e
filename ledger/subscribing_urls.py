"""The subscriber's pages."""

from __future__ import annotations

from django.urls import path

from ledger.views import subscribing

urlpatterns = [
    path("subscribe/", subscribing.Ask.as_view(), name="subscribe"),
    path("subscribe/asked/", subscribing.Asked.as_view(), name="subscribe_asked"),
    path("subscribe/confirm/<str:signed>/", subscribing.Confirm.as_view(), name="confirm"),
    path("unsubscribe/<str:signed>/", subscribing.End.as_view(), name="unsubscribe"),
    path("unsubscribe/<str:signed>/all/", subscribing.End.as_view(of_all=True), name="unsubscribe_all"),
]
