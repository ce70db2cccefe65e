"""Reading the published figures."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from pytest_django import DjangoAssertNumQueries

from ledger.counting import figures
from ledger.models import Reckoning, Score
from ledger.scoring.groups import Ink
from ledger.scoring.published import Due, Figures, Ranking, Reading
from tests import factories

pytestmark = pytest.mark.django_db


def test_where_nothing_is_stored_the_figures_are_empty() -> None:
    ada = factories.speaker("Ada Quint")
    assert figures.of_all() == Figures("all", "", "beforehand", Reading.DEADLINE)
    assert figures.of_speaker(ada, Ink.ALL) == Figures("speaker", "ada-quint", "all", Reading.DEADLINE)
    assert figures.ranking() == Ranking()


def test_what_was_stored_comes_back_as_it_was(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ada, bo = factories.speaker("Ada Quint"), factories.speaker("Bo Renn")
    at = factories.noon(date(2026, 11, 22))
    run = Reckoning.objects.create(
        number=1, whole=True, as_of=at.date(), code="1", lexicons={}, last_event=0, began_at=at, held_until=at
    )
    known = Figures("speaker", ada.slug, "beforehand", Reading.DEADLINE, at.date(), due=Due(due=1, late=1))
    Score.objects.create(
        scope="speaker",
        subject=ada.pk,
        ink=known.ink,
        reading=known.reading,
        figures=msgspec.to_builtins(known),
        reckoning=run,
    )
    with django_assert_num_queries(1):
        found = figures.of_speakers([ada, bo])
    assert found[ada.pk] == known
    assert found[bo.pk].as_of is None
