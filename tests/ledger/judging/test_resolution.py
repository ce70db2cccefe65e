"""What may be said of a prediction, and when. Verdicts are appended; none is ever lost."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from ledger.judging import resolution
from ledger.judging.withdrawal import withdraw
from ledger.models import Event, Evidence, Resolution
from ledger.standing import State, standing, with_standing
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

SAID = date(2025, 10, 1)
DEADLINE = date(2026, 10, 1)
BEFORE = date(2026, 3, 1)
AFTER = date(2026, 12, 1)

ACCEPTED = ""


def judge(prediction: Prediction, happened: str, *, on: date, **kwargs: Any) -> dict[str, list[str]]:
    """What is objected to a verdict given ``on`` that day; nothing if it was taken. Refused, it leaves no trace."""
    before = Resolution.objects.count(), Evidence.objects.count(), Event.objects.count()
    try:
        factories.verdict(prediction, happened, on=on, **kwargs)
    except ValidationError as error:
        assert (Resolution.objects.count(), Evidence.objects.count(), Event.objects.count()) == before
        return error.message_dict
    return {}


class TestTheAnswer:
    """
    it will happen        before          after
      yes                 taken           taken         both say when
      partly              refused         taken         says when, and which part
      no                  refused         taken
      cannot tell         refused         taken
      void                taken           taken         if it has a condition
      abandoned           taken           taken         says when

    it will not happen
      yes                 refused         taken
      partly              refused         taken
      no                  taken           taken         says when, by the deadline
      cannot tell, void, abandoned: as above
    """

    @pytest.mark.parametrize(
        ("polarity", "happened", "before", "after"),
        [
            ("will", "yes", ACCEPTED, ACCEPTED),
            ("will", "partly", "cannot be said until", ACCEPTED),
            ("will", "no", "cannot be said until", ACCEPTED),
            ("will", "cannot_tell", "cannot be said until", ACCEPTED),
            ("will", "void", ACCEPTED, ACCEPTED),
            ("will", "abandoned", ACCEPTED, ACCEPTED),
            ("will_not", "yes", "cannot be said until", ACCEPTED),
            ("will_not", "partly", "cannot be said until", ACCEPTED),
            ("will_not", "no", ACCEPTED, ACCEPTED),
            ("will_not", "cannot_tell", "cannot be said until", ACCEPTED),
            ("will_not", "void", ACCEPTED, ACCEPTED),
            ("will_not", "abandoned", ACCEPTED, ACCEPTED),
        ],
    )
    def test_before_and_after_the_deadline(
        self, polarity: str, happened: str, before: str, after: str
    ) -> None:
        dated = {"happened_on": date(2026, 2, 1)}
        partly = {"which_part": "The first half."} if happened == "partly" else {}
        given = {**(dated if happened in when_needed(polarity) else {}), **partly}
        for on, objection in ((BEFORE, before), (DEADLINE, before), (DEADLINE + timedelta(days=1), after)):
            prediction = factories.prediction(polarity=polarity, condition="If it is funded.")
            refused = judge(prediction, happened, on=on, **given)
            assert bool(refused) is bool(objection), (on, refused)
            if objection:
                assert list(refused) == ["happened"]
                assert objection in refused["happened"][0]
                assert "2026-10-01" in refused["happened"][0]

    @pytest.mark.parametrize(
        ("polarity", "settles"),
        [("will", "“yes” if it has come true"), ("will_not", "“no” if it has happened")],
    )
    def test_the_refusal_says_what_can_be_said_instead(self, polarity: str, settles: str) -> None:
        refused = judge(factories.prediction(polarity=polarity), "cannot_tell", on=BEFORE)
        assert settles in refused["happened"][0]

    @pytest.mark.parametrize("happened", ["no", "cannot_tell", "partly"])
    def test_what_has_no_deadline_is_never_over(self, happened: str) -> None:
        given = {"happened_on": BEFORE, "which_part": "Half."} if happened == "partly" else {}
        refused = judge(factories.prediction("soon"), happened, on=AFTER, **given)
        assert "no deadline" in refused["happened"][0]
        assert not judge(factories.prediction("soon"), "yes", on=AFTER, happened_on=BEFORE)

    def test_nothing_is_void_without_a_condition(self) -> None:
        refused = judge(factories.prediction(), "void", on=AFTER)
        assert "condition" in refused["happened"][0]

    def test_what_was_withdrawn_is_not_judged(self) -> None:
        prediction = factories.prediction()
        withdraw(prediction, reason="Not his words.", at=noon(BEFORE))
        assert "withdrawn" in judge(prediction, "no", on=AFTER)["happened"][0]

    @pytest.mark.parametrize("happened", ["", "perhaps"])
    def test_there_are_no_other_answers(self, happened: str) -> None:
        assert "happened" in judge(factories.prediction(), happened, on=AFTER)

    def test_what_was_not_to_happen_by_then_and_happened_later_came_true(self) -> None:
        late = {"happened_on": DEADLINE + timedelta(days=1)}
        refused = judge(factories.prediction(polarity="will_not"), "no", on=AFTER, **late)
        assert "the answer is yes" in refused["happened"][0]
        assert not judge(factories.prediction(polarity="will_not"), "no", on=AFTER, happened_on=DEADLINE)


def when_needed(polarity: str) -> set[str]:
    return {"will": {"yes", "partly", "abandoned"}, "will_not": {"no", "abandoned"}}[polarity]


class TestTheDays:
    @pytest.mark.parametrize(
        ("polarity", "happened", "given", "field", "words"),
        [
            ("will", "yes", {}, "happened_on", "Say when"),
            ("will", "partly", {"which_part": "Half."}, "happened_on", "Say when"),
            ("will", "abandoned", {}, "happened_on", "Say when"),
            ("will_not", "no", {}, "happened_on", "Say when"),
            ("will", "no", {"happened_on": BEFORE}, "happened_on", "Leave it empty"),
            ("will_not", "yes", {"happened_on": BEFORE}, "happened_on", "Leave it empty"),
            ("will", "cannot_tell", {"happened_on": BEFORE}, "happened_on", "Leave it empty"),
            ("will", "yes", {"happened_on": SAID - timedelta(days=1)}, "happened_on", "before it was said"),
            ("will", "yes", {"happened_on": AFTER + timedelta(days=1)}, "happened_on", "in the future"),
            (
                "will",
                "yes",
                {"happened_on": BEFORE, "looked_until": BEFORE - timedelta(days=1)},
                "looked_until",
                "before it happened",
            ),
            ("will", "no", {"looked_until": AFTER + timedelta(days=1)}, "looked_until", "further than today"),
            ("will", "no", {"looked_until": DEADLINE - timedelta(days=1)}, "looked_until", "2026-10-01"),
            ("will_not", "yes", {"looked_until": DEADLINE - timedelta(days=1)}, "looked_until", "2026-10-01"),
            ("will", "no", {"looked_until": None}, "looked_until", "null"),
            ("will", "partly", {"happened_on": BEFORE}, "which_part", "which part"),
            ("will", "no", {"note": ""}, "note", "blank"),
        ],
    )
    def test_are_refused(
        self, polarity: str, happened: str, given: dict[str, Any], field: str, words: str
    ) -> None:
        refused = judge(factories.prediction(polarity=polarity), happened, on=AFTER, **given)
        assert list(refused) == [field]
        assert words in refused[field][0]

    @pytest.mark.parametrize(
        "given",
        [
            {"happened_on": SAID},
            {"happened_on": AFTER},
            {"happened_on": SAID.replace(day=31), "happened_precision": "month"},
            {"happened_on": date(2026, 12, 31), "happened_precision": "year"},
            {"happened_on": date(2025, 1, 1), "happened_precision": "year"},
            {"happened_on": BEFORE, "looked_until": BEFORE},
        ],
    )
    def test_are_taken_if_they_can_be_true(self, given: dict[str, Any]) -> None:
        assert not judge(factories.prediction(), "yes", on=AFTER, **given)

    def test_looking_until_the_last_day_is_enough_for_a_no(self) -> None:
        assert not judge(factories.prediction(), "no", on=AFTER, looked_until=DEADLINE)


class TestTheEvidence:
    def verdict(self) -> Resolution:
        return Resolution(happened="no", looked_until=AFTER, note="Nothing was to be found.")

    def test_there_is_none_without(self) -> None:
        with pytest.raises(ValidationError) as caught:
            resolution.resolve(factories.prediction(), self.verdict(), seen=None, at=noon(AFTER), on=AFTER)
        assert "at least one piece" in caught.value.message_dict["evidence"][0]
        assert not Resolution.objects.exists()

    def test_what_was_presented_before_will_do(self) -> None:
        prediction = factories.prediction()
        resolution.present(prediction, factories.evidence(), at=noon(BEFORE), on=BEFORE)
        assert resolution.resolve(prediction, self.verdict(), seen=None, at=noon(AFTER), on=AFTER).pk

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"url": "no address"}, "url"),
            ({"url": "javascript:alert(1)"}, "url"),
            ({"kind": "hearsay"}, "kind"),
            ({"bearing": ""}, "bearing"),
            ({"dated": AFTER + timedelta(days=1)}, "dated"),
        ],
    )
    def test_a_bad_piece_takes_the_verdict_with_it(self, wrong: dict[str, Any], field: str) -> None:
        pieces = [factories.evidence(), factories.evidence(**wrong)]
        with pytest.raises(ValidationError) as caught:
            resolution.resolve(
                factories.prediction(), self.verdict(), pieces, seen=None, at=noon(AFTER), on=AFTER
            )
        assert list(caught.value.message_dict) == [field]
        assert not Evidence.objects.exists()
        assert not Resolution.objects.exists()

    def test_says_who_added_it_and_when(self) -> None:
        reviewer = User.objects.create_user("reviewer")
        prediction = factories.prediction()
        piece = resolution.present(
            prediction, factories.evidence(dated=BEFORE), at=noon(BEFORE), on=BEFORE, by=reviewer
        )
        assert (piece.prediction, piece.added_at, piece.added_by) == (prediction, noon(BEFORE), reviewer)


class TestAVerdict:
    def test_is_recorded_with_its_event(self) -> None:
        reviewer = User.objects.create_user("reviewer")
        verdict = factories.verdict(factories.prediction(), "no", on=AFTER, by=reviewer)
        assert (verdict.made_at, verdict.made_by) == (noon(AFTER), reviewer)
        event = Event.objects.get(kind=Event.Kind.RESOLVED)
        assert (event.resolution, event.happened_at, event.made_by) == (verdict, noon(AFTER), reviewer)

    def test_supersedes_the_one_before_and_both_stay(self) -> None:
        """Not delivered by the deadline; delivered after all, late."""
        prediction = factories.prediction()
        first = factories.verdict(prediction, "no", on=AFTER)
        second = factories.verdict(
            prediction, "yes", on=AFTER + timedelta(days=90), happened_on=AFTER + timedelta(days=80)
        )
        assert list(Resolution.objects.filter(prediction=prediction)) == [first, second]
        fresh = Prediction.objects.get(pk=prediction.pk)
        now = standing(fresh, AFTER + timedelta(days=100))
        assert (now.state, now.verdict) == (State.SETTLED, second)
        assert Event.objects.of_kind(Event.Kind.RESOLVED).count() == 2

    def test_tells_if_the_reviewer_had_logged_the_entry_too(self) -> None:
        both, other = User.objects.create_user("both"), User.objects.create_user("other")
        prediction = factories.prediction(by=both)
        assert factories.verdict(prediction, "no", on=AFTER, by=both).by_logger
        assert not factories.verdict(prediction, "no", on=AFTER, by=other).by_logger
        assert not factories.verdict(factories.prediction(), "no", on=AFTER).by_logger


class TestWhatHappenedMeanwhile:
    """A reviewer judges what stood on their page; what the ledger holds by then is what counts."""

    def resolve(self, prediction: Prediction, seen: int | None) -> dict[str, list[str]]:
        verdict = Resolution(happened="no", looked_until=AFTER, note="Looked it up.")
        try:
            resolution.resolve(
                prediction, verdict, [factories.evidence()], seen=seen, at=noon(AFTER), on=AFTER
            )
        except ValidationError as error:
            return error.message_dict
        return {}

    def test_another_verdict_is_to_be_read_first(self) -> None:
        prediction = factories.prediction()
        first = factories.verdict(prediction, "no", on=AFTER)
        for seen in (None, first.pk + 1):
            assert "Meanwhile another verdict" in self.resolve(prediction, seen)["seen"][0]
        assert not self.resolve(prediction, first.pk)

    def test_nor_is_a_verdict_imagined(self) -> None:
        assert "seen" in self.resolve(factories.prediction(), 1)

    def test_a_withdrawal_leaves_nothing_to_judge(self) -> None:
        prediction = factories.prediction()
        stale = with_standing(Prediction.objects.all()).get()
        withdraw(prediction, reason="Not his words.", at=noon(BEFORE))
        assert "withdrawn" in self.resolve(stale, None)["happened"][0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("meanwhile", ["judged", "withdrawn"])
def test_a_verdict_waits_for_whoever_is_at_the_same_entry(meanwhile: str) -> None:
    prediction, refused = factories.prediction(), []

    def judge_too() -> None:
        try:
            refused.append(TestWhatHappenedMeanwhile().resolve(prediction, None))
        finally:
            connection.close()

    other = Thread(target=judge_too)
    with transaction.atomic():
        if meanwhile == "judged":
            factories.verdict(prediction, "no", on=AFTER)
        else:
            withdraw(prediction, reason="Not his words.", at=noon(BEFORE))
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join()
    assert [list(objections) for objections in refused] == [["seen" if meanwhile == "judged" else "happened"]]
