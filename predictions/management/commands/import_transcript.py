from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from predictions.extraction import Candidate, find
from predictions.management.commands.horizon import day
from predictions.transcripts import LARGEST, Transcript, Unreadable, read


def contents(path: Path) -> bytes:
    """The bytes of a file, and of one that is too large only as many as show that it is."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
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
    help = "Read a transcript and find what may be predictions in it, best first."

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
        if not options["dry_run"]:
            raise CommandError("Add --dry-run to see what is found; this command keeps nothing without it.")
        path: Path = options["file"]
        try:
            transcript = read(contents(path), path.name)
        except Unreadable as error:
            raise CommandError(f"{path.name}: {error}") from error
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

    def show(self, candidate: Candidate) -> None:
        """Print a candidate for a reader."""
        due = f"by {candidate.horizon.deadline}" if candidate.horizon else "no date"
        self.stdout.write(
            f"{candidate.score:5.1f}  {due:13}  {candidate.speaker or 'speaker unknown'} ({candidate.attribution})"
        )
        self.stdout.write(f"       “{' '.join(candidate.quote.split())}”")
        self.stdout.write(f"       {candidate.reason}\n")
