"""The first deadline of ink that had none, and later readings: neither ever moves a deadline."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from predictions import ink
from predictions.models import Deadline, Prediction
from tests.factories import noon
from tests.predictions.inking import LATER, SAID, TODAY, draft, write


@pytest.mark.django_db
class TestDatingFromAnEvent:
    @pytest.fixture
    def undated(self) -> Prediction:
        return write(draft(horizon_text=""))

    @pytest.fixture
    def reading(self) -> Deadline:
        """100 days after a signing on 1 February 2026."""
        last = date(2026, 5, 12)
        signing = date(2026, 2, 1)
        return Deadline(
            counted_from=signing,
            earliest=signing,
            nominal=last,
            last_day=last,
            latest=last,
            kind="by",
            rule="person",
            explanation="100 days after the signing.",
            reading=Deadline.Reading.PERSON,
        )

    def test_gives_an_undated_prediction_its_first_deadline(
        self, undated: Prediction, reading: Deadline
    ) -> None:
        ink.date_from_event(undated, reading, reason="Signed on 1 February.", at=noon(TODAY), on=TODAY)
        dated = Prediction.objects.get(pk=undated.pk)
        assert dated.deadline == reading
        assert reading.ordinal == 1
        assert (reading.made_at, reading.made_on) == (noon(TODAY), TODAY)

    @pytest.mark.parametrize(("on", "in_hindsight"), [(date(2026, 5, 12), False), (date(2026, 5, 13), True)])
    def test_dated_after_its_own_deadline_it_is_in_hindsight(
        self, undated: Prediction, reading: Deadline, on: date, *, in_hindsight: bool
    ) -> None:
        """Whenever it was inked, and whatever is read anew later."""
        ink.date_from_event(undated, reading, reason="Signed on 1 February.", at=noon(on), on=on)
        reading.pk = None
        ink.read_anew(undated, reading, reason="Read again.", at=noon(LATER), on=LATER)
        assert undated.inked_on == TODAY
        assert Prediction.objects.get().in_hindsight is in_hindsight
        assert Prediction.objects.inked_in_hindsight().exists() is in_hindsight
        assert Prediction.objects.inked_beforehand().exists() is not in_hindsight

    def test_happens_once(self, undated: Prediction, reading: Deadline) -> None:
        read_before = Prediction.objects.with_reading().get(pk=undated.pk)
        ink.date_from_event(undated, reading, reason="Signed on 1 February.", at=noon(TODAY), on=TODAY)
        reading.pk = None
        with pytest.raises(ValidationError, match="never moved"):
            ink.date_from_event(read_before, reading, reason="Signed again.", at=noon(TODAY), on=TODAY)
        assert Deadline.objects.count() == 1

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_names_the_event(self, undated: Prediction, reading: Deadline, reason: str) -> None:
        with pytest.raises(ValidationError) as caught:
            ink.date_from_event(undated, reading, reason=reason, at=noon(TODAY), on=TODAY)
        assert "which event" in caught.value.message_dict["reason"][0]
        assert not Deadline.objects.exists()


@pytest.mark.django_db
class TestReadingAnew:
    def later(self, counted_from: date = date(2026, 2, 1)) -> Deadline:
        last = date(2027, 2, 1)
        return Deadline(
            counted_from=counted_from,
            earliest=counted_from,
            nominal=last,
            last_day=last,
            latest=last,
            kind="by",
            rule="person",
            explanation="A year from the second talk.",
            reading=Deadline.Reading.PERSON,
        )

    def test_stands_beside_the_first_deadline_and_moves_nothing(self) -> None:
        editor = User.objects.create_user("editor")
        prediction = write(draft())
        again = ink.read_anew(
            prediction, self.later(), reason=" He meant the other year. ", at=noon(TODAY), on=TODAY, by=editor
        )
        read = Prediction.objects.with_reading().get()
        assert (read.deadline, read.later_readings) == (prediction.deadline, [again])
        assert (again.ordinal, again.reason) == (2, "He meant the other year.")
        assert (again.made_at, again.made_by) == (noon(TODAY), editor)

    @pytest.mark.parametrize(
        ("horizon", "reason", "counted_from", "says"),
        [
            ("in about a year", " ", SAID, "why it is read anew"),
            ("in about a year", "He said so.", date(2026, 3, 2), "still to come"),
            ("", "He said so.", SAID, "no deadline yet"),
        ],
    )
    def test_is_refused(self, horizon: str, reason: str, counted_from: date, says: str) -> None:
        prediction = write(draft(horizon_text=horizon))
        with pytest.raises(ValidationError, match=says):
            ink.read_anew(prediction, self.later(counted_from), reason=reason, at=noon(TODAY), on=TODAY)
        assert Deadline.objects.count() == bool(horizon)
