"""Forty reviewers work a queue of two hundred at once: no entry is judged beyond its reviewers, none is lost, nobody is stuck."""

from __future__ import annotations

import pytest

from tests import crowd

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.at_length]


def test_forty_reviewers_at_two_hundred_entries() -> None:
    done = crowd.work(crowd.fill(items=200, reviewers=40), reading=2)
    print(f"{done['taken']} verdicts taken, {done['refused']} refused")  # noqa: T201 (a figure for the report)
    crowd.assert_fair(done["taken"])
