"""The register of a record: lists in the order a reader needs, and what a picture has room for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Q

from ledger.dashboard import register
from ledger.judging import withdrawal
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
SAID = date(2024, 3, 1)


def said(horizon: str, on: date = SAID, **kwargs: Any) -> Prediction:
    return factories.prediction(horizon, said_on=on, inked_on=on, **kwargs)


def read() -> register.Register:
    return register.read(Q(), TODAY)


def test_lists_are_in_the_order_a_reader_needs() -> None:
    """What waits longest first, what passed last first, what comes next first; nothing undated or taken back."""
    days = {
        name: said(horizon).pk
        for name, horizon in [
            ("far", "in ten years"),
            ("next", "in three years"),
            ("new", "in two years"),
            ("old", "in a year"),
        ]
    }
    said("soon")
    withdrawal.withdraw(said("in a year"), reason="By mistake.", at=factories.noon(SAID))
    found = read()
    assert [one.number for one in found.waiting] == [days["old"], days["new"]]
    assert [one.number for one in found.passed] == [days["new"], days["old"]]
    assert [one.number for one in found.ahead] == [days["next"], days["far"]]


def test_a_picture_has_room_for_what_waits_what_comes_and_what_was_promised_most_often() -> None:
    """Of two that wait, two to come and three judged, four lines take one, one, and the two promised again."""
    waiting, _newer = said("in a year"), said("in two years")
    ahead, _later = said("in three years"), said("in ten years")
    judged = [said("in a year") for _ in range(3)]
    again = date(2024, 9, 1)
    for one in judged:
        factories.verdict(one, "no", on=date(2025, 6, 1))
    for one, times in ((judged[0], 1), (judged[2], 2)):
        for _ in range(times):
            said("in two years", on=again, says_again=one, said={"speaker": one.statement.speaker})
    shown = [one.number for one in read().telling(4)]
    assert sorted(shown) == sorted([waiting.pk, ahead.pk, judged[0].pk, judged[2].pk])
    assert shown[-1] == ahead.pk
