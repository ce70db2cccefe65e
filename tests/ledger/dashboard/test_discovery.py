"""What machines find: the map of the pages, what a prediction is, how to frame it."""

from __future__ import annotations

import json
import re
from datetime import date
from html import escape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from ledger.judging import withdrawal
from predictions.models import Prediction, Source
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

HERE = "http://localhost:8000"
TODAY = date(2026, 11, 29)


@pytest.fixture
def late() -> Prediction:
    """A promise that came late; its words try to leave the script element."""
    row = factories.prediction(
        "by 10 March 2020",
        said_on=date(2019, 1, 1),
        inked_on=date(2019, 1, 2),
        topics=["Cars"],
        claim="It is </script><b>sold</b> & paid.",
        said={"speaker": factories.speaker("Ada Quint")},
    )
    factories.verdict(row, "yes", on=TODAY, happened_on=date(2021, 6, 1))
    return row


def graph(client: Client, row: Prediction) -> list[dict[str, Any]]:
    page = client.get(row.get_absolute_url()).content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found: list[dict[str, Any]] = json.loads(block)["@graph"]
    return found


def test_a_prediction_is_a_claim_and_once_judged_has_one_review(client: Client, late: Prediction) -> None:
    claim, review = graph(client, late)
    page = f"{HERE}{late.get_absolute_url()}"
    assert (claim["@type"], claim["url"], claim["text"]) == ("Claim", page, late.claim)
    assert claim["datePublished"] == "2019-01-01"
    assert claim["author"] == {"@type": "Person", "name": "Ada Quint", "url": f"{HERE}/speakers/ada-quint/"}
    assert (review["@type"], review["url"], review["claimReviewed"]) == ("ClaimReview", page, late.claim)
    assert review["itemReviewed"] == {"@id": claim["@id"]}
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Late, 2.0 times the time"}
    assert review["author"]["name"] == "Hindsight"
    factories.verdict(late, "no", on=TODAY)
    assert [thing["@type"] for thing in graph(client, late)] == ["Claim", "ClaimReview"]


THING = {"@type", "@id", "name", "url"}
WORK = {*THING, "text", "author", "datePublished", "inLanguage", "temporalCoverage"}
PROPERTIES = {
    "Person": THING,
    "Organization": THING,
    "Claim": {*WORK, "appearance", "firstAppearance", "claimInterpreter"},
    "ClaimReview": {*WORK, "claimReviewed", "itemReviewed", "reviewBody", "reviewRating"},
    "Rating": {*THING, "alternateName", "ratingValue", "bestRating", "worstRating"},
    **dict.fromkeys(("CreativeWork", "PodcastEpisode", "Article", "SocialMediaPosting"), WORK),
}
"""Of what we speak of, the properties that schema.org gives it or what it is a kind of."""
REQUIRED = {
    "Claim": {"text", "author", "appearance", "inLanguage"},
    "ClaimReview": {"url", "author", "claimReviewed", "itemReviewed", "reviewRating", "datePublished"},
    "Rating": {"alternateName"},
}
"""What those who show a review of a claim ask of it."""


def amiss(thing: dict[str, Any]) -> list[str]:
    """What of ``thing``, and of what is within, is not as schema.org has it."""
    if set(thing) == {"@id"}:
        return []
    kind = thing["@type"]
    found = [f"{kind} has no {name}" for name in set(thing) - PROPERTIES[kind]]
    found += [f"{kind} lacks {name}" for name in REQUIRED.get(kind, set()) - set(thing)]
    found += [f"{kind}.{name} says nothing" for name, value in thing.items() if value in ("", None, [])]
    within = [value for value in thing.values() if isinstance(value, dict)]
    return found + [fault for one in within for fault in amiss(one)]


@pytest.mark.parametrize("kind", list(Source.Kind))
def test_what_machines_read_is_as_the_vocabulary_has_it(client: Client, late: Prediction, kind: str) -> None:
    Source.objects.update(kind=kind, url="https://example.org/talk", published_on=date(2019, 1, 1))
    said = graph(client, late)
    assert [fault for thing in said for fault in amiss(thing)] == []
    assert {"@id": said[0]["@id"]} == said[1]["itemReviewed"]


def test_a_review_is_of_the_day_on_which_it_was_given_here(
    client: Client, late: Prediction, settings: Settings
) -> None:
    """At noon in London it is the next day already on an island that is thirteen hours ahead."""
    assert graph(client, late)[1]["datePublished"] == "2026-11-29"
    settings.TIME_ZONE = "Pacific/Tongatapu"
    assert graph(client, late)[1]["datePublished"] == "2026-11-30"


def test_without_a_verdict_that_stands_there_is_no_review(client: Client, late: Prediction) -> None:
    waits = factories.prediction("in 2020", said_on=date(2019, 1, 1))
    assert [thing["@type"] for thing in graph(client, waits)] == ["Claim"]
    withdrawal.withdraw(late, reason="A joke.", at=noon(TODAY))
    assert [thing["@type"] for thing in graph(client, late)] == ["Claim"]


@pytest.mark.parametrize(
    ("precision", "day"), [("day", "2019-01-01"), ("month", "2019-01"), ("year", "2019")]
)
def test_a_day_is_told_no_more_exactly_than_it_is_known(client: Client, precision: str, day: str) -> None:
    row = factories.prediction("in 2030", said_on=date(2019, 1, 1), said={"said_precision": precision})
    assert graph(client, row)[0]["datePublished"] == day


def test_a_shared_link_says_what_its_page_says(client: Client, late: Prediction) -> None:
    page = client.get(late.get_absolute_url()).content.decode()
    assert (
        '<meta property="og:title" content="It is &lt;/script&gt;&lt;b&gt;sold&lt;/b&gt; &amp; paid.">'
        in page
    )
    assert f'<meta property="og:url" content="{HERE}{late.get_absolute_url()}">' in page
    assert '<meta property="og:description" content="Ada Quint, 1 January 2019' in page


def locations(client: Client, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address).content)  # noqa: S314  # our own
    return [found.text or "" for found in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_the_map_leads_to_every_page_and_every_page_answers(client: Client, late: Prediction) -> None:
    assert "Sitemap: http://localhost:8000/sitemap.xml" in client.get("/robots.txt").content.decode()
    parts = [address.partition("testserver")[2] for address in locations(client, "/sitemap.xml")]
    pages = [page for part in parts for page in locations(client, part)]
    assert {f"{HERE}/?lang=zh-hant", f"{HERE}/speakers/ada-quint/?lang=zh-hant"} <= set(pages)
    assert {f"{HERE}/", f"{HERE}/topics/cars/", f"{HERE}/speakers/ada-quint/"} <= set(pages)
    assert {f"{HERE}{late.get_absolute_url()}", f"{HERE}{late.statement.source.get_absolute_url()}"} <= set(
        pages
    )
    for page in pages:
        answer = client.get(page.removeprefix(HERE))
        assert answer.status_code == 200, page
        assert f'<link rel="canonical" href="{page}">' in answer.content.decode(), page


def test_the_map_names_each_page_in_every_language(client: Client, late: Prediction) -> None:
    root = ElementTree.fromstring(client.get("/sitemap-speakers.xml").content)  # noqa: S314  # our own
    ada = f"{HERE}/speakers/ada-quint/"
    every = {"en": ada, "zh-hant": f"{ada}?lang=zh-hant", "x-default": ada}
    for url in root:
        links = url.iter("{http://www.w3.org/1999/xhtml}link")
        assert {link.get("hreflang"): link.get("href") for link in links} == every
    assert len(root) == 2


def test_only_the_frame_may_be_framed(client: Client, late: Prediction) -> None:
    framed = client.get(f"{late.get_absolute_url()}embed/")
    assert "frame-ancestors *;" in f"{framed['Content-Security-Policy']};"
    assert "X-Frame-Options" not in framed
    assert "2.0 times the time" in framed.content.decode()
    page = client.get(late.get_absolute_url())
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert client.get("/predictions/0/embed/").status_code == 404


def test_oembed_tells_how_to_frame_it(client: Client, late: Prediction) -> None:
    asked = {"url": f"{HERE}{late.get_absolute_url()}", "maxwidth": "400"}
    told = client.get("/oembed", asked).json()
    assert (told["type"], told["width"], told["author_name"]) == ("rich", 400, "Ada Quint")
    assert f'src="{HERE}{late.get_absolute_url()}embed/"' in told["html"]
    offered = client.get(late.get_absolute_url()).content.decode()
    assert escape(told["html"].replace("400", "560")) in offered, "and the page itself offers the same"
    assert "</script>" not in told["html"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 404),
        ({"url": "https://elsewhere.example/predictions/1/"}, 404),
        ({"url": f"{HERE}/speakers/"}, 404),
        ({"url": f"{HERE}/predictions/999/"}, 404),
        ({"url": "http://[::1"}, 404),
        ({"url": f"{HERE}/predictions/1/", "format": "xml"}, 501),
    ],
)
def test_oembed_refuses_what_it_cannot_frame(client: Client, asked: dict[str, str], status: int) -> None:
    assert client.get("/oembed", asked).status_code == status
