"""What belongs to the installation as a whole."""

from __future__ import annotations

from django.apps import AppConfig, apps
from django.core.checks import register

from config import checks


class InstallationConfig(AppConfig):
    name = "config"
    verbose_name = "The installation"

    def ready(self) -> None:
        for check in (checks.way_of_judging, checks.public_address, checks.secret, checks.log_key):
            register(check)
        if apps.is_installed("anymail"):
            from anymail.signals import tracking  # noqa: PLC0415 (an extra)

            from ledger.views import bounces  # noqa: PLC0415 (models are there only now)

            tracking.connect(bounces.reported)
