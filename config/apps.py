"""What belongs to the installation as a whole."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register

from config import checks


class InstallationConfig(AppConfig):
    name = "config"
    verbose_name = "The installation"

    def ready(self) -> None:
        for check in (checks.way_of_judging, checks.public_address, checks.secret):
            register(check)
