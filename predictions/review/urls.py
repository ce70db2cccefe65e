"""The review desk's addresses, below /admin/review/."""

from __future__ import annotations

from django.urls import path

from predictions.review import day, desk

app_name = "review"

urlpatterns = [
    path("<int:pk>/", desk.desk, name="desk"),
    path("<int:pk>/day/", day.correct_day, name="day"),
    path("<int:pk>/state/", desk.state, name="state"),
    path("<int:pk>/recast/", desk.recast, name="recast"),
    path("candidate/<int:pk>/", desk.candidate, name="candidate"),
    path("candidate/<int:pk>/accept/", desk.accept, name="accept"),
    path("candidate/<int:pk>/reject/", desk.reject, name="reject"),
    path("candidate/<int:pk>/who/", desk.who, name="who"),
    path("decision/<int:pk>/undo/", desk.undo, name="undo"),
    path("reading/", desk.read, name="reading"),
]
