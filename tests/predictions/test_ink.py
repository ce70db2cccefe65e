"""Ink is written whole or not at all, is never edited, and refuses what it must in words that help."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection

from predictions import ink
from predictions.models import Deadline, Forecast, Prediction, Statement
from tests import factories
from tests.factories import noon
from tests.predictions.inking import SAID, TODAY, draft, write


def own_dates(**kwargs: Any) -> ink.Override:
    dates = {
        "earliest": SAID,
        "nominal": date(2026, 6, 1),
        "deadline": date(2026, 12, 31),
        "latest": date(2027, 6, 30),
        "reason": "He named the day elsewhere.",
    }
    return ink.Override(**{**dates, **kwargs})


def refusal(what: ink.Draft) -> dict[str, list[str]]:
    """What ``write`` objects to, after seeing that it left nothing behind."""
    with pytest.raises(ValidationError) as caught:
        write(what)
    rows = [model.objects.count() for model in (Statement, Prediction, Deadline, Forecast)]
    assert rows == [0, 0, 0, 0], "something was half-saved"
    return caught.value.message_dict


@pytest.mark.django_db
class TestWriting:
    def test_words_day_and_reading_become_ink_together(self) -> None:
        editor = User.objects.create_user("editor")
        prediction = ink.write(draft(), at=noon(TODAY), on=TODAY, by=editor)
        deadline = prediction.deadline
        assert deadline is not None
        assert (deadline.ordinal, deadline.counted_from, deadline.last_day) == (1, SAID, date(2026, 10, 1))
        assert (deadline.reading, deadline.reason) == (Deadline.Reading.ENGINE, "")
        assert deadline.rule
        assert deadline.explanation
        assert (prediction.inked_at, prediction.inked_on, prediction.inked_by) == (noon(TODAY), TODAY, editor)
        assert (deadline.made_at, deadline.made_by) == (noon(TODAY), editor)

    @pytest.mark.parametrize(
        ("said_on", "precision", "counted_from", "last_day"),
        [
            (date(2024, 2, 10), "day", date(2024, 2, 10), date(2025, 2, 10)),
            (date(2024, 2, 10), "month", date(2024, 2, 29), date(2025, 2, 28)),
            (date(2024, 2, 10), "year", date(2024, 12, 31), date(2025, 12, 31)),
        ],
    )
    def test_words_count_from_the_last_day_on_which_they_may_have_been_said(
        self, said_on: date, precision: str, counted_from: date, last_day: date
    ) -> None:
        deadline = write(draft(said={"said_on": said_on, "said_precision": precision})).deadline
        assert deadline is not None
        assert (deadline.counted_from, deadline.last_day) == (counted_from, last_day)

    @pytest.mark.parametrize("words", ["", "soon", "half a billion years"])
    def test_words_without_a_date_are_ink_too_and_say_why(self, words: str) -> None:
        prediction = write(draft(horizon_text=words))
        assert prediction.deadline is None
        assert prediction.undated_because
        assert list(Prediction.objects.undated()) == [prediction]
        assert not prediction.in_hindsight

    def test_a_person_may_set_the_dates_and_says_why(self) -> None:
        deadline = write(draft(override=own_dates(reason=" He named the day elsewhere. "))).deadline
        assert deadline is not None
        assert deadline.reading == Deadline.Reading.PERSON
        assert deadline.last_day == date(2026, 12, 31)
        assert deadline.counted_from == SAID
        assert deadline.approximate, "it is due before its latest day"
        assert deadline.reason == "He named the day elsewhere."

    @pytest.mark.parametrize(
        ("inked_on", "in_hindsight"), [(date(2026, 10, 1), False), (date(2026, 10, 2), True)]
    )
    def test_what_is_inked_after_its_last_day_is_in_hindsight(
        self, inked_on: date, *, in_hindsight: bool
    ) -> None:
        prediction = ink.write(draft(), at=noon(inked_on), on=inked_on)
        assert prediction.in_hindsight is in_hindsight
        assert Prediction.objects.inked_in_hindsight().exists() is in_hindsight
        assert Prediction.objects.inked_beforehand().exists() is not in_hindsight

    def test_anything_that_can_be_typed_is_kept_as_it_was(self) -> None:
        quote = "<script>alert('1')</script> ‏שלום 🚀\n  “36 months”"
        assert write(draft(said={"quote": quote})).statement.quote == quote


@pytest.mark.django_db
class TestObjections:
    @pytest.mark.parametrize(
        ("said", "field", "words"),
        [
            ({"said_on": date(2026, 3, 2)}, "said_on", "after today"),
            ({"said_on": date(9999, 12, 31)}, "said_on", "after today"),
            ({"said_on": date(2026, 4, 15), "said_precision": "month"}, "said_on", "after today"),
            ({"said_on": date(999, 12, 31)}, "said_on", "from 1000 on"),
            ({"said_on": date(1, 1, 1)}, "said_on", "from 1000 on"),
            ({"said_on": None}, "said_on", "null"),
            ({"quote": "x" * 5_001}, "quote", "5,000"),
            ({"quote": ""}, "quote", "only reports them"),
            ({"language": "elvish"}, "language", "elvish"),
        ],
    )
    def test_to_what_was_said(self, said: dict[str, Any], field: str, words: str) -> None:
        assert words in refusal(draft(said=said))[field][0]

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"claim": ""}, "claim"),
            ({"claim": "x" * 401}, "claim"),
            ({"criteria": ""}, "criteria"),
            ({"polarity": "perhaps"}, "polarity"),
            ({"horizon_text": "x" * 301}, "horizon_text"),
        ],
    )
    def test_to_what_was_predicted(self, given: dict[str, Any], field: str) -> None:
        assert field in refusal(draft(**given))

    @pytest.mark.parametrize(
        ("dates", "field", "words"),
        [
            ({"reason": ""}, "reason", "Say why"),
            ({"reason": " \n"}, "reason", "Say why"),
            ({"deadline": date(2025, 9, 30)}, "deadline", "before the day it was said"),
            ({"nominal": date(2027, 1, 1)}, "__all__", "in order"),
            ({"earliest": date(2026, 6, 2)}, "__all__", "in order"),
            ({"latest": date(2026, 12, 30)}, "__all__", "in order"),
        ],
    )
    def test_to_dates_set_by_a_person(self, dates: dict[str, Any], field: str, words: str) -> None:
        assert words in refusal(draft(override=own_dates(**dates)))[field][0]

    @pytest.mark.parametrize(
        ("low", "high", "words"),
        [(1.4, 1.4, ""), (-0.1, 0.5, ""), (0.6, 0.5, ""), (0.5, None, ""), (None, None, "")],
    )
    def test_to_odds_and_nothing_of_the_rest_is_kept(
        self, low: float | None, high: float | None, words: str
    ) -> None:
        what = draft()
        what.forecasts = [
            Forecast(by=what.statement.speaker, low=low, high=high, words=words, stated_on=SAID)
        ]
        assert refusal(what)

    def test_what_may_have_been_said_today_is_taken(self) -> None:
        assert write(draft(said={"said_on": TODAY})).pk
        assert write(draft(said={"said_on": date(2026, 3, 20), "said_precision": "month"})).pk

    def test_to_a_second_entry_of_the_same_claim_with_its_number(self) -> None:
        statement = {
            "speaker": factories.speaker(),
            "source": factories.source(),
            "quote": "In about a year.",
        }
        first = write(draft(said=statement))
        with pytest.raises(ValidationError) as caught:
            write(draft(said=statement))
        assert f"number {first.pk}" in caught.value.message_dict["claim"][0]
        assert Prediction.objects.count() == 1

    def test_but_not_to_one_that_puts_it_right(self) -> None:
        first = write(draft())
        again = write(draft(statement=first.statement, replaces=first))
        assert again.replaces == first
        once_more = write(draft(statement=first.statement, replaces=again))
        assert once_more.replaces == again

    def test_but_to_one_that_puts_right_another(self) -> None:
        words = factories.statement(said_on=SAID)
        known = write(draft(statement=words))
        wrong = write(draft(statement=known.statement, claim="Another claim."))
        with pytest.raises(ValidationError) as caught:
            write(draft(statement=known.statement, replaces=wrong))
        assert f"number {known.pk}" in caught.value.message_dict["claim"][0]
        right = write(draft(statement=known.statement, replaces=wrong, claim="A third claim."))
        with pytest.raises(ValidationError) as caught:
            write(draft(statement=known.statement, claim="A third claim."))
        assert f"number {right.pk}" in caught.value.message_dict["claim"][0]

    def test_to_putting_right_what_somebody_else_said(self) -> None:
        wrong = write(draft())
        with pytest.raises(ValidationError) as caught:
            write(draft(replaces=wrong))
        assert "an entry of its own" in caught.value.message_dict["speaker"][0]

    def test_to_putting_right_what_was_put_right(self) -> None:
        wrong = write(draft())
        right = write(draft(statement=wrong.statement, replaces=wrong))
        with pytest.raises(ValidationError) as caught:
            write(draft(statement=wrong.statement, replaces=wrong, claim="Another claim."))
        assert f"as number {right.pk}" in caught.value.message_dict["replaces"][0]


@pytest.mark.django_db
class TestTheSameWords:
    def test_are_one_statement_however_they_are_spaced_and_composed(self) -> None:
        where = {"speaker": factories.speaker(), "source": factories.source()}
        worst = write(draft(said={**where, "quote": "Caf\N{LATIN SMALL LETTER E WITH ACUTE} in  a year"}))
        best = write(
            draft(
                said={**where, "quote": "Cafe\N{COMBINING ACUTE ACCENT} in\na year"}, claim="Another claim."
            )
        )
        assert best.statement == worst.statement

    @pytest.mark.parametrize(
        "other",
        [
            {"quote": "In about two years."},
            {"said_on": date(2025, 10, 2)},
            {"said_precision": "month"},
            {"speaker": "Somebody Else"},
        ],
    )
    def test_on_another_day_or_by_somebody_else_are_another(self, other: dict[str, Any]) -> None:
        words = {"speaker": factories.speaker(), "source": factories.source(), "quote": "In about a year."}
        if "speaker" in other:
            other = {"speaker": factories.speaker(other["speaker"])}
        first = write(draft(said=words))
        second = write(draft(said={**words, **other}))
        assert first.statement != second.statement


@pytest.mark.django_db
class TestSayingAgain:
    def test_points_to_the_first_of_the_group(self) -> None:
        who = factories.speaker()
        first = write(draft(said={"speaker": who}))
        second = write(draft(said={"speaker": who}, says_again=first))
        third = write(draft(said={"speaker": who}, says_again=second))
        assert second.says_again == first
        assert third.says_again == first
        assert set(first.restatements.all()) == {second, third}

    def test_is_for_the_same_speaker_only(self) -> None:
        first = write(draft())
        with pytest.raises(ValidationError) as caught:
            write(draft(says_again=first))
        assert "Only the same speaker" in caught.value.message_dict["says_again"][0]

    def test_never_moves_the_first_deadline(self) -> None:
        who = factories.speaker()
        first = write(draft(said={"speaker": who}))
        write(draft(said={"speaker": who, "said_on": date(2026, 2, 1)}, says_again=first))
        first.refresh_from_db()
        assert [deadline.last_day for deadline in first.deadlines.all()] == [date(2026, 10, 1)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", ["new words", "known words"])
def test_of_two_editors_who_log_the_same_at_once_one_is_told(
    known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the database lets them, both see that the claim is free before either writes it."""
    words = {"speaker": factories.speaker(), "source": factories.source(), "quote": "In about a year."}
    if known == "known words":
        write(draft(said=words, claim="Another claim."))
    both_looked, outcomes, look = Barrier(2), [], Prediction.full_clean

    def look_together(prediction: Prediction, **kwargs: Any) -> None:
        look(prediction, **kwargs)
        with suppress(BrokenBarrierError):
            both_looked.wait(timeout=0.5)

    def log() -> None:
        try:
            outcomes.append(write(draft(said=words)).claim)
        except ValidationError as error:
            outcomes.append(str(error.messages))
        finally:
            connection.close()

    monkeypatch.setattr(Prediction, "full_clean", look_together)
    editors = [Thread(target=log) for _ in range(2)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert Statement.objects.count() == 1
    assert Prediction.objects.filter(claim="It is there.").count() == 1
    assert sum("in the ledger" in outcome for outcome in outcomes) == 1, outcomes
