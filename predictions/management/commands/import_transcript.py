from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from predictions import importing
from predictions.extraction import Candidate, find
from predictions.management.commands.horizon import day
from predictions.tasks import begin_search
from predictions.transcripts import LARGEST, Transcript, Unreadable, read, too_large


def contents(path: Path) -> bytes:
    """The bytes of a file; one that is too large is not read at all, or no further than shows that it is."""
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f"{path.name}: {too_large(path.stat().st_size)}")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)  # what has no size, as a pipe, may be endless
    except OSError as error:
        raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error


def as_json(candidate: Candidate, transcript: Transcript) -> dict[str, Any]:
    """A candidate for other programs. Offsets count the code points of the decoded file."""
    start, end = transcript.span_in_file(candidate.start, candidate.end)
    horizon = candidate.horizon
    return {
        "char_start": start,
        "char_end": end,
        "quote": candidate.quote,
        "horizon": horizon.text if horizon else None,
        "deadline": horizon.deadline.isoformat() if horizon else None,
        "speaker": candidate.speaker,
        "speaker_certainty": candidate.certainty,
        "attribution": candidate.attribution,
        "confidence": candidate.confidence_words or None,
        "probability": candidate.probability,
        "score": candidate.score,
        "reason": candidate.reason,
        "repeats": None if candidate.repeats is None else transcript.in_file(candidate.repeats),
    }


class Command(BaseCommand):
    help = "Store a transcript and have it searched for what may be predictions; or only show what would be found."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="text, Markdown, WebVTT, SRT, podcast JSON or a web page")
        parser.add_argument(
            "--said-on", type=day, required=True, help="the day on which it was said, as 2026-02-05"
        )
        parser.add_argument("--speaker", help="whose words they are where the file does not say")
        parser.add_argument("--title", help="what the source is called")
        parser.add_argument("--url", help="where the source is to be found")
        parser.add_argument("--dry-run", action="store_true", help="only show what would be found")
        parser.add_argument("--json", action="store_true", help="print a candidate a line as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        data = contents(path)
        try:
            transcript = read(data, path.name)
        except Unreadable as error:
            raise CommandError(f"{path.name}: {error}") from error
        if not options["dry_run"]:
            self.store(data, path, options, len(transcript.segments))
            if not options["json"]:
                return
        found = find(transcript, options["said_on"], options["speaker"])
        if options["json"]:
            for candidate in found:
                self.stdout.write(json.dumps(as_json(candidate, transcript), ensure_ascii=False))
            return
        for candidate in found:
            self.show(candidate)
        self.stdout.write(
            f"{len(found)} candidates in {len(transcript.segments)} segments ({transcript.format})."
        )

    def store(self, data: bytes, path: Path, options: dict[str, Any], segments: int) -> None:
        """Keep the transcript, and tell on the error stream where it is: the other is for candidates."""
        title, speaker = options["title"] or path.stem, options["speaker"]
        try:
            occasion = importing.Occasion(
                source=importing.source_named(title, options["url"] or ""),
                said_on=options["said_on"],
                speaker=importing.speaker_named(speaker) if speaker else None,
            )
            stored = importing.store(data, path.name, occasion, at=datetime.now(UTC))
        except (Unreadable, importing.AlreadyImported) as error:
            raise CommandError(f"{path.name}: {error}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        begin_search()
        self.stderr.write(
            f"Stored as transcript {stored.pk}, {segments} segments ({stored.format}). "
            f"Its candidates come in at {settings.SITE_URL}{stored.get_absolute_url()}"
        )

    def show(self, candidate: Candidate) -> None:
        """Print a candidate for a reader."""
        due = f"by {candidate.horizon.deadline}" if candidate.horizon else "no date"
        self.stdout.write(
            f"{candidate.score:5.1f}  {due:13}  {candidate.speaker or 'speaker unknown'} ({candidate.attribution})"
        )
        self.stdout.write(f"       “{' '.join(candidate.quote.split())}”")
        self.stdout.write(f"       {candidate.reason}\n")
