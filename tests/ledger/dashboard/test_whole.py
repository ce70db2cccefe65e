"""A prediction that is read in one query is to the last field the one that is read row by row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Field, Model

from ledger.dashboard import whole
from ledger.judging import corrections, withdrawal
from ledger.judging.postponing import look_again
from ledger.models import Event
from predictions.models import Deadline, Prediction
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
MOMENT = datetime(2026, 3, 1, 23, 59, 59, 123456, tzinfo=UTC)
ELSEWHERE = datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=8)))
WORDS = 'He said "\\n <b>火星</b>' + "\u2028 'tis\t1e3"


@pytest.fixture
def everything() -> Prediction:
    """An entry with something of all that can belong to one, signed by somebody, in words that are hard to quote."""
    by = factories.reviewer()
    about = factories.prediction(
        "in a month", odds=0.4, topics=["Cars", WORDS], by=by, condition="If it rains."
    )
    source, market = factories.source(), factories.speaker("The Market", kind="market")
    for low, high, words in ((1, 1, ""), (0, 0.000001, WORDS), (None, None, "probably")):
        about.forecasts.create(
            by=market,
            low=low if low is None else Decimal(str(low)),
            high=high if high is None else Decimal(str(high)),
            words=words,
            stated_on=DAY,
            source=source,
            same_question=low is None,
            note=WORDS,
        )
    later = date(2030, 2, 28)
    Deadline.objects.create(
        prediction=about,
        ordinal=2,
        counted_from=later,
        earliest=later,
        nominal=later,
        last_day=later,
        latest=later,
        kind="by",
        approximate=True,
        rule="person",
        explanation=WORDS,
        reading="person",
        reason=WORDS,
        made_at=MOMENT,
        made_on=DAY,
        made_by=by,
    )
    for kind, more in (("approaching", {"lead": 7}), ("fell_due", {})):
        Event.objects.create(
            kind=kind, prediction=about, happened_at=ELSEWHERE, recorded_at=MOMENT, made_by=by, **more
        )
    look_again(about, day=DAY, reason=WORDS, at=MOMENT, on=DAY, by=by)
    factories.ballot(about, "void", on=DAY, by=factories.reviewer())
    half: dict[str, Any] = {
        "happened_on": date(2025, 12, 1),
        "happened_precision": "month",
        "which_part": WORDS,
        "note": WORDS,
    }
    for _ in range(2):
        factories.ballot(about, "partly", on=DAY, by=factories.reviewer(), **half)
    about.evidence.create(
        url="https://example.org/?a=1&b=“2”",
        kind="secondary",
        bearing="against",
        dated=DAY,
        quotation=WORDS,
        archive_url="https://archive.example/1",
        sha256="0" * 64,
        note=WORDS,
        added_at=MOMENT,
        added_by=by,
    )
    correction = corrections.file(about, says=WORDS, at=MOMENT)
    corrections.answer(correction, accepted=True, reason=WORDS, at=MOMENT, by=factories.reviewer())
    withdrawal.withdraw(about, reason=WORDS, at=MOMENT, by=by)
    return about


@pytest.mark.parametrize("part", whole.PARTS)
def test_it_is_as_the_rows_themselves(everything: Prediction, part: str) -> None:
    found = whole.read(everything.pk)
    assert found is not None
    rows = list(getattr(Prediction.objects.get(pk=everything.pk), part).all())
    assert rows
    assert [told(row) for row in getattr(found.prediction, part).all()] == [told(row) for row in rows]
    for row in rows:
        assert not row._state.adding


def test_nothing_that_a_row_can_hold_is_left_out_above(everything: Prediction) -> None:
    """Each column has a value other than none in some row, so that each kind of value is read."""
    empty = {
        f"{part}.{field.attname}"
        for part, (model, _) in whole.PARTS.items()
        for field in model._meta.concrete_fields
        if not any(getattr(row, field.attname) not in (None, "") for row in getattr(everything, part).all())
    }
    assert empty == set()


def told(row: Model) -> dict[str, tuple[type, Any, str]]:
    """Every column of ``row``: what sort of value it is, the value, and how it is written."""

    def of(field: Field[Any, Any]) -> tuple[type, Any, str]:
        value = getattr(row, field.attname)
        return type(value), value, str(value)

    return {field.attname: of(field) for field in row._meta.concrete_fields}
