"""A verdict is announced before it counts: until when it can be stopped, by whom, and when it is final."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from ledger import queue
from ledger.house_rules import HouseRules
from ledger.judging import postponing, resolution, withdrawal
from ledger.models import Event, EventQuerySet, Resolution, Stake
from ledger.post import outbox
from ledger.standing import State, latest_verdict, standing
from predictions.models import Prediction
from tests import factories
from tests.factories import noon
from tests.ledger.judging.blind import AFTER, IN_TIME, LATE, NOTICE, fallen, judge, kinds, today

pytestmark = pytest.mark.django_db


class TestTheNotice:
    def announce(self) -> Prediction:
        prediction = fallen()
        judge(prediction, ("no", {}), ("no", {}), rules=NOTICE)
        return prediction

    def test_a_verdict_is_announced_and_final_when_its_notice_ends_whenever_the_job_runs(self) -> None:
        prediction = self.announce()
        assert kinds(prediction)[-1] == "intended"
        stands = standing(Prediction.objects.get(), AFTER)
        assert (stands.state, stands.verdict, stands.outcome) == (State.INTENDED, None, "waiting")
        assert not queue.waiting(AFTER).exists()
        end = noon(AFTER) + timedelta(hours=48)
        assert resolution.finalise(end - timedelta(seconds=1)) == 0
        assert resolution.finalise(end + timedelta(days=30)) == 1
        assert resolution.finalise(end + timedelta(days=31)) == 0
        event = Event.objects.get(kind="resolved")
        assert (event.happened_at, event.recorded_at) == (end, end + timedelta(days=30))
        assert today(prediction) is State.SETTLED

    def test_one_that_cannot_be_made_final_is_named_and_keeps_no_other(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        bad, good = self.announce(), self.announce()
        end, owe = noon(AFTER) + timedelta(hours=48), outbox.owe

        def stumble(events: EventQuerySet) -> None:
            if events.get().prediction == bad:
                raise KeyError("a kind that has no words")
            owe(events)

        with monkeypatch.context() as patch:
            patch.setattr(outbox, "owe", stumble)
            for _ in range(2):
                with pytest.raises(resolution.NotFinal):
                    resolution.finalise(end)
        number = Resolution.objects.get(prediction=bad).pk
        assert caplog.text.count(f"verdict {number} cannot be made final") == 2
        assert (today(bad), today(good)) == (State.INTENDED, State.SETTLED)
        assert resolution.finalise(end + timedelta(days=1)) == 1
        assert Event.objects.of_kind("resolved").get(prediction=bad).happened_at == end

    def test_it_can_be_taken_back_until_then_and_waits_again(self) -> None:
        prediction = self.announce()
        verdict = Resolution.objects.get()
        resolution.retract(verdict, reason="The wrong fleet.", at=noon(AFTER))
        assert list(queue.waiting(AFTER)) == [prediction]
        assert resolution.finalise(noon(AFTER) + timedelta(days=9)) == 0
        with pytest.raises(ValidationError, match="any more"):
            resolution.retract(verdict, reason="Again.", at=noon(AFTER))

    def test_it_cannot_be_taken_back_once_its_notice_is_over_though_the_job_was_late(self) -> None:
        self.announce()
        with pytest.raises(ValidationError, match="final"):
            resolution.retract(Resolution.objects.get(), reason="Oh.", at=noon(AFTER) + timedelta(hours=48))

    @pytest.mark.parametrize("agreeing", [True, False])
    def test_once_it_is_over_the_next_round_stands_beside_it_though_the_job_was_late(
        self, *, agreeing: bool
    ) -> None:
        prediction = self.announce()
        verdict = Resolution.objects.get()
        later = noon(AFTER) + timedelta(hours=50)
        judge(prediction, ("yes", IN_TIME), rules=NOTICE, at=later)
        event = Event.objects.get(kind="resolved")
        assert (event.resolution, event.happened_at, event.recorded_at) == (verdict, verdict.final_at, later)
        judge(
            prediction,
            *([("yes", IN_TIME)] if agreeing else [("yes", LATE), ("no", {})]),
            rules=NOTICE,
            at=later,
        )
        assert kinds(prediction)[-1] == ("intended" if agreeing else "disputed")
        assert resolution.finalise(later) == 0
        stands = standing(Prediction.objects.get(), AFTER)
        assert (stands.verdict, bool(stands.disputed)) == (verdict, not agreeing)

    def test_one_reviewer_s_next_verdict_stands_beside_it_though_the_job_was_late(self) -> None:
        prediction, rules = fallen(), HouseRules(reviewers=1, notice_hours=48)
        first = factories.verdict(prediction, "no", on=AFTER, rules=rules)
        factories.verdict(prediction, "cannot_tell", on=AFTER + timedelta(days=9), rules=rules)
        assert kinds(prediction)[1:] == ["intended", "resolved", "intended"]
        event = Event.objects.get(kind="resolved")
        assert (event.resolution, event.happened_at) == (first, first.final_at)

    @pytest.mark.parametrize("why", ["logged", "stake"])
    def test_it_is_not_for_whoever_logged_it_or_has_a_stake_to_stop_it_or_put_it_off(self, why: str) -> None:
        partial, other = factories.reviewer(), factories.reviewer()
        prediction = fallen(by=partial if why == "logged" else None)
        if why == "stake":
            Stake.objects.create(holder=partial, declared_at=noon(AFTER), prediction=prediction)
        judge(prediction, ("no", {}), ("no", {}), rules=NOTICE)

        def stop(by: User) -> None:
            verdict = Resolution.objects.get()
            resolution.retract(verdict, reason="Not so.", at=noon(AFTER), by=by)

        def put_off(by: User) -> None:
            postponing.look_again(
                prediction, day=AFTER, reason="Later.", at=noon(AFTER), on=AFTER, by=by, rules=NOTICE
            )

        for act in (stop, put_off):
            with pytest.raises(ValidationError, match=why):
                act(partial)
            act(other)

    def test_whoever_judges_alone_may_stop_what_they_logged(self) -> None:
        alone = factories.reviewer()
        prediction = fallen(by=alone)
        verdict = factories.verdict(prediction, "no", on=AFTER, by=alone, rules=HouseRules(1, 48))
        resolution.retract(verdict, reason="The wrong fleet.", at=noon(AFTER), by=alone)
        postponing.look_again(prediction, day=AFTER, reason="Later.", at=noon(AFTER), on=AFTER, by=alone)

    def test_nobody_judges_while_it_runs(self) -> None:
        prediction = self.announce()
        with pytest.raises(ValidationError, match="announced"):
            factories.ballot(prediction, "no", on=AFTER, by=factories.reviewer())

    def test_a_withdrawal_stops_it(self) -> None:
        prediction = self.announce()
        withdrawal.withdraw(prediction, reason="Not his words.", at=noon(AFTER))
        assert resolution.finalise(noon(AFTER) + timedelta(days=9)) == 0

    def test_one_reviewer_may_give_notice_too_and_a_second_signature_supersedes_it(self) -> None:
        prediction = fallen()
        rules = HouseRules(reviewers=1, notice_hours=24)
        factories.verdict(prediction, "no", on=AFTER, rules=rules)
        second = factories.verdict(prediction, "cannot_tell", on=AFTER, rules=rules)
        resolution.finalise(noon(AFTER) + timedelta(days=2))
        assert latest_verdict(prediction) == second
        assert Event.objects.filter(kind="resolved").count() == 1

    def test_other_rules_later_leave_a_verdict_as_it_was(self) -> None:
        first, second = fallen(), fallen()
        factories.verdict(first, "no", on=AFTER)
        judge(second, ("no", {}), ("no", {}), rules=NOTICE)
        assert [(v.reviewers, v.notice_hours) for v in Resolution.objects.order_by("pk")] == [(1, 0), (2, 48)]
        assert today(first) is State.SETTLED

    def test_a_sealed_ballot_is_opened_when_a_single_reviewer_decides_meanwhile(self) -> None:
        prediction = fallen()
        judge(prediction, ("no", {}))
        factories.verdict(prediction, "no", on=AFTER)
        assert kinds(prediction)[-2:] == ["ballot_opened", "resolved"]
