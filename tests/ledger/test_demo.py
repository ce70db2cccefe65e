"""The demo ledger is loaded once, whatever has become of it since; what was judged is judged by the common verbs."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client

from ledger.counting import figures
from ledger.demo.load import Loaded, load
from ledger.entries import Entry, entry
from ledger.judging import resolution, withdrawal
from ledger.models import Event, Evidence, Resolution
from ledger.scoring.groups import Ink, firsts
from ledger.standing import State, with_standing
from predictions import ink
from predictions.demo import load as said
from predictions.models import Deadline, Prediction, Source, Speaker, Statement, Topic
from tests import factories
from tests.factories import noon

TODAY = date(2026, 11, 29)
DOCUMENTS, RECORD, VERDICTS = 71, 302, 249

ROWS: tuple[type[models.Model], ...] = (
    *(Prediction, Statement, Speaker, Source, Topic, Deadline),
    *(Resolution, Evidence, Event),
)


def load_it() -> Loaded:
    return load(at=noon(TODAY), on=TODAY)


def counts() -> tuple[int, ...]:
    return tuple(model._default_manager.count() for model in ROWS)


def entries(**of: object) -> list[Entry]:
    return [entry(row, TODAY) for row in with_standing(Prediction.objects.filter(**of))]


class TestTheDocuments:
    """What was said in three documents, without verdicts: quick to load."""

    pytestmark = pytest.mark.django_db

    @pytest.fixture(autouse=True)
    def alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(said, "SHELVES", (said.DATA,))

    def test_a_second_time_adds_nothing(self) -> None:
        assert load_it() == Loaded(predictions=DOCUMENTS, verdicts=0)
        before = counts()
        assert load_it() == Loaded(predictions=0, verdicts=0)
        assert counts() == before

    def test_what_was_renamed_since_is_not_loaded_anew(self) -> None:
        load_it()
        for model in (Speaker, Source, Topic):
            model.objects.update(slug=Concat(F("slug"), Value("-renamed")))
        Source.objects.update(title="Another title", published_on=None)
        before = counts()
        load_it()
        assert counts() == before

    def test_cut_off_half_way_it_leaves_no_words_and_is_whole_the_next_time(
        self, monkeypatch: pytest.MonkeyPatch
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
        assert set(counts()) == {0}
        assert load_it().predictions == DOCUMENTS

    def test_asked_for_it_comes_into_a_ledger_that_holds_other_things(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        own = factories.prediction(topics=["Energy"])
        taken = Topic.objects.create(name="Space flight, as we call it", slug="space")
        call_command("demo")
        assert f"{DOCUMENTS} predictions and 0 verdicts were new" in capsys.readouterr().out
        assert Prediction.objects.count() == DOCUMENTS + 1
        assert set(Topic.objects.values_list("slug", flat=True)) >= {taken.slug, own.topics.get().slug}


@pytest.mark.django_db
def test_the_whole_record(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off among the verdicts it goes on where it stopped; and it holds what the rows teach."""
    resolve = resolution.resolve
    judged: list[Resolution] = []

    def cut_off(prediction: Prediction, verdict: Resolution, *rest: object, **moment: object) -> Resolution:
        if len(judged) == 20:
            raise KeyboardInterrupt
        judged.append(resolve(prediction, verdict, *rest, **moment))  # type: ignore[arg-type]
        return judged[-1]

    with monkeypatch.context() as patch:
        patch.setattr(resolution, "resolve", cut_off)
        with pytest.raises(KeyboardInterrupt):
            load_it()
    one = Prediction.objects.get(claim__startswith="The maiden Falcon 9 flight")
    withdrawn = Prediction.objects.get(claim__startswith="Tesla unveils its robotaxi")
    withdrawal.withdraw(withdrawn, reason="To see that it stays so.", at=noon(TODAY))
    assert one.resolutions.count() == 1
    assert load_it() == Loaded(predictions=0, verdicts=VERDICTS - 20 - 1)
    before = counts()
    assert load_it() == Loaded(predictions=0, verdicts=0)
    assert counts() == before
    assert_it_holds_what_the_rows_teach()
    factories.counted(TODAY)
    prices = figures.of_speaker(Speaker.objects.get(slug="prediction-markets-2021"), Ink.HINDSIGHT).odds
    assert (prices.n, prices.brier) == (19, 0.138521)  # what others computed of the same rows
    assert_every_page_with_shares_says_that_rows_were_picked(client)


def assert_it_holds_what_the_rows_teach() -> None:
    record = entries(statement__source__chosen_by_hand=True)
    assert len(record) == RECORD
    assert len({entry.prediction.statement.speaker_id for entry in record}) > 50
    past = [entry for entry in record if entry.is_due]
    assert all(entry.prediction.in_hindsight for entry in past)
    # What rests on memory waits, and so does what nobody has looked up.
    assert sum(entry.standing.state is State.WAITING for entry in record) == 41
    said_again = firsts((one.pk, one.says_again_id, one.replaces_id) for one in Prediction.objects.all())
    assert max(Counter(said_again.values()).values()) == 7
    starliner = Prediction.objects.filter(statement__speaker__slug__in=("nasa", "boeing-and-nasa"))
    bounds = starliner.filter(claim__startswith="Starliner makes its first crewed flight")
    assert [prediction.deadline for prediction in bounds] == [None, None]  # no earlier than is no promise
    flight = Deadline.objects.get(prediction__claim__startswith="The first Starship test flight")
    assert (flight.rule, flight.last_day) == ("event", date(2023, 4, 20))
    assert not Deadline.objects.filter(counted_from__gt=F("last_day")).exists()
    longest = max(
        Statement.objects.filter(source__chosen_by_hand=True), key=lambda one: len(one.quote.split())
    )
    assert len(longest.quote.split()) < 12


def assert_every_page_with_shares_says_that_rows_were_picked(client: Client) -> None:
    for address in ("/", "/speakers/", "/speakers/elon-musk/", "/speakers/david-manheim/"):
        assert "Picked by hand" in client.get(address).content.decode(), address
    assert "Picked by hand" not in client.get("/speakers/garry-tan/").content.decode()
    reported = Prediction.objects.filter(statement__quote="").earliest("pk")
    assert "The source reports it without quoting" in client.get(reported.get_absolute_url()).content.decode()
