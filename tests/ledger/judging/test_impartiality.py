"""Where two judge, whoever logged an entry or has a stake in it decides nothing that could stop its verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from ledger import due
from ledger.house_rules import HouseRules
from ledger.judging import corrections, withdrawal
from ledger.models import Answer, Correction, Event, Stake
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2026, 9, 1), date(2026, 12, 1)
TWO = HouseRules(reviewers=2, notice_hours=48)


def editor(**kwargs: Any) -> User:
    return factories.reviewer(is_staff=True, is_superuser=True, **kwargs)


def announced(by: User) -> Prediction:
    """An entry that ``by`` logged, with a "no" of two others whose notice runs."""
    prediction = factories.prediction(by=by)
    due.flag_due(on=AFTER, at=noon(AFTER))
    for _ in range(2):
        factories.ballot(prediction, "no", on=AFTER, by=factories.reviewer(), rules=TWO)
    return prediction


def objection(to: Prediction) -> Correction:
    return corrections.file(to, says="It was the other bridge.", at=noon(AFTER))


def answer(to: Prediction, by: User, *, accepted: bool = True, rules: HouseRules = TWO) -> None:
    corrections.answer(
        objection(to), accepted=accepted, reason="So it was.", at=noon(AFTER), by=by, rules=rules
    )


def withdraw(entry: Prediction, by: User, *, on: date = AFTER, rules: HouseRules = TWO) -> None:
    withdrawal.withdraw(entry, reason="A slip.", at=noon(on), by=by, rules=rules)


class TestWhereAnotherEditorCouldDecide:
    @pytest.fixture(autouse=True)
    def other(self) -> User:
        return editor()

    @pytest.mark.parametrize("accepted", [True, False])
    def test_a_correction_is_not_for_whoever_logged_it(self, *, accepted: bool) -> None:
        logger = editor()
        prediction = announced(by=logger)
        with pytest.raises(ValidationError, match="Another editor"):
            answer(prediction, logger, accepted=accepted)
        assert not Answer.objects.exists()
        assert not Event.objects.filter(kind="retracted").exists()

    def test_nor_for_whoever_has_a_stake_in_it(self) -> None:
        prediction, holder = announced(by=editor()), editor()
        Stake.objects.create(
            holder=holder, speaker=prediction.statement.speaker, declared_at=noon(date(2026, 1, 1))
        )
        with pytest.raises(ValidationError, match="stake"):
            answer(prediction, holder)

    def test_the_other_accepts_it_and_the_notice_stops(self, other: User) -> None:
        answer(announced(by=editor()), other)
        assert Event.objects.filter(kind="retracted").count() == 1

    def test_an_announced_verdict_is_not_stopped_by_withdrawing_what_one_logged(self, other: User) -> None:
        logger = editor()
        prediction = announced(by=logger)
        with pytest.raises(ValidationError, match="Another editor"):
            withdraw(prediction, logger)
        withdraw(prediction, other)
        assert Event.objects.filter(kind="withdrawn").count() == 1

    def test_nor_what_has_fallen_due_or_is_being_judged_early(self) -> None:
        logger = editor()
        overdue, begun = factories.prediction(by=logger), factories.prediction(by=logger)
        factories.ballot(
            begun, "yes", on=BEFORE, by=factories.reviewer(), rules=TWO, happened_on=date(2026, 8, 1)
        )
        for entry, on in ((overdue, AFTER), (begun, BEFORE)):
            with pytest.raises(ValidationError, match="Another editor"):
                withdraw(entry, logger, on=on)

    def test_a_slip_is_put_right_by_whoever_made_it_while_nobody_can_know_the_outcome(self) -> None:
        logger = editor()
        withdraw(factories.prediction(by=logger), logger, on=BEFORE)
        assert Event.objects.get().made_by == logger

    def test_where_one_reviewer_judges_the_logger_decides_alone(self) -> None:
        logger = editor()
        prediction = factories.prediction(by=logger)
        answer(prediction, logger, rules=HouseRules())
        withdraw(prediction, logger, rules=HouseRules())
        assert set(Event.objects.values_list("kind", flat=True)) == {"corrected", "withdrawn"}

    def test_the_desk_offers_the_answer_to_the_others_alone(
        self, client: Client, settings: Settings, other: User
    ) -> None:
        settings.REVIEWERS = 2
        logger = editor()
        filed = objection(announced(by=logger))
        action = f"/admin/ledger/desk/corrections/{filed.pk}/"
        client.force_login(logger)
        page = client.get("/admin/ledger/desk/corrections/").content.decode()
        assert "Another editor decides this." in page
        assert action not in page
        client.post(action, {"answer": "accept", "reason": "So it was."})
        withdrawing = f"/admin/ledger/desk/{filed.prediction_id}/withdraw/"
        refusal = client.post(withdrawing, {"reason": "A slip."})
        assert (refusal.status_code, Answer.objects.count()) == (422, 0)
        assert "Another editor decides this." in refusal.content.decode()
        client.force_login(other)
        assert action in client.get("/admin/ledger/desk/corrections/").content.decode()


@pytest.mark.parametrize("others", [0, 1])
def test_where_nobody_else_could_decide_the_logger_does(others: int) -> None:
    """Readers are answered, if need be by the one editor there is; another one with a stake is no better."""
    logger = editor()
    prediction = announced(by=logger)
    for _ in range(others):
        Stake.objects.create(holder=editor(), prediction=prediction, declared_at=noon(date(2026, 1, 1)))
    answer(prediction, logger)
    assert Answer.objects.get().made_by == logger
