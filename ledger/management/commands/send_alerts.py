from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger.management.moment import moment
from ledger.models import Channel
from ledger.post import outbox
from ledger.post.channels import posting


class Command(BaseCommand):
    help = "Send what is owed, by mail and to channels, as beat does. Harmless to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at", type=moment, default=None, help="another moment than now, as 2026-11-22T06:00+00:00"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        fixed = options["at"]

        def at() -> datetime:
            return fixed or datetime.now(UTC)

        self.stdout.write(f"{outbox.send(at)} mails sent.")
        if Channel.objects.exists():
            self.stdout.write(f"{posting.send(at)} posts taken by channels.")
