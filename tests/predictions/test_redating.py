"""Correcting the day on which a transcript was said."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from predictions import deciding, ink, redating
from predictions.models import Decision, Prediction, Statement, Transcript
from tests import drafts
from tests.drafts import AT, TODAY, candidate, searched, transcript

pytestmark = pytest.mark.django_db

RIGHT = date(2024, 10, 1)


def test_the_dates_of_its_candidates_are_read_from_the_other_day() -> None:
    stored = searched()
    first = candidate(stored, "first electric ferry")
    before = first.deadline
    assert redating.correct_day(stored, RIGHT, "day", on=TODAY) > 0
    first.refresh_from_db()
    assert before == date(2027, 10, 1)
    assert first.deadline == date(2026, 10, 1)
    assert Transcript.objects.get().said_on == RIGHT
    assert redating.correct_day(stored, RIGHT, "day", on=TODAY) == 0


def test_a_month_is_read_from_its_last_day() -> None:
    stored = searched()
    redating.correct_day(stored, RIGHT, "month", on=TODAY)
    assert candidate(stored, "first electric ferry").deadline == date(2026, 10, 31)


def test_once_something_is_in_ink_the_day_stays(client: Client) -> None:
    mira, _ = drafts.people()
    stored = searched()
    client.force_login(User.objects.create_superuser("ada"))
    one = candidate(stored, "first electric ferry")
    said = Statement(speaker=mira, source=stored.source, quote=one.quote, said_on=drafts.SAID)
    entry = Prediction(claim="It sails.", criteria="Anybody can see it.", horizon_text=one.horizon_text)
    deciding.accept(one, ink.Draft(said, entry), at=AT, on=TODAY)
    with pytest.raises(ValidationError, match="1 prediction of it is in ink"):
        redating.correct_day(stored, RIGHT, "day", on=TODAY)
    answer = client.post(
        f"/admin/review/{stored.pk}/day/", {"said_on": "2024-10-01", "said_precision": "day"}
    )
    assert answer.status_code == 422
    assert "in ink" in answer.content.decode()
    assert Transcript.objects.get().said_on == drafts.SAID
    Decision.objects.update(undone_at=AT)
    assert redating.correct_day(stored, RIGHT, "day", on=TODAY) > 0


def test_not_while_it_is_being_searched() -> None:
    with pytest.raises(ValidationError, match="being searched"):
        redating.correct_day(transcript(), RIGHT, "day", on=TODAY)


def test_not_to_a_day_to_come() -> None:
    with pytest.raises(ValidationError, match="after today"):
        redating.correct_day(searched(), date(2030, 1, 1), "day", on=TODAY)


def test_the_desk_leads_there_and_who_corrected_it_is_kept(client: Client) -> None:
    ada = User.objects.create_superuser("ada")
    client.force_login(ada)
    stored = searched()
    page = f"/admin/review/{stored.pk}/day/"
    assert f'href="{page}"' in client.get(f"/admin/review/{stored.pk}/").content.decode()
    assert "1 October 2025" in client.get(page).content.decode()
    answer = client.post(page, {"said_on": "2024-10-01", "said_precision": "day"})
    assert answer["Location"] == f"/admin/review/{stored.pk}/"
    entry = LogEntry.objects.get()
    assert (entry.user, entry.change_message) == (ada, "Said 1 October 2024, not 1 October 2025.")


def test_only_loggers_correct_it(client: Client) -> None:
    client.force_login(User.objects.create_user("rex", is_staff=True))
    assert client.get(f"/admin/review/{searched().pk}/day/").status_code == 403
