"""An entry is taken back once, with a reason, and stays readable."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection

from ledger.judging.withdrawal import withdraw
from ledger.models import Event
from ledger.standing import State, standing
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

DAY = date(2026, 3, 1)


@pytest.mark.django_db
class TestWithdrawing:
    def test_marks_the_entry_and_leaves_it_readable(self) -> None:
        editor = User.objects.create_user("editor")
        prediction = factories.prediction()
        event = withdraw(prediction, reason="  Not his words. ", at=noon(DAY), by=editor)
        assert (event.kind, event.reason, event.made_by) == (Event.Kind.WITHDRAWN, "Not his words.", editor)
        assert event.happened_at == event.recorded_at == noon(DAY)
        kept = Prediction.objects.get()
        assert kept.deadline is not None
        assert standing(kept, DAY).state is State.WITHDRAWN

    @pytest.mark.parametrize("reason", ["", " \n"])
    def test_needs_a_reason(self, reason: str) -> None:
        with pytest.raises(ValidationError) as caught:
            withdraw(factories.prediction(), reason=reason, at=noon(DAY))
        assert "what was wrong" in caught.value.message_dict["reason"][0]
        assert not Event.objects.exists()

    def test_refuses_a_reason_that_is_too_long(self) -> None:
        with pytest.raises(ValidationError) as caught:
            withdraw(factories.prediction(), reason="x" * 501, at=noon(DAY))
        assert "500" in caught.value.message_dict["reason"][0]

    def test_happens_once(self) -> None:
        prediction = factories.prediction()
        withdraw(prediction, reason="Not his words.", at=noon(DAY))
        with pytest.raises(ValidationError, match="withdrawn already"):
            withdraw(prediction, reason="Really not his words.", at=noon(DAY))
        assert Event.objects.get().reason == "Not his words."


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_one_is_told_that_it_was_withdrawn_already() -> None:
    prediction = factories.prediction()
    together, outcomes = Barrier(2), []

    def take_back() -> None:
        together.wait()
        try:
            withdraw(prediction, reason="Not his words.", at=noon(DAY))
            outcomes.append("done")
        except ValidationError as error:
            outcomes.append(error.messages[0])
        finally:
            connection.close()

    editors = [Thread(target=take_back) for _ in range(2)]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert sorted(outcomes) == ["This entry has been withdrawn already.", "done"]
