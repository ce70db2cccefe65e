"""The demo ledger is loaded once, whatever has become of it since."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db.models import F, Value
from django.db.models.functions import Concat

from predictions import ink
from predictions.demo.load import load
from predictions.models import Prediction, Source, Speaker, Statement, Topic
from tests import factories
from tests.factories import noon

TODAY = date(2026, 11, 22)
ALL = 71


def load_it() -> int:
    return load(at=noon(TODAY), on=TODAY)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Prediction, Statement, Speaker, Source, Topic))


@pytest.mark.django_db
def test_a_second_time_adds_nothing() -> None:
    assert load_it() == ALL
    before = counts()
    assert load_it() == 0
    assert counts() == before


@pytest.mark.django_db
def test_what_was_renamed_since_is_not_loaded_anew() -> None:
    load_it()
    for model in (Speaker, Source, Topic):
        model.objects.update(slug=Concat(F("slug"), Value("-renamed")))
    Source.objects.update(title="Another title", published_on=None)
    before = counts()
    assert load_it() == 0
    assert counts() == before


@pytest.mark.django_db
def test_cut_off_half_way_it_leaves_nothing_and_is_whole_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write = ink.write
    written: list[Prediction] = []

    def cut_off(draft: ink.Draft, *, at: object, on: object) -> Prediction:
        if len(written) == 30:
            raise KeyboardInterrupt
        written.append(write(draft, at=noon(TODAY), on=TODAY))
        return written[-1]

    with monkeypatch.context() as patch:
        patch.setattr(ink, "write", cut_off)
        with pytest.raises(KeyboardInterrupt):
            load_it()
    assert counts() == (0, 0, 0, 0, 0)
    assert load_it() == ALL


@pytest.mark.django_db
def test_asked_for_it_comes_into_a_ledger_that_holds_other_things(capsys: pytest.CaptureFixture[str]) -> None:
    own = factories.prediction(topics=["Energy"])
    taken = Topic.objects.create(name="Space flight, as we call it", slug="space")
    call_command("demo")
    assert f"{ALL} predictions were new" in capsys.readouterr().out
    assert Prediction.objects.count() == ALL + 1
    assert set(Topic.objects.values_list("slug", flat=True)) >= {taken.slug, own.topics.get().slug}
