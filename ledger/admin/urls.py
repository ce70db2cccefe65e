"""The addresses of the resolution desk, inside the admin's."""

from __future__ import annotations

from django.urls import path

from ledger.admin import dating, desk, taking_back

urlpatterns = [
    path("", desk.overview, name="desk"),
    path("<int:pk>/", desk.entry, name="desk_entry"),
    path("<int:pk>/evidence/", desk.evidence_alone, name="desk_evidence"),
    path("<int:pk>/preview/", desk.preview, name="desk_preview"),
    path("<int:pk>/withdraw/", taking_back.withdraw, name="desk_withdraw"),
    path("<int:pk>/date/", dating.date_from_event, name="desk_date"),
    path("<int:pk>/anew/", taking_back.anew, name="desk_anew"),
]
