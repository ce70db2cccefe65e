"""The addresses of the resolution desk, inside the admin's."""

from __future__ import annotations

from django.urls import path

from ledger.admin import correcting, dating, desk, taking_back, turns, you

urlpatterns = [
    path("", desk.overview, name="desk"),
    path("next/", turns.take_next, name="desk_next"),
    path("you/", you.you, name="desk_you"),
    path("you/stakes/<int:pk>/end/", you.end_stake, name="desk_end_stake"),
    path("corrections/", correcting.overview, name="desk_corrections"),
    path("corrections/<int:pk>/", correcting.answer, name="desk_answer"),
    path("<int:pk>/take/", turns.take, name="desk_take"),
    path("<int:pk>/again/", turns.look_again, name="desk_again"),
    path("<int:pk>/undo/", turns.undo, name="desk_undo"),
    path("<int:pk>/", desk.entry, name="desk_entry"),
    path("<int:pk>/evidence/", desk.evidence_alone, name="desk_evidence"),
    path("<int:pk>/preview/", desk.preview, name="desk_preview"),
    path("<int:pk>/withdraw/", taking_back.withdraw, name="desk_withdraw"),
    path("<int:pk>/date/", dating.date_from_event, name="desk_date"),
    path("<int:pk>/reading/", dating.read_anew, name="desk_read_anew"),
    path("<int:pk>/anew/", taking_back.anew, name="desk_anew"),
]
