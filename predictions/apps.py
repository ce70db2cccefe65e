"""What was said: speakers, sources, statements, predictions and their deadlines."""

from __future__ import annotations

from django.apps import AppConfig


class PredictionsConfig(AppConfig):
    name = "predictions"
    verbose_name = "What was said"
    default_auto_field = "django.db.models.BigAutoField"
