"""Out of how much was logged: everything found counts, and stays in one of the heaps."""

from __future__ import annotations

import pytest

from predictions import deciding, ink
from predictions.denominator import Denominator, denominator
from predictions.models import Candidate, Prediction, Statement
from tests import drafts, factories
from tests.drafts import AT, SAID, TODAY, candidate, later, searched

pytestmark = pytest.mark.django_db


def log(one: Candidate, horizon: str) -> None:
    said = Statement(
        speaker=factories.speaker("Mira Solano"), source=one.transcript.source, quote=one.quote, said_on=SAID
    )
    entry = Prediction(claim=f"{one.pk} comes true.", criteria="All can see it.", horizon_text=horizon)
    deciding.accept(one, ink.Draft(said, entry), at=AT, on=TODAY)


def test_one_that_was_not_searched_yet_has_nothing_found() -> None:
    assert denominator(drafts.transcript().source) == Denominator(0, 0, 0, (), 0)


def test_logged_left_out_and_undecided_make_up_what_was_found() -> None:
    stored = searched()
    found = stored.candidates.count()
    log(candidate(stored, "2030"), "By 2030")
    log(candidate(stored, "As I said"), "") if stored.candidates.filter(quote__contains="As I said") else None
    deciding.reject(candidate(stored, "old pier"), "advice", at=AT)
    result = denominator(stored.source)
    assert result.found == found
    assert result.dated == 1
    assert result.rejected == (("advice", 1),)
    assert result.found == result.logged + result.left_out + result.undecided


def test_what_was_cut_in_two_counts_as_two_until_the_cut_is_undone() -> None:
    stored = searched()
    found = stored.candidates.count()
    one = candidate(stored, "2030")
    deciding.recast([one], [(one.start, one.start + 20), (one.start + 21, one.end)], at=AT)
    cut = denominator(stored.source)
    assert cut.found == cut.undecided == found + 1
    deciding.undo(one.decisions.get(), at=later(minutes=1))
    whole = denominator(stored.source)
    assert whole.found == found


def test_the_commonest_reason_comes_first() -> None:
    stored = searched()
    first, second, third = stored.candidates.order_by("start")[:3]
    deciding.reject(first, "joke", at=AT)
    deciding.reject(second, "past", at=AT)
    deciding.reject(third, "past", at=AT)
    result = denominator(stored.source)
    assert result.rejected == (("about the past", 2), ("a joke", 1))


def test_one_that_is_dated_anew_counts_once_and_one_withdrawn_is_its_own_heap() -> None:
    stored = searched()
    one = candidate(stored, "2030")
    log(one, "By 2030")
    entry = Prediction.objects.get()
    first = entry.deadlines.get()
    first.pk, first.ordinal, first.reason = None, 2, "Read anew."
    first.save(force_insert=True)
    anew = denominator(stored.source)
    assert (anew.dated, anew.undated, anew.logged) == (1, 0, 1)
    gone = denominator(stored.source, [entry.pk])
    assert (gone.dated, gone.undated, gone.withdrawn) == (0, 0, 1)
    assert gone.undecided == anew.undecided
    assert "withdrawn" in gone.squares
