"""A source's public page: out of how much was logged, why the rest was not, and where in the words it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from predictions import deciding, ink
from predictions.denominator import MOST_SQUARES, Denominator
from predictions.models import Candidate, Prediction, Statement, Transcript
from predictions.passages import passages
from tests import drafts, factories
from tests.drafts import AT, SAID, TODAY, candidate, searched

pytestmark = pytest.mark.django_db


def log(one: Candidate) -> Prediction:
    said = Statement(
        speaker=factories.speaker("Mira Solano"), source=one.transcript.source, quote=one.quote, said_on=SAID
    )
    entry = Prediction(claim=f"Claim {one.pk}.", criteria="All can see it.", horizon_text=one.horizon_text)
    made = deciding.accept(one, ink.Draft(said, entry), at=AT, on=TODAY).prediction
    assert made
    return made


def page(client: Client, of: Transcript) -> str:
    return client.get(f"/sources/{of.source.pk}/").content.decode()


def test_nothing_is_said_of_a_source_without_a_transcript(client: Client) -> None:
    html = client.get(f"/sources/{factories.source().pk}/").content.decode()
    assert "look like predictions" not in html
    assert "In their context" not in html


def test_everything_found_is_a_square_and_every_reason_is_counted(client: Client) -> None:
    stored = searched()
    found = stored.candidates.count()
    log(candidate(stored, "2030"))
    deciding.reject(candidate(stored, "old pier"), "advice", at=AT)
    deciding.reject(stored.candidates.order_by("-start")[0], "duplicate", at=AT)
    html = page(client, stored)
    assert html.count('class="sq ') == found + 5, "and one for each heap in the key"
    assert "sentences that look like predictions can be held to a date so far" in html
    assert '<th scope="row">Advice</th><td class="n">1</td>' in html
    assert "Why two were not logged" in html


@pytest.mark.parametrize(
    ("decide", "says"),
    [
        (lambda one: None, "One sentence looks like a prediction, and is not decided yet"),
        (log, "One sentence looks like a prediction, and can be held to a date"),
        (
            lambda one: deciding.reject(one, "advice", at=AT),
            "One sentence looks like a prediction, and cannot be held to a date",
        ),
    ],
)
def test_one_sentence_is_told_as_one(client: Client, decide: Callable[[Candidate], Any], says: str) -> None:
    stored = searched()
    stored.candidates.exclude(pk=candidate(stored, "2030").pk).delete()
    decide(stored.candidates.get())
    assert says in page(client, stored)


def test_what_was_logged_is_shown_in_its_context_with_its_entry(client: Client) -> None:
    stored = searched()
    one = candidate(stored, "2030")
    entry = log(one)
    html = page(client, stored)
    assert f'<mark class="dated">{one.quote}</mark>' in html
    assert f'<a href="/predictions/{entry.pk}/" lang="en">Claim {one.pk}.</a>' in html
    assert "My grandfather ran the steam ferry here" in html


def test_who_decided_is_not_published(client: Client) -> None:
    stored = searched()
    deciding.reject(
        candidate(stored, "2030"), "joke", at=AT, by=User.objects.create_user("bea", first_name="Beatrix")
    )
    assert "Beatrix" not in page(client, stored)


def test_markup_in_the_words_stays_words(client: Client) -> None:
    stored = searched("I predict that <b onclick=x>the pier</b> will be closed by 2031.")
    log(candidate(stored, "2031"))
    assert "<b onclick" not in page(client, stored)


def test_however_much_was_logged_the_queries_stay_few(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lines = "\n\n".join(
        f"I predict that line {n} will be rebuilt by {2030 + n}. " + "It is old. " * 100 for n in range(12)
    )
    stored = searched(lines)
    for one in stored.candidates.select_related("transcript__source"):
        log(one)
    with django_assert_max_num_queries(20):
        page(client, stored)


def test_a_great_many_share_squares_and_no_heap_is_lost() -> None:
    many = Denominator(found=5_000, dated=1, undated=3, rejected=(("a joke", 900),), undecided=4_096)
    assert len(many.squares) <= MOST_SQUARES + 5
    assert set(many.squares) == {"dated", "undated", "rejected", "undecided"}


def test_a_source_still_to_be_searched_says_so(client: Client) -> None:
    assert "has been found so far" in page(client, drafts.transcript())


def test_more_passages_than_a_query_has_columns_are_all_shown() -> None:
    stored = searched()
    assert len(passages(stored, [(0, 5)] * 2_100, around=10)) == 2_100
