from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from predictions.horizons import Horizon, read, why_not


def day(text: str) -> date:
    """A day given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” is no date; write it as 2026-02-05") from error


def as_json(horizon: Horizon) -> dict[str, Any]:
    """A reading for other programs: dates in ISO form, and EDTF."""
    return {
        "text": horizon.text,
        "span": horizon.span,
        "said_on": horizon.said_on.isoformat(),
        "earliest": horizon.earliest.isoformat(),
        "nominal": horizon.nominal.isoformat(),
        "deadline": horizon.deadline.isoformat(),
        "latest": horizon.latest.isoformat(),
        "kind": horizon.kind,
        "approximate": horizon.approximate,
        "rule": horizon.rule,
        "hedge": horizon.hedge,
        "edtf": horizon.edtf,
        "explanation": horizon.explanation,
    }


class Command(BaseCommand):
    help = "Read the horizon of a phrase or sentence, or say why no date can be derived."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help="what was said")
        parser.add_argument(
            "--said-on", type=day, required=True, help="the day on which it was said, as 2026-02-05"
        )
        parser.add_argument("--json", action="store_true", help="print an object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        text, said_on = options["text"], options["said_on"]
        horizon = read(text, said_on)
        if horizon is None:
            reason = why_not(text, said_on)
            if options["json"]:
                self.stdout.write(json.dumps({"text": text, "why_not": reason}, ensure_ascii=False))
            raise CommandError(reason)
        reading = as_json(horizon)
        if options["json"]:
            self.stdout.write(json.dumps(reading, ensure_ascii=False))
            return
        for name in ("earliest", "nominal", "deadline", "latest", "kind", "rule", "edtf"):
            self.stdout.write(f"{name:9} {reading[name]}")
        self.stdout.write(horizon.explanation)
