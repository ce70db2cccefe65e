"""The command prints a reading, or why there is none."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def test_a_reading_is_printed() -> None:
    out = StringIO()
    call_command("horizon", "36 months or less", "--said-on", "2026-02-05", stdout=out)
    assert "deadline  2029-02-05" in out.getvalue()
    assert "any day from the day it was said" in out.getvalue()


def test_a_reading_is_printed_as_json() -> None:
    out = StringIO()
    call_command("horizon", "五六年後", "--said-on", "2026-02-05", "--json", stdout=out)
    reading = json.loads(out.getvalue())
    assert (reading["text"], reading["span"], reading["deadline"]) == ("五六年後", [0, 4], "2032-02-05")
    assert (reading["kind"], reading["rule"]) == ("range", "N to M")


def test_no_reading_is_an_error_with_the_reason() -> None:
    with pytest.raises(CommandError, match="No date can be derived: only a lower bound"):
        call_command("horizon", "at least ten years away", "--said-on", "2026-02-05")


def test_no_reading_as_json_tells_the_reason_too() -> None:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("horizon", "soon", "--said-on", "2026-02-05", "--json", stdout=out)
    assert "vague" in json.loads(out.getvalue())["why_not"]


def test_a_bad_date_is_an_error() -> None:
    with pytest.raises(CommandError, match="is no date"):
        call_command("horizon", "next year", "--said-on", "2026-2-40")
