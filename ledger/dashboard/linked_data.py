"""What a prediction is, for machines that read pages: schema.org's Claim and, once it is judged, one ClaimReview.

The terms are those of https://schema.org/Claim and https://schema.org/ClaimReview. A rating here
is a word, never a number: what came late is not two fifths true.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse

from ledger.entries import Entry
from ledger.marks import mark
from ledger.moments import day_of
from ledger.wording import tongue
from predictions.models import Source, Speaker, Statement

TYPES = {
    Speaker.Kind.PERSON: "Person",
    Speaker.Kind.ORGANISATION: "Organization",
    Speaker.Kind.MARKET: "Organization",
    Speaker.Kind.CROWD: "Organization",
}
WORKS = {
    Source.Kind.PODCAST: "PodcastEpisode",
    Source.Kind.TALK: "CreativeWork",
    Source.Kind.ARTICLE: "Article",
    Source.Kind.POST: "SocialMediaPosting",
    Source.Kind.OTHER: "CreativeWork",
}
Thing = dict[str, Any]

INERT = str.maketrans(
    {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
"""What could end a script element or begin markup, as JSON writes it otherwise."""


def of(entry: Entry) -> Thing:
    """The graph of one prediction, as it stands."""
    claim = _claim(entry)
    verdict = entry.standing.verdict
    things = [claim]
    if verdict and not entry.is_withdrawn:
        things.append(
            {
                "@type": "ClaimReview",
                "@id": f"{_page(entry)}#verdict",
                "url": _page(entry),
                "claimReviewed": entry.prediction.foretold,
                "itemReviewed": {"@id": claim["@id"]},
                "datePublished": day_of(verdict.made_at).isoformat(),
                "author": {"@type": "Organization", "name": "Hindsight", "url": f"{settings.SITE_URL}/"},
                "reviewRating": {"@type": "Rating", "alternateName": str(mark(entry))},
                "reviewBody": verdict.note,
            }
        )
    return {"@context": "https://schema.org", "@graph": things}


def written(thing: Thing) -> str:
    """``thing`` as JSON that can stand inside a script element."""
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":")).translate(INERT)


def _claim(entry: Entry) -> Thing:
    prediction, said = entry.prediction, entry.prediction.statement
    claim: Thing = {
        "@type": "Claim",
        "@id": f"{_page(entry)}#claim",
        "url": _page(entry),
        "text": prediction.foretold,
        "inLanguage": tongue(prediction.foretold) or said.language,
        "datePublished": _day(said),
        "author": _who(said.speaker),
        "appearance": _where(said),
    }
    if entry.deadline:
        claim["temporalCoverage"] = f"{entry.deadline.earliest}/{entry.last_day}"
    return claim


def _day(said: Statement) -> str:
    """When it was said, no more exactly than it is known, as ISO 8601 writes it."""
    return said.said_on.isoformat()[: {"day": 10, "month": 7, "year": 4}[said.said_precision]]


def _who(speaker: Speaker) -> Thing:
    return {
        "@type": TYPES[Speaker.Kind(speaker.kind)],
        "name": speaker.name,
        "url": f"{settings.SITE_URL}{speaker.get_absolute_url()}",
    }


def _where(said: Statement) -> Thing:
    source = said.source
    work: Thing = {
        "@type": WORKS[Source.Kind(source.kind)],
        "name": source.title,
        "inLanguage": source.language,
    }
    if source.url:
        work["url"] = source.url
    if source.published_on:
        work["datePublished"] = source.published_on.isoformat()
    if said.quote:
        work["text"] = said.quote
    return work


def _page(entry: Entry) -> str:
    return f"{settings.SITE_URL}{reverse('prediction', args=[entry.prediction.pk])}"
