"""What part of the ledger somebody asks for: one speaker's, one topic's, what has certain words in it, or all."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from ledger.models import Words
from ledger.wording import one_line
from predictions.models import Prediction, PredictionQuerySet, Speaker, Topic

LONGEST_SEARCH = 200
"""Characters of a search that are looked at."""


@dataclass(frozen=True)
class Selection:
    """What satisfies all that is given."""

    speaker: Speaker | None = None
    topic: Topic | None = None
    words: str = ""

    def predictions(self) -> PredictionQuerySet:
        found = Prediction.objects.all()
        if self.speaker:
            found = found.filter(statement__speaker=self.speaker)
        if self.topic:
            found = found.filter(topics=self.topic)
        if self.words:
            found = found.filter(pk__in=Words.objects.holding(self.words).order_by().values("pk"))
        return found

    @property
    def named(self) -> str:
        """As "Ada Quint, robots, “factory”"; empty when it is everything."""
        parts = [str(self.speaker or ""), str(self.topic or ""), f"“{self.words}”" if self.words else ""]
        return one_line(", ".join(part for part in parts if part))

    def at(self, address: str) -> str:
        """``address`` with this selection asked of it."""
        asked = {
            "speaker": self.speaker.slug if self.speaker else "",
            "topic": self.topic.slug if self.topic else "",
            "q": self.words,
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{address}?{query}" if query else address


def selection(speaker: str = "", topic: str = "", words: str = "") -> Selection:
    """The selection by slugs and words as they stand in an address; empty ones do not narrow.

    Raises ``Speaker.DoesNotExist`` or ``Topic.DoesNotExist``.
    """
    speaker, topic, words = map(typed, (speaker, topic, words))
    return Selection(
        Speaker.objects.get(slug=speaker) if speaker else None,
        Topic.objects.get(slug=topic) if topic else None,
        words,
    )


def typed(text: str) -> str:
    """What somebody typed or put into an address, as it is looked for and shown: on one line, ``LONGEST_SEARCH`` of it.

    A NUL, which PostgreSQL does not take, is a sign that stands nowhere: who looks for it finds nothing.
    """
    return one_line(text[:LONGEST_SEARCH].replace("\0", "\ufffd"))
