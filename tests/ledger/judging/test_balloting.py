"""Two reviewers, blind: who may judge, when a round ends, what is known of it meanwhile."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from ledger import queue
from ledger.judging import agreement, balloting, sameness, withdrawal
from ledger.models import Ballot, Evidence, Resolution, Stake
from ledger.standing import State, latest_verdict, standing
from ledger.verifier.commitment import commit
from predictions.models import Prediction
from tests import factories
from tests.factories import noon
from tests.ledger.judging.blind import AFTER, IN_TIME, LATE, fallen, judge, kinds, today

pytestmark = pytest.mark.django_db


DEADLINE = date(2026, 10, 1)


OVER_IT = {"happened_on": date(2026, 10, 1), "happened_precision": "month"}


class TestARound:
    """
    first       second      third
    no          no                      accepted: no
    yes, time   yes, time               accepted, in the words of who is most exact
    yes, time   yes, late   no          disputed
    yes, time   no          no          accepted: no
    yes, ?      yes, late   yes, late   accepted: late
    """

    @pytest.mark.parametrize(
        ("answers", "accepted"),
        [
            ([("no", {}), ("no", {})], "no"),
            ([("cannot_tell", {}), ("cannot_tell", {})], "cannot_tell"),
            ([("yes", IN_TIME), ("yes", {"happened_on": date(2026, 2, 1)})], "yes"),
            ([("yes", IN_TIME), ("no", {}), ("no", {})], "no"),
            ([("yes", OVER_IT), ("yes", LATE), ("yes", LATE)], "yes"),
            ([("yes", IN_TIME), ("yes", LATE), ("no", {})], None),
            ([("yes", IN_TIME), ("cannot_tell", {}), ("no", {})], None),
        ],
    )
    def test_ends_when_two_agree_or_three_are_in(
        self, answers: list[tuple[str, dict[str, Any]]], accepted: str | None
    ) -> None:
        prediction = fallen()
        *first_ones, last = answers
        judge(prediction, *first_ones)
        assert not Resolution.objects.exists()
        assert today(prediction) is State.WAITING
        assert "ballot_opened" not in kinds(prediction)
        judge(prediction, last)
        assert kinds(prediction).count("ballot_opened") == len(answers)
        verdict = latest_verdict(prediction)
        assert (verdict and verdict.happened) == accepted
        assert today(prediction) is (State.SETTLED if accepted else State.DISPUTED)
        assert not queue.waiting(AFTER).exists()
        assert queue.disputed(AFTER).exists() is (accepted is None)

    def test_the_accepted_words_are_of_whoever_said_most_exactly_when(self) -> None:
        prediction = fallen()
        vague = {"happened_on": date(2026, 3, 1), "happened_precision": "month"}
        judge(prediction, ("yes", vague), ("yes", {"happened_on": date(2026, 3, 5), "note": "On the fifth."}))
        verdict = Resolution.objects.get()
        assert (verdict.note, verdict.reviewers, verdict.round) == ("On the fifth.", 2, 1)
        assert verdict.made_by == Ballot.objects.get(note="On the fifth.").made_by

    def test_a_disputed_one_counts_as_unresolved_and_can_be_judged_anew(self) -> None:
        prediction = fallen()
        judge(prediction, ("yes", IN_TIME), ("yes", LATE), ("no", {}))
        stands = standing(Prediction.objects.get(), AFTER)
        assert (stands.outcome, stands.counts, stands.verdict) == ("waiting", True, None)
        assert not queue.overdue(AFTER).exists()
        judge(prediction, ("no", {}))
        assert list(queue.waiting(AFTER)) == [prediction]
        assert list(queue.overdue(AFTER)) == [prediction.pk]
        judge(prediction, ("no", {}))
        assert today(prediction) is State.SETTLED
        assert Resolution.objects.get().round == 2

    def test_what_is_not_due_waits_for_its_second_verdict_all_the_same(self) -> None:
        prediction = factories.prediction("soon")
        judge(prediction, ("yes", IN_TIME))
        assert list(queue.waiting(AFTER)) == [prediction]
        judge(prediction, ("yes", IN_TIME))
        assert not queue.waiting(AFTER).exists()

    def test_a_later_yes_supersedes_a_no_by_a_round_of_its_own(self) -> None:
        prediction = fallen()
        judge(prediction, ("no", {}), ("no", {}))
        judge(prediction, ("yes", LATE))
        assert standing(Prediction.objects.get(), AFTER).outcome == "missed"
        judge(prediction, ("yes", LATE))
        assert standing(Prediction.objects.get(), AFTER).outcome == "late"
        assert Resolution.objects.count() == 2


class TestWhoMayJudge:
    def refused(self, prediction: Prediction, by: User) -> str:
        with pytest.raises(ValidationError) as caught:
            factories.ballot(prediction, "no", on=AFTER, by=by)
        assert not Ballot.objects.filter(made_by=by, prediction=prediction, ordinal__gt=1).exists()
        return " ".join(caught.value.messages)

    def test_not_whoever_logged_it(self) -> None:
        logger = factories.reviewer()
        prediction = fallen(by=logger)
        assert "You logged" in self.refused(prediction, logger)
        assert not queue.open_to(logger, queue.waiting(AFTER)).exists()

    def test_nobody_twice(self) -> None:
        prediction, once = fallen(), factories.reviewer()
        factories.ballot(prediction, "no", on=AFTER, by=once)
        assert "sealed" in self.refused(prediction, once)
        assert not queue.open_to(once, queue.waiting(AFTER)).exists()
        assert queue.open_to(factories.reviewer(), queue.waiting(AFTER)).exists()

    def test_nobody_without_a_handle(self) -> None:
        assert "handle" in self.refused(fallen(), User.objects.create_user("nameless"))

    @pytest.mark.parametrize("about", ["speaker", "organisation", "topic", "prediction"])
    def test_nobody_with_a_stake(self, about: str) -> None:
        firm = factories.speaker("The Firm", kind="organisation")
        ada = factories.speaker("Ada", organisation=firm)
        prediction = fallen(said={"speaker": ada}, topics=["Engines"])
        holder, other = factories.reviewer(), fallen()
        in_what: dict[str, dict[str, Any]] = {
            "speaker": {"speaker": ada},
            "organisation": {"speaker": firm},
            "topic": {"topic": prediction.topics.get()},
            "prediction": {"prediction": prediction},
        }
        stake = Stake.objects.create(holder=holder, declared_at=noon(AFTER), **in_what[about])
        assert "stake" in self.refused(prediction, holder)
        assert list(queue.open_to(holder, queue.waiting(AFTER))) == [other]
        stake.ended_at = noon(AFTER)
        stake.save()
        assert queue.open_to(holder, queue.waiting(AFTER)).count() == 2
        factories.ballot(prediction, "no", on=AFTER, by=holder)

    def test_the_same_two_cannot_be_one(self) -> None:
        prediction = fallen()
        judge(prediction, ("no", {}), ("yes", IN_TIME), ("cannot_tell", {}))
        assert len({ballot.made_by_id for ballot in Ballot.objects.all()}) == 3

    def test_nobody_begins_a_new_round_who_has_not_read_what_the_last_came_to(self) -> None:
        prediction = fallen()
        turn = balloting.open_round(prediction)
        judge(prediction, ("yes", IN_TIME), ("yes", LATE), ("no", {}))
        with pytest.raises(ValidationError, match="came to an end"):
            judge(prediction, ("no", {}), turn=turn)
        assert today(prediction) is State.DISPUTED


class TestSealing:
    def test_until_the_round_ends_the_record_holds_a_salted_hash(self) -> None:
        prediction = fallen()
        (first,) = judge(prediction, ("no", {"note": "A secret."}))
        assert kinds(prediction) == ["fell_due", "ballot_sealed"]
        assert first.commitment == commit(first.salt, first.content)
        assert not Evidence.objects.exists()
        judge(prediction, ("no", {}))
        again = Ballot.objects.get(pk=first.pk)
        assert commit(again.salt, again.content) == again.commitment
        assert again.content["note"] == "A secret."
        assert again.content["reviewer"] == again.handle
        assert kinds(prediction)[2:] == ["ballot_sealed", "ballot_opened", "ballot_opened", "resolved"]

    def test_one_changed_word_is_not_what_was_sealed(self) -> None:
        (ballot,) = judge(fallen(), ("no", {}))
        ballot.note = "Something else."
        assert commit(ballot.salt, ballot.content) != ballot.commitment

    def test_the_evidence_comes_with_the_opening_and_the_same_only_once(self) -> None:
        prediction = fallen()
        judge(prediction, ("no", {}), ("no", {}))
        assert Evidence.objects.get().prediction == prediction

    def test_no_evidence_no_verdict(self) -> None:
        with pytest.raises(ValidationError) as caught:
            balloting.cast(
                fallen(),
                Ballot(happened="no", looked_until=AFTER, note="Nothing."),
                seen=None,
                turn=1,
                at=noon(AFTER),
                on=AFTER,
                by=factories.reviewer(),
                rules=factories.BLIND,
            )
        assert "evidence" in caught.value.message_dict

    def test_a_ballot_says_nothing_of_itself(self) -> None:
        (ballot,) = judge(fallen(), ("abandoned", {"happened_on": date(2026, 3, 3), "note": "A secret."}))
        for word in ("abandon", "secret", "2026"):
            assert word not in f"{ballot} {ballot!r}".lower()

    def test_its_author_takes_it_back_while_it_is_sealed_and_nobody_later(self) -> None:
        prediction = fallen()
        (first,) = judge(prediction, ("no", {}))
        assert first.made_by
        with pytest.raises(ValidationError, match="Only whoever"):
            balloting.undo(first, at=noon(AFTER), by=factories.reviewer())
        balloting.undo(first, at=noon(AFTER), by=first.made_by)
        with pytest.raises(ValidationError, match="any more"):
            balloting.undo(first, at=noon(AFTER), by=first.made_by)
        factories.ballot(prediction, "yes", on=AFTER, by=first.made_by, happened_on=IN_TIME["happened_on"])
        assert not Resolution.objects.exists()
        (second,) = judge(prediction, ("yes", IN_TIME))
        with pytest.raises(ValidationError, match="any more"):
            balloting.undo(second, at=noon(AFTER), by=second.made_by or User())
        assert Resolution.objects.get().happened == "yes"

    def test_nobody_takes_back_what_they_have_learned_differs(self) -> None:
        prediction = fallen()
        for ballot in judge(prediction, ("no", {}), ("cannot_tell", {})):
            with pytest.raises(ValidationError, match="a third decides"):
                balloting.undo(ballot, at=noon(AFTER), by=ballot.made_by or User())
        judge(prediction, ("no", {}))
        said = Ballot.objects.opened().order_by("ordinal").values_list("happened", flat=True)
        assert list(said) == ["no", "cannot_tell", "no"]

    def test_a_withdrawal_opens_what_was_sealed(self) -> None:
        prediction = fallen()
        judge(prediction, ("no", {}))
        withdrawal.withdraw(prediction, reason="Not his words.", at=noon(AFTER))
        assert kinds(prediction)[-2:] == ["withdrawn", "ballot_opened"]


class TestAgreement:
    def test_is_hidden_below_twenty_and_undefined_where_all_say_the_same(self) -> None:
        one, two = factories.reviewer(), factories.reviewer()

        def both(first: str, second: str) -> None:
            prediction = fallen()
            for who, said in ((one, first), (two, second)):
                factories.ballot(prediction, said, on=AFTER, by=who)

        for _ in range(19):
            both("no", "no")
        found = agreement.agreement()
        assert (found.doubly_judged, found.alpha, found.is_undefined) == (19, None, False)
        both("no", "no")
        assert agreement.agreement().is_undefined
        both("no", "cannot_tell")
        assert agreement.agreement().doubly_judged == 20  # the last round is still open
        prediction = Prediction.objects.exclude(resolutions__isnull=False).get()
        factories.ballot(prediction, "no", on=AFTER, by=factories.reviewer())
        found = agreement.agreement()
        assert (found.doubly_judged, found.agreed) == (21, 20)
        assert found.alpha == pytest.approx(0.0, abs=0.05)

    def test_says_more_when_the_two_have_differed_before(self) -> None:
        one, two = factories.reviewer(), factories.reviewer()

        def both(first: str, second: str, at: datetime) -> list[Ballot]:
            prediction = fallen()
            return [
                factories.ballot(prediction, said, on=AFTER, by=who, at=at)
                for who, said in ((one, first), (two, second))
            ]

        before = both("no", "no", noon(AFTER))
        assert not sameness.have_differed(before)
        differing = both("no", "cannot_tell", noon(AFTER) + timedelta(hours=1))
        after = both("no", "no", noon(AFTER) + timedelta(hours=2))
        assert not sameness.have_differed(after)  # that round is not opened yet
        factories.ballot(differing[0].prediction, "no", on=AFTER, by=factories.reviewer())
        assert sameness.have_differed(after)
        assert not sameness.have_differed(before)
