"""What became of it: events, verdicts, evidence, the outbox and the public record."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "What became of it"
    default_auto_field = "django.db.models.BigAutoField"
