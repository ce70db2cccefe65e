"""The command that makes the ledger anew from its log, in a database of its own: half a minute of migrations a time."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from predictions.models import Prediction
from tests import factories
from tests.tampering import unguarded


@pytest.mark.at_length
def test_the_command_makes_it_anew_and_shows_no_difference(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    said = factories.prediction("in a month", odds=0.7, topics=["Cars"], inked_on=date(2026, 3, 1))
    factories.verdict(said, "yes", on=date(2026, 3, 1), happened_on=date(2025, 10, 20))
    call_command("rebuild_ledger")
    assert "every table and every figure is the same" in capsys.readouterr().out
    with unguarded():
        Prediction.objects.update(criteria="Anything will do.")
    with pytest.raises(CommandError, match="criteria is not the one that was sealed"):
        call_command("rebuild_ledger")
