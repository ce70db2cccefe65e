"""Atom feeds of what happened to predictions: they fell due, were resolved, were put right. Only what is final."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from ledger.entries import entry
from ledger.log.sealing import latest_checkpoint
from ledger.marks import Mark, mark
from ledger.models import Checkpoint, Event
from ledger.moments import day_of
from ledger.selection import Selection
from ledger.standing import Standing, State, derived, followed
from ledger.views.choice import selection_of
from ledger.wording import one_line

MOST_ENTRIES = 50
LONGEST_TITLE = 200
CONTROLS = re.compile(r"[\x00-\x08\x0B-\x0C\x0E-\x1F]")


@dataclass(frozen=True)
class Asked:
    """Of what part of the ledger a feed is asked for, at which moment, and what the log was sealed with last."""

    selection: Selection
    at: datetime
    checkpoint: Checkpoint | None


class Steady(Atom1Feed):
    """Atom that says the same until something happens, also while nothing has, and holds no character that XML may not."""

    def add_item(self, title: str, link: str, description: str | None, *args: Any, **kwargs: Any) -> None:
        super().add_item(title, link, CONTROLS.sub("", description or ""), *args, **kwargs)

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, UTC)


class Happenings(Feed[Event, Asked]):
    """The newest events of one kind, narrowed by ``?speaker=``, ``?topic=`` (slugs) and ``?q=`` (words).

    ``kind`` is the events', ``name`` that of the address, ``heading`` and ``about`` are for readers.
    """

    feed_type = Steady
    description_template = "feeds/entry.html"
    language = "en"
    author_name = "Hindsight"

    def __init__(self, kind: str, name: str, heading: str, about: str) -> None:
        super().__init__()
        self.kind, self.name, self.heading, self.about = kind, name, heading, about

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Asked:
        return Asked(selection_of(request), at=datetime.now(UTC), checkpoint=latest_checkpoint())

    def title(self, asked: Asked) -> str:
        return f"{self.heading}: {asked.selection.named or 'all predictions'}"

    def subtitle(self, asked: Asked) -> str:
        return self.about

    def link(self, asked: Asked) -> str:
        speaker = asked.selection.speaker
        return f"{settings.SITE_URL}{speaker.get_absolute_url() if speaker else reverse('dashboard')}"

    def feed_url(self, asked: Asked) -> str:
        return f"{settings.SITE_URL}{asked.selection.at(reverse(self.name))}"

    def feed_guid(self, asked: Asked) -> str:
        return f"tag:{_host()},2026:{asked.selection.at(self.name)}"

    def items(self, asked: Asked) -> list[Event]:
        """The newest first. What was flagged ahead of its day is not there before that is over."""
        found = Event.objects.of_kind(self.kind).filter(happened_at__lte=asked.at)
        if asked.selection != Selection():
            found = found.filter(prediction__in=asked.selection.predictions())
        return list(
            found.select_related(
                "resolution", "prediction__statement__speaker", "prediction__statement__source"
            )
            .prefetch_related("prediction__deadlines", *followed("prediction__"))
            .order_by("-recorded_at", "-pk")[:MOST_ENTRIES]
        )

    # -- an entry; once there it stays as it is, but for the checkpoint below it

    def item_guid(self, event: Event) -> str:
        return f"tag:{_host()},{event.recorded_at.astimezone(UTC):%Y-%m-%d}:event/{event.pk}"

    def item_title(self, event: Event) -> str:
        prediction = event.prediction
        return one_line(
            f"{told(event).word}: {prediction.foretold} ({prediction.statement.speaker})", LONGEST_TITLE
        )

    def item_link(self, event: Event) -> str:
        return f"{settings.SITE_URL}{event.prediction.get_absolute_url()}"

    def item_pubdate(self, event: Event) -> datetime:
        return event.recorded_at

    def item_updateddate(self, event: Event) -> datetime:
        return event.recorded_at

    def item_author_name(self, event: Event) -> str:
        return one_line(str(event.prediction.statement.speaker))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event: Event = kwargs["item"]
        asked: Asked = kwargs["obj"]
        return {
            "event": event,
            "told": told(event),
            "prediction": event.prediction,
            "checkpoint": asked.checkpoint,
        }


def told(event: Event) -> Mark:
    """What an event says in a word or two: of a verdict, what it made of the prediction on the day it was given."""
    verdict = event.resolution
    if verdict is None:
        return Mark(event.kind, event.get_kind_display().capitalize())
    found = entry(event.prediction, day_of(event.happened_at))
    outcome = derived(verdict, found.deadline)
    return mark(replace(found, standing=Standing(State.SETTLED, verdict, outcome, counts=found.is_due)))


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
